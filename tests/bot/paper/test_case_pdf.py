"""The pages of a case: A4, numbered, with who and when on each; every letter shown or marked, and never a crash."""

import io
import json
import random
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PageObject, PdfReader

from bot.paper.case_pdf import _content, case_pdf
from bot.paper.letters import Letters
from bot.paper.typesetting import NotOnPaper, Press
from bot.reports.casefile import Step
from bot.reports.exporting.document import CaseDocument, Fact, Happened
from bot.reports.text import ReportText
from bot.wording.catalogue import Wording
from tests.bot.paper.test_letters import TYPED

DUTCH = Wording.load().dutch
NOW = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))
A4 = (595, 842)


def document(story: str, *, notes: int = 1, by: str = "Olga Overzicht") -> CaseDocument:
    steps = (
        Happened(Step.TAKEN, NOW, by, "Pakt dit op.", None, "", ReportText("")),
        *(
            Happened(Step.NOTE, NOW.date(), by, "Notitie", None, "", ReportText(f"Notitie {number}: bellen.\nNog een."))
            for number in range(notes)
        ),
    )
    return CaseDocument(
        code="7KX2-M9QF",
        received=NOW.date(),
        exported_at=NOW,
        exported_by=by,
        closed=False,
        story=ReportText(story),
        facts=(Fact("topic", "Waarover", "Pesten of buitensluiten", "C07"),),
        history=steps,
    )


def pages(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(pdf)).pages)


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in pages(pdf)).split())


def test_it_says_what_it_is_and_that_paper_is_not_protected() -> None:
    text = text_of(case_pdf(document("Hij dreigde."), DUTCH))
    for said in (
        "Zaak 7KX2-M9QF",
        "Dit papier valt niet meer onder de bescherming",
        "Binnengekomen 24 november 2026",
        "Waarover Pesten of buitensluiten",
        "Wat er is verteld Hij dreigde.",
        "Olga Overzicht, 24 november 2026, 10:15 Pakt dit op.",
        "Notitie 0: bellen. Nog een.",
        "Geëxporteerd op 24 november 2026, 10:15 door Olga Overzicht",
    ):
        assert said in text


def test_every_page_is_a4_and_has_its_number_the_code_and_who_took_it() -> None:
    sheets = pages(case_pdf(document("Lang verhaal. " * 150, notes=60), DUTCH))
    assert len(sheets) > 2
    for number, sheet in enumerate(sheets, start=1):
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A4
        text = " ".join(sheet.extract_text().split())
        assert f"Bladzijde {number} van {len(sheets)}" in text
        assert "Zaak 7KX2-M9QF" in text
        assert "door Olga Overzicht" in text


@pytest.mark.parametrize("language", [each for each in TYPED if each not in {"Arabic", "Dari", "Hebrew", "emoji"}])
def test_what_pupils_type_can_be_read_and_searched(language: str) -> None:
    assert " ".join(TYPED[language].split()) in text_of(case_pdf(document(TYPED[language]), DUTCH))


@pytest.mark.parametrize("language", ["Arabic", "Dari", "Hebrew", "emoji"])
def test_what_is_joined_or_runs_from_right_to_left_is_put_on_paper_without_a_mark(language: str) -> None:
    # The order of such letters in a PDF is that of the eye; that all have a picture the typesetter itself checks.
    pdf = case_pdf(document(TYPED[language]), DUTCH)
    assert "[U+" not in text_of(pdf)
    assert not any(said in text_of(pdf) for said in ("Sommige tekens",))


def test_a_letter_that_cannot_be_shown_is_marked_and_the_page_says_so() -> None:
    text = text_of(case_pdf(document("Hij zei 你好."), DUTCH))
    assert "Hij zei [U+4F60][U+597D]." in text
    assert "Sommige tekens kan dit document niet laten zien" in text


def test_what_somebody_typed_is_never_read_as_markup() -> None:
    typed = '#panic("x") #sys.inputs $1/0$ *vet* _schuin_ `code` = kop \\ // geen /* geen @iemand <hier> "]}'
    assert typed in text_of(case_pdf(document(typed, by="#let x = 1 "), DUTCH))


def test_a_word_without_a_space_stays_on_the_paper() -> None:
    sheets = pages(case_pdf(document("m" * 1900), DUTCH))
    rows = [row for sheet in sheets for row in sheet.extract_text().splitlines() if "mmm" in row]
    # 47 of these fill a line.
    assert "".join(rows) == "m" * 1900
    assert max(map(len, rows)) <= 47


def test_the_library_itself_refuses_a_letter_that_its_font_does_not_have() -> None:
    """A second net: with the archive's rules, a choice of fonts that is wrong is an error and no gap."""
    press = Press.open()
    line = {"runs": [["Noto Sans", "你"]], "rtl": False}
    content = content_of(document("x"), line)
    with pytest.raises(NotOnPaper):
        press.pages("case.typ", content, NOW)


def content_of(told: CaseDocument, line: dict[str, object]) -> dict[str, object]:
    content = _content(told, DUTCH, Letters.load(Press.open().fonts))
    return {**content, "story": [line]}


def test_when_the_typesetter_refuses_all_the_same_there_are_pages_with_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def first_refuses(press: Press, template: str, content: dict[str, Any], at: datetime) -> bytes:
        if "\\u" in json.dumps(content["story"]):
            raise NotOnPaper
        return pages_of(press, template, content, at)

    pages_of = Press.pages
    monkeypatch.setattr(Press, "pages", first_refuses)
    assert "Hallo [U+041F][U+0440]" in text_of(case_pdf(document("Hallo Пр"), DUTCH))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_typed_there_are_pages(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    ranges = [(0, 0x80), (0x80, 0x3000), (0x1F300, 0x1FB00), (0, 0x110000), (0x20, 0x21), (0x300, 0x370)]
    typed = "".join(chr(chance.randrange(*chance.choice(ranges))) for _ in range(2000))
    assert pages(case_pdf(document(typed), DUTCH))
