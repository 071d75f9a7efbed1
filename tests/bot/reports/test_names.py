"""Whom a story may be about: found as people write names, and not in words that only look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.names import PARTICLES, mentioned
from bot.school.people import Email, Person, Role


def is_named(name: str, story: str, *roles: Role) -> bool:
    person = Person(Email("x@rgo.example"), name, frozenset(roles))
    return mentioned(story, [person]) == {person.email}


@pytest.mark.parametrize(
    ("name", "story"),
    [
        # as it is written
        ("Olga Overzicht", "Mevrouw Overzicht deed niets."),
        ("Olga Overzicht", "olga zei dat"),
        ("Olga Overzicht", "OLGA!!!"),
        ("Olga Overzicht", "ik vroeg het aan Olga-"),
        ("Jan Bos", "meneer Bos."),
        ("Ali Öz", "Ali was erbij"),
        # particles
        ("Peter van den Berg", "meneer Van den Berg"),
        ("Peter van den Berg", "vd Berg"),
        ("Peter van den Berg", "vandenberg"),
        ("Anna de Wit", "mevrouw dewit"),
        ("Kees in 't Veld", "meneer In \u2019t Veld"),
        ("Maria van der Linden-de Groot", "mevrouw de Groot"),
        # spelling mistakes
        ("Olga Overzicht", "mevrouw overzigt"),
        ("Olga Overzicht", "mevrouw Overzict"),
        ("Olga Overzicht", "mevrouw Ovrezicht"),
        ("Bram Janssen", "meneer Jansen"),
        ("Wim Schoonenbeek", "meneer Schonebeek"),
        # accents and letters with a stroke, with and without
        ("Zoë Éénsma", "zoe"),
        ("Zoe Eensma", "Zoë"),
        ("Łukasz Nowak", "lukasz"),
        ("I\u015f\u0131k Y\u0131lmaz", "isik"),
        ("I\u015f\u0131k Y\u0131lmaz", "YILMAZ"),
        ("İbrahim Çelik", "ibrahim"),
        ("Søren Ø", "soren"),
        ("François Noël", "francois"),
        ("Jürgen Groß", "Gross"),
        # possessive and joined
        ("Jan Bos", "Jans fiets"),
        ("Tom Toezicht", "Toms kamer"),
        ("Olga Overzicht", "Olga's auto"),
        ("Anne-Marie Bos", "annemarie"),
        ("Anne-Marie Bos", "Anne-Marie"),
        ("Anne-Marie Bos", "marie"),
        # a letter instead of a name
        ("Olga Overzicht", "mevrouw O. deed raar"),
        ("Olga Overzicht", "meneer of mevr O"),
        ("Hans Hoofd", "het was H.H. weer"),
        ("Peter van den Berg", "P. B. dus"),
        ("Peter van den Berg", "juf B."),
    ],
)
def test_a_name_is_found_as_people_write_it(name: str, story: str) -> None:
    assert is_named(name, story)


@pytest.mark.parametrize(
    ("name", "story"),
    [
        ("Jan Bos", "we liepen in de bossen"),
        ("Jan Bos", "in januari"),
        ("Olga Overzicht", "er was toezicht"),
        ("Olga Overzicht", "overzee"),
        ("Peter van den Berg", "van de trap"),
        ("Peter van den Berg", "den Haag"),
        ("J. in 't Veld", "in 't lokaal bij J"),
        ("Kees in 't Veld", "het was in 't weekend"),
        ("Ali Öz", "alinea"),
        ("Tom Toezicht", "tomaat"),
        ("Bea Bestuur", "beamer"),
        ("Olga Overzicht", "mevrouw B. was het"),
        ("Olga Overzicht", "o ja, en toen"),
        ("Olga Overzicht", "o.a. in de klas"),
        ("Hans Hoofd", ""),
        ("Hans Hoofd", "   \n 123 !!! 😀"),
    ],
)
def test_a_word_that_only_looks_like_a_short_name_is_none(name: str, story: str) -> None:
    assert not is_named(name, story)


@pytest.mark.parametrize(
    ("role", "story", "is_meant"),
    [
        (Role.LEADER, "de directeur heeft mij bedreigd", True),
        (Role.LEADER, "onze rector", True),
        (Role.BOARD, "de bestuurder", True),
        (Role.BOARD, "de directeur", False),
        (Role.SUPERVISOR, "de directeur", False),
        (Role.LEADER, "mijn teamleider", True),
        (Role.LEADER, "de teamlijder", True),
        (Role.LEADER, "the headteacher", True),
        (Role.SUPERVISOR, "een toezichthouder", True),
        (Role.CONFIDANT, "onze vertrouwenspersoon", True),
        (Role.CONFIDANT, "vertrouwen in mijn mentor", False),
    ],
)
def test_who_is_called_by_the_function_may_be_any_of_that_row(role: Role, story: str, *, is_meant: bool) -> None:
    assert is_named("Olga Overzicht", story, role) is is_meant


@pytest.mark.parametrize(
    ("alias", "story"),
    [("ovz", "les van OVZ"), ("Ollie", "ollie zegt van niet"), ("Van der Oude", "mevrouw Van der Oude"), ("OO", "oo")],
)
def test_a_staff_code_a_nickname_and_a_former_name_are_found(alias: str, story: str) -> None:
    person = Person(Email("x@rgo.example"), "Olga Overzicht", frozenset(), aliases=(alias,))
    assert mentioned(story, [person]) == {person.email}
    assert not mentioned("iemand anders", [person])


def test_several_people_in_one_story_are_all_found() -> None:
    people = [Person(Email(f"{name.lower()}@x.example"), name, frozenset()) for name in ("Olga", "Hans", "Bea")]
    assert mentioned("Bea en Hans, niet de ander", people) == {"bea@x.example", "hans@x.example"}
    assert mentioned("Bea", []) == frozenset()


@given(st.sampled_from(["Overzicht", "Bestier", "Terugblik", "Vertrouwen", "Kompas"]), st.data())
def test_two_letters_that_changed_places_do_not_hide_a_surname(surname: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(surname) - 2))
    swapped = surname[:place] + surname[place + 1] + surname[place] + surname[place + 2 :]
    assert is_named(f"Iemand {surname}", f"het was {swapped.upper()} weer")


@given(st.text(max_size=200), st.text(max_size=40))
def test_no_story_and_no_name_breaks_it(story: str, name: str) -> None:
    person = Person(Email("x@rgo.example"), name, frozenset())
    assert mentioned(story, [person]) <= {person.email}


@given(st.lists(st.sampled_from(sorted(PARTICLES)), min_size=1, max_size=6))
def test_particles_alone_name_nobody_who_also_has_a_name(words: list[str]) -> None:
    assert not is_named("Peter van den Berg", " ".join(words))
