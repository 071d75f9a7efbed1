"""A case as a PDF for paper: A4, numbered pages, every letter shown or clearly marked; made in memory."""

import json
from datetime import date, datetime
from typing import Any

from bot.paper.letters import Letters, is_right_to_left
from bot.paper.typesetting import NotOnPaper, Press
from bot.protocol.quoting import written
from bot.reports.exporting.document import CaseDocument, Happened
from bot.wording.catalogue import Phrases


def case_pdf(document: CaseDocument, t: Phrases) -> bytes:
    """The pages of a case; raises NotOnPaper."""
    press = Press.open()
    letters = Letters.load(press.fonts)
    try:
        return press.pages("case.typ", _content(document, t, letters), document.exported_at)
    except NotOnPaper:
        # Marked rather than missing: the letters of Western Europe, and numbers in place of all others.
        return press.pages("case.typ", _content(document, t, letters.plain()), document.exported_at)


def _content(document: CaseDocument, t: Phrases, letters: Letters) -> dict[str, Any]:
    known = [(t("case.came_in"), _when(document.received, t)), *((fact.label, fact.says) for fact in document.facts)]
    made = t("export.paper.made", when=_when(document.exported_at, t), name=document.exported_by)
    content = {
        "language": t.language.value,
        "name": t("case.title", code=document.code),
        "title": letters.runs(t("case.title", code=document.code)),
        "kept": letters.runs(t("export.paper.kept")),
        "made": letters.runs(made),
        "page": letters.runs(t("export.paper.page")),
        "of": letters.runs(t("export.paper.of")),
        "facts": [[letters.runs(label), letters.runs(says)] for label, says in known],
        "story_title": letters.runs(t("case.story")),
        "story": _lines(document.story.words, letters),
        "history_title": letters.runs(t("case.history")),
        "history": [_step(each, t, letters) for each in document.history],
        "nothing_yet": letters.runs(t("case.nothing_yet")),
    }
    marked = "[U+" in json.dumps(content)
    return {**content, "note": letters.runs(t("export.paper.marked")) if marked else []}


def _step(each: Happened, t: Phrases, letters: Letters) -> dict[str, Any]:
    return {
        "label": letters.runs(t("case.step", who=each.by, when=_when(each.at, t))),
        "says": letters.runs(each.says),
        "text": _lines(each.text.words, letters) if each.text else [],
    }


def _lines(text: str, letters: Letters) -> list[dict[str, Any]]:
    return [{"runs": line, "rtl": is_right_to_left(line)} for line in letters.lines(text)]


def _when(at: datetime | date, t: Phrases) -> str:
    if isinstance(at, datetime):
        return f"{written(at.date(), t)}, {at:%H:%M}"
    return written(at, t)
