"""What was read twice beside an article: plain words, an English rendering, what it means for whom."""

import tomllib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.school.articles import ArticleCode
from bot.school.people import Role

LONGEST_MEANING = 160
LONGEST_SUBJECT = 36
"""Characters; more does not fit on a button beside another one on a phone."""

MOST_RELATED = 4

_BINDING = {"leerling": Role.PUPIL, "ouder": Role.PARENT, "medewerker": Role.STAFF}
_REQUIRED = frozenset({"code", "tekst", "gewoon", "english", "plain_english", "zie_ook", "voor"})
_OPTIONAL = frozenset({"onderwerp", "subject", "betekent", "means", "onduidelijk", "unclear"})


class ReviewedRefused(ValueError):
    """Reviewed data that cannot be used; the message is Dutch and names the article."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The same words in Dutch and in English."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class ReviewedArticle:
    """What belongs to one article as long as its text has the hash that it was reviewed against.

    `subject` says in a few words what it is about, for a button.
    `rendering` is the whole article in English. `means` has only the roles for which it means something else than the
    plain words say. `unclear` names what the protocol leaves open, and whom to ask; it settles nothing.
    """

    code: ArticleCode
    text_hash: str
    plain: Plain
    rendering: str
    related: tuple[ArticleCode, ...]
    binds: frozenset[Role]
    means: Mapping[Role, Plain]
    unclear: Plain | None = None
    subject: Plain | None = None


def load_reviewed(path: Path, codes: AbstractSet[str]) -> Mapping[str, ReviewedArticle]:
    """Read `reviewed.toml` (tables `[[artikel]]`); none when there is no such file; raises `ReviewedRefused`."""
    if not path.exists():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ReviewedRefused(f"{path.name} is niet te lezen: {problem}") from problem
    found = {str(article.code): article for article in _articles(content, codes)}
    if len(found) < len(content.get("artikel", [])):
        raise ReviewedRefused(f"{path.name}: een artikel staat er twee keer in.")
    return found


def _articles(content: Mapping[str, Any], codes: AbstractSet[str]) -> Iterator[ReviewedArticle]:
    for number, table in enumerate(content.get("artikel", []), start=1):
        name = str(table.get("code", f"nummer {number}"))
        missing, unknown = _REQUIRED - table.keys(), table.keys() - _REQUIRED - _OPTIONAL
        if missing or unknown:
            raise ReviewedRefused(
                f"artikel {name}: {', '.join(sorted(missing or unknown))} ontbreekt of hoort hier niet."
            )
        yield ReviewedArticle(
            ArticleCode(name),
            str(table["tekst"]),
            Plain(_text(name, table, "gewoon"), _text(name, table, "plain_english")),
            _text(name, table, "english"),
            _related(name, table["zie_ook"], codes),
            frozenset(_role(name, role) for role in table["voor"]),
            _meanings(name, table),
            _both(name, table, "onduidelijk", "unclear"),
            _subject(name, table),
        )


def _text(name: str, table: Mapping[str, Any], key: str) -> str:
    text = table.get(key)
    if not isinstance(text, str) or not text.strip():
        raise ReviewedRefused(f"artikel {name}: bij {key} hoort een zin.")
    return text.strip()


def _related(name: str, related: Any, codes: AbstractSet[str]) -> tuple[ArticleCode, ...]:
    if not isinstance(related, list) or len(related) > MOST_RELATED:
        raise ReviewedRefused(f"artikel {name}: zie_ook is een lijst van hoogstens {MOST_RELATED} artikelen.")
    for code in related:
        if code == name or code not in codes:
            raise ReviewedRefused(f"artikel {name}: zie_ook noemt {code}, en dat is geen ander artikel.")
    return tuple(ArticleCode(code) for code in related)


def _role(name: str, role: str) -> Role:
    if role not in _BINDING:
        raise ReviewedRefused(f"artikel {name}: kies uit {', '.join(_BINDING)}, niet {role}.")
    return _BINDING[role]


def _meanings(name: str, table: Mapping[str, Any]) -> Mapping[Role, Plain]:
    dutch, english = table.get("betekent", {}), table.get("means", {})
    if dutch.keys() != english.keys():
        raise ReviewedRefused(f"artikel {name}: betekent en means horen dezelfde rollen te hebben.")
    meanings = {_role(name, role): Plain(_text(name, dutch, role), _text(name, english, role)) for role in dutch}
    for meaning in meanings.values():
        if max(len(meaning.nl), len(meaning.en)) > LONGEST_MEANING:
            raise ReviewedRefused(f"artikel {name}: wat het betekent past in {LONGEST_MEANING} tekens.")
    return meanings


def _subject(name: str, table: Mapping[str, Any]) -> Plain | None:
    subject = _both(name, table, "onderwerp", "subject")
    if subject is not None and max(len(subject.nl), len(subject.en)) > LONGEST_SUBJECT:
        raise ReviewedRefused(f"artikel {name}: een onderwerp past in {LONGEST_SUBJECT} tekens.")
    return subject


def _both(name: str, table: Mapping[str, Any], dutch: str, english: str) -> Plain | None:
    if dutch not in table and english not in table:
        return None
    return Plain(_text(name, table, dutch), _text(name, table, english))
