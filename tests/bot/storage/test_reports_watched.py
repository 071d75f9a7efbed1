"""A case is looked at when its moment comes, until it is over; what the board holds stays past its end."""

from dataclasses import replace
from datetime import datetime, timedelta

from tests.bot.storage.kept import Kept
from tests.bot.storage.test_reports import BOARD, LEADER, NOW, case, grant, keep

HOUR = timedelta(hours=1)


def looked_at(kept: Kept, now: datetime, most: int = 10) -> list[str]:
    with kept.store.read() as look:
        return [each.id for each in look.reports.to_look_at(now, most)]


def test_the_longest_waiting_comes_first_and_nothing_before_its_moment(kept: Kept) -> None:
    for number in (1, 2, 3):
        keep(kept, case(number), grant(number))
        with kept.store.write() as change:
            change.reports.look_again(case(number).id, NOW + (4 - number) * HOUR)
    keep(kept, case(4), grant(4))
    assert looked_at(kept, NOW) == []
    assert looked_at(kept, NOW + 2 * HOUR) == ["case-3", "case-2"]
    assert looked_at(kept, NOW + 9 * HOUR, most=1) == ["case-3"]
    with kept.store.write() as change:
        change.reports.look_again(case(3).id, None)
    assert looked_at(kept, NOW + 9 * HOUR) == ["case-2", "case-1"]


def test_what_is_over_is_not_looked_at_any_more(kept: Kept) -> None:
    keep(kept, case(1), grant(1))
    with kept.store.write() as change:
        change.reports.look_again(case(1).id, NOW)
        change.reports.close(case(1).id, NOW, NOW + HOUR)
    assert looked_at(kept, NOW + HOUR) == []


def test_what_is_held_stays_past_its_end_until_it_is_let_go(kept: Kept) -> None:
    keep(kept, case(1), grant(1))
    with kept.store.write() as change:
        change.reports.close(case(1).id, NOW, NOW + HOUR)
        change.reports.hold(case(1).id, held=True)
        assert change.reports.purge(NOW + 2 * HOUR) == 0
        change.reports.hold(case(1).id, held=False)
        assert change.reports.purge(NOW + 2 * HOUR) == 1


def test_a_case_that_nobody_looked_at_in_time_is_counted(kept: Kept) -> None:
    keep(kept, case(1), grant(1))
    with kept.store.write() as change:
        change.reports.look_again(case(1).id, NOW)
        assert change.reports.unwatched(NOW - HOUR) == 0
        assert change.reports.unwatched(NOW) == 1


def test_an_open_case_of_somebody_who_left_is_found_until_nobody_but_the_others_holds_it(kept: Kept) -> None:
    for number, holders in ((1, (LEADER,)), (2, (LEADER, BOARD)), (3, (BOARD,)), (4, (BOARD,))):
        keep(kept, case(number), *(grant(number, user) for user in holders))
    with kept.store.write() as change:
        change.reports.close(case(4).id, NOW, NOW + HOUR)
        change.reports.grant(replace(grant(1, BOARD), sees_story=False))
        assert [each.id for each in change.reports.held_by_others([LEADER], 10)] == ["case-2", "case-3"]
        change.reports.revoke(case(2).id, BOARD)
        assert [each.id for each in change.reports.held_by_others([LEADER], 10)] == ["case-3"]
        assert change.reports.held_by_others([LEADER, BOARD], 10) == []
