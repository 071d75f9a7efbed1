"""What somebody thinks of an answer: counted, and a question is kept only when its writer ticks that it may be."""

import secrets
from dataclasses import replace
from datetime import timedelta

from bot.google_chat.cards import (
    Action,
    Button,
    Buttons,
    Card,
    Choice,
    ChoiceKind,
    Footer,
    Message,
    Option,
    Paragraph,
    Section,
    TextField,
)
from bot.google_chat.replies import CloseDialog, Replace, Reply, ShowDialog
from bot.protocol.answering import Outcome
from bot.school.articles import ArticleCode
from bot.storage.answers.opinions import Opinion
from bot.storage.transactions import Transaction
from handlers.conversations import helping
from handlers.conversations.answers.answer_card import Look, answer_message, look_for, wrong_button
from handlers.conversations.answers.counting import HELPFUL, UNHELPFUL, count
from handlers.conversations.answers.hearing import answer_of, known_codes, report_offer
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

KEPT = timedelta(days=90)
CHARACTERS_AT_MOST = 500

KEEP = "keep"


def helps(turn: Turn, event: ButtonPressed) -> Reply:
    """The button "Helpt": one more in a count, and a word of thanks."""
    codes = known_codes(turn, event.parameters.get("article", ""))
    if codes:
        turn.change(lambda transaction: _counted(turn, codes[0], HELPFUL, transaction))
    thanks = turn.phrases("opinion.thanks")
    if not codes or event.parameters.get("open"):
        return turn.privately(Message(text=thanks))
    look = replace(look_for(turn), asks_opinion=False, note=thanks)
    return Replace(answer_message(turn, codes, (), look))


def opened(turn: Turn, event: ButtonPressed) -> Reply:
    """The button "Klopt niet": what was wrong, typed anew, because the question was not kept."""
    codes = known_codes(turn, event.parameters.get("article", ""))
    return ShowDialog(_dialog(turn, codes[0])) if codes else CloseDialog(turn.phrases("button.old"))


def asked_for(code: ArticleCode, look: Look) -> Message:
    """What "klopt niet" or "helpt" as typed text gets: the same two buttons, for the article that came last."""
    t = look.phrases
    helpful = Button(t("opinion.helps"), Action("opinion.helps", {"article": code, "open": "1"}))
    section = Section((Paragraph(t("opinion.ask", code=code)), Buttons(helpful, wrong_button(t, code))))
    card = Card(title=t("opinion.title"), subtitle=t("bot.is_program"), sections=(section,), card_id="opinion")
    return Message(text=t("opinion.ask", code=code), cards=(card,))


def given(turn: Turn, event: ButtonPressed) -> Reply:
    """Count that an answer was not right; keep the words only of who ticked the box, and never words that need help."""
    t, codes = turn.phrases, known_codes(turn, event.parameters.get("article", ""))
    if not codes:
        return CloseDialog(t("button.old"))
    question, missed = event.inputs.text("question"), event.inputs.text("missed")
    instead = _needs_more(turn, question, missed)
    if instead is not None:
        return instead
    keep = KEEP in event.inputs.choices("consent")
    if keep and not (question or missed):
        return ShowDialog(_dialog(turn, codes[0], problem=t("opinion.empty")))
    if max(len(question), len(missed)) > CHARACTERS_AT_MOST:
        problem = t("problem.too_long", most=CHARACTERS_AT_MOST)
        return ShowDialog(_dialog(turn, codes[0], problem=problem, filled=(question, missed)))
    # Until the end of that day: the exact time of writing could tell who wrote it.
    day = turn.now.replace(hour=0, minute=0, second=0, microsecond=0)
    opinion = Opinion(secrets.token_hex(16), codes[0], question, missed, day + KEPT)

    def apply(transaction: Transaction) -> str:
        if keep:
            transaction.opinions.add(opinion)
        return _counted(turn, codes[0], UNHELPFUL, transaction)

    turn.change(apply)
    return CloseDialog(t("opinion.kept") if keep else t("opinion.thanks"))


def _needs_more(turn: Turn, *texts: str) -> Reply | None:
    """Numbers or the private route, for words that are a cry for help or a story: those are never kept here."""
    outcomes = {answer_of(turn, text).outcome for text in (*texts, " ".join(texts)) if text}
    if Outcome.CRISIS in outcomes:
        return ShowDialog(helping.help_message(turn).cards[0])
    return ShowDialog(report_offer(turn).cards[0]) if Outcome.REPORT_OFFER in outcomes else None


def _counted(turn: Turn, code: ArticleCode, kind: str, transaction: Transaction) -> str:
    count(turn, code, kind, transaction)
    return code


def _dialog(turn: Turn, code: ArticleCode, *, problem: str = "", filled: tuple[str, str] = ("", "")) -> Card:
    t, (question, missed) = turn.phrases, filled
    fields = (
        TextField("question", t("opinion.question"), value=question, many_lines=True, limit=CHARACTERS_AT_MOST),
        TextField("missed", t("opinion.missed"), value=missed, many_lines=True, limit=CHARACTERS_AT_MOST),
        Choice("consent", "", ChoiceKind.CHECK_BOX, (Option(KEEP, t("opinion.keep")),)),
        Paragraph(t("opinion.promise")),
    )
    sections = [Section((Paragraph(problem),))] if problem else []
    sections += [Section((Paragraph(t("opinion.intro", code=code)),)), Section(fields)]
    send = Button(t("opinion.send"), Action("opinion.send", {"article": code}))
    stop = Button(t("dialog.stop"), Action("dialog.close"))
    return Card(title=t("opinion.title"), sections=tuple(sections), footer=Footer(send, stop), card_id="opinion")
