"""May I post this? The questions to ask, in order, and what the articles say at the end of each path; no words here.

A path has at most six questions. Every verdict names the articles that it rests on; the words beside it are in the
wording files, by the node's own name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.school.articles import ArticleCode
from bot.school.people import Role


class Sense(StrEnum):
    """What a verdict says; `OUTSIDE` when the protocol is not about it.

    `ALLOWED` only where an article permits in so many words (A6 "tenzij", P1 "toegestaan"); where none forbids it
    either, it is `NOT_FORBIDDEN`.
    """

    ALLOWED = "allowed"
    NOT_FORBIDDEN = "not_forbidden"
    FORBIDDEN = "forbidden"
    ASK_FIRST = "ask_first"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Question:
    """A step: the ids of what can be answered, each with the node that follows."""

    id: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The end of a path: what the articles say, the one that decides first."""

    id: str
    sense: Sense
    articles: tuple[ArticleCode, ...]


Node = Question | Verdict

PUPIL_START, STAFF_START, OPEN_START = "pupil_what", "staff_who", "who"

_QUESTIONS: Mapping[str, Mapping[str, str]] = {
    # Of somebody whom the school's data do not know, the first question is who publishes.
    OPEN_START: {
        "pupil_or_parent": PUPIL_START,
        "at_work": "work_what",
        "privately": "private_what",
        "for_school": "school_what",
        "former": "former_what",
    },
    STAFF_START: {"at_work": "work_what", "privately": "private_what", "for_school": "school_what"},
    # A pupil or a parent.
    PUPIL_START: {
        "pictures": "pupil_people",
        "lesson": "lesson",
        "information": "personal",
        "opinion": "opinion_personal",
        "no_school": "outside",
    },
    "pupil_people": {"others": "pupil_agreed", "only_me": "decent_picture", "nobody": "ask_nobody"},
    "pupil_agreed": {"all": "decent_picture", "not_all": "no_consent", "not_asked": "ask_consent"},
    "decent_picture": {"yes": "young", "no": "no_indecent", "unsure": "ask_decent"},
    # A6 does not say whether parents decide too, and somebody on their own photo can be under 16 as well.
    "young": {"yes": "ask_young", "no": "ok_picture", "unsure": "ask_young"},
    "lesson": {"share": "no_lesson", "record_only": "ask_lesson"},
    "personal": {"yes": "could_harm", "no": "decent_information", "unsure": "ask_personal"},
    "opinion_personal": {"yes": "could_harm", "no": "decent_opinion", "unsure": "ask_personal"},
    "could_harm": {"yes": "no_personal", "no": "ask_harmless", "unsure": "ask_personal"},
    "decent_information": {"yes": "ok_information", "no": "no_indecent", "unsure": "ask_decent"},
    "decent_opinion": {"yes": "ok_opinion", "no": "no_indecent", "unsure": "ask_decent"},
    # Staff at work.
    "work_what": {
        "pictures": "work_people",
        "lesson": "staff_lesson",
        "information": "work_personal",
        "opinion": "work_personal",
    },
    "work_people": {"others": "school_written", "only_me": "work_picture_doubt", "nobody": "ask_nobody_staff"},
    "work_picture_doubt": {"no": "ok_picture", "yes": "ask_manager"},
    "staff_lesson": {"share": "no_lesson", "record_only": "ask_lesson_staff"},
    "work_personal": {"yes": "staff_harm", "no": "work_named", "unsure": "ask_personal_staff"},
    "staff_harm": {"yes": "no_personal", "no": "ask_harmless_staff", "unsure": "ask_personal_staff"},
    "work_named": {"yes": "work_decent", "no_discussion": "work_decent", "not_named": "no_unnamed_work"},
    "work_decent": {"yes": "work_words_doubt", "no": "no_indecent", "unsure": "ask_decent_staff"},
    "work_words_doubt": {"no": "ok_work", "yes": "ask_manager"},
    # Staff privately.
    "private_what": {
        "pictures": "private_people",
        "lesson": "staff_lesson",
        "information": "private_decent",
        "opinion": "private_mission",
        "no_school": "private_views",
    },
    "private_people": {
        "others": "private_agreed",
        "only_me": "private_confidential",
        "nobody": "private_confidential_nobody",
    },
    "private_agreed": {
        "all_grown": "private_shown",
        "all_young": "ask_young_staff",
        "not_all": "no_consent",
        "not_asked": "ask_consent",
    },
    "private_shown": {"yes": "no_confidential", "no": "private_decent_picture", "unsure": "ask_private"},
    "private_decent_picture": {"yes": "ask_private_picture", "no": "no_indecent", "unsure": "ask_decent_staff"},
    "private_confidential_nobody": {"yes": "no_confidential", "no": "ask_nobody_staff", "unsure": "ask_private"},
    "private_decent": {"yes": "private_confidential", "no": "no_indecent", "unsure": "ask_decent_staff"},
    "private_mission": {
        "against_mission": "no_mission",
        "indecent": "no_indecent",
        "neither": "private_confidential",
        "unsure": "ask_mission",
    },
    "private_confidential": {"yes": "no_confidential", "no": "private_named", "unsure": "ask_private"},
    "private_named": {
        "yes": "private_label",
        "no_discussion": "private_label",
        "not_named": "no_unnamed_private",
        "unsure": "ask_named",
    },
    "private_label": {
        "both": "ok_private",
        "only_opinion": "no_third_parties",
        "only_third_parties": "no_own_opinion",
        "none": "no_label",
        "unsure": "ask_label",
    },
    # P2 names no link with school, D2 does: that a view has nothing to do with school is not enough.
    "private_views": {"yes": "ask_views", "no": "outside", "unsure": "ask_views"},
    # For the school, on its own channels.
    "school_what": {"pictures": "school_people", "lesson": "staff_lesson", "text": "school_personal"},
    "school_people": {"others": "school_written", "nobody": "ask_nobody_staff"},
    "school_written": {
        "all": "school_age",
        "spoken": "no_written",
        "not_all": "no_consent",
        "not_asked": "ask_written",
    },
    "school_age": {
        "yes": "school_decent_picture",
        "none_young": "school_decent_picture",
        "no": "no_signature",
        "unsure": "ask_written",
    },
    "school_decent_picture": {"yes": "ok_school", "no": "no_indecent", "unsure": "ask_decent_staff"},
    "school_personal": {"yes": "staff_harm", "no": "school_decent", "unsure": "ask_personal_staff"},
    "school_decent": {"yes": "school_text_doubt", "no": "no_indecent", "unsure": "ask_decent_staff"},
    "school_text_doubt": {"no": "ok_text", "yes": "ask_manager"},
    # Former staff: P1 is about them in so many words, P2 to P4 and the articles for work are not.
    "former_what": {
        "pictures": "former_people",
        "information": "former_decent",
        "opinion": "former_decent",
        "no_school": "outside",
    },
    "former_people": {"others": "former_agreed", "only_me": "former_confidential", "nobody": "ask_former_nobody"},
    "former_agreed": {"all": "former_shown", "not_all": "no_consent", "not_asked": "ask_consent"},
    "former_shown": {"yes": "no_confidential", "no": "former_decent_picture", "unsure": "ask_former"},
    "former_decent_picture": {"yes": "ask_former_picture", "no": "no_indecent", "unsure": "ask_former_decent"},
    "former_decent": {"yes": "former_confidential", "no": "no_indecent", "unsure": "ask_former_decent"},
    "former_confidential": {"yes": "no_confidential", "no": "ok_former", "unsure": "ask_former"},
}

