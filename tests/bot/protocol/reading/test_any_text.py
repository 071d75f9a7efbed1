"""Whatever text comes in: it is read whole or refused with a reason, and no number comes out that did not go in."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.protocol.document import Block
from bot.protocol.loader import Examined, ProtocolRefused, examine

PIECES = st.sampled_from(
    [
        *("", "", "   ", "\t", "\f", "\r"),
        *("Protocol sociale media", "Regels", "Inleiding", "Inhoudsopgave", "Regels 3", "REGELS", ".... voor ons"),
        *(
            "1. Een.",
            "2. Twee.",
            "3. Drie",
            "1) Een",
            "10. Tien:",
            "2.1 Deel",
            "2.1. Deel.",
            "1 Een",
            "2 Twee",
            "3a. En.",
        ),
        *("a. klein", "b) klein;", "i. eerst", "ii. dan", "I. Eerst", "II. Dan", "A. Deel", "B. Deel.", "V. Vijf"),
        *(
            "Artikel 1",
            "Artikel 2. Titel",
            "Art. 3 - Zin.",
            "§ 1 Titel",
            "§ 2",
            "Hoofdstuk 2 Meer",
            "Regel 4: doe dit.",
        ),
        *("• punt", "- streep", "* ster", "   - dieper", "o\trondje", "1.", "16.", "(2) haakjes"),
        *("Een zin.", "en verder", "Een heel lange zin die wel tachtig tekens telt en daarom hier wordt afgebroken om"),
        *("a\tb", "a\t", "links      rechts", "| a | b |", "¹ noot", "[2] noot", "¹² noot"),
        *("# noot.", "## Kop", "#hashtag", "**Vet**", "---", "Pagina 2 van 3", "2 / 7 Tekst", "7", "8"),
        *("Deze regeling treedt in werking op 31 februari 2024.", "evaluatie\t2026", "inwerkingtreding\t1-1-2025"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="1aA.)-• \t\n#|²§", max_size=60),
    st.lists(PIECES, max_size=16).map("\n".join),
)


def outcome(source: str) -> Examined | None:
    try:
        return examine(source)
    except ProtocolRefused as error:
        refused = error
    assert refused.reason
    assert 0 <= refused.line <= len(source.splitlines())
    return None


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_any_text_is_read_without_losing_a_character_or_refused_with_a_reason(source: str) -> None:
    examined = outcome(source)
    if examined is None:
        return
    document = examined.document
    assert document.source == source
    assert len({article.code.casefold() for article in document.articles}) == len(document.articles)
    assert len({section.letter for section in document.sections}) == len(document.sections)
    blocks: dict[str, list[Block]] = {}
    for block in document.blocks:
        if block.code is not None:
            blocks.setdefault(block.code, []).append(block)
    for article in document.articles:
        assert article.text == "\n".join(block.text for block in blocks[article.code])


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_no_number_is_cited_that_is_not_in_the_source(source: str) -> None:
    examined = outcome(source)
    if examined is None:
        return
    lines = source.splitlines()
    for article in examined.document.articles:
        if article.label is None:
            assert examined.document.cite(article).number is None
        elif not article.code.startswith("F"):
            assert article.label in lines[article.line - 1]
        citation = examined.document.cite(article)
        shown = re.findall(r"[0-9]+", f"{citation.section} {citation.number or ''}")
        plain = source.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
        assert all(number in plain for number in shown)
