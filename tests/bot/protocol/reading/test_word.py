"""A Word file becomes the text that its reader sees: headings, tables, footnotes, and nothing that stands beside it."""

from pathlib import Path

import pytest

from bot.protocol.loader import ProtocolRefused, examine
from bot.protocol.reading.files import FileKind, read_file
from bot.protocol.reading.word.writing import text_of_word
from tests.bot.protocol.reading.word_files import abstract, level, note, num, par, run, table, word

BULLETS = abstract(2, level(0, "bullet", "\uf0b7")) + num(2, 2)
NUMBERS = abstract(1, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)")) + num(1, 1)
NOTES = """
<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="4"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Elk gegeven over</w:t></w:r></w:p>
<w:p><w:r><w:t>een mens.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="7"><w:p><w:r><w:t>Zie het leerlingenstatuut.</w:t></w:r></w:p></w:footnote>
"""


def lines(body: str, numbering: str = "", notes: str = "") -> list[str]:
    return [line for line in text_of_word(word(body, numbering, notes)).text.splitlines() if line]


def doubts(body: str) -> str:
    return " ".join(doubt for _, doubt in text_of_word(word(body)).doubts)


def test_headings_are_known_by_their_style_in_a_dutch_word_and_by_their_look() -> None:
    body = (
        par("Protocol Duinschool", style="Titel")
        + par("Inleiding", style="Kop1")
        + par("Dit is de inleiding.")
        + par(runs=run("Afspraken ", "<w:b/>") + run("voor leerlingen", "<w:b/>"))
        + par("Gevolgen", style="Vet")
        + par(runs=run("Klachten", '<w:u w:val="single"/>'))
        + par(runs=run("Vet begin", "<w:b/>") + run(" en gewoon vervolg."))
    )
    assert lines(body) == [
        "# Protocol Duinschool",
        "## Inleiding",
        "Dit is de inleiding.",
        "## Afspraken voor leerlingen",
        "## Gevolgen",
        "## Klachten",
        "Vet begin en gewoon vervolg.",
    ]


def test_a_whole_rule_in_a_heading_style_stays_a_text() -> None:
    assert lines(par("Je filmt niemand zonder te vragen.", style="Kop1")) == ["Je filmt niemand zonder te vragen."]


def test_a_word_file_becomes_a_protocol_with_articles_and_codes(tmp_path: Path) -> None:
    path = tmp_path / "protocol.DOCX"
    rules = "".join(par(text, num=1) for text in ("Je vraagt toestemming.", "Je deelt niets door."))
    inner = par("ook niet in een groepsapp;", num=1, level=1) + par("Je meldt het.", num=1)
    body = par("Protocol Geestschool", style="Titel") + par("Regels", style="Kop1") + rules + inner
    path.write_bytes(word(body + par("Slotregel van de school."), NUMBERS))
    read = read_file(path)
    document = examine(read.source, read.doubts).document
    assert read.kind is FileKind.WORD
    assert document.source == read.source
    assert [(article.code, article.label) for article in document.articles] == [
        ("R1", "1"),
        ("R2", "2"),
        ("R3", "3"),
        ("Ra", None),
    ]
    second = document.find("R2")
    assert second is not None
    assert second.text == "Je deelt niets door.\na) ook niet in een groepsapp;"


def test_bullets_get_no_number() -> None:
    assert lines(par("Wees aardig.", num=2) + par("Vraag het.", num=2), BULLETS) == ["• Wees aardig.", "• Vraag het."]


def test_a_paragraph_that_stands_in_below_a_rule_belongs_to_it() -> None:
    inset = '<w:ind w:left="360"/>'
    text = text_of_word(
        word(par("Je filmt niet.", num=1) + par("Ook niet in de pauze.", more=inset) + par("Los hiervan."), NUMBERS)
    ).text
    assert text == "1. Je filmt niet.\nOok niet in de pauze.\n\nLos hiervan.\n"


def test_footnotes_stand_below_the_text_that_names_them_with_the_number_that_word_shows() -> None:
    first = par(runs=run("Persoonsgegevens") + note(4) + run(" deel je niet."), num=1)
    second = par(runs=run("Gevolgen") + note(7) + run("."), num=1)
    assert lines(first + second, NUMBERS, NOTES) == [
        "1. Persoonsgegevens¹ deel je niet.",
        "¹ Elk gegeven over een mens.",
        "2. Gevolgen².",
        "² Zie het leerlingenstatuut.",
    ]


