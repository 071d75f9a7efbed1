"""What somebody tells is found nowhere but in the dialogs of the reporter and of the leader who opened it."""

import base64
import json
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator import faults
from simulator.records import Dialect
from tests.processes.school import KLAS_3B, OLGA, SANNE, School, school

STORY_WORDS = ("zwartbessenjam", "Kwispelaartje")
STORY = f"De {STORY_WORDS[0]} van {STORY_WORDS[1]} was op, en toen dreigde hij."
ASKED = "paarlemoerknoop"
FORGED = "muntbladthee"
FAILED = "regenwormdans"
SANNE_NAME = "Voorbeeld"
CARRIERS = {"action", "onChangeAction", "openLink", "imageUrl", "iconUrl", "cardId", "name"}
PLANTED = (*STORY_WORDS, ASKED, FORGED, FAILED)


def spellings(word: str) -> Iterator[bytes]:
    """The ways in which a word could lie in a file."""
    for text in (word, word.lower(), word.upper()):
        yield text.encode()
        yield text.encode("utf-16-le")
        yield text.encode().hex().encode()
        # Base64 looks different at each of three offsets; its inner letters are the same.
        for offset in range(3):
            encoded = base64.b64encode(b"\0" * offset + text.encode())
            yield encoded[4 if offset else 0 : -4]


def found_in(content: bytes) -> list[str]:
    return [word for word in PLANTED if any(spelling in content for spelling in spellings(word))]


@pytest.mark.parametrize("dialect", list(Dialect))
def test_the_words_of_a_report_are_found_nowhere_but_in_two_dialogs(tmp_path: Path, dialect: Dialect) -> None:
    folder = tmp_path / "bot"
    with school(folder, dialect) as here:
        here.send(here.review(STORY, identity="zonder_naam", topic="Iemand bedreigt mij of een ander"))
        seen_by_reporter = json.dumps([outcome.as_json() for outcome in here.shown])
        assert here.notices(OLGA) == ["Er staat iets voor je klaar dat niet kan wachten."]
        [opened] = here.read(OLGA)
        here.running.chat.type(SANNE, KLAS_3B, f"@Protocolbot mag ik een {ASKED} op insta zetten?")
        forge(here)
        google_fails(here)
        fails_inside(here, folder)
        carried = behind_the_buttons([outcome.as_json() for outcome in here.shown])
        assert carried
        assert all(word in seen_by_reporter for word in STORY_WORDS)
        assert all(word in json.dumps(opened.as_json()) for word in STORY_WORDS)
        assert found_in(everything_said(here)) == []
        assert found_in(json.dumps(carried).encode()) == []
        # Once while it runs, with the database's write-ahead log, and once after it stopped.
        assert found_in_files(folder) == {}
    assert found_in_files(folder) == {}
    logged = (folder / "bot.log").read_text(encoding="utf-8")
    assert '"event":' in logged
    # Not even at LOG_LEVEL=DEBUG: who, where, with which command, with which token.
    for told in ("@", "users/", "spaces/", "melden", "Bearer", "eyJ", SANNE_NAME):
        assert told not in logged, f"{told} is in the log"


@pytest.mark.parametrize("spelling", sorted(set(spellings("zwartbessenjam"))))
def test_the_search_finds_a_word_however_it_is_spelt(spelling: bytes) -> None:
    assert found_in(b"before " + spelling + b" after") == ["zwartbessenjam"]


def behind_the_buttons(shown: object) -> list[object]:
    """What cards carry where nobody reads it: actions with their parameters, and addresses."""
    if isinstance(shown, dict):
        carried = [value for key, value in shown.items() if key in CARRIERS]
        return carried + [found for value in shown.values() for found in behind_the_buttons(value)]
    if isinstance(shown, list):
        return [found for value in shown for found in behind_the_buttons(value)]
    return []


def found_in_files(folder: Path) -> dict[str, list[str]]:
    """Every file of the bot's folder that holds a planted word: log, database, write-ahead log, keys."""
    found = {path.name: found_in(path.read_bytes()) for path in folder.rglob("*") if path.is_file()}
    return {name: words for name, words in found.items() if words}


def forge(here: School) -> None:
    """Somebody who is not Google sends a word."""
    request = urllib.request.Request(  # noqa: S310 - our own bot on loopback
        here.environ["CHAT_AUDIENCE"],
        data=json.dumps({"type": "MESSAGE", "message": {"text": FORGED}}).encode(),
        headers={"Authorization": f"Bearer {FORGED}.{FORGED}.{FORGED}", "Content-Type": "application/json"},
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)  # noqa: S310 - as above
    assert refused.value.code == 401
    assert refused.value.read() == b""
    refused.value.close()


def google_fails(here: School) -> None:
    """The Chat API is out of order, or cuts the line, while a report is told to the leaders."""
    for fault in (faults.API_500, faults.API_429, faults.CUT_AFTER_CREATE):
        # Within ten minutes of a message the next one waits for its turn, and no call could fail.
        here.running.world.clock.forward(11)
        here.fault(fault, hits=1, of=1)
        sent = here.send(here.review(STORY))
        assert "nog niet afgeleverd" in str(sent.as_json())
        here.fault(fault, on=False)


def fails_inside(here: School, folder: Path) -> None:
    """The database loses a table while somebody sends: a friendly sentence with a number, and nothing of the input."""
    review = here.review(f"Het woord is {FAILED}.")
    with sqlite3.connect(folder / "protocolbot.db") as database:
        database.execute("ALTER TABLE reports RENAME TO reports_elsewhere")
    database.close()
    outcome = here.running.chat.press(SANNE, "Verstuur", dialog=review)
    assert outcome.dialog is not None
    shown = json.dumps(outcome.dialog.card, ensure_ascii=False)
    assert "Er ging iets mis" in shown
    assert FAILED not in shown


def everything_said(here: School) -> bytes:
    """Every message of the bot, every call to the Chat API, and every action parameter and address in them."""
    world = here.running.world
    bot = world.bot.user
    said = [
        dict(message.content)
        for space in world.spaces()
        for message in world.messages_in(space.name)
        if message.sender == bot
    ]
    calls = [(entry.title, entry.request) for entry in world.log.entries() if entry.kind == "api"]
    return json.dumps([said, calls], ensure_ascii=False, default=str).encode()
