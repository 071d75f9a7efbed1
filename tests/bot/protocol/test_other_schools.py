"""Protocols of other schools: read when every line has a place, else refused with the line and the reason."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.protocol.document import Audience
from bot.protocol.loader import ProtocolRefused, load_document

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
        ("Protocol\n\nRegels\n1. Een.\n3. Drie.\n", 5, "verwacht werd nummer 2"),
        ("Protocol\n\nRegels\n1. Een.\n\nEen losse alinea.\n", 6, "geen nummer of kop"),
        ("Protocol\n\nRegels\nEen alinea.\n1. Een.\n", 5, "door elkaar"),
        ("Protocol\n\nRegels\n1. Een.\n\nSlot\n", 6, "Onder deze kop staat niets meer"),
        ("1. Een regel zonder titel.\n", 1, "boven de eerste kop"),
        ("Protocol\n\na\tb\n", 3, "tabel"),
        ("Protocol\n\nA. Eerst\n1. Een.\n\nA. Weer\n1. Een.\n", 6, "twee koppen met de letter A"),
        ("Protocol\n\nRegels\n1. Een.\n¹ Noot.\n¹ Nog een.\n", 6, "staat er al"),
        ("Protocol\n\n4.1 Gouden regels\n1. Een.\n", 3, "nummer zonder punt"),
        ("Protocol\n\nVersiebeheer\ndef\tInwerkingtreding\t31 februari 2022\n", 4, "datum"),
        ("Protocol\n\nRegels\n1. Een\0.\n", 0, "platte tekst"),
    ],
)
def test_what_has_no_place_is_refused_with_its_line_and_the_reason(source: str, line: int, reason: str) -> None:
    with pytest.raises(ProtocolRefused) as refused:
        load_document(source)
    assert refused.value.line == line
    assert reason in str(refused.value)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared example layouts are not beside this checkout")
def test_each_example_layout_is_read_whole_or_refused_with_a_line() -> None:
    outcomes = {}
    for path in sorted(SHARED.glob("*.txt")):
        source = path.read_bytes().decode()
        try:
            document = load_document(source)
        except ProtocolRefused as refused:
            outcomes[path.stem] = refused.line
        else:
            assert document.source == source
            outcomes[path.stem] = 0
    assert {name: line for name, line in outcomes.items() if line} == {"schoonoord_gouden_regels": 5, "veluws_kort": 15}
    assert len(outcomes) == 7


LINES = st.sampled_from(
    [
        "",
        "Regels",
        "1. Een.",
        "2. Twee.",
        "• punt",
        "Een zin.",
        "a\tb",
        "¹ noot",
        ".... voor ons",
        "# noot",
        "Inhoudsopgave",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(LINES, max_size=12).map("\n".join)))
def test_any_text_is_read_without_losing_a_character_or_refused(source: str) -> None:
    try:
        document = load_document(source)
    except ProtocolRefused:
        return
    assert document.source == source
    assert len({article.code for article in document.articles}) == len(document.articles)
