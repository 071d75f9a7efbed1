"""`/privacy` for one person: a dialog that shows what is kept about them, and one that removes it when asked twice."""

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Paragraph, Section, Widget
from bot.google_chat.replies import Reply, ShowDialog
from bot.protocol.quoting import written
from bot.storage.transactions import Transaction
from bot.wording.catalogue import Phrases
from handlers.conversations import helping
from handlers.conversations.own_data.keeping import Kept, OwnData, OwnReports
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

DONE = "done"


def show(turn: Turn, event: ButtonPressed) -> Reply:
    """What is kept about this person; only in a dialog, for a message would stay in the chat."""
    if not event.in_dialog:
        return helping.privacy(turn)
    own = _own(turn)
    with turn.bot.store.read() as transaction:
        kept = own.of(turn.user, transaction, turn.now)
        reports = own.reports_of(turn.user, transaction, turn.now)
    t = turn.phrases
    sections = (
        Section(tuple(_about_me(kept, t))),
        Section(tuple(_my_reports(reports, t)), header=t("mine.reports")),
        Section(tuple(Paragraph(line) for line in _same_for_everybody(t, turn))),
        Section((_buttons(Button(t("mine.erase"), Action("privacy.ask_erase")), t),)),
    )
    return ShowDialog(Card(title=t("mine.title"), subtitle=t("mine.subtitle"), sections=sections, card_id="mine"))


def ask_erase(turn: Turn, event: ButtonPressed) -> Reply:
    """Asks once more, and says what goes, what stays, and what others will see of it."""
    if not event.in_dialog:
        return helping.privacy(turn)
    t = turn.phrases
    lines = [t("mine.goes"), t("mine.withdrawn"), t("mine.same_day"), t("mine.stays")]
    lines.append(t("mine.recipient") if turn.bot.is_recipient(turn.person) else t("mine.no_news"))
    lines.append(t("mine.again"))
    buttons = Buttons(
        Button(t("mine.erase_yes"), Action("privacy.erase"), filled=True),
        Button(t("dialog.back"), Action("privacy.show")),
        Button(t("dialog.close"), Action("dialog.close")),
    )
    sections = (Section(tuple(Paragraph(line) for line in lines)), Section((buttons,)))
    return ShowDialog(Card(title=t("mine.sure"), subtitle=t("mine.subtitle"), sections=sections, card_id="mine"))


def erase(turn: Turn, event: ButtonPressed) -> Reply:
    """Removes it, and says so in the same words whatever there was."""
    if not event.in_dialog:
        return helping.privacy(turn)

    def apply(transaction: Transaction) -> str:
        _own(turn).erase(turn.user, transaction, turn.now)
        return DONE

    turn.change(apply)
    t = turn.phrases
    close = Buttons(Button(t("dialog.close"), Action("dialog.close")))
    sections = (Section((Paragraph(t("mine.erased")), Paragraph(t("mine.again")), close)),)
    return ShowDialog(Card(title=t("mine.done"), subtitle=t("mine.subtitle"), sections=sections, card_id="mine"))


def _own(turn: Turn) -> OwnData:
    return OwnData(turn.bot.school, turn.bot.intake)


def _about_me(kept: Kept, t: Phrases) -> list[Widget]:
    nothing = t("mine.nothing")
    known = t("mine.known", email=kept.email, day=written(kept.since, t)) if kept.since is not None else nothing
    facts: list[Widget] = [
        Fact(t("mine.address"), known),
        Fact(t("mine.conversation"), t("mine.yes") if kept.has_direct_message else nothing),
        Fact(t("mine.articles"), ", ".join(kept.articles) or nothing),
    ]
    # These only some people have; nobody needs to read three times that there is nothing.
    if kept.absence is not None:
        first, last = written(kept.absence.first, t), written(kept.absence.last, t)
        facts.append(Fact(t("mine.away"), t("mine.away_days", first=first, last=last)))
    if kept.classes:
        facts.append(Fact(t("mine.classes"), ", ".join(kept.classes)))
    if kept.groups:
        facts.append(Fact(t("mine.groups"), ", ".join(name or t("approval.nameless") for name in kept.groups)))
    if kept.member_of:
        facts.append(Fact(t("mine.member_of"), ", ".join(name or t("approval.nameless") for name in kept.member_of)))
    if kept.messages:
        facts.append(Fact(t("mine.messages"), str(kept.messages)))
    return facts


def _my_reports(reports: OwnReports, t: Phrases) -> list[Widget]:
    made = t("mine.made", made=reports.made, open=reports.still_open) if reports.made else t("mine.nothing")
    drafts = str(reports.drafts) if reports.drafts else t("mine.nothing")
    return [Fact(t("mine.sent"), made), Fact(t("mine.drafts"), drafts)]


def _same_for_everybody(t: Phrases, turn: Turn) -> list[str]:
    lines = [t("mine.named"), t("mine.unnamed")]
    return [*lines, t("mine.handled")] if turn.bot.is_recipient(turn.person) else lines


def _buttons(first: Button, t: Phrases) -> Buttons:
    return Buttons(first, Button(t("dialog.close"), Action("dialog.close")))
