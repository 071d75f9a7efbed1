"""The question bank: read as it is written, refused with file and line when it is not right."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from bot.protocol.bank import Bank, BankRefused, Example, load_bank
from bot.protocol.loading import RGO_PROTOCOL
from bot.protocol.matching.features import fold

SHARED = Path(__file__).parents[4] / "shared" / "questions"
CODES = frozenset(path for path in ("A1", "A2"))
UNSEEN = Path(__file__).parents[2] / "evaluation"


def write(directory: Path, articles: str = "", intents: str = "") -> Path:
    for name, text in (("articles", articles), ("intents", intents)):
        folder = directory / "bank" / name
        folder.mkdir(parents=True)
        (folder / "ouders.tsv").write_text(text, encoding="utf-8")
    return directory / "bank"


def test_a_line_says_article_others_kind_language_role_and_question(tmp_path: Path) -> None:
    bank = load_bank(write(tmp_path, articles="# uitleg\n\nA1+A2\tA1\tslang\tnl\tleerling\tmag dat\n"), CODES)
    assert bank.articles == (Example("A1", "mag dat", ("A2", "A1"), "nl", "leerling", "slang", "ouders"),)


def test_a_sentence_that_is_no_question_says_intent_language_and_role(tmp_path: Path) -> None:
    bank = load_bank(write(tmp_path, intents="OOS\tnl\touder\thoe laat is het\n"), CODES)
    assert bank.intents == (Example("OOS", "hoe laat is het", role="ouder", hand="ouders"),)


def test_a_school_without_a_bank_has_an_empty_one(tmp_path: Path) -> None:
    assert load_bank(tmp_path / "bank", CODES) == Bank()


@pytest.mark.parametrize(
    ("articles", "intents", "message"),
    [
        ("A1\tmag dat\n", "", r"ouders\.tsv, regel 1: hier horen 6 kolommen"),
        ("A1\t-\t-\tnl\tleerling\t \n", "", r"ouders\.tsv, regel 1: hier horen 6 kolommen"),
        ("#\nA9\t-\t-\tnl\tleerling\tmag dat\n", "", r"ouders\.tsv, regel 2: artikel A9 staat niet in het protocol"),
        ("A1+A8\t-\t-\tnl\tleerling\tmag dat\n", "", r"regel 1: artikel A8 staat niet in het protocol"),
        ("A1\tA7\t-\tnl\tleerling\tmag dat\n", "", r"regel 1: artikel A7 staat niet in het protocol"),
        ("", "ANDERS\tnl\tleerling\thallo\n", r"ouders\.tsv, regel 1: kies uit CRISIS, OOS, REPORT, SMALL"),
    ],
)
def test_a_wrong_line_is_refused_with_file_and_line(tmp_path: Path, articles: str, intents: str, message: str) -> None:
    with pytest.raises(BankRefused, match=message):
        load_bank(write(tmp_path, articles, intents), CODES)


@pytest.fixture(scope="module")
def rgo() -> Bank:
    codes = json.loads((RGO_PROTOCOL / "model" / "model.json").read_text(encoding="utf-8"))["labels"]
    return load_bank(RGO_PROTOCOL / "bank", frozenset(codes))


def test_the_rgo_bank_is_as_large_as_was_asked_for(rgo: Bank) -> None:
    assert len(rgo.articles) >= 4000
    assert all(many >= 50 for many in Counter(example.label for example in rgo.articles).values())
    intents = Counter(example.label for example in rgo.intents)
    least = {"OOS": 600, "REPORT": 300, "CRISIS": 300, "SMALL": 150}
    assert {name: intents[name] for name, many in least.items() if intents[name] < many} == {}


def bare(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def test_no_sentence_stands_in_the_bank_twice(rgo: Bank) -> None:
    often = Counter(bare(example.text) or example.text for example in (*rgo.articles, *rgo.intents))
    assert [text for text, times in often.items() if times > 1] == []


def test_no_sentence_is_nearly_another_with_the_same_label(rgo: Bank) -> None:
    """Copies teach nothing and make a hand look surer than it is; 90 of 100 letters alike is a copy."""
    copies = []
    for label in {example.label for example in (*rgo.articles, *rgo.intents)}:
        texts = [bare(example.text) for example in (*rgo.articles, *rgo.intents) if example.label == label]
        texts = [text for text in texts if len(text) > 15]
        likeness = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=90)
        copies += [(texts[i], texts[j]) for i, j in zip(*likeness.nonzero(), strict=True) if i < j]
    assert copies == []


def test_no_question_that_checks_us_is_in_the_bank(rgo: Bank) -> None:
    files = [*SHARED.glob("public*.jsonl"), *UNSEEN.glob("*_unseen.jsonl")]
    checks = {
        bare(json.loads(line)["question"]) for path in files for line in path.read_text(encoding="utf-8").splitlines()
    }
    assert checks.isdisjoint(bare(example.text) for example in (*rgo.articles, *rgo.intents))
