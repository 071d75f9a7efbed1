"""Reports as chance makes them: every mix of subject, people, answers, language and failure."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from bot.reports.categories import Categories, Category, Offered
from tests.cast import DAAN, EVERYBODY, KARIN, OLGA, RECIPIENTS, SANNE
from tests.dialogue import Dialogue, words
from tests.wire_events import Json, Someone, Somewhere

TABLE = Categories.load()
ELSE = "Iets anders, of ik weet het niet"
REPLIES = ("ja", "nee", "weet_niet")
STORIES = (
    "Het gaat al weken zo door in de app, {names}.",
    "Somebody keeps sending things, {names}.",
    "Ze hebben een foto van mij gedeeld {names}",
    "{names} weet ervan maar doet niets",
    "هذا يحدث كل يوم {names}",
    "Er is iets met seks en appjes. {names}",
)


@dataclass(frozen=True)
class Made:
    """One report as it is told; `named` stand in the story, of whom `cleared` are said not to be meant."""

    who: Someone
    category: Category
    story: str
    answers: Mapping[str, str]
    named: tuple[Someone, ...]
    cleared: frozenset[str]
    about: tuple[Someone, ...]
    identity: str
    failures: int


def made(seed: int) -> Made:
    """The same for the same seed."""
    drawn = random.Random(seed)  # noqa: S311 - chance, no secret
    who = drawn.choice([SANNE, DAAN, KARIN, OLGA])
    is_staff = who in {KARIN, OLGA}
    choices = [row for row in TABLE.rows.values() if row.offered is not Offered.NEVER and row.sendable]
    category = drawn.choice([row for row in choices if is_staff or row.code != "C15"])
    others = [person for person in RECIPIENTS if person is not who]
    named = tuple(drawn.sample(others, drawn.choice([0, 0, 1, 2])))
    names = " en ".join(person.name.split()[drawn.choice([0, -1])] for person in named)
    return Made(
        who=who,
        category=category,
        story=drawn.choice(STORIES).format(names=names),
        answers={name: drawn.choice(REPLIES) for name in ("safe", "by_staff", "sexual", "goes_on")},
        named=named,
        cleared=frozenset(person.name for person in named if drawn.random() < 0.3),
        about=tuple(drawn.sample(others, drawn.choice([0, 0, 1, 2]))),
        identity=drawn.choice(["met_naam", "zonder_naam"]),
        failures=drawn.choice([0, 0, 1, 3, 8]),
    )


def told(talk: Dialogue, report: Made) -> Json:
    """Go through the dialog to the review, as somebody with these answers would."""
    who, where = report.who, report.who.direct
    given = {"story": [report.story], **{name: [answer] for name, answer in report.answers.items()}}
    page = talk.slash(who, where, 3, dialog=True)
    if report.category.offered is Offered.FIRST:
        page = _pressed(talk, who, where, page, words_of(talk, report.category.code))
    else:
        page = _pressed(talk, who, where, page, ELSE)
        page = _pressed(talk, who, where, page, "Verder", {**given, "topic": [report.category.code]})
    while "Hoe wil je bekend zijn?" not in words(page):
        page = _pressed(talk, who, where, page, "Verder", given)
    known = "met_naam" if "Zonder mijn naam" not in words(page) else report.identity
    chosen = {"identity": [known], "about": [person.email for person in report.about]}
    for place, name in enumerate(_asked_about(page)):
        chosen[f"named_{place}"] = ["nee" if name in report.cleared else "weet_niet"]
    return _pressed(talk, who, where, page, "Verder", chosen)


def words_of(talk: Dialogue, code: str) -> str:
    """What a subject is called on its button."""
    return talk.bot.wording.dutch(f"topic.{code}")


def everybody_else(granted: set[str], reporter: Someone) -> list[Someone]:
    """Who must not notice that there is a report."""
    return [person for person in EVERYBODY if person.user not in granted and person is not reporter]


def _asked_about(page: Json) -> list[str]:
    """The names that the page asks about, in its order."""
    sign = " staat in je verhaal. Gaat het over hem of haar?"
    return [line.removesuffix(sign) for line in words(page).splitlines() if line.endswith(sign)]


def _pressed(
    talk: Dialogue, who: Someone, where: Somewhere, page: Json, label: str, given: Mapping[str, list[str]] | None = None
) -> Json:
    return talk.press(who, where, page, label, given, dialog=True)
