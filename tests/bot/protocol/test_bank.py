"""The question bank: read as it is written, refused with file and line when it is not right."""

import json
from pathlib import Path

import pytest

from bot.protocol.bank import Bank, BankRefused, Example, load_bank
from bot.protocol.loading import RGO_PROTOCOL

SHARED = Path(__file__).parents[4] / "shared" / "questions"


def write(directory: Path, articles: str = "A1\tnl\tmag dat\n", intents: str = "OOS\thoe laat is het\n") -> Path:
    bank = directory / "bank"
    bank.mkdir()
    (bank / "articles.tsv").write_text(articles, encoding="utf-8")
    (bank / "intents.tsv").write_text(intents, encoding="utf-8")
    return bank


def test_a_bank_holds_the_examples_of_articles_and_of_intents(tmp_path: Path) -> None:
    bank = load_bank(write(tmp_path, articles="# wat dit is\nA1\tnl\tmag dat\n\n"), frozenset({"A1"}))
    assert bank == Bank((Example("A1", "mag dat"),), (Example("OOS", "hoe laat is het"),))


def test_a_school_without_a_bank_has_an_empty_one(tmp_path: Path) -> None:
    assert load_bank(tmp_path / "bank", frozenset({"A1"})) == Bank()


@pytest.mark.parametrize(
    ("articles", "intents", "message"),
    [
        ("A1\tmag dat\n", "", r"articles\.tsv, regel 1: hier horen 3 kolommen"),
        ("A1\tnl\t \n", "", r"articles\.tsv, regel 1: hier horen 3 kolommen"),
        ("# uitleg\nA9\tnl\tmag dat\n", "", r"articles\.tsv, regel 2: artikel A9 staat niet in het protocol"),
        ("", "ANDERS\thallo\n", r"intents\.tsv, regel 1: kies uit CRISIS, OOS, REPORT, SMALL"),
    ],
)
def test_a_wrong_line_is_refused_with_file_and_line(tmp_path: Path, articles: str, intents: str, message: str) -> None:
    with pytest.raises(BankRefused, match=message):
        load_bank(write(tmp_path, articles, intents), frozenset({"A1"}))


def test_a_bank_of_which_a_file_is_missing_is_refused(tmp_path: Path) -> None:
    (write(tmp_path) / "intents.tsv").unlink()
    with pytest.raises(BankRefused, match=r"intents\.tsv: dit bestand is niet te lezen"):
        load_bank(tmp_path / "bank", frozenset({"A1"}))


def test_the_rgo_bank_has_no_sentence_twice_for_the_same_label() -> None:
    for name in ("articles.tsv", "intents.tsv"):
        lines = (RGO_PROTOCOL / "bank" / name).read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(set(lines))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the public question sets are not beside this checkout")
def test_no_public_question_is_in_the_rgo_bank() -> None:
    public = {
        json.loads(line)["question"].casefold().strip(" ?.!")
        for path in SHARED.glob("public*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    files = [RGO_PROTOCOL / "bank" / name for name in ("articles.tsv", "intents.tsv")]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    assert public.isdisjoint(line.rpartition("\t")[2].casefold().strip(" ?.!") for line in lines)
