"""`/protocol`: the whole protocol, section by section, letter for letter."""

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Message, Paragraph, Section
from bot.google_chat.notices import quoted
from bot.google_chat.replies import Replace, Reply
from bot.protocol.document import Section as ProtocolSection
from bot.protocol.quoting import written
from handlers.conversations.asking import answers_are_on
from handlers.events.model import ButtonPressed
from handlers.turn import Turn


def contents(turn: Turn) -> Reply:
    """The sections to choose from."""
    if not answers_are_on(turn):
        return turn.privately(Message(text=turn.phrases("ask.off")))
    return turn.privately(_contents(turn))


def page(turn: Turn, event: ButtonPressed) -> Reply:
    """One section with its articles, or the contents again."""
    if not answers_are_on(turn):
        return Replace(Message(text=turn.phrases("ask.off")))
    for section in _shown_sections(turn):
        if section.letter == event.parameters.get("section"):
            return Replace(_section(turn, section))
    return Replace(_contents(turn))


def _contents(turn: Turn) -> Message:
    t, version = turn.phrases, turn.bot.protocol.document.version
    rows = tuple(
        Fact("", section.short_title, button=Button(t("browse.open"), _to(section), alt=section.short_title))
        for section in _shown_sections(turn)
    )
    about = t("browse.version", date=written(version.effective_on, t)) if version.effective_on else t("browse.undated")
    card = Card(
        title=t("browse.title"),
        subtitle=t("bot.is_program"),
        sections=(Section((Paragraph(about),)), Section(rows)),
        card_id="protocol",
    )
    return Message(text=t("browse.text"), cards=(card,))


def _section(turn: Turn, section: ProtocolSection) -> Message:
    t = turn.phrases
    articles = turn.bot.protocol.document.of_section(section)
    facts = tuple(quoted(t, turn.bot.quotations, article.code) for article in articles)
    back = Buttons(Button(t("browse.back"), Action("protocol.page", {"section": "contents"})))
    card = Card(title=section.short_title, sections=(Section(facts), Section((back,))), card_id="protocol")
    return Message(text=section.short_title, cards=(card,))


def _shown_sections(turn: Turn) -> tuple[ProtocolSection, ...]:
    document = turn.bot.protocol.document
    return tuple(section for section in document.sections if document.of_section(section))


def _to(section: ProtocolSection) -> Action:
    return Action("protocol.page", {"section": section.letter})
