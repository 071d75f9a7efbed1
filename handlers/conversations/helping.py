"""Help lines at once, what the bot is, and what it keeps: the answers that are the same for everybody."""

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Message, Paragraph, Section, Widget
from bot.google_chat.replies import Reply
from bot.school.facts import Part
from bot.school.helplines import CRISIS, Helpline
from bot.school.people import Role
from bot.wording.catalogue import Language, Phrases
from handlers.turn import Turn


def help_now(turn: Turn) -> Reply:
    """`/hulp`: numbers first, on one screen, without a question in front (responsible-use.md R22)."""
    return turn.privately(help_message(turn))


def help_message(turn: Turn, *, answer_button: Button | None = None) -> Message:
    """The numbers, the school's own people, and the way to report; perhaps a way on to the answer."""
    t = turn.phrases
    numbers = tuple(helpline(line, t) for line in turn.bot.helplines.pick(CRISIS))
    school: tuple[Widget, ...] = tuple(Fact(contact.name, contact.phone) for contact in turn.bot.school.contacts) or (
        Paragraph(t("help.school_none")),
    )
    buttons = [report_button(t)] if reports_open(turn) else []
    if answer_button is not None:
        buttons.append(answer_button)
    sections = [
        Section((Paragraph(t("help.intro")), *numbers)),
        Section(school, header=t("help.at_school")),
    ]
    if buttons:
        sections.append(Section((Buttons(*buttons),)))
    card = Card(title=t("help.title"), subtitle=t("bot.is_program"), sections=tuple(sections), card_id="help")
    return Message(text=t("help.text"), cards=(card,), fallback=t("help.fallback"))


def helpline(line: Helpline, t: Phrases) -> Fact:
    """One number, worded in somebody's language."""
    return Fact(line.phone, line.english if t.language is Language.ENGLISH else line.dutch)


def report_button(t: Phrases) -> Button:
    """The way into a private report; `/melden` beside it does the same where a card cannot open a dialog."""
    return Button(t("report.button"), Action("report.start", opens_dialog=True), alt=t("report.button_alt"))


def reports_open(turn: Turn) -> bool:
    """Whether this person can report through the bot: of the school, and the part for pupils or for staff is on."""
    if turn.person.is_any(Role.UNKNOWN):
        return False
    part = Part.STAFF_REPORTS if turn.person.is_staff else Part.PUPIL_REPORTS
    return turn.bot.school.is_on(part)


def explain(turn: Turn) -> Reply:
    """`/uitleg`: that it is a program, what it can do for this person, and who reads what."""
    t = turn.phrases
    card = Card(
        title=t("explain.title"),
        subtitle=t("bot.is_program"),
        sections=(
            Section((Paragraph(t("explain.intro", school=turn.bot.school.short_name)),)),
            Section(tuple(Paragraph(line) for line in what_you_can_do(turn)), header=t("explain.can")),
            Section((Paragraph(t("explain.reads")),), header=t("explain.who_reads")),
        ),
        card_id="explain",
    )
    return turn.privately(Message(text=t("explain.text"), cards=(card,)))


def what_you_can_do(turn: Turn) -> list[str]:
    """What this person can do, a sentence each."""
    t = turn.phrases
    lines = [t("explain.ask"), t("explain.help")]
    if reports_open(turn):
        lines.append(t("explain.report"))
    if turn.person.is_staff:
        lines.append(t("explain.consult"))
        lines.append(t("explain.missing"))
    if turn.bot.is_recipient(turn.person):
        lines.append(t("explain.cases"))
    if turn.person.email in turn.bot.school.admins:
        lines.append(t("explain.admin"))
    return lines


def privacy(turn: Turn) -> Reply:
    """`/privacy`: what is kept, how long and who sees it; only what the software does today."""
    t = turn.phrases
    terms, rows = (
        turn.bot.school.terms,
        ("questions", "opinions", "drafts", "name", "members", "classes", "google", "logs"),
    )
    texts = {row: t(f"privacy.{row}.text") for row in rows}
    texts["reports"] = t("privacy.reports.text", handled=terms.handled, other=terms.other)
    order = ("questions", "opinions", "reports", "drafts", "name", "members", "classes", "google", "logs")
    facts = tuple(Fact(t(f"privacy.{row}.label"), texts[row]) for row in order)
    buttons = Buttons(
        Button(t("mine.show"), Action("privacy.show", opens_dialog=True)),
        Button(t("mine.erase"), Action("privacy.ask_erase", opens_dialog=True)),
    )
    card = Card(
        title=t("privacy.title"),
        subtitle=t("bot.is_program"),
        sections=(Section(facts), Section((Paragraph(t("privacy.rights")), buttons))),
        card_id="privacy",
    )
    return turn.privately(Message(text=t("privacy.text"), cards=(card,)))