_VERDICTS: Mapping[str, tuple[Sense, str]] = {
    "outside": (Sense.OUTSIDE, "D2 A1"),
    "ok_picture": (Sense.ALLOWED, "A6 A3 A1"),
    "ok_school": (Sense.ALLOWED, "A6 A5 A3 A1 W4"),
    "ok_private": (Sense.ALLOWED, "P1 P3 P4 A1"),
    "ok_former": (Sense.ALLOWED, "P1 A3"),
    "ok_information": (Sense.NOT_FORBIDDEN, "A2 A3 A1"),
    "ok_opinion": (Sense.NOT_FORBIDDEN, "A3 U4 A1"),
    "ok_work": (Sense.NOT_FORBIDDEN, "A3 W2 A1"),
    "ok_text": (Sense.NOT_FORBIDDEN, "A2 A3 A1"),
    "no_consent": (Sense.FORBIDDEN, "A6"),
    "no_indecent": (Sense.FORBIDDEN, "A9 U3"),
    "no_lesson": (Sense.FORBIDDEN, "A7"),
    "no_personal": (Sense.FORBIDDEN, "A2"),
    "no_unnamed_work": (Sense.FORBIDDEN, "W2"),
    "no_unnamed_private": (Sense.FORBIDDEN, "P3"),
    "no_confidential": (Sense.FORBIDDEN, "P1"),
    "no_mission": (Sense.FORBIDDEN, "P2"),
    "no_label": (Sense.FORBIDDEN, "P4"),
    "no_own_opinion": (Sense.FORBIDDEN, "P4"),
    "no_third_parties": (Sense.FORBIDDEN, "P4"),
    "no_written": (Sense.FORBIDDEN, "A5"),
    "no_signature": (Sense.FORBIDDEN, "A5"),
    "ask_consent": (Sense.ASK_FIRST, "A6"),
    "ask_young": (Sense.ASK_FIRST, "A6 A5"),
    "ask_young_staff": (Sense.ASK_FIRST, "A6 A5 P1 W4"),
    "ask_nobody": (Sense.ASK_FIRST, "A6"),
    "ask_nobody_staff": (Sense.ASK_FIRST, "A6 W4"),
    "ask_decent": (Sense.ASK_FIRST, "A9 U3"),
    "ask_decent_staff": (Sense.ASK_FIRST, "A9 U3 W4"),
    "ask_lesson": (Sense.ASK_FIRST, "A7"),
    "ask_lesson_staff": (Sense.ASK_FIRST, "A7 W4"),
    "ask_personal": (Sense.ASK_FIRST, "A2"),
    "ask_personal_staff": (Sense.ASK_FIRST, "A2 W4"),
    "ask_harmless": (Sense.ASK_FIRST, "A2"),
    "ask_harmless_staff": (Sense.ASK_FIRST, "A2 W4"),
    "ask_manager": (Sense.ASK_FIRST, "W4"),
    "ask_private": (Sense.ASK_FIRST, "P1 W4"),
    "ask_private_picture": (Sense.ASK_FIRST, "P1 A6 W4"),
    "ask_mission": (Sense.ASK_FIRST, "P2 W4"),
    "ask_views": (Sense.ASK_FIRST, "P2 W4"),
    "ask_named": (Sense.ASK_FIRST, "P3 W4"),
    "ask_label": (Sense.ASK_FIRST, "P4 W4"),
    "ask_written": (Sense.ASK_FIRST, "A5"),
    "ask_former": (Sense.ASK_FIRST, "P1"),
    "ask_former_decent": (Sense.ASK_FIRST, "A9 U3"),
    "ask_former_nobody": (Sense.ASK_FIRST, "A6"),
    "ask_former_picture": (Sense.ASK_FIRST, "P1 A6 A5"),
}


