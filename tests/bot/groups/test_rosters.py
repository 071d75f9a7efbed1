"""Class lists as schools export them: bytes in, and what a school office would expect to become of them."""

import codecs
from dataclasses import dataclass, field

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.groups.rosters.decoding import MOST_BYTES, Refusal, RosterRefused
from bot.groups.rosters.reading import Reason, RosterFile, class_key, read_roster
from bot.school.people import Email, Person, Role, unknown_person

PUPILS, STAFF = "leerling.school.example", "school.example"
ANNA, BO, CAS = (f"{name}@{PUPILS}" for name in ("anna", "bo", "cas"))
HEAD = "Klas;Roepnaam;Tussenvoegsel;Achternaam;E-mail\n"
ANNAS_LINE = f"2B;Anna;de;Test;{ANNA}\n"


def person(email: Email) -> Person:
    """The school's own data: pupils and staff by the domain of their address."""
    role = {PUPILS: Role.PUPIL, STAFF: Role.STAFF}.get(email.rpartition("@")[2])
    return unknown_person(email, "") if role is None else Person(email, "", frozenset({role}))


@dataclass(frozen=True)
class Mess:
    """A file, who is on which list after it, and which lines were told of."""

    data: str | bytes
    lists: dict[str, list[tuple[str, str]]]
    problems: list[tuple[int, Reason]] = field(default_factory=list)
    only_class: str | None = None
    cut_off: bool = False


JUST_ANNA = {"2B": [(ANNA, "Anna de Test")]}
ANNA_AND_BO = {"2B": [(ANNA, "Anna de Test"), (BO, "Bo Proef")]}

