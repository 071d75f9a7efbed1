"""The facts that a school fills in, as one frozen value; which room uses which fact is seen from the fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from bot.school.accounts.placing import AccountRules
from bot.school.duty import Duty
from bot.school.people import Email, Person, Role, unknown_person
from bot.school.spaces import SpaceName


class Part(StrEnum):
    """A part of the bot that a school can leave off; the value is its name in the school's file."""

    ANSWERS = "antwoorden"
    ETIQUETTE = "etiquette"
    STAFF_REPORTS = "meldingen_medewerkers"
    PUPIL_REPORTS = "meldingen_leerlingen"


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what, and when; a part stays off until its decisions stand."""

    name: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Location:
    """A building with lessons of its own; a group belongs to it whose name has one of `words` in it."""

    name: str
    words: tuple[str, ...]
    lessons_from: time
    lessons_until: time
    breaks: tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class SchoolHours:
    """When the bot may speak unasked and when lessons are given, in the school's own time zone.

    On `quiet` days, such as those of exams, lessons or not, groups are left in peace; all pairs of days hold both ends.
    """

    time_zone: str
    speak_from: time
    speak_until: time
    lessons_from: time
    lessons_until: time
    breaks: tuple[tuple[time, time], ...]
    region: str
    days_off: tuple[tuple[date, date, str], ...]
    quiet: tuple[tuple[date, date, str], ...] = ()
    locations: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """For how many days after its closing a case is kept (responsible-use.md R39): handled, or not taken up."""

    handled: int = 182
    other: int = 30


@dataclass(frozen=True, slots=True)
class GroupRules:
    """Which groups need no admin's word (`[groepen]`).

    `names` are patterns such as `Klas *`: where there are any, a group that staff add themselves must fit one of them.
    `spaces` were approved beforehand by their id, `titles` by their name, in lower case.
    """

    staff_may_add: bool = False
    names: tuple[str, ...] = ()
    spaces: frozenset[SpaceName] = frozenset()
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call at the school itself."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """Everything that the school's file says, checked."""

    name: str
    short_name: str
    demo: bool
    people: Mapping[Email, Person]
    domain_roles: Mapping[str, Role]
    leadership: tuple[Email, ...]
    board: tuple[Email, ...]
    supervisors: tuple[Email, ...]
    last_resort: Email
    duties: tuple[Duty, ...]
    hours: SchoolHours
    contacts: tuple[Contact, ...]
    parts_on: frozenset[Part]
    decisions: tuple[Decision, ...]
    groups: GroupRules
    reminder_seed: str
    terms: Terms = Terms()
    account_rules: AccountRules = field(default_factory=AccountRules)
    by_account: Mapping[Email, Role] = field(default_factory=dict, repr=False)
    """Roles that the school's own accounts gave when they were last looked at."""

    @property
    def line_managers(self) -> tuple[Email, ...]:
        """Whoever is somebody's line manager, nobody twice."""
        named = (person.line_manager for person in self.people.values())
        return tuple(dict.fromkeys(email for email in named if email is not None))

    def person(self, email: Email, shown_name: str = "") -> Person:
        """The person with this address: listed, else known by account, else by domain, else with the least rights."""
        listed = self.people.get(email)
        if listed is not None:
            return listed
        name, _, domain = email.rpartition("@")
        role = self.by_account.get(email) or self.domain_roles.get(domain)
        if role is None or not name:
            return unknown_person(email, shown_name)
        return Person(email=email, name=shown_name, roles=frozenset({role}))

    def is_on(self, part: Part) -> bool:
        """Whether a part is switched on and decided."""
        return part in self.parts_on

    @property
    def admins(self) -> tuple[Email, ...]:
        """The addresses of those who decide about groups."""
        return tuple(email for email, person in self.people.items() if Role.ADMIN in person.roles)
