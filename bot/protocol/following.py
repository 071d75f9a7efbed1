"""Understands a question that goes on about the article shown just before: "en voor docenten?", "wat is de straf dan?".

It knows the articles of the last answer and never the last question. A question that says something of its own is a
new question: only one whose every word is about going on is taken as such (data/follow_ups.tsv).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from rapidfuzz.distance import OSA

from bot.protocol.answering import Answer, Outcome, Quotation
from bot.protocol.bank import BankRefused, rows
from bot.protocol.document import Document
from bot.protocol.matching.features import fold
from bot.school.articles import ArticleCode
from bot.school.people import Role

WORDS = Path(__file__).parent / "data" / "follow_ups.tsv"

WORDS_AT_MOST = 12
"""A longer question tells enough of itself."""

SHORT, SUBJECTS_AT_MOST, CONFIDENT_AT_MOST, NEAR_WORDS_AT_MOST = 4, 2, 2, 8
CONTENT_AT_MOST = 2
TYPO_FROM = 6

_WORD = re.compile(r"[\w'’-]+")  # noqa: RUF001 - people type both apostrophes
_ENTRY = re.compile(r'"([^"]+)"|(\S+)')


class Form(StrEnum):
    """How the article is to be shown this time."""

    CARD = "card"
    PLAIN = "plain"
    VERBATIM = "verbatim"
    WHICH = "which"
    ENGLISH = "english"
    DUTCH = "dutch"
    NOT_SAID = "not_said"
    WRONG = "wrong"
    HELPFUL = "helpful"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What goes on about the last answer; `citations` as in an `Answer`, empty for what the protocol does not say.

    `about` is the role of whom it asks, when that is not who asks. `own_words` means that the question also said
    something of its own, in which a sign of danger may be.
    """

    form: Form
    citations: tuple[Quotation, ...]
    see_also: tuple[ArticleCode, ...] = ()
    about: Role | None = None
    own_words: bool = False


_SAID = (Form.WRONG, Form.HELPFUL, Form.ENGLISH, Form.DUTCH, Form.VERBATIM, Form.WHICH, Form.PLAIN)
_FORMS = {form.value: form for form in _SAID}
_STEPS = {"next": 1, "previous": -1}
_ROLES = {"staff": Role.STAFF, "pupils": Role.PUPIL, "parents": Role.PARENT}
_BY_ROLE = frozenset({"punished", "file", "whom"})
_PRECEDENCE = (
    *("police", "file", "punished", "why", "report", "whom", "deleted", "responsible", "age", "consent"),
    *("school", "work", "outside", "staff", "pupils", "parents", "picture", "detail"),
)
"""Which subject decides when a question names several."""

_NO_SUBJECT = frozenset({"filler", "goes_on", "refers", "needs_more", "asks_anew"})

_NO_STORY = frozenset({"punished", "why", "next", "previous", *_FORMS})
"""Subjects of which a question asks about a rule, also where it speaks of itself."""

_ABOUT_A_RULE = frozenset({"punished", "why", "police", "file"})
"""Subjects that only a rule has."""

_WEAK = frozenset({"picture", "detail"})
"""Subjects that new questions have as well."""


@dataclass(frozen=True, slots=True)
class Lore:
    """The words of going on, and where each subject leads from each article of one protocol."""

    words: Mapping[str, tuple[str, ...]]
    phrases: tuple[tuple[str, str], ...]
    leads: Mapping[tuple[str, str], tuple[str, ...]]

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read the words, and `follow_ups.tsv` of the protocol's directory when there is one; raises `BankRefused`."""
        words: dict[str, tuple[str, ...]] = {}
        phrases = []
        for _, (subject, listed) in rows(WORDS, 2):
            for phrase, word in _ENTRY.findall(listed):
                if phrase:
                    phrases.append((fold(phrase), subject))
                elif subject not in words.get(fold(word), ()):
                    words[fold(word)] = (*words.get(fold(word), ()), subject)
        phrases.sort(key=lambda pair: len(pair[0]), reverse=True)
        path = directory / "follow_ups.tsv"
        leads = (
            {(subject, start): tuple(to.split()) for _, (subject, start, to) in rows(path, 3)} if path.exists() else {}
        )
        known = {*words_subjects(words), "only"}
        for subject, _ in leads:
            if subject.partition(".")[0] not in known:
                raise BankRefused(f"{path.name}: het onderwerp {subject} bestaat niet.")
        return cls(words, tuple(phrases), leads)

    def only_for(self, role: str) -> tuple[str, ...]:
        """The articles that speak to this role alone."""
        return self.leads.get(("only", role), ())

    def subjects_of(self, word: str) -> tuple[str, ...]:
        """The subjects of a word, also with one slip of the finger; empty when it says something of its own."""
        found = self.words.get(word, ())
        if found or len(word) < TYPO_FROM or word.isdecimal():
            return found
        near = (
            known for known in self.words if len(known) >= TYPO_FROM and OSA.distance(word, known, score_cutoff=1) <= 1
        )
        return next((self.words[known] for known in near), ())