def node(node_id: str) -> Node | None:
    """A step or an end by its id; None for what is neither, such as the id on a button of an older version."""
    if node_id in _QUESTIONS:
        return Question(node_id, _QUESTIONS[node_id])
    if node_id in _VERDICTS:
        sense, codes = _VERDICTS[node_id]
        return Verdict(node_id, sense, tuple(ArticleCode(code) for code in codes.split()))
    return None


def start_for(role: Role, *, is_staff: bool) -> str:
    """Where somebody begins; whose role is not known is asked for it."""
    if is_staff:
        return STAFF_START
    return PUPIL_START if role in {Role.PUPIL, Role.PARENT} else OPEN_START


def articles() -> frozenset[ArticleCode]:
    """Every article that a verdict rests on."""
    return frozenset(ArticleCode(code) for _, codes in _VERDICTS.values() for code in codes.split())


def is_available(is_reviewed: Callable[[str], bool]) -> bool:
    """Whether the loaded protocol has all the articles that the verdicts were thought out for, word for word."""
    return all(is_reviewed(code) for code in articles())


def is_path(start: str, steps: Sequence[str]) -> bool:
    """Whether these steps follow one another from here: nobody gets to the steps of another role."""
    if not steps or steps[0] != start:
        return False
    pairs = pairwise(steps)
    return (
        all(following in _QUESTIONS.get(here, {}).values() for here, following in pairs) and node(steps[-1]) is not None
    )


def paths(start: str) -> Iterator[tuple[tuple[tuple[str, str], ...], Verdict]]:
    """Every way through: the pairs of question and answer, and the verdict at the end."""
    here = node(start)
    if isinstance(here, Verdict):
        yield (), here
    elif here is not None:
        for answer, following in here.answers.items():
            for rest, verdict in paths(following):
                yield ((here.id, answer), *rest), verdict


def question_ids() -> tuple[str, ...]:
    """The ids of all questions, for whoever words them."""
    return tuple(_QUESTIONS)


def verdict_ids() -> tuple[str, ...]:
    """The ids of all verdicts."""
    return tuple(_VERDICTS)


def answer_ids() -> tuple[str, ...]:
    """The ids of all answers."""
    return tuple(dict.fromkeys(answer for answers in _QUESTIONS.values() for answer in answers))
