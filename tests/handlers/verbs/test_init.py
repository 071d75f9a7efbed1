"""`protocolbot init`: fifteen answers make a file that the bot can use, and say what is still to be decided."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.school.file import read_school
from handlers.command_line import main
from handlers.verbs.init import QUESTIONS

ANSWERS = {
    "name": 'Scholengemeenschap "De Verzonnen Boom"',
    "short": "De Boom",
    "staff_domain": "deboom.example",
    "pupil_domain": "leerling.deboom.example",
    "region": "Noord",
    "lessons": "8:20-15:50",
    "breaks": "10:00-10:20, 12:30-13:00",
    "leaders": "Dirk Directeur <dirk@deboom.example>, Ada Adjunct <ada@deboom.example>",
    "board": "Bo B. <bo@deboom.example>, Cas C. <cas@deboom.example>, Dee D. <dee@deboom.example>",
    "supervisors": "Eva E. <eva@deboom.example>, Fay F. <fay@deboom.example>, Gus G. <gus@deboom.example>",
    "last": "Vic Vertrouwd <vic@deboom.example>",
    "admins": "Ien ICT <ien@deboom.example>, Ada Adjunct <ada@deboom.example>",
    "contact": "De receptie",
    "phone": "0187 - 12 34 56",
    "own_groups": "ja",
}


def init(folder: Path, told: object, *options: str) -> Result:
    answers = folder / "antwoorden.json"
    answers.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return CliRunner().invoke(main, ["init", "--to", str(folder / "school.toml"), "--answers", str(answers), *options])


def test_there_are_at_most_fifteen_questions() -> None:
    assert len(QUESTIONS) <= 15
    assert {key for key, _, _ in QUESTIONS} == set(ANSWERS)


def test_the_file_says_what_was_answered_and_every_part_is_off(tmp_path: Path) -> None:
    result = init(tmp_path, ANSWERS)
    assert result.exit_code == 0
    facts = read_school((tmp_path / "school.toml").read_text(encoding="utf-8"))
    assert facts.name == 'Scholengemeenschap "De Verzonnen Boom"'
    assert facts.leadership == ("dirk@deboom.example", "ada@deboom.example")
    assert facts.admins == ("ada@deboom.example", "ien@deboom.example")
    assert facts.hours.region == "noord"
    assert len(facts.hours.breaks) == 2
    assert facts.parts_on == frozenset()
    assert not facts.demo


def test_it_says_what_is_to_be_decided_and_by_whom(tmp_path: Path) -> None:
    said = init(tmp_path, ANSWERS).output
    for part in ("antwoorden", "etiquette", "meldingen_medewerkers", "meldingen_leerlingen"):
        assert part in said
    assert "mr: medezeggenschapsraad" in said
    assert "protocolbot doctor" in said


def test_asked_one_by_one_what_cannot_be_read_is_asked_again(tmp_path: Path) -> None:
    typed = [ANSWERS[key] for key, _, _ in QUESTIONS]
    typed.insert(7, "Dirk zonder adres")
    target = str(tmp_path / "school.toml")
    result = CliRunner().invoke(main, ["init", "--to", target], input="\n".join(typed) + "\n")
    assert result.exit_code == 0
    assert "Dat kan ik niet lezen" in result.output
    assert read_school(Path(target).read_text(encoding="utf-8")).short_name == "De Boom"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"region": "oost"}, "kies noord, midden of zuid"),
        ({"board": "Bo B. <bo@deboom.example>"}, "noem minstens 3"),
        ({"lessons": "acht tot vier"}, "lessons: 6."),
        ({"last": "Vic <vic@deboom.example>, Bo <bo@deboom.example>"}, "last: 11."),
        ({"phone": ""}, "phone: 14."),
        ({"own_groups": "misschien"}, "own_groups: 15."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(tmp_path: Path, changes: dict[str, str], says: str) -> None:
    result = init(tmp_path, {**ANSWERS, **changes})
    assert result.exit_code == 1
    assert says in result.output
    assert not (tmp_path / "school.toml").exists()


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "school.toml").write_text("mijn werk", encoding="utf-8")
    assert "bestaat al" in init(tmp_path, ANSWERS).output
    assert (tmp_path / "school.toml").read_text(encoding="utf-8") == "mijn werk"
    assert "[school]" in init(tmp_path, ANSWERS, "--print").output


def test_answers_that_are_no_json_are_refused(tmp_path: Path) -> None:
    assert "geen JSON" in init(tmp_path, "geen json").output


def test_a_script_gets_the_open_decisions_as_json(tmp_path: Path) -> None:
    said = json.loads(init(tmp_path, ANSWERS, "--json").output)
    assert said["file"] == "school.toml"
    assert "mr" in said["to_decide"]["meldingen_leerlingen"]
