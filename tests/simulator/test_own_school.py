"""A school's own file in the local Google Chat: from fifteen answers to a pilot that only answers."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner

from handlers.command_line import main
from simulator import seed
from simulator.demo.bot_process import DemoFailed
from simulator.demo.own_school import write_scenario
from tests.simulator.test_demo import demo

TOLD = {
    "name": "Het Verzonnen College",
    "short": "HVC",
    "staff_domain": "hvc.example",
    "pupil_domain": "leerling.hvc.example",
    "region": "midden",
    "lessons": "08:30-16:10",
    "breaks": "10:10-10:30",
    "leaders": "Lies Leider <lies@hvc.example>",
    "board": "Ada Een <a@hvc.example>, Bas Twee <b@hvc.example>, Cor Drie <c@hvc.example>",
    "supervisors": "Dik Vier <d@hvc.example>, Els Vijf <e@hvc.example>, Fie Zes <f@hvc.example>",
    "last": "Vic Vertrouw <v@hvc.example>",
    "admins": "Ines Beheer <i@hvc.example>",
    "contact": "Receptie",
    "phone": "0000 - 00 00 03",
    "own_groups": "ja",
}
DECIDED = 'hosting = { door = "bestuur", datum = 2026-09-01 }\nonder_18 = { door = "bestuur", datum = 2026-09-01 }\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    answers, path = tmp_path / "answers.json", tmp_path / "mijn-school.toml"
    answers.write_text(json.dumps(TOLD), encoding="utf-8")
    done = CliRunner().invoke(main, ["init", "--to", str(path), "--answers", str(answers)])
    assert done.exit_code == 0, done.output
    return path


def test_everybody_of_the_file_is_there_with_a_made_up_class(file: Path, tmp_path: Path) -> None:
    world = seed.load(write_scenario(file, tmp_path / "scenario.toml"))
    people = {person.email: person for person in world.people()}
    assert people["lies@hvc.example"].display_name == "Lies Leider"
    assert people["leerling.een@leerling.hvc.example"].label == "leerling"
    [group] = [space for space in world.spaces() if space.display_name]
    assert group.display_name == "Klas 1A"
    assert len(group.members) == 3
    assert set(world.commands) == set(seed.load().commands)


def test_a_file_without_domains_has_nobody_made_up_and_no_group(tmp_path: Path) -> None:
    file = tmp_path / "school.toml"
    file.write_text('[[mensen]]\nemail = "a@b.example"\nnaam = "An"\nrollen = ["medewerker"]\n', encoding="utf-8")
    world = seed.load(write_scenario(file, tmp_path / "scenario.toml"))
    assert [person.display_name for person in world.people()] == ["An"]
    assert not [space for space in world.spaces() if space.display_name]


@pytest.mark.parametrize("text", ["[[mensen", "\udc80"])
def test_a_file_that_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "school.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DemoFailed, match=r"school\.toml is geen geldige TOML"):
        write_scenario(file, tmp_path / "scenario.toml")
    with pytest.raises(DemoFailed, match=r"er-niet\.toml is niet te lezen"):
        write_scenario(tmp_path / "er-niet.toml", tmp_path / "scenario.toml")


def test_the_pilot_answers_reminds_nobody_and_takes_no_reports(file: Path, tmp_path: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("antwoorden = false", "antwoorden = true")
    file.write_text(text + DECIDED, encoding="utf-8")
    with demo(tmp_path / "demo", "--school", str(file)) as process:
        assert process.stdout is not None
        control = process.stdout.readline().split()[1] + "/_sim"
        pupil = next(one for one in get(control, "people") if one["displayName"] == "Leerling Een")["user"]
        here = {"as": pupil, "space": f"spaces/DM{pupil.removeprefix('users/')}"}
        asked = here | {"text": "Mag ik een foto van mijn klasgenoot online zetten?"}
        assert post(control, "type", asked)["ok"]
        assert "artikel 6" in shown(control, here)
        explained = post(control, "type", here | {"text": "/uitleg"})
        assert explained["ok"]
        assert "HVC" in shown(control, here)
        report = post(control, "type", here | {"text": "/melden"})
        assert "Pesten of buitensluiten" not in json.dumps(report) + shown(control, here)
        assert "0800" in json.dumps(report) + shown(control, here)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def get(control: str, path: str, **parameters: str) -> Any:
    return requests.get(f"{control}/{path}", params=parameters, timeout=10).json()


def post(control: str, path: str, body: dict[str, str]) -> Any:
    return requests.post(f"{control}/{path}", json=body, timeout=30).json()


def shown(control: str, here: dict[str, str]) -> str:
    return json.dumps(get(control, "messages", **here), ensure_ascii=False)


def test_a_second_terminal_gets_the_settings_of_the_demo(tmp_path: Path) -> None:
    with demo(tmp_path / "demo") as process:
        assert process.stdout is not None
        process.stdout.readline()
        settings = tmp_path / "demo" / "settings.sh"
        assert settings.stat().st_mode & 0o777 == 0o600
        told = subprocess.run(
            ["sh", "-c", f". {settings}; exec {sys.executable} -m handlers.command_line leadership list"],
            cwd=Path(seed.__file__).parents[1],
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert "Olga Overzicht" in told.stdout, told.stderr
