"""Opens the school's database for a verb that reads or changes what is kept there."""

from datetime import datetime

from bot.school.calendar import SchoolCalendar
from bot.school.facts import SchoolFacts
from bot.storage.engine import open_engine
from bot.storage.migrate import at_head
from bot.storage.seats.known import KnownSchool
from bot.storage.transactions import Store
from bot.wiring import open_clock, read_school_file
from handlers import start


def school_in_force(store: Store, now: datetime) -> SchoolFacts:
    """The school's file, but for who reads reports: that goes by what was agreed on."""
    return KnownSchool(read_school_file(start.read_settings().school_file), store, lambda: now).school()


def open_store() -> tuple[Store, datetime]:
    """The database with the moment at school; raises LookupError when it was not brought up to date."""
    settings = start.read_settings()
    engine = open_engine(settings.database_url)
    if not at_head(engine):
        raise LookupError("De database is niet bij. Geef eerst: protocolbot migrate.")
    calendar = SchoolCalendar(read_school_file(settings.school_file).hours)
    return Store(engine), calendar.local(open_clock(settings).now())
