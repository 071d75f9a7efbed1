"""`/protocol`: the whole protocol to read: chapters, articles one by one, a search, and what changed.

A card that stands in a message is replaced by the next one; in a dialog it is the next page.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.google_chat.cards import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Footer,
    Message,
    Paragraph,
    Section,
    TextField,
    Widget,
)
from bot.google_chat.replies import Replace, Reply, ShowDialog
from bot.protocol.document import Article
from bot.protocol.document import Section as ProtocolSection
from bot.protocol.quoting import written
from bot.school.articles import ArticleCode
from bot.wording.catalogue import Phrases
from handlers.conversations import helping
from handlers.conversations.answers.answer_card import (
    look_for,
    meaning,
    name_of,
    named_line,
    plain_words,
    title_of,
    verbatim,
)
from handlers.conversations.answers.hearing import answers_are_on, found_by, named_alone, needs_help
from handlers.conversations.answers.what_changed import changes_button, changes_command, changes_message
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

CONTENTS = "contents"

ROWS_AT_MOST = 25
"""Lines on one card, so that it stays under what Google takes; more go on the next page."""


def contents(turn: Turn, wanted: str) -> Reply:
    """The chapters to choose from; with words behind the command the articles that fit them best."""
    if wanted and needs_help(turn, wanted):
        return helping.help_now(turn)
    if not answers_are_on(turn):
        return turn.privately(Message(text=turn.phrases("ask.off")))
    if wanted.casefold().strip(" ?.") in {spoken("changes.command") for spoken in _languages(turn)}:
        return turn.privately(changes_message(turn))
    return turn.privately(_found(turn, wanted) if wanted else _contents(turn))


def page(turn: Turn, event: ButtonPressed) -> Reply:
    """A chapter, an article, or the chapters again: what the button names."""
    if not answers_are_on(turn):
        return _shown(event, Message(text=turn.phrases("ask.off")))
    article = turn.bot.protocol.document.find(event.parameters.get("article", ""))
    if article is not None:
        return _shown(event, article_page(turn, article))
    for section in _shown_sections(turn):
        if section.letter == event.parameters.get("section"):
            return _shown(event, _section(turn, section, _number(event.parameters.get("start", ""))))
    return _shown(event, _contents(turn))


def ask_for_words(turn: Turn) -> Reply:
    """The dialog to search in."""
    return ShowDialog(_search_dialog(turn))


def search(turn: Turn, event: ButtonPressed) -> Reply:
    """What the dialog found; who typed a cry for help gets numbers first."""
    words = event.inputs.text("words")
    if words and needs_help(turn, words):
        return ShowDialog(helping.help_message(turn).cards[0])
    if not answers_are_on(turn):
        return _shown(event, Message(text=turn.phrases("ask.off")))
    return _shown(event, _found(turn, words)) if words else ShowDialog(_search_dialog(turn))


def changes(turn: Turn, event: ButtonPressed) -> Reply:
    """What this version changed."""
    return _shown(event, changes_message(turn) if answers_are_on(turn) else Message(text=turn.phrases("ask.off")))


def article_page(turn: Turn, article: Article) -> Message:
    """One article: plain words, what it means, the text itself, and the ways on."""
    t, look = turn.phrases, replace(look_for(turn), unfolded=True)
    title = title_of(turn, article.code, t)
    sections = (
        Section((*plain_words(turn, article.code, t), *meaning(turn, article.code, look))),
        verbatim(turn, article.code, look),
        *_related(turn, article.code),
        Section((_ways_on(turn, article), Paragraph(t("browse.commands", code=article.code)))),
    )
    card = Card(title=title, subtitle=article.section.short_title, sections=sections, card_id="protocol")
    return Message(text=t("browse.article", citation=turn.bot.quotations.cite(article.code, t)), cards=(card,))


def _contents(turn: Turn) -> Message:
    t, version = turn.phrases, turn.bot.protocol.document.version
    rows = tuple(
        Fact("", section.short_title, button=Button(t("browse.open"), _to(section), alt=section.short_title))
        for section in _shown_sections(turn)
    )
    about = t("browse.version", date=written(version.effective_on, t)) if version.effective_on else t("browse.undated")
    buttons = Buttons(Button(t("browse.search"), Action("protocol.ask", opens_dialog=True)), *changes_button(turn))
    sections = (
        Section((Paragraph(about),)),
        Section(rows),
        Section((buttons, Paragraph(t("browse.search_command")), *changes_command(turn))),
    )
    card = Card(title=t("browse.title"), subtitle=t("bot.is_program"), sections=sections, card_id="protocol")
    return Message(text=t("browse.text"), cards=(card,))


def _section(turn: Turn, section: ProtocolSection, start: int) -> Message:
    t, articles = turn.phrases, turn.bot.protocol.document.of_section(section)
    start = start if start < len(articles) else 0
    rows = tuple(_line(turn, article.code) for article in articles[start : start + ROWS_AT_MOST])
    buttons = [Button(t("browse.back"), Action("protocol.page", {"section": CONTENTS}))]
    if start + ROWS_AT_MOST < len(articles):
        more = {"section": section.letter, "start": str(start + ROWS_AT_MOST)}
        buttons.insert(0, Button(t("browse.more"), Action("protocol.page", more)))
    card = Card(title=section.short_title, sections=(Section(rows), Section((Buttons(*buttons),))), card_id="protocol")
    return Message(text=section.short_title, cards=(card,))


def _found(turn: Turn, words: str) -> Message:
    t, codes = turn.phrases, found_by(turn, words)
    only = turn.bot.protocol.document.find(named_alone(turn, words) or "")
    if only is not None:
        return article_page(turn, only)
    if not codes:
        return Message(text=t("browse.nothing"))
    rows = tuple(_line(turn, code) for code in codes)
    back = Buttons(Button(t("browse.back"), Action("protocol.page", {"section": CONTENTS})))
    sections = (Section(rows), Section((back, Paragraph(t("browse.search_command")))))
    card = Card(title=t("browse.found"), subtitle=t("bot.is_program"), sections=sections, card_id="protocol")
    return Message(text=t("browse.found_text", codes=", ".join(codes)), cards=(card,))


def _line(turn: Turn, code: ArticleCode) -> Fact:
    t = turn.phrases
    return named_line(turn, code, t, t("browse.open"), _to_article(code))


def _related(turn: Turn, code: ArticleCode) -> tuple[Section, ...]:
    reviewed = turn.bot.quotations.reviewed(code)
    related = [each for each in reviewed.related if turn.bot.quotations.has(each)] if reviewed is not None else []
    if not related:
        return ()
    t = turn.phrases
    buttons = (Button(name_of(turn, each, t), _to_article(each), alt=title_of(turn, each, t)) for each in related)
    return (Section((Buttons(*buttons),), header=t("answer.related")),)


def _ways_on(turn: Turn, article: Article) -> Widget:
    t, order = turn.phrases, turn.bot.protocol.document.articles
    place = order.index(article)
    buttons = []
    if place > 0:
        buttons.append(_step(t("browse.previous"), order[place - 1]))
    if place + 1 < len(order):
        buttons.append(_step(t("browse.next"), order[place + 1]))
    buttons.append(Button(t("browse.chapter"), _to(article.section), alt=article.section.short_title))
    return Buttons(*buttons)


def _step(words: str, article: Article) -> Button:
    return Button(words, _to_article(article.code), alt=f"{words}: {article.code}")


def _search_dialog(turn: Turn) -> Card:
    t = turn.phrases
    field = TextField("words", t("browse.words"), hint=t("browse.words_hint"))
    footer = Footer(
        Button(t("browse.search"), Action("protocol.search")), Button(t("dialog.close"), Action("dialog.close"))
    )
    return Card(title=t("browse.title"), sections=(Section((field,)),), footer=footer, card_id="search")


def _shown(event: ButtonPressed, message: Message) -> Reply:
    """As the next page of the dialog where there is one, else in place of the card that was pressed."""
    if not event.in_dialog:
        return Replace(message)
    section = Section((Paragraph(message.text),))
    card = message.cards[0] if message.cards else Card(title=message.text, sections=(section,), card_id="sentence")
    return ShowDialog(card)


def _shown_sections(turn: Turn) -> Sequence[ProtocolSection]:
    document = turn.bot.protocol.document
    return tuple(section for section in document.sections if document.of_section(section))


def _languages(turn: Turn) -> tuple[Phrases, Phrases]:
    return turn.bot.wording.dutch, turn.bot.wording.english


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() else 0


def _to(section: ProtocolSection) -> Action:
    return Action("protocol.page", {"section": section.letter})


def _to_article(code: ArticleCode) -> Action:
    return Action("protocol.page", {"article": code})
