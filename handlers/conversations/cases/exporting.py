"""Takes a case out: warns what that means, and then shows an address and a code, which both are needed."""

from urllib.parse import urlsplit

from bot.google_chat.buttons import Link
from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Paragraph, Section, Widget
from bot.google_chat.replies import Reply, ShowDialog
from bot.reports.casefile import Casefile, Refusal
from bot.reports.exporting.codes import Codes, Invitation
from bot.reports.ports import CaseId, SealedCase
from bot.storage.transactions import Transaction
from handlers.conversations.cases import case_page
from handlers.conversations.cases.inbox import granted, inbox_card
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

DONE = "done"


def ask(turn: Turn, event: ButtonPressed) -> Reply:
    """Says that paper is not protected by us, before there is a code."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    found = granted(turn, _id(event))
    if found is None:
        return ShowDialog(inbox_card(turn))
    case, _, known = found
    if known.handler != turn.user:
        return _refused(turn, case, known, Refusal.NOT_HANDLER)
    t = turn.phrases
    if not turn.bot.settings.public_url:
        return ShowDialog(_page(turn, case, (Paragraph(t("export.no_address")),)))
    button = Button(t("export.make"), Action("cases.export_code", {"case": case.id}), filled=True)
    return ShowDialog(_page(turn, case, (Paragraph(t("export.care")),), button))


def make_code(turn: Turn, event: ButtonPressed) -> Reply:
    """Shows address and code; the same event again shows the same ones, of which nothing is kept but hashes."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    case_id, codes = _id(event), Codes(turn.bot.keyring)
    invitation = codes.invite(event.fingerprint)

    def apply(transaction: Transaction) -> str:
        found = transaction.reports.granted_case(case_id, turn.user)
        if found is None or not found[1].sees_story:
            return Refusal.CLOSED
        if turn.bot.histories.load(found[0], transaction.histories).handler != turn.user:
            return Refusal.NOT_HANDLER
        # Real time: what opens a door for minutes does not wait for a business clock.
        transaction.exports.add(codes.waiting(invitation, case_id, turn.user, turn.bot.real_now()))
        return DONE

    effect = turn.change(apply)
    # Looked at again, for the same event may come again after somebody's rights ended.
    found = granted(turn, case_id)
    if found is None:
        return ShowDialog(inbox_card(turn))
    case, _, known = found
    if effect != DONE or known.handler != turn.user:
        return _refused(turn, case, known, Refusal.NOT_HANDLER)
    return ShowDialog(_code_page(turn, case, invitation))


def _code_page(turn: Turn, case: SealedCase, invitation: Invitation) -> Card:
    t = turn.phrases
    own = urlsplit(turn.bot.settings.public_url)
    address = f"{own.scheme}://{own.netloc}/export/{invitation.address}"
    shown = (
        Paragraph(t("export.how")),
        Fact(t("export.code"), invitation.readable_code),
        Fact(t("export.address"), address),
        Paragraph(t("export.care")),
    )
    return _page(turn, case, shown, Button(t("export.open"), Link(address), filled=True))


def _page(turn: Turn, case: SealedCase, shown: tuple[Widget, ...], *buttons: Button) -> Card:
    t = turn.phrases
    back = Button(t("dialog.back"), Action("cases.read", {"case": case.id}))
    sections = (Section(shown), Section((Buttons(*buttons, back),)))
    return Card(title=t("case.title", code=case.code), subtitle=t("cases.subtitle"), sections=sections, card_id="case")


def _refused(turn: Turn, case: SealedCase, known: Casefile, refusal: Refusal) -> Reply:
    key = refusal.value
    return ShowDialog(case_page.story_card(turn, case, known, problem=turn.phrases(key)))


def _id(event: ButtonPressed) -> CaseId:
    return CaseId(event.parameters.get("case", ""))
