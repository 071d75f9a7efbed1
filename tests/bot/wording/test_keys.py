"""Every sentence that the code can ask for exists and gets what it needs; every sentence that exists is asked for.

Keys that are put together (`t(f"topic.{code}")`) are written out with everything that can stand in their gaps. A new
family is refused until FAMILIES says what can stand in it.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from bot.etiquette.items import Items
from bot.etiquette.wishes import Rhythm
from bot.google_chat.notices import WELCOME_RULES
from bot.groups.ports import Concern, GroupState
from bot.protocol import publication
from bot.protocol.versions import ChangeKind
from bot.reports.casefile import Reason, Step
from bot.reports.categories import Categories, Question
from bot.reports.checklist.deadlines import SaidBy
from bot.reports.exporting.document import Form
from bot.reports.exporting.telling import WITH_WORDS
from bot.reports.intake import Identity, OnBehalf, Reply
from bot.reports.overview.counting import ENDS, Read, Topic
from bot.reports.ports import Urgency
from bot.reports.routing import Chain
from bot.school.seats.seats import Row
from bot.wording.catalogue import Wording
from handlers.conversations.cases.case_page import WRITTEN
from handlers.conversations.report_pages import ADVICE_ONLY

ROOT = Path(__file__).parents[3]
WORDING = Wording.load()
SENTENCES = WORDING.dutch.sentences

ROLES = (*tuple(chain.value for chain in Chain if chain is not Chain.LAST_RESORT), "vertrouwenspersoon")
PRIVACY = ("questions", "opinions", "reports", "drafts", "name", "members", "classes", "google", "logs")

WITH_NAME = (Step.OFFERED, Step.ALERTED, Step.BUNDLED)

ENDING = (Step.CLOSING, Step.CLOSED)

FAMILIES: Mapping[str, Sequence[str]] = {
    "answer.for.{}": ("leerling", "ouder", "medewerker"),
    "answer.same.{}": ("leerling", "ouder", "medewerker"),
    "approval.is_{}": tuple(GroupState),
    "case.care.{}": tuple(WRITTEN),
    "case.did.{}": tuple(
        step for step in Step if step not in {*WITH_WORDS, *ENDING, *WITH_NAME, Step.URGENCY, Step.EXPORTED}
    ),
    "case.do.{}": tuple(WRITTEN),
    "case.ended.{}": ENDING,
    "case.kind.{}": tuple(WITH_WORDS),
    "case.words.{}": tuple(WRITTEN),
    "changes.{}": tuple(kind for kind in ChangeKind if kind not in {ChangeKind.SAME, ChangeKind.GONE}),
    "export.form.{}": tuple(Form),
    "for_whom.{}": tuple(OnBehalf),
    "group.concern.{}": tuple(Concern),
    "group.state.{}": tuple(GroupState),
    "seats.row.{}": tuple(Row),
    "identity.{}": (*Identity, ADVICE_ONLY),
    "own.unread.{}": ("others", "again"),
    "overview.of.{}": tuple(Chain),
    "overview.topic.{}": tuple(Topic),
    "overview.read.{}": tuple(Read),
    "overview.end.{}": ENDS,
    "month.{}": tuple(str(number) for number in range(1, 13)),
    "privacy.{}.label": PRIVACY,
    "privacy.{}.text": tuple(row for row in PRIVACY if row != "reports"),
    "publication.answer.{}": publication.answer_ids(),
    "publication.question.{}": publication.question_ids(),
    "publication.sense.{}": tuple(publication.Sense),
    "publication.verdict.{}": publication.verdict_ids(),
    "reminders.rhythm.{}": tuple(str(each.value) for each in Rhythm),
    "reminders.topic.{}": Items.load().topics,
    "reply.{}": tuple(reply for reply in Reply if reply is not Reply.NONE),
    "report.question.{}": tuple(Question),
    "review.identity.{}": tuple(Identity),
    "role.{}": ROLES,
    "rule.{}": WELCOME_RULES,
    "door.{}": tuple(row.code for row in Categories.load().rows.values() if not row.sendable),
    "progress.{}": ("sent", "delivered", "read", "taken", "withdrawn", "closed"),
    "reason.{}": tuple(Reason),
    "steps.said_by.{}": tuple(SaidBy),
    "topic.{}": tuple(Categories.load().rows),
    "urgency.{}": tuple(Urgency),
}
"""What can stand in the gaps of a key, from where the code itself takes it."""

MAY_BE_ABSENT = frozenset({"comfort.{}"})
"""Families of which the code looks first whether there is a sentence."""

PHRASES = re.compile(r"(?:t|phrases|(?:\w+\.)+phrases|self\.wording\.\w+)")
"""How the code calls the sentences of a language."""


def sources() -> list[Path]:
    return sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")])


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    return tuple(
        (path.relative_to(ROOT).as_posix(), node)
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def calls() -> Iterator[tuple[str, ast.Call]]:
    for name, node in nodes():
        if isinstance(node, ast.Call) and node.args and PHRASES.fullmatch(ast.unparse(node.func)):
            yield f"{name}:{node.lineno}", node


def template(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def templates() -> set[str]:
    """Every string with gaps that begins like a key of the catalogue."""
    beginnings = {key.partition(".")[0] for key in SENTENCES if "." in key}
    found = {template(node) for _, node in nodes() if isinstance(node, ast.JoinedStr)}
    return {
        text for text in found if re.fullmatch(r"[a-z_]+(\.[\w{}]+)+", text) and text.partition(".")[0] in beginnings
    }


def expanded(text: str) -> list[str]:
    return [text.replace("{}", value) for value in FAMILIES[text]]


def test_the_code_is_found_at_all() -> None:
    assert len(list(calls())) > 150
    assert "topic.{}" in templates()


def test_every_key_with_a_gap_says_what_can_stand_in_it() -> None:
    called = {template(call.args[0]) for _, call in calls() if isinstance(call.args[0], ast.JoinedStr)}
    assert (templates() | called) - FAMILIES.keys() - MAY_BE_ABSENT == set()
    assert FAMILIES.keys() - templates() == set(), "these families are not used any more"


def test_every_call_names_its_key_or_takes_it_from_a_known_variable() -> None:
    variables = {"key", "comfort"}
    unclear = [
        f"{where} {ast.unparse(call)}"
        for where, call in calls()
        if not isinstance(call.args[0], ast.Constant | ast.JoinedStr) and ast.unparse(call.args[0]) not in variables
    ]
    assert unclear == []


@pytest.mark.parametrize("text", sorted(FAMILIES))
def test_every_key_that_can_be_put_together_exists(text: str) -> None:
    assert [key for key in expanded(text) if key not in SENTENCES] == []


def test_every_key_that_is_written_out_exists() -> None:
    asked = {(where, call.args[0].value) for where, call in calls() if isinstance(call.args[0], ast.Constant)}
    assert [(where, key) for where, key in sorted(asked, key=str) if key not in SENTENCES] == []


def test_every_call_fills_in_exactly_the_places_of_its_sentence() -> None:
    wrong = []
    for where, call in calls():
        given = {str(keyword.arg) for keyword in call.keywords}
        match call.args[0]:
            case ast.Constant(value=str(key)):
                keys = [key]
            case ast.JoinedStr() as joined:
                keys = expanded(template(joined)) if template(joined) in FAMILIES else []
            case _:
                keys = []
        wrong += [(where, key, places(SENTENCES[key]) ^ given) for key in keys if places(SENTENCES[key]) != given]
    assert wrong == []


def test_every_sentence_of_the_catalogue_is_asked_for() -> None:
    written = {node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    put_together = {key for text in FAMILIES for key in expanded(text)}
    optional = {key for key in SENTENCES for text in MAY_BE_ABSENT if key.startswith(text.partition("{")[0])}
    assert sorted(set(SENTENCES) - written - put_together - optional) == []


def test_comfort_is_for_categories_that_exist() -> None:
    codes = {key.removeprefix("comfort.") for key in SENTENCES if key.startswith("comfort.")}
    assert codes
    assert codes <= set(Categories.load().rows)


@pytest.mark.parametrize("language", ["dutch", "english"])
def test_no_sentence_has_a_place_without_a_name_or_a_brace_left_open(language: str) -> None:
    for key, sentence in getattr(WORDING, language).sentences.items():
        named = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
        assert all(name.isidentifier() for name in named), key
        assert sentence == sentence.strip(), key
        assert "  " not in sentence, key


def test_dutch_says_je_and_not_u() -> None:
    formal = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
    assert [key for key, sentence in SENTENCES.items() if formal.search(sentence)] == []
