"""Roles from the school's own accounts: looked at once a day, in force within a minute, and never a right to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.school.accounts.ports import Account, AccountsUnknown
from bot.school.people import Email, Role
from bot.school.spaces import Dialect
from bot.storage.seats.known import LOOKED_UP_EVERY, KnownSchool
from handlers.presence.accounts import Refreshed, refresh, refresh_daily
from tests.cast import ARIE, DAAN, SANNE
from tests.dialogue import ROOT, Dialogue, start, words

UNITS = '\n[gids.eenheden]\n"/Leerlingen" = "leerling"\n"/Medewerkers" = "medewerker"\n'
NEW = Email("nieuw.iemand@rgo.example")


@dataclass
class Directory:
    """The school's accounts as a test wants them."""

    units: dict[str, str] = field(default_factory=dict)
    silent: bool = False

    def all(self) -> Sequence[Account]:
        if self.silent:
            raise AccountsUnknown("later")
        return [Account(Email(email), unit) for email, unit in self.units.items()]

    def members_of(self, group: str) -> Sequence[Email]:
        raise AssertionError(f"no rule asks for {group}")


@pytest.fixture
def talk(tmp_path: Path) -> Dialogue:
    file = tmp_path / "school.toml"
    file.write_text((ROOT / "school.toml").read_text(encoding="utf-8") + UNITS, encoding="utf-8")
    return start(dialect=Dialect.CLASSIC, SCHOOL_FILE=str(file))


def role_now(talk: Dialogue, email: Email) -> Role:
    """The role that an event would find, a minute later."""
    bot = talk.bot
    fresh = KnownSchool(bot.school, bot.store, bot.clock.now)
    return replace(bot, known=fresh).at(bot.clock.now()).school.person(email).main_role


def test_a_role_comes_changes_and_goes_with_the_account(talk: Dialogue) -> None:
    directory = Directory({NEW: "/Leerlingen/2A"})
    assert role_now(talk, NEW) is Role.STAFF, "the domain says so"
    assert refresh(talk.bot, directory) == Refreshed(came=1, changed=0, went=0, known=1)
    assert role_now(talk, NEW) is Role.PUPIL
    directory.units[NEW] = "/Medewerkers"
    assert refresh(talk.bot, directory) == Refreshed(came=0, changed=1, went=0, known=1)
    assert role_now(talk, NEW) is Role.STAFF
    directory.units.clear()
    assert refresh(talk.bot, directory) == Refreshed(came=0, changed=0, went=1, known=0)


def test_a_list_that_is_not_whole_changes_nothing(talk: Dialogue) -> None:
    directory = Directory({NEW: "/Leerlingen"})
    refresh(talk.bot, directory)
    directory.silent = True
    with pytest.raises(AccountsUnknown):
        refresh(talk.bot, directory)
    assert role_now(talk, NEW) is Role.PUPIL


def test_an_account_that_is_moved_anywhere_reads_no_report_and_decides_about_no_group(talk: Dialogue) -> None:
    everybody = {each.email: "/Medewerkers" for each in (SANNE, DAAN)}
    refresh(talk.bot, Directory(everybody))
    talk.bot = replace(talk.bot, known=KnownSchool(talk.bot.school, talk.bot.store, talk.clock.now))
    for each in (SANNE, DAAN):
        assert "niet voor jou" in words(talk.slash(each, each.direct, 9))
        assert "niet voor jou" in words(talk.slash(each, each.direct, 10))
    assert "Alle groepen" in words(talk.slash(ARIE, ARIE.direct, 10))


def test_it_is_looked_up_once_a_minute_and_the_last_list_stays_meanwhile(talk: Dialogue) -> None:
    now = [0.0]
    known = KnownSchool(talk.bot.school, talk.bot.store, talk.clock.now, lambda: now[0])
    assert known.school() is known.school()
    refresh(talk.bot, Directory({NEW: "/Leerlingen"}))
    assert known.school().person(NEW).main_role is Role.STAFF
    now[0] = LOOKED_UP_EVERY
    assert known.school().person(NEW).main_role is Role.PUPIL


def test_the_timer_looks_once_a_day_and_tries_again_after_a_failure(talk: Dialogue) -> None:
    # Without DIRECTORY_SUBJECT nobody can be asked: everything stays as it is, and the next call tries again.
    assert refresh_daily(talk.bot) == {}
    with talk.bot.store.read() as transaction:
        assert transaction.rounds.finished("accounts") is None
    with talk.bot.store.write() as transaction:
        transaction.rounds.let_go("accounts", done=True)
    assert refresh_daily(talk.bot) == {}
    with talk.bot.store.read() as transaction:
        first = transaction.rounds.finished("accounts")
    assert first is not None
    talk.clock.moment += timedelta(days=1)
    refresh_daily(talk.bot)
    with talk.bot.store.read() as transaction:
        assert transaction.rounds.finished("accounts") is None, "a day later it is looked at again"


def test_without_such_rules_nothing_is_asked_and_nothing_changes() -> None:
    bot = start(dialect=Dialect.CLASSIC).bot
    assert bot.known.school() is bot.school
    assert refresh_daily(bot) == {}
