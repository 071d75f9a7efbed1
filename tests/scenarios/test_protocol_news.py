"""When another version of the protocol comes into force each group hears it once, outside lessons."""

from datetime import UTC, date, datetime

from tests.cast import ARIE, FINN, KLAS_2A, KLAS_3B
from tests.dialogue import Dialogue, words
from tests.scenarios.test_protocol_versions import CHANGED, TOMORROW, publish, talk
from tests.scenarios.test_reminders_chosen import save

__all__ = ["talk"]
NEWS = "Het protocol is veranderd"
LESSON, BREAK = datetime(2026, 11, 25, 8, 0, tzinfo=UTC), datetime(2026, 11, 25, 9, 15, tzinfo=UTC)


def news_in(talk: Dialogue) -> int:
    return sum(NEWS in words(message) for message in talk.chat.in_space(KLAS_3B))


def test_the_groups_hear_it_once_in_the_first_break_of_that_day(talk: Dialogue) -> None:
    publish(talk, CHANGED, TOMORROW)
    talk.minute()
    assert news_in(talk) == 0
    talk.clock.moment = LESSON
    talk.minute()
    assert news_in(talk) == 0
    talk.clock.moment = BREAK
    for _ in range(3):
        talk.minute(minutes=1)
    assert news_in(talk) == 1
    talk.minute(days=1)
    assert news_in(talk) == 1


def test_also_a_group_without_reminders_hears_it(talk: Dialogue) -> None:
    save(talk, "0")
    publish(talk, CHANGED, TOMORROW)
    talk.clock.moment = BREAK
    talk.minute()
    assert news_in(talk) == 1


def test_the_first_version_of_all_and_one_of_long_ago_are_no_news(talk: Dialogue) -> None:
    talk.clock.moment = BREAK
    talk.minute()
    assert news_in(talk) == 0
    publish(talk, CHANGED, TOMORROW)
    talk.clock.moment = datetime(2027, 1, 13, 9, 15, tzinfo=UTC)
    talk.minute()
    assert news_in(talk) == 0


def test_a_group_that_came_later_hears_nothing_of_it(talk: Dialogue) -> None:
    publish(talk, CHANGED, TOMORROW)
    talk.clock.moment = BREAK
    talk.send(talk.wires.added(FINN, KLAS_2A))
    [asked] = [message for message in talk.chat.in_space(ARIE.direct) if "Klas 2A" in words(message)]
    talk.press(ARIE, ARIE.direct, asked, "Goedkeuren")
    talk.minute(minutes=1)
    assert not any(NEWS in words(message) for message in talk.chat.in_space(KLAS_2A))
    assert date(2026, 11, 25) == TOMORROW
