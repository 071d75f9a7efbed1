"""Rights come from the school's own data, never from what somebody types, and are checked at every click."""

from dataclasses import replace

from sqlalchemy import text

from bot.school.people import UserId
from bot.school.spaces import Dialect, SpaceName
from tests.cast import ARIE, FINN, KLAS_2A, KLAS_3B, OLGA, SANNE, STRANGER
from tests.dialogue import start, words
from tests.wire_events import Someone, Wires


def test_somebody_new_with_the_address_of_a_leader_gets_no_rights() -> None:
    talk = start()
    impostor = replace(OLGA, number=666)
    assert "niet voor jou" in words(talk.slash(impostor, impostor.direct, 9))
    with talk.bot.store.read() as transaction:
        bound = transaction.people.of_user(UserId(OLGA.user))
        assert bound is not None
        assert bound.direct_message == OLGA.direct.name
        assert transaction.people.of_user(UserId(impostor.user)) is None


def test_a_bound_person_keeps_the_bound_role_whatever_address_an_event_claims() -> None:
    talk = start()
    claims_to_be_admin = replace(SANNE, email=ARIE.email)
    assert "niet voor jou" in words(talk.slash(claims_to_be_admin, SANNE.direct, 10))


def test_strangers_are_not_remembered() -> None:
    talk = start()
    talk.slash(STRANGER, STRANGER.direct, 11)
    with talk.bot.engine.connect() as connection:
        emails = connection.execute(text("SELECT email FROM people")).scalars().all()
    assert STRANGER.email not in emails


def test_somebody_of_the_school_who_is_not_listed_is_known_by_the_domain() -> None:
    talk = start()
    new_pupil = Someone(501, "Nieuwe Leerling", "nieuw@leerling.rgo.example")
    assert "Waar gaat het over?" in words(talk.slash(new_pupil, new_pupil.direct, 3, dialog=True))
    outsider = Someone(502, "Iemand Anders", "iemand@elders.example")
    assert "Waar gaat het over?" not in words(talk.slash(outsider, outsider.direct, 3, dialog=True))


def test_the_first_message_makes_somebody_reachable_and_removal_makes_them_unreachable() -> None:
    talk = start(everybody=[SANNE])
    talk.says(OLGA, OLGA.direct, "hoi")
    with talk.bot.store.read() as transaction:
        bound = transaction.people.of_user(UserId(OLGA.user))
    assert bound is not None
    assert bound.direct_message == OLGA.direct.name
    talk.send(talk.wires.removed(OLGA, OLGA.direct))
    with talk.bot.store.read() as transaction:
        bound = transaction.people.of_user(UserId(OLGA.user))
    assert bound is not None
    assert bound.direct_message is None


def test_an_app_that_became_an_add_on_gets_buttons_that_an_add_on_understands() -> None:
    talk = start(dialect=Dialect.CLASSIC)
    talk.wires = Wires(Dialect.ADDON)
    talk.says(ARIE, ARIE.direct, "hoi")
    talk.send(talk.wires.added(FINN, KLAS_2A))
    [asked] = talk.chat.in_space(ARIE.direct)
    assert '"function": "https://bot.example/chat/events"' in str(asked).replace("'", '"')
    talk.says(SANNE, KLAS_3B, "mag ik appen in de les?")
    with talk.bot.store.read() as transaction:
        group = transaction.spaces.get(SpaceName(KLAS_3B.name))
    assert group is not None
    assert group.dialect is Dialect.ADDON