MESSES = {
    "clean, with semicolons": Mess(HEAD + ANNAS_LINE, JUST_ANNA),
    "with commas": Mess((HEAD + ANNAS_LINE).replace(";", ","), JUST_ANNA),
    "with tabs": Mess((HEAD + ANNAS_LINE).replace(";", "\t"), JUST_ANNA),
    "everything in quotes": Mess(
        f'"Klas";"Naam";"E-mail"\n"2B";"Test, Anna de";"{ANNA}"\n',
        JUST_ANNA,
    ),
    "each whole line in quotes": Mess(f'"Klas;Naam;E-mail"\n"2B;Test, Anna de;{ANNA}"\n', JUST_ANNA),
    "a separator and a line end inside quotes": Mess(
        f'Klas;Naam;Opmerking;E-mail\n2B;"Test, Anna de";"zit; soms\nachterin";{ANNA}\n2B;Bo Proef;;{BO}\n',
        ANNA_AND_BO,
    ),
    "Excel's hint about the separator": Mess("sep=;\n" + HEAD + ANNAS_LINE, JUST_ANNA),
    "Windows-1252": Mess(
        f"Klas;Naam;E-mail\n2B;Zoë Müller;{ANNA}\n".encode("cp1252"),
        {"2B": [(ANNA, "Zoë Müller")]},
    ),
    "UTF-8 with a byte order mark": Mess(codecs.BOM_UTF8 + (HEAD + ANNAS_LINE).encode(), JUST_ANNA),
    "UTF-8 without one": Mess(f"Klas;Naam;E-mail\n2B;Zoë;{ANNA}\n".encode(), {"2B": [(ANNA, "Zoë")]}),
    "UTF-16 with a byte order mark": Mess((HEAD + ANNAS_LINE).replace(";", "\t").encode("utf-16"), JUST_ANNA),
    "UTF-16 without one": Mess((HEAD + ANNAS_LINE).encode("utf-16-le"), JUST_ANNA),
    "UTF-16, the other way round": Mess((HEAD + ANNAS_LINE).encode("utf-16-be"), JUST_ANNA),
    "UTF-8 that was once read as Windows-1252": Mess(
        f"Klas;Naam;E-mail\n2B;ZoÃ« de Test;{ANNA}\n", {"2B": [(ANNA, "Zoë de Test")]}
    ),
    "line ends of an old Mac": Mess((HEAD + ANNAS_LINE).replace("\n", "\r"), JUST_ANNA),
    "headings in another order, in other words": Mess(
        f"Stamnummer;Emailadres;Achternaam;Geboortedatum;Roepnaam;Stamklas;Tussenv.\n12;{ANNA};Test;1-1-2013;Anna;2B;de\n",
        JUST_ANNA,
    ),
    "an address of the parents beside it": Mess(
        f"Klas;Naam;E-mail ouder 1;E-mail leerling\n2B;Anna de Test;ouder@elders.example;{ANNA}\n", JUST_ANNA
    ),
    "a private address before the school's": Mess(
        f"Klas;Naam;E-mail;E-mail (school)\n2B;Anna de Test;anna@elders.example;{ANNA}\n", JUST_ANNA
    ),
    "title lines above and totals below": Mess(
        "Overzicht leerlingen;;;;\nSchooljaar 2026-2027;;;;\n;;;;\n" + HEAD + ANNAS_LINE + "Totaal: 1;;;;\n;;;;1\n",
        JUST_ANNA,
    ),
    "empty rows and rows of separators only": Mess(HEAD + "\n;;;;\n" + ANNAS_LINE + "\n\n", JUST_ANNA),
    "the class in a title, several classes below each other": Mess(
        f"Klas: 2B\nNaam;E-mail\nAnna de Test;{ANNA}\n\nKlas: 3C\nNaam;E-mail\nBo Proef;{BO}\n",
        {"2B": [(ANNA, "Anna de Test")], "3C": [(BO, "Bo Proef")]},
    ),
    "a bare list of one class": Mess(f"E-mail\n{ANNA}\n", {"2B": [(ANNA, "")]}, only_class="klas 2b"),
    "one class of a whole school": Mess(
        HEAD + ANNAS_LINE + f"3C;Bo;;Proef;{BO}\n3C;Cas;;Niets;\n", JUST_ANNA, only_class="2B"
    ),
    "the same pupil twice": Mess(HEAD + ANNAS_LINE * 2, JUST_ANNA, [(3, Reason.TWICE)]),
    "a pupil in two classes is on both lists, and it is told": Mess(
        HEAD + ANNAS_LINE + ANNAS_LINE.replace("2B", "3C"),
        {"2B": [(ANNA, "Anna de Test")], "3C": [(ANNA, "Anna de Test")]},
        [(3, Reason.TWO_CLASSES)],
    ),
    "a pupil in two lesson groups is as it should be": Mess(
        f"Lesgroep;Naam;E-mail\n2B-wi;Anna;{ANNA}\n2B-en;Anna;{ANNA}\n",
        {"2B-EN": [(ANNA, "Anna")], "2B-WI": [(ANNA, "Anna")]},
    ),
    "no address": Mess(HEAD + ANNAS_LINE + "2B;Bo;;Proef;\n", JUST_ANNA, [(3, Reason.NO_EMAIL)]),
    "no class": Mess(HEAD + ANNAS_LINE + f";Bo;;Proef;{BO}\n", JUST_ANNA, [(3, Reason.NO_CLASS)]),
    "addresses that are none": Mess(
        HEAD
        + ANNAS_LINE
        + f"2B;Bo;;Proef;bo\n2B;Bo;;Proef;bo@@{PUPILS}\n2B;Bo;;Proef;Bo Proef {BO}\n2B;Bo;;Proef;bö@{PUPILS}\n",
        JUST_ANNA,
        [(line, Reason.BAD_EMAIL) for line in (3, 4, 5, 6)],
    ),
    "an address outside of the school": Mess(
        HEAD + ANNAS_LINE + "2B;Bo;;Proef;bo@elders.example\n", JUST_ANNA, [(3, Reason.OUTSIDE)]
    ),
    "a teacher on the list": Mess(
        HEAD + ANNAS_LINE + f"2B;Karin;;Krijtje;karin@{STAFF}\n", JUST_ANNA, [(3, Reason.STAFF)]
    ),
    "addresses in capitals, with a name around them, as a link": Mess(
        f"Klas;Naam;E-mail\n2b;Anna de Test;{ANNA.upper()}\nKlas 2B;Bo Proef;Bo Proef <mailto:{BO}>\n", ANNA_AND_BO
    ),
    "stray, non-breaking and invisible spaces": Mess(
        f"Klas ;\u00a0Naam;E-mail\n 2B\u00a0;Anna\u00a0de  Test; anna @ {PUPILS}\u200b \n", JUST_ANNA
    ),
    "formulas where a name, a class and an address should be": Mess(
        f'Klas;Naam;E-mail\n2B;=HYPERLINK("x");{ANNA}\n=A1;Bo;{BO}\n2B;Cas;@cas\n2B;Cas;+{CAS}\n',
        {"2B": [(ANNA, "")]},
        [(2, Reason.NAME_LEFT_OUT), (3, Reason.FORMULA), (4, Reason.FORMULA), (5, Reason.FORMULA)],
    ),
    "texts that Excel keeps as texts": Mess(f'Klas;Naam;E-mail\n="2B";="Anna de Test";{ANNA}\n', JUST_ANNA),
    "classes that Excel made a number or a date": Mess(
        f"Klas;Naam;E-mail\n1,00E+02;Bo;{BO}\n2-jan;Cas;{CAS}\n2B;Anna de Test;{ANNA}\n",
        JUST_ANNA,
        [(2, Reason.BAD_CLASS), (3, Reason.BAD_CLASS)],
    ),
    "a quote that is never closed spoils one row": Mess(
        f'Klas;Naam;E-mail\n2B;"Cas;{CAS}\n2B;Anna de Test;{ANNA}\n2B;Bo Proef;{BO}\n2B;;\n2B;;\n2B;;\n',
        ANNA_AND_BO,
        [(2, Reason.UNREADABLE), *[(line, Reason.NO_EMAIL) for line in (5, 6, 7)]],
    ),
    "quotes inside a name": Mess(
        f'Klas;Naam;E-mail\n2B;"Anna "An" de Test";{ANNA}\n', {"2B": [(ANNA, "Anna An de Test")]}
    ),
    "cut off in the middle of the last row": Mess(
        HEAD + ANNAS_LINE + "2B;Bo;;Pro", JUST_ANNA, [(3, Reason.CUT_OFF)], cut_off=True
    ),
    "the last row without a line end": Mess(HEAD + ANNAS_LINE.strip(), JUST_ANNA),
    "a name of a thousand letters": Mess(
        f"Klas;Naam;E-mail\n2B;{'a' * 1000};{ANNA}\n", {"2B": [(ANNA, "")]}, [(2, Reason.NAME_LEFT_OUT)]
    ),
    "rows that are longer and shorter than the heading": Mess(
        f"Klas;E-mail;Naam;Mentor\n2B;{ANNA};Anna de Test\n2B;{BO};Bo Proef;x;y;z\n", ANNA_AND_BO
    ),
}

