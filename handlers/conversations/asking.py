"""Questions about the protocol: help first for who needs it, the private route for who was hurt, else the article."""

from bot.google_chat.cards import Action, Button, Buttons, Card, Message, Paragraph, Section, Widget
from bot.google_chat.notices import quoted
from bot.google_chat.replies import Nothing, Replace, Reply, Say
from bot.outbox.delivery import DeliveryId, Kind, Priority, owe, to_group
from bot.protocol.answering import Answer, Language, Outcome
from bot.protocol.matching.commands import typed_command as find_command
from bot.school.articles import ArticleCode
from bot.school.facts import Part
from bot.storage.transactions import Transaction
from bot.wording.catalogue import Language as SpokenLanguage
from handlers.conversations import helping
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

SHOWN_AT_MOST = 3
"""Articles quoted in one answer; more would not be read on a phone."""


def asked(turn: Turn, question: str, *, in_the_open: bool) -> Reply:
    """Answer a question; `in_the_open` when it was asked with an @mention that the group sees anyway."""
    if not question:
        return turn.privately(Message(text=turn.phrases("ask.empty")))
    answer = _answer(turn, question)
    match answer.outcome:
        case Outcome.CRISIS:
            # Help first, on one screen, never an article; in a group nobody sees that this was answered.
            return turn.privately(helping.help_message(turn, answer_button=_go_on(turn, answer)))
        case Outcome.REPORT_OFFER:
            return turn.privately(_report_offer(turn))
        case Outcome.SMALLTALK:
            return turn.privately(Message(text=turn.phrases("ask.small_talk")))
        case _ if not answers_are_on(turn):
            return turn.privately(Message(text=turn.phrases("ask.off")))
        case Outcome.NOT_IN_PROTOCOL:
            return _told(turn, _not_in_protocol(turn), in_the_open=in_the_open)
        case Outcome.ANSWER:
            codes = tuple(quotation.citation.code for quotation in answer.citations)
            message = answer_message(turn, codes, answer.see_also, shareable=not in_the_open)
            return _told(turn, message, in_the_open=in_the_open)


def answers_are_on(turn: Turn) -> bool:
    """Whether the school lets the bot answer about the protocol."""
    return turn.bot.school.is_on(Part.ANSWERS)


def needs_help(turn: Turn, text: str) -> bool:
    """Whether this must get help first, also where the bot answers nothing else."""
    return _answer(turn, text).outcome is Outcome.CRISIS


def typed_command(turn: Turn, text: str) -> str | None:
    """The name of the command that was typed as ordinary text, such as "melden"; None for anything else."""
    return find_command(text, turn.bot.protocol.answerer.commands)


def show_answer(turn: Turn, event: ButtonPressed) -> Reply:
    """Answers the button "Het gaat goed, toon mijn antwoord": the articles that the help screen held back."""
    codes = _known_codes(turn, event.parameters.get("articles", ""))
    if not codes or not answers_are_on(turn):
        return turn.privately(_not_in_protocol(turn) if answers_are_on(turn) else Message(text=turn.phrases("ask.off")))
    return turn.privately(answer_message(turn, codes, (), shareable=False))


def share(turn: Turn, event: ButtonPressed) -> Reply:
    """Answers the button "Delen": the article as a new message in the group, without the question."""
    codes = _known_codes(turn, event.parameters.get("articles", ""))
    space = event.space
    if not codes or space is None or turn.in_direct_message or not answers_are_on(turn):
        return Nothing()

    def apply(transaction: Transaction) -> str:
        delivery = owe(Kind.SHARED_ANSWER, to_group(space.name), codes[0], Priority.REPLY, now=turn.now)
        transaction.deliveries.add(delivery)
        return delivery.id

    # A public answer to a click on a private message may land in a thread that only one person sees: so it goes
    # through the API, as a message of its own.
    delivery_id = turn.change(apply)
    turn.deliver_now([DeliveryId(delivery_id)])
    return Replace(answer_message(turn, codes, (), shareable=False, note=turn.phrases("answer.shared")))


def answer_message(
    turn: Turn,
    codes: tuple[ArticleCode, ...],
    see_also: tuple[ArticleCode, ...],
    *,
    shareable: bool,
    note: str = "",
) -> Message:
    """The article, letter for letter, with its citation; the others behind it."""
    t, quotations = turn.phrases, turn.bot.quotations
    first, others = codes[0], codes[1:SHOWN_AT_MOST]
    citation = quotations.cite(first, t)
    sections = [Section((quoted(t, quotations, first),))]
    if others:
        facts = tuple(quoted(t, quotations, code) for code in others)
        sections.append(Section(facts, header=t("answer.others"), collapsible=True))
    related = [code for code in see_also if code not in codes]
    if related:
        sections.append(Section((Paragraph(t("answer.see_also", codes=", ".join(related))),)))
    if note:
        sections.append(Section((Paragraph(note),)))
    if shareable and not turn.in_direct_message:
        button = Button(t("answer.share"), Action("answer.share", {"articles": first}), alt=t("answer.share_alt"))
        sections.append(Section((Buttons(button),)))
    card = Card(
        title=t("answer.title", code=first), subtitle=t("bot.is_program"), sections=tuple(sections), card_id="a"
    )
    return Message(text=t("answer.text", citation=citation), cards=(card,))


def _told(turn: Turn, message: Message, *, in_the_open: bool) -> Reply:
    return Say(message) if in_the_open else turn.privately(message)


def _not_in_protocol(turn: Turn) -> Message:
    t = turn.phrases
    whom = t("ask.whom_staff") if turn.person.is_staff else t("ask.whom_pupil")
    return Message(text=t("ask.not_in_protocol", whom=whom))


def _report_offer(turn: Turn) -> Message:
    t = turn.phrases
    if not helping.reports_open(turn):
        return helping.help_message(turn)
    code = ArticleCode("A10")
    body: list[Widget] = [Paragraph(t("report.offer")), Buttons(helping.report_button(t))]
    if turn.bot.quotations.is_reviewed(code):
        body.append(quoted(t, turn.bot.quotations, code))
    # Where the story was typed in a group, only its writer can take it away again.
    if not turn.in_direct_message:
        body.insert(1, Paragraph(t("report.offer_remove")))
    card = Card(
        title=t("report.offer_title"), subtitle=t("bot.is_program"), sections=(Section(tuple(body)),), card_id="o"
    )
    return Message(text=t("report.offer_text"), cards=(card,), fallback=t("report.offer_text"))


def _go_on(turn: Turn, answer: Answer) -> Button | None:
    if not answer.see_also or not answers_are_on(turn):
        return None
    articles = ",".join(answer.see_also[:SHOWN_AT_MOST])
    return Button(turn.phrases("help.go_on"), Action("answer.show", {"articles": articles}))


def _answer(turn: Turn, question: str) -> Answer:
    language: Language = "en" if turn.phrases.language is SpokenLanguage.ENGLISH else "nl"
    return turn.bot.protocol.answer(question, turn.person.main_role, language)


def _known_codes(turn: Turn, articles: str) -> tuple[ArticleCode, ...]:
    # What a button carries came back from outside: only articles of the loaded protocol count.
    codes = (ArticleCode(code) for code in articles.split(",") if code)
    return tuple(code for code in codes if turn.bot.quotations.has(code))[:SHOWN_AT_MOST]
