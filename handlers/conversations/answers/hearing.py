"""What somebody typed, understood: what they want, which articles fit, and the private route for who was hurt."""

from bot.google_chat.cards import Buttons, Card, Message, Paragraph, Section, Widget
from bot.google_chat.notices import quoted
from bot.google_chat.replies import Reply, Say
from bot.protocol.answering import Answer, Language, Outcome
from bot.protocol.matching.commands import typed_command as find_command
from bot.protocol.matching.references import named_in
from bot.school.articles import ArticleCode
from bot.school.facts import Part
from bot.wording.catalogue import Language as SpokenLanguage
from handlers.conversations import helping
from handlers.turn import Turn

CODES_AT_MOST = 3
FOUND_AT_MOST = 5


def answer_of(turn: Turn, question: str) -> Answer:
    """What the protocol says about it, by itself."""
    language: Language = "en" if turn.phrases.language is SpokenLanguage.ENGLISH else "nl"
    return turn.bot.protocol.answer(question, turn.person.main_role, language)


def answers_are_on(turn: Turn) -> bool:
    """Whether the school lets the bot answer about the protocol."""
    return turn.bot.school.is_on(Part.ANSWERS)


def needs_help(turn: Turn, text: str) -> bool:
    """Whether this must get help first, also where the bot answers nothing else."""
    return answer_of(turn, text).outcome is Outcome.CRISIS


def typed_command(turn: Turn, text: str) -> str | None:
    """The name of the command that was typed as ordinary text, such as "melden"; None for anything else."""
    return find_command(text, turn.bot.protocol.answerer.commands)


def known_codes(turn: Turn, articles: str) -> tuple[ArticleCode, ...]:
    """The articles that a button names: what it carries came back from outside, and only loaded ones count."""
    codes = (ArticleCode(code) for code in articles.split(",") if code)
    return tuple(code for code in codes if turn.bot.quotations.has(code))[:CODES_AT_MOST]


def named_alone(turn: Turn, words: str) -> ArticleCode | None:
    """The one article that somebody names, as in "A6" or "artikel A6"."""
    named = named_in(words, frozenset(article.code for article in turn.bot.protocol.document.articles))
    return next(iter(named)) if len(named) == 1 else None


def found_by(turn: Turn, words: str) -> tuple[ArticleCode, ...]:
    """The articles that fit somebody's words best."""
    protocol = turn.bot.protocol
    ranked = (near.code for near in protocol.matcher.match(words, turn.person.main_role).articles)
    return tuple(ranked)[:FOUND_AT_MOST]


def report_offer(turn: Turn) -> Message:
    """The private route for who was hurt; numbers where reporting through the bot is off."""
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


def say_it(turn: Turn, message: Message, *, in_the_open: bool) -> Reply:
    """To everybody in the group when it was asked in the open, else to who asked."""
    return Say(message) if in_the_open else turn.privately(message)