def test_a_version_table_becomes_rows_with_tabs_and_tells_the_day() -> None:
    rows = table(
        ("Versie", "Wat", "Wanneer"), ("1.0", "Inwerkingtreding", "1 augustus 2024"), ("", "Evaluatie", "2027")
    )
    body = par("Protocol Kreekschool", style="Titel") + par("Versiebeheer", style="Kop1") + rows
    document = examine(text_of_word(word(body)).text).document
    assert str(document.version.effective_on) == "2024-08-01"
    assert document.version.evaluation_year == 2027
    assert [article.code for article in document.articles] == ["V"]


def test_a_table_of_numbered_rules_becomes_that_list() -> None:
    body = table(("Nr", "Afspraak"), ("1.", "Je filmt niet."), ("2.", "Je deelt niet."))
    read = text_of_word(word(body))
    assert read.text.splitlines() == ["1. Je filmt niet.", "2. Je deelt niet.", ""]
    assert "kopregel" in read.doubts[0][1]


def test_numbers_in_a_table_that_do_not_count_up_stay_cells() -> None:
    assert lines(table(("1.", "Een."), ("3.", "Drie."))) == ["1.\tEen.", "3.\tDrie."]


def test_a_table_of_one_cell_is_only_a_frame() -> None:
    assert lines(table((par("Let op", style="Kop1") + par("Dit geldt altijd."),))) == ["## Let op", "Dit geldt altijd."]


def test_cells_with_more_paragraphs_are_put_on_one_line_and_that_is_said() -> None:
    read = text_of_word(word(table(("Doen", "Laten"), (par("Vragen") + par("Helpen"), "Pesten"))))
    assert read.text.splitlines()[1] == "Vragen / Helpen\tPesten"
    assert "achter elkaar" in read.doubts[0][1]


def test_line_breaks_tabs_and_special_hyphens_are_what_a_reader_sees() -> None:
    broken = "<w:r><w:t>Regel een</w:t><w:br/><w:t>regel twee niet</w:t><w:noBreakHyphen/><w:t>open</w:t></w:r>"
    assert lines(par(runs=broken)) == ["Regel een", "regel twee niet-open"]


def test_links_content_controls_and_fields_are_read_and_field_codes_are_not() -> None:
    link = '<w:hyperlink w:anchor="x"><w:r><w:t>de website</w:t></w:r></w:hyperlink>'
    field = "<w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:t> van school</w:t></w:r>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{par('In een vak.')}</w:sdtContent></w:sdt>"
    assert lines(par(runs=run("Kijk op ") + link + field + run(".")) + control) == [
        "Kijk op de website van school.",
        "In een vak.",
    ]


def test_words_own_table_of_contents_is_left_out() -> None:
    assert lines(par("Inleiding\t2", style="Inhopg1") + par("Tekst van de inleiding.")) == ["Tekst van de inleiding."]


def test_what_stands_beside_the_text_is_not_read_and_that_is_said() -> None:
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Losse kreet</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    hidden = run(" geheim", "<w:vanish/>")
    body = par(runs=run("De tekst.") + hidden + box)
    assert lines(body) == ["De tekst."]
    assert all(word in doubts(body) for word in ("Losse kreet", "verborgen", "plaatjes"))


@pytest.mark.parametrize(
    ("body", "settings", "reason"),
    [
        (par(runs=f'<w:ins w:id="1">{run("nieuw")}</w:ins>'), "", "wijzigingen"),
        (par(runs='<w:del w:id="1"><w:r><w:delText>oud</w:delText></w:r></w:del>'), "", "wijzigingen"),
        (par(runs='<w:r><w:endnoteReference w:id="1"/></w:r>'), "", "eindnoten"),
        (par("x"), '<w:footnotePr><w:numFmt w:val="lowerLetter"/></w:footnotePr>', "doorlopend"),
        (par("x"), '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>', "doorlopend"),
        (par("x"), '<w:footnotePr><w:numStart w:val="5"/></w:footnotePr>', "doorlopend"),
    ],
)
def test_what_cannot_be_told_for_certain_is_refused_with_what_to_do(body: str, settings: str, reason: str) -> None:
    with pytest.raises(ProtocolRefused, match=reason):
        text_of_word(word(body, settings=settings))
