"""Protocols of other schools: read when every line has a place, else refused with the line and the reason."""

from pathlib import Path

import pytest

from bot.protocol.document import Audience
from bot.protocol.loader import ProtocolRefused, examine, load_document

SHARED = Path(__file__).parents[4] / "shared" / "protocol" / "other-schools"

SMALL = """Protocol sociale media Testschool

Inleiding
Online zijn we net zo aardig als in de klas.

A. Voor leerlingen

1. Je filmt niet zonder te vragen.
2. Je blijft netjes.
Dat geldt ook in groepsapps.

B. Voor medewerkers

• Je deelt geen cijfers.
• Bij twijfel vraag je het je leidinggevende.
"""


def codes(source: str) -> list[str]:
    return [article.code for article in load_document(source).articles]


def test_a_small_protocol_gets_codes_from_its_own_letters_and_from_its_titles() -> None:
    assert codes(SMALL) == ["I1", "A1", "A2", "B1", "B2"]


def test_a_line_right_below_a_numbered_one_belongs_to_it() -> None:
    article = load_document(SMALL).find("A2")
    assert article is not None
    assert article.text == "Je blijft netjes.\nDat geldt ook in groepsapps."


def test_titles_tell_whom_a_section_is_for() -> None:
    audiences = {section.letter: section.audience for section in load_document(SMALL).sections}
    assert audiences == {"I": Audience.EVERYONE, "A": Audience.PUPILS, "B": Audience.STAFF}


def test_a_protocol_without_a_version_table_has_no_version_day() -> None:
    assert load_document(SMALL).version.effective_on is None


def test_windows_line_ends_and_a_byte_order_mark_are_kept_and_read_over() -> None:
    windows = "\ufeff" + SMALL.replace("\n", "\r\n")
    assert load_document(windows).source == windows
    assert codes(windows) == codes(SMALL)


def test_headings_with_nothing_under_them_group_the_section_that_comes() -> None:
    document = load_document("Protocol\n\nDeel een\n\nOp school\n\nRegels\n1. Een.\n")
    assert [section.group for section in document.sections] == ["Deel een \u2013 Op school"]


def test_two_sections_with_the_same_wish_get_different_letters() -> None:
    source = "Protocol\n\nAfspraken in de les\n1. Een.\n\nRegels thuis\n1. Twee.\n"
    assert codes(source) == ["R1", "E1"]


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("", 0, "geen artikelen"),
        ("alleen een titel\n", 0, "geen artikelen"),
        ("Protocol\n\nRegels\n\nSlot\n", 0, "geen artikelen"),
        ("1. Een regel zonder titel.\n", 1, "boven de eerste kop"),
        ("a\tb\n", 1, "boven de eerste kop"),
        ("Protocol\n\nA. Eerst\n1. Een.\n\nA. Weer\n1. Een.\n", 6, "twee koppen met de letter A"),
        ("Protocol\n\nRegels\n1. Een.\n¹ Noot.\n¹ Nog een.\n", 6, "staat er al"),
        ("Protocol\n\nVersiebeheer\ndef\tInwerkingtreding\t31 februari 2022\n", 4, "datum"),
        ("Protocol\n\nRegels\n1. Een\0.\n", 0, "platte tekst"),
    ],
)
def test_what_has_no_place_is_refused_with_its_line_and_the_reason(source: str, line: int, reason: str) -> None:
    with pytest.raises(ProtocolRefused) as refused:
        load_document(source)
    assert refused.value.line == line
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("source", "line", "doubt"),
    [
        ("Protocol\n\nRegels\n1. Een.\n3. Drie.\n", 5, "volgt niet"),
        ("Protocol\n\nRegels\n1. Een.\n1. Nog een.\n", 5, "meer dan een keer"),
        ("Protocol\n\nRegels\n4. Vier.\n5. Vijf.\n", 4, "beginnen hier bij 4"),
        ("Protocol\n\nRegels\n1. Een.\n\nEen losse alinea.\n", 6, "losse alinea"),
        ("Protocol\n\nRegels\n1. Een.\n\nEen alinea.\n\n2. Twee.\n", 6, "hoort bij het nummer erboven"),
        ("Protocol\n\nRegels\n1. Een.\n\nSlot\n", 6, "staat niets"),
    ],
)
def test_what_is_unsure_is_read_as_it_stands_and_put_on_the_review_list(source: str, line: int, doubt: str) -> None:
    examined = examine(source)
    (finding,) = examined.review.unsure
    assert finding.line == line
    assert doubt in (finding.unsure or "")
    assert examined.document.source == source


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared example layouts are not beside this checkout")
def test_every_example_layout_of_another_school_is_read_whole() -> None:
    paths = sorted(SHARED.glob("*.txt"))
    for path in paths:
        source = path.read_bytes().decode()
        assert load_document(source).source == source
    assert len(paths) == 7


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared example layouts are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cygnus_letters", "I1 A1 A2 A3 B1 B2 C1 C2 D1"),
        ("life_college_leerlingversie", "I1 U1 U2 U3 U4 B1 S1 S2 S3 W1 W2"),
        ("nieuwste_school_bullets", "I1 R1 A1 A2 A3 A4 A5 S1 S2"),
        ("pcc_titelregels", "I1 S1 S2 S3 S4"),
        ("schoonoord_gouden_regels", "I1 U1 U2 U3 U4 D1 D2 R1 R2 R3 R4 R5 A1 A2 A3 S1 S2"),
        ("svopl_groepen", "I1 M1 M2 M3 M4 E1 E2 L1"),
        ("veluws_kort", "I1 S1 S2 S3 S4 S5 S6"),
    ],
)
def test_the_example_layouts_have_these_codes(name: str, expected: str) -> None:
    assert " ".join(codes((SHARED / f"{name}.txt").read_bytes().decode())) == expected