def words_subjects(words: Mapping[str, Sequence[str]]) -> set[str]:
    """Every subject that has a word."""
    return {subject for subjects in words.values() for subject in subjects}


@dataclass(frozen=True, slots=True)
class _Heard:
    """A question in pieces: its subjects in order of coming, how many words, and how many said something else.

    `goes_on` is a beginning like "en", `refers` a word like "dat", `needs_more` one like "geldt", which means nothing
    without something said before, `asks_anew` one like "mag", as new questions have.
    """

    subjects: tuple[str, ...]
    count: int
    unknown: int
    goes_on: bool
    refers: bool
    needs_more: bool
    asks_anew: bool


def follow_up(
    question: str,
    earlier: Sequence[ArticleCode],
    asker: Role,
    alone: Answer,
    *,
    document: Document,
    is_reviewed: Callable[[str], bool],
    lore: Lore,
) -> FollowUp | None:
    """What the question asks about the earlier articles; None when it is a new question, or there is nothing earlier.

    `alone` is the answer to the question by itself: help and the private route always come before this.
    """
    known = tuple(code for code in earlier if document.find(code) is not None)
    if not known or alone.outcome is Outcome.CRISIS:
        return None
    heard = _hear(question, lore)
    if heard.count > WORDS_AT_MOST or _tells(heard, alone):
        return None
    found = None
    if heard.unknown == 0 or (heard.unknown == 1 and heard.refers and heard.subjects[:1] == ("why",)):
        found = _about_the_same(heard, known, asker, alone, document=document, is_reviewed=is_reviewed, lore=lore)
    if found is None:
        found = _near(heard, known, alone, document)
    return found


def _hear(question: str, lore: Lore) -> _Heard:
    words = _WORD.findall(fold(question))
    text = f" {' '.join(words)} "
    subjects: list[tuple[int, tuple[str, ...]]] = []
    starts_so = False
    for phrase, subject in lore.phrases:
        if (place := text.find(f" {phrase} ")) >= 0:
            starts_so |= subject == "goes_on"
            subjects.append((place, (subject,) if subject not in _NO_SUBJECT else ()))
            text = text.replace(f" {phrase} ", f" {' ' * len(phrase)} ", 1)
    unknown = 0
    for match in re.finditer(r"\S+", text):
        found = lore.subjects_of(match[0])
        unknown += not found
        subjects.append((match.start(), tuple(subject for subject in found if subject not in _NO_SUBJECT)))
    settled = tuple(_settled([options for _, options in sorted(subjects) if options]))
    goes_on = starts_so or (bool(words) and "goes_on" in lore.words.get(words[0], ()))
    kinds = {kind for word in words for kind in lore.words.get(word, ())}
    needs_more = "needs_more" in kinds
    refers = needs_more or "refers" in kinds
    return _Heard(settled, len(words), unknown, goes_on, refers, needs_more, "asks_anew" in kinds)


