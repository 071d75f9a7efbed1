"""Class lists and groups in scenarios: who is on a list, who is in a group, and what a teacher reads."""

from bot.google_chat.client import ListedMember
from bot.groups.rosters.ports import Pupil
from bot.school.people import Email, UserId
from tests.cast import KARIN, KLAS_3B
from tests.dialogue import Dialogue, is_private_to, words
from tests.wire_events import Someone, Somewhere

NOOR = Someone(103, "Noor Testman", "noor.testman@leerling.rgo.example")
TWO_CLASSES = Somewhere("spaces/SAMEN", "SPACE", "2A en 3B samen naar Texel")


def roster(talk: Dialogue, class_name: str, *pupils: Someone) -> None:
    listed = [Pupil(Email(pupil.email), pupil.name) for pupil in pupils]
    with talk.bot.store.write() as change:
        change.rosters.replace(class_name, listed, talk.clock.now())


def in_group(talk: Dialogue, where: Somewhere, *people: Someone, groups_joined: int = 0) -> None:
    listed = [ListedMember(UserId(who.user), who.name, "INTERNAL", "ROLE_MEMBER") for who in people]
    talk.chat.members[where.name] = listed
    talk.chat.groups_joined[where.name] = groups_joined


def ask(talk: Dialogue, who: Someone = KARIN, where: Somewhere = KLAS_3B, text: str = "") -> str:
    answer = talk.slash(who, where, 7, text)
    assert where == who.direct or is_private_to(answer, who)
    return words(answer)
