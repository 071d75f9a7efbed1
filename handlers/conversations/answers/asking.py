"""Questions about the protocol: help first for who needs it, the private route for who was hurt, else the article."""

from dataclasses import replace

from bot.google_chat.cards import Action, Button, Message
from bot.google_chat.replies import Nothing, Replace, Reply
from bot.outbox.delivery import DeliveryId, Kind, Priority, owe, to_group
from bot.protocol.answering import Answer, Outcome
from bot.school.articles import ArticleCode
from bot.storage.transactions import Transaction
from handlers.conversations import helping
from handlers.conversations.answers import following
from handlers.conversations.answers.answer_card import (
    SHOWN_AT_MOST,
    Look,
    answer_message,
    choice_message,
    look_for,
    not_in_protocol,
)
from handlers.conversations.answers.errand import errand
from handlers.conversations.answers.hearing import answer_of, answers_are_on, known_codes, report_offer, say_it
from handlers.events.model import ButtonPressed
from handlers.turn import Turn


def asked(turn: Turn, question: str, *, in_the_open: bool) -> Reply:
    """Answer a question; `in_the_open` when it was asked with an @mention that the group sees anyway."""
    if not question:
        return turn.privately(Message(text=turn.phrases("ask.empty")))
    alone = answer_of(turn, question)
    if alone.outcome is Outcome.CRISIS:
        # Help first, on one screen, never an article; in a group nobody sees that this was answered.
        return turn.privately(helping.help_message(turn, answer_button=_go_on(turn, alone)))
    return errand(turn, question) or _told(turn, question, alone, in_the_open=in_the_open)


def _told(turn: Turn, question: str, alone: Answer, *, in_the_open: bool) -> Reply:
    """What is said to a question without danger."""
    look = replace(look_for(turn, in_the_open=in_the_open), also_help=alone.also_help)
    before = following.earlier(turn) if answers_are_on(turn) else ()
    going_on = following.understood(turn, question, alone, before)
    if going_on is not None:
        also_help = alone.also_help and going_on.own_words
        if not also_help:
            following.keep(turn, tuple(quotation.citation.code for quotation in going_on.citations), before)
        shown = following.message(turn, going_on, replace(look, also_help=also_help))
        return say_it(turn, shown, in_the_open=in_the_open)
    match alone.outcome:
        case Outcome.REPORT_OFFER:
            return turn.privately(report_offer(turn))
        case Outcome.SMALLTALK:
            return turn.privately(Message(text=turn.phrases("ask.small_talk")))
        case _ if not answers_are_on(turn):
            return turn.privately(Message(text=turn.phrases("ask.off")))
        case Outcome.NOT_IN_PROTOCOL:
            return say_it(turn, not_in_protocol(turn, look), in_the_open=in_the_open)
        case Outcome.ANSWER | Outcome.CRISIS:
            return say_it(turn, _answered(turn, alone, before, look), in_the_open=in_the_open)


def _answered(turn: Turn, answer: Answer, before: tuple[ArticleCode, ...], look: Look) -> Message:
    codes = tuple(quotation.citation.code for quotation in answer.citations)
    if not answer.also_help:
        following.keep(turn, codes, before)
    if answer.doubtful:
        return choice_message(turn, tuple(dict.fromkeys((*codes, *answer.see_also))), look)
    return answer_message(turn, codes, answer.see_also, look)


def show_answer(turn: Turn, event: ButtonPressed) -> Reply:
    """Answers the button "Het gaat goed, toon mijn antwoord": the articles that the help screen held back."""
    codes = known_codes(turn, event.parameters.get("articles", ""))
    if not answers_are_on(turn):
        return turn.privately(Message(text=turn.phrases("ask.off")))
    look = replace(look_for(turn), shareable=False)
    return turn.privately(answer_message(turn, codes, (), look) if codes else not_in_protocol(turn, look))


def open_article(turn: Turn, event: ButtonPressed) -> Reply:
    """An article that a card names, in place of that card; a card that all can see stays what it is."""
    codes = known_codes(turn, event.parameters.get("articles", ""))
    if not answers_are_on(turn) or not codes:
        return show_answer(turn, event)
    back = known_codes(turn, event.parameters.get("back", ""))
    following.keep(turn, codes[:1], ())
    if event.parameters.get("open"):
        return turn.privately(answer_message(turn, codes[:1], (), look_for(turn)))
    return Replace(answer_message(turn, codes[:1], (), replace(look_for(turn), back=back)))


def choose_again(turn: Turn, event: ButtonPressed) -> Reply:
    """The choice of articles again."""
    codes = known_codes(turn, event.parameters.get("articles", ""))
    if not answers_are_on(turn) or not codes:
        return show_answer(turn, event)
    return Replace(choice_message(turn, codes, look_for(turn)))


def none_of_these(turn: Turn, event: ButtonPressed) -> Reply:
    """None of the articles to choose from: then it is not in the protocol."""
    message = not_in_protocol(turn, look_for(turn))
    return turn.privately(message) if event.parameters.get("open") else Replace(message)


def share(turn: Turn, event: ButtonPressed) -> Reply:
    """Answers the button "Delen": the article as a new message in the group, without the question."""
    codes = known_codes(turn, event.parameters.get("articles", ""))
    if not codes or turn.in_direct_message or turn.event.space is None or not answers_are_on(turn):
        return Nothing()
    share_subject(turn, codes[0])
    look = replace(look_for(turn), shareable=False, asks_opinion=False, note=turn.phrases("answer.shared"))
    return Replace(answer_message(turn, codes, (), look))


def share_subject(turn: Turn, subject: str) -> None:
    """Owe the group a message about this, and try to deliver it at once."""
    space = turn.event.space
    if space is None:
        return

    def apply(transaction: Transaction) -> str:
        delivery = owe(Kind.SHARED_ANSWER, to_group(space.name), subject, Priority.REPLY, now=turn.now)
        transaction.deliveries.add(delivery)
        return delivery.id

    # A public answer to a click on a private message may land in a thread that only one person sees: so it goes
    # through the API, as a message of its own.
    turn.deliver_now([DeliveryId(turn.change(apply))])


def _go_on(turn: Turn, answer: Answer) -> Button | None:
    if not answer.see_also or not answers_are_on(turn):
        return None
    articles = ",".join(answer.see_also[:SHOWN_AT_MOST])
    return Button(turn.phrases("help.go_on"), Action("answer.show", {"articles": articles}))