def _settled(options: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """One subject for each word: of several that it can mean the one that another word means too, else the first."""
    certain = {few[0] for few in options if len(few) == 1}
    seen = set()
    for few in options:
        subject = next((each for each in few if each in certain), few[0])
        if subject not in seen:
            seen.add(subject)
            yield subject


def _about_the_same(
    heard: _Heard,
    earlier: tuple[ArticleCode, ...],
    asker: Role,
    alone: Answer,
    *,
    document: Document,
    is_reviewed: Callable[[str], bool],
    lore: Lore,
) -> FollowUp | None:
    subjects = [subject for subject in _PRECEDENCE if subject in heard.subjects]
    steps = [_STEPS[subject] for subject in heard.subjects if subject in _STEPS]
    forms = [_FORMS[subject] for subject in heard.subjects if subject in _FORMS]
    if len(subjects) > SUBJECTS_AT_MOST or _is_new(heard, subjects, alone):
        return None
    if steps and not subjects:
        return _beside(document, earlier[0], steps[0])
    if not subjects:
        form = forms[0] if forms else Form.CARD
        return FollowUp(form, _quoted(document, earlier[:1]), see_also=earlier[1:])
    mentioned = next((subject for subject in heard.subjects if subject in _ROLES), None)
    group = mentioned or _meant(earlier, asker, lore, asks_for_oneself=subjects[0] == "whom")
    key = f"{subjects[0]}.{group}" if subjects[0] in _BY_ROLE else subjects[0]
    to = lore.leads.get((key, earlier[0])) or lore.leads.get((key, "*"), ())
    codes = [earlier[0] if step == "=" else ArticleCode(step) for step in to if step != "-"]
    # Where a subject leads was thought out for the text that it led from: another text, and it leads nowhere.
    codes = [code for code in dict.fromkeys(codes) if code == earlier[0] or is_reviewed(code)]
    if not codes or not is_reviewed(earlier[0]):
        return None
    about = _ROLES[group] if mentioned or key != subjects[0] else None
    if "-" in to:
        return FollowUp(Form.NOT_SAID, (), see_also=tuple(codes), about=about)
    shown = forms[0] if forms and forms[0] is not Form.PLAIN else Form.CARD
    return FollowUp(shown, _quoted(document, codes), about=about)


def _tells(heard: _Heard, alone: Answer) -> bool:
    """Whether somebody seems to tell what happened: the private route goes before everything that may be a story."""
    no_story = heard.unknown == 0 and _NO_STORY.intersection(heard.subjects)
    return not no_story and (alone.outcome is Outcome.REPORT_OFFER or "oneself" in heard.subjects)


def _is_new(heard: _Heard, subjects: Sequence[str], alone: Answer) -> bool:
    """Whether it stands on its own although none of its words says so: nothing in it points back."""
    confident, points_back = _confident(alone), heard.goes_on or heard.refers
    if not heard.subjects:
        return confident or not points_back or alone.outcome is Outcome.SMALLTALK
    if not subjects:
        return False
    about_a_rule = subjects[0] in _ABOUT_A_RULE
    if alone.outcome is Outcome.SMALLTALK:
        return not (heard.goes_on or about_a_rule)
    if not points_back:
        if alone.outcome is Outcome.NOT_IN_PROTOCOL and subjects[0] in _WEAK:
            return heard.count >= SHORT
        return heard.count > SHORT and (confident or not about_a_rule)
    weak = not _WEAK.isdisjoint(subjects) and (subjects[0] in _WEAK or subjects[0] in _ROLES)
    if weak and heard.count > SHORT and confident and not heard.needs_more:
        return heard.asks_anew or not heard.goes_on
    return False


def _confident(alone: Answer) -> bool:
    return alone.outcome is Outcome.ANSWER and not alone.doubtful and len(alone.citations) <= CONFIDENT_AT_MOST


def _meant(earlier: Sequence[ArticleCode], asker: Role, lore: Lore, *, asks_for_oneself: bool) -> str:
    """Whom it is about when the question does not say: whom the last articles speak to, else who asks."""
    if not asks_for_oneself:
        if earlier[0] in lore.only_for("pupils"):
            return "pupils"
        if any(code in lore.only_for("staff") for code in earlier[:2]):
            return "staff"
    if asker is Role.PARENT:
        return "parents"
    return "pupils" if asker in {Role.PUPIL, Role.UNKNOWN} else "staff"


def _beside(document: Document, code: ArticleCode, step: int) -> FollowUp | None:
    order = [article.code for article in document.articles]
    place = order.index(code) + step
    return FollowUp(Form.CARD, _quoted(document, order[place : place + 1])) if 0 <= place < len(order) else None


def _near(heard: _Heard, earlier: Sequence[ArticleCode], alone: Answer, document: Document) -> FollowUp | None:
    """A short "en ...?" with a word of its own: the same article, when by itself it says little but lies near it."""
    unknown_at_most = CONTENT_AT_MOST if heard.goes_on else int(heard.refers)
    short = 0 < heard.unknown <= unknown_at_most and heard.count <= NEAR_WORDS_AT_MOST
    if not short or _confident(alone) or alone.outcome not in {Outcome.ANSWER, Outcome.NOT_IN_PROTOCOL}:
        return None
    near = (*(quotation.citation.code for quotation in alone.citations), *alone.see_also)
    if earlier[0] not in near:
        return None
    others = tuple(code for code in near if code != earlier[0])
    return FollowUp(Form.CARD, _quoted(document, earlier[:1]), see_also=others[:CONTENT_AT_MOST], own_words=True)


def _quoted(document: Document, codes: Sequence[ArticleCode]) -> tuple[Quotation, ...]:
    found = (document.find(code) for code in codes)
    return tuple(Quotation(document.cite(article), article.text) for article in found if article is not None)
