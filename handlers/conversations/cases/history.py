"""What was done about a case: the last of it on the case itself, what came before on pages of its own."""

from collections.abc import Iterator
from datetime import date, datetime

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Paragraph, Section, Widget, pages
from bot.google_chat.replies import Reply, ShowDialog
from bot.protocol.quoting import written
from bot.reports.casefile import CHECKLIST, Casefile
from bot.reports.checklist.states import state_of
from bot.reports.exporting import telling
from bot.reports.exporting.telling import WITH_WORDS
from bot.reports.ports import CaseId, SealedCase
from handlers.conversations.cases.inbox import granted, inbox_card, name_of
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn


def latest(turn: Turn, case: SealedCase, known: Casefile) -> tuple[Widget, ...]:
    """The last steps, with the way to those before them."""
    newest, *older = pages(tuple(_steps(turn, case, known)))
    if not newest:
        return (Paragraph(turn.phrases("case.nothing_yet")),)
    return (_earlier(turn, case, 1), *newest) if older else newest


def earlier(turn: Turn, event: ButtonPressed) -> Reply:
    """A page of steps from before."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    found = granted(turn, CaseId(event.parameters.get("case", "")))
    if found is None:
        return ShowDialog(inbox_card(turn))
    case, _, known = found
    cut, asked = pages(tuple(_steps(turn, case, known))), event.parameters.get("page", "")
    page = min(int(asked), len(cut) - 1) if asked.isdecimal() and len(asked) < len("1000") else 0
    t = turn.phrases
    shown = cut[page] or (Paragraph(t("case.nothing_yet")),)
    above = (_earlier(turn, case, page + 1),) if page + 1 < len(cut) else ()
    back = Buttons(Button(t("case.back"), Action("cases.read", {"case": case.id})))
    sections = (Section((*above, *shown), header=t("case.history")), Section((back,)))
    return ShowDialog(
        Card(title=t("case.title", code=case.code), subtitle=t("cases.subtitle"), sections=sections, card_id="case")
    )


def _earlier(turn: Turn, case: SealedCase, page: int) -> Buttons:
    return Buttons(Button(turn.phrases("case.earlier"), Action("cases.history", {"case": case.id, "page": str(page)})))


def _steps(turn: Turn, case: SealedCase, known: Casefile) -> Iterator[Widget]:
    t, story = turn.phrases, turn.bot.intake.tell(case)
    for entry in known.entries:
        if entry.step in CHECKLIST and entry is not state_of(known, entry.detail).entry:
            # Ticked back and forth: the last word is enough here; paper has them all.
            continue
        who = telling.who(t, entry, story, lambda user: name_of(turn, user))
        label = t("case.step", who=who, when=_when(turn, telling.moment(entry, story, turn.bot.calendar)))
        said = telling.said(t, entry, lambda user: name_of(turn, user), lambda other: _code_of(turn, other))
        yield Fact(label, entry.text.words, below=said) if entry.step in WITH_WORDS else Fact(label, said)


def _code_of(turn: Turn, other: CaseId) -> str:
    """What another case is called, as far as this person may see it."""
    with turn.bot.store.read() as transaction:
        found = transaction.reports.granted_case(other, turn.user)
    return found[0].code if found is not None else turn.phrases("bundle.another")


def _when(turn: Turn, at: datetime | date) -> str:
    if isinstance(at, datetime):
        return f"{written(at.date(), turn.phrases)}, {at:%H:%M}"
    return written(at, turn.phrases)
