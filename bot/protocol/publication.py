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
    """What a verdict says; `OUTSIDE` when the protocol is not about it."""

    ALLOWED = "allowed"
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
    },
    STAFF_START: {"at_work": "work_what", "privately": "private_what", "for_school": "school_what"},
    # A pupil or a parent.
    PUPIL_START: {
        "pictures": "pupil_people",
        "lesson": "lesson",
        "information": "personal",
        "opinion": "decent_opinion",
        "no_school": "outside",
    },
    "pupil_people": {"others": "pupil_agreed", "only_me": "decent_picture", "nobody": "ask_nobody"},
    "pupil_agreed": {"all": "decent_picture", "not_all": "no_consent", "not_asked": "ask_consent"},
    "decent_picture": {"yes": "ok_picture", "no": "no_indecent", "unsure": "ask_decent"},
    "lesson": {"share": "no_lesson", "record_only": "ask_lesson"},
    "personal": {"yes": "could_harm", "no": "decent_information"},
    "could_harm": {"yes": "no_personal", "no": "decent_information", "unsure": "ask_personal"},
    "decent_information": {"yes": "ok_information", "no": "no_indecent", "unsure": "ask_decent"},
    "decent_opinion": {"yes": "ok_opinion", "no": "no_indecent", "unsure": "ask_decent"},
    # Staff at work.
    "work_what": {
        "pictures": "work_people",
        "lesson": "staff_lesson",
        "information": "work_personal",
        "opinion": "work_named",
        "no_school": "outside",
    },
    "work_people": {"others": "work_agreed", "only_me": "work_picture_doubt", "nobody": "ask_nobody_staff"},
    "work_agreed": {"all": "work_picture_doubt", "not_all": "no_consent", "not_asked": "ask_consent"},
    "work_picture_doubt": {"no": "ok_picture", "yes": "ask_manager"},
    "staff_lesson": {"share": "no_lesson", "record_only": "ask_lesson_staff"},
    "work_personal": {"yes": "work_harm", "no": "work_named"},
    "work_harm": {"yes": "no_personal", "no": "work_named", "unsure": "ask_manager"},
    "work_named": {"yes": "work_words_doubt", "no_discussion": "work_words_doubt", "no": "no_unnamed_work"},
    "work_words_doubt": {"no": "ok_work", "yes": "ask_manager"},
    # Staff privately.
    "private_what": {
        "pictures": "private_people",
        "lesson": "staff_lesson",
        "information": "private_confidential",
        "opinion": "private_mission",
        "no_school": "outside",
    },
    "private_people": {
        "others": "private_agreed",
        "only_me": "private_confidential",
        "nobody": "private_confidential_nobody",
    },
    "private_agreed": {"all": "private_confidential", "not_all": "no_consent", "not_asked": "ask_consent"},
    "private_confidential": {"yes": "no_confidential", "no": "private_label", "unsure": "ask_private"},
    "private_confidential_nobody": {"yes": "no_confidential", "no": "ask_nobody_staff", "unsure": "ask_private"},
    "private_mission": {"yes": "no_mission", "no": "private_confidential", "unsure": "ask_private"},
    "private_label": {"yes": "ok_private", "no": "no_label"},
    # For the school, on its own channels.
    "school_what": {"pictures": "school_people", "lesson": "staff_lesson", "text": "school_personal"},
    "school_people": {"others": "school_written", "nobody": "school_picture_doubt"},
    "school_written": {"all": "school_age", "not_all": "no_written", "not_asked": "ask_written"},
    "school_age": {"yes": "school_picture_doubt", "none_young": "school_picture_doubt", "no": "no_signature"},
    "school_picture_doubt": {"no": "ok_school", "yes": "ask_manager"},
    "school_personal": {"yes": "no_personal", "no": "school_text_doubt", "unsure": "ask_manager"},
    "school_text_doubt": {"no": "ok_information", "yes": "ask_manager"},
}

_VERDICTS: Mapping[str, tuple[Sense, str]] = {
    "outside": (Sense.OUTSIDE, "D2"),
    "ok_picture": (Sense.ALLOWED, "A6 A3"),
    "ok_information": (Sense.ALLOWED, "A2 A3"),
    "ok_opinion": (Sense.ALLOWED, "A3 U4"),
    "ok_work": (Sense.ALLOWED, "A3 W2"),
    "ok_private": (Sense.ALLOWED, "P1 P4 P3"),
    "ok_school": (Sense.ALLOWED, "A5 A3"),
    "no_consent": (Sense.FORBIDDEN, "A6"),
    "no_indecent": (Sense.FORBIDDEN, "A9 U3"),
    "no_lesson": (Sense.FORBIDDEN, "A7"),
    "no_personal": (Sense.FORBIDDEN, "A2"),
    "no_unnamed_work": (Sense.FORBIDDEN, "W2"),
    "no_confidential": (Sense.FORBIDDEN, "P1"),
    "no_mission": (Sense.FORBIDDEN, "P2"),
    "no_label": (Sense.FORBIDDEN, "P4 P3"),
    "no_written": (Sense.FORBIDDEN, "A5"),
    "no_signature": (Sense.FORBIDDEN, "A5"),
    "ask_consent": (Sense.ASK_FIRST, "A6"),
    "ask_nobody": (Sense.ASK_FIRST, "A6"),
    "ask_nobody_staff": (Sense.ASK_FIRST, "A6 W4"),
    "ask_decent": (Sense.ASK_FIRST, "A9 U3"),
    "ask_lesson": (Sense.ASK_FIRST, "A7"),
    "ask_lesson_staff": (Sense.ASK_FIRST, "A7 W4"),
    "ask_personal": (Sense.ASK_FIRST, "A2"),
    "ask_manager": (Sense.ASK_FIRST, "W4"),
    "ask_private": (Sense.ASK_FIRST, "W4 P1"),
    "ask_written": (Sense.ASK_FIRST, "A5"),
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