REFUSED = {
    "empty": (b"", Refusal.EMPTY),
    "white only": (codecs.BOM_UTF8 + b"\r\n \r\n", Refusal.EMPTY),
    "too large": (b"a" * (MOST_BYTES + 1), Refusal.TOO_LARGE),
    "an Excel file by another name": (b"PK\x03\x04" + bytes(40), Refusal.WORKBOOK),
    "an old Excel file": (b"\xd0\xcf\x11\xe0" + bytes(40), Refusal.WORKBOOK),
    "a web page": (b"\n<html><table><tr><td>Klas", Refusal.OTHER_KIND),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Refusal.OTHER_KIND),
    "no heading": (f"2B;Anna;{ANNA}\n".encode(), Refusal.NO_HEADER),
    "a heading without an address": (b"Klas;Naam\n2B;Anna\n", Refusal.NO_HEADER),
    "no class, and none was given": (f"Naam;E-mail\nAnna;{ANNA}\n".encode(), Refusal.NO_CLASS),
}


def read(mess: Mess) -> RosterFile:
    data = mess.data if isinstance(mess.data, bytes) else mess.data.encode()
    return read_roster(data, person, mess.only_class)


@pytest.mark.parametrize("mess", MESSES.values(), ids=MESSES)
def test_what_can_be_used_goes_in_and_the_rest_is_told_by_its_line(mess: Mess) -> None:
    found = read(mess)
    assert {
        name: [(pupil.email, pupil.name) for pupil in pupils] for name, pupils in found.classes.items()
    } == mess.lists
    assert [(problem.line, problem.reason) for problem in found.problems] == mess.problems
    assert found.cut_off is mess.cut_off


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_list_is_refused_with_the_reason(data: bytes, reason: Refusal) -> None:
    with pytest.raises(RosterRefused) as refused:
        read_roster(data, person)
    assert refused.value.reason is reason


def test_the_line_is_that_of_the_file_also_behind_a_cell_of_two_lines() -> None:
    found = read(Mess(f'Klas;Naam;E-mail\n2B;"Anna\nde Test";{ANNA}\n2B;Bo Proef;\n', {}))
    assert [problem.line for problem in found.problems] == [4]


def test_nothing_of_a_pupil_shows_where_a_reading_is_written_down() -> None:
    found = read(Mess(HEAD + ANNAS_LINE + "2B;Bo;;Proef;bo@elders.example\n", {}))
    assert "nna" not in repr(found)
    assert "elders" not in repr(found)


@pytest.mark.parametrize("written", ["2b", " 2B ", "klas 2b", "Klas  2B", "groep 2b"])
def test_a_class_is_the_same_however_it_is_written(written: str) -> None:
    assert class_key(written) == "2B"


PIECES = st.sampled_from(
    [
        *(
            "Klas",
            "E-mail",
            "Naam",
            "2B",
            ANNA,
            BO,
            "Klas: 3C",
            "Totaal: 2",
            '"',
            '""',
            ";",
            ",",
            "\t",
            "\n",
            "\r",
            "\n;;\n",
        ),
        *("=", "@", "-", "\u00a0", "Ã«", "sep=;", "<", ">", "1,00E+02", "lesgroep", "x" * 200, "\x00", "\ufeff"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(PIECES, max_size=40), encoding=st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]))
@example(pieces=["E-mail", "\n", ";", "\n"], encoding="utf-8")
def test_whatever_is_in_a_file_it_is_read_or_refused_and_only_pupils_get_on_a_list(
    pieces: list[str], encoding: str
) -> None:
    try:
        found = read_roster("".join(pieces).encode(encoding, errors="replace"), person, "2B")
    except RosterRefused:
        return
    for pupils in found.classes.values():
        assert all(person(pupil.email).is_pupil for pupil in pupils)
        assert len({pupil.email for pupil in pupils}) == len(pupils)


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=200))
def test_no_bytes_at_all_break_the_reading(data: bytes) -> None:
    try:
        read_roster(HEAD.encode() + data, person)
        read_roster(data, person, "2B")
    except RosterRefused:
        return
