"""Class lists are kept whole: a new list replaces the old one, and other classes stay until somebody says otherwise."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from bot.groups.rosters.ports import Pupil
from bot.school.people import Email
from bot.school.spaces import SpaceName
from bot.storage.transactions import Store

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
ANNA, BO, CAS = (Pupil(Email(f"{name}@leerling.school.example"), name.title()) for name in ("anna", "bo", "cas"))
GROUP, OTHER = SpaceName("spaces/AAA"), SpaceName("spaces/BBB")


def test_a_new_list_replaces_that_class_and_no_other(engine: Engine) -> None:
    store = Store(engine)
    with store.write() as change:
        change.rosters.replace("2B", [BO, ANNA], NOW)
        change.rosters.replace("3C", [CAS], NOW)
    with store.write() as change:
        change.rosters.replace("2B", [CAS, ANNA], NOW + timedelta(days=1))
    with store.read() as look:
        assert look.rosters.of("2B") == [ANNA, CAS]
        assert look.rosters.of("3C") == [CAS]
        assert look.rosters.of("4D") == []
        assert look.rosters.names() == ["2B", "3C"]
        assert look.rosters.classes_of(CAS.email) == ["2B", "3C"]
        assert look.rosters.classes_of(BO.email) == []
        assert look.rosters.sizes() == {"2B": (2, NOW + timedelta(days=1)), "3C": (1, NOW)}


def test_classes_that_are_not_named_are_forgotten_whole_and_told(engine: Engine) -> None:
    store = Store(engine)
    with store.write() as change:
        for name in ("2B", "3C", "4D"):
            change.rosters.replace(name, [ANNA], NOW)
    with store.write() as change:
        assert change.rosters.forget_all_but(["3C"]) == ["2B", "4D"]
        assert change.rosters.forget_all_but(["3C"]) == []
    with store.write() as change:
        change.rosters.replace("2B", [], NOW)
        assert change.rosters.of("2B") == []
        assert change.rosters.sizes() == {"2B": (0, NOW), "3C": (1, NOW)}


def test_of_two_who_look_at_a_group_on_one_day_the_first_one_counts(engine: Engine) -> None:
    store, today = Store(engine), date(2026, 11, 24)
    with store.write() as change:
        assert change.rosters.claim_look(GROUP, today, date(2026, 12, 1))
        assert not change.rosters.claim_look(GROUP, today, date(2026, 12, 25))
        assert change.rosters.claim_look(OTHER, today, date(2026, 12, 25))
    with store.read() as look:
        assert look.rosters.look_again() == {GROUP: date(2026, 12, 1), OTHER: date(2026, 12, 25)}
    with store.write() as change:
        assert change.rosters.claim_look(GROUP, date(2026, 12, 1), date(2027, 1, 5))
        assert change.rosters.look_again()[GROUP] == date(2027, 1, 5)
