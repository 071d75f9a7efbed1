"""Both languages say the same things, every sentence is used, and none promises what nobody can keep."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from bot.wording.catalogue import Language, Wording

ROOT = Path(__file__).parents[3]
WORDING = Wording.load()
DUTCH, ENGLISH = WORDING.dutch.sentences, WORDING.english.sentences
KEY = re.compile(r"[a-z_]+(?:\.[\w]+)+|busy|failure|not_yours")


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def keys_in_code() -> tuple[set[str], list[re.Pattern[str]]]:
    """Whole keys, and patterns for those that are put together, as they stand in the code."""
    whole: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr):
                pieces = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values
                ]
                if pieces and re.match(r"[a-z_]+\\?\.", pieces[0]):
                    patterns.append(re.compile("".join(pieces)))
    return whole, patterns


def test_both_languages_have_the_same_sentences() -> None:
    assert set(DUTCH) == set(ENGLISH)


@pytest.mark.parametrize("key", sorted(DUTCH))
def test_a_sentence_has_the_same_places_in_both_languages_and_is_not_empty(key: str) -> None:
    assert DUTCH[key].strip()
    assert ENGLISH[key].strip()
    assert places(DUTCH[key]) == places(ENGLISH[key])


def test_every_sentence_is_used() -> None:
    whole, patterns = keys_in_code()
    unused = [key for key in DUTCH if key not in whole and not any(pattern.fullmatch(key) for pattern in patterns)]
    assert unused == []


def test_every_sentence_that_the_code_asks_for_exists() -> None:
    asked = set()
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            called = ast.unparse(node.func)
            if called in {"t", "phrases", "self.phrases", "turn.phrases"}:
                asked.add(str(node.args[0].value))
    assert len(asked) > 100
    assert asked - set(DUTCH) == set()


@pytest.mark.parametrize("sentences", [DUTCH, ENGLISH], ids=[language.value for language in Language])
def test_nobody_is_promised_to_be_anonymous_believed_or_kept_secret(sentences: dict[str, str]) -> None:
    promises = re.compile(
        r"anoniem|anonymous|niemand komt (dit|het) te weten|blijft geheim|stays secret", re.IGNORECASE
    )
    assert [key for key, sentence in sentences.items() if promises.search(sentence)] == []


def test_a_missing_sentence_is_an_error_and_not_an_empty_line() -> None:
    with pytest.raises(KeyError):
        WORDING.dutch("no.such.sentence")


@pytest.mark.parametrize(
    ("locale", "language"), [("nl", "nl"), ("nl-NL", "nl"), ("en", "en"), ("en-GB", "en"), ("de", "nl"), ("", "nl")]
)
def test_the_language_follows_the_account_and_is_dutch_otherwise(locale: str, language: str) -> None:
    assert WORDING.for_locale(locale).language == language
