"""Remembers for half an hour which articles somebody was shown, and answers what goes on about them.

Kept is a keyed hash with article codes, never a question; and nothing at all of who needed help or wanted to report.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.google_chat.cards import Message
from bot.protocol.answering import Answer
from bot.protocol.following import FollowUp, Form, follow_up
from bot.reports.sealing import Keyring
from bot.school.articles import ArticleCode
from bot.school.people import UserId
from bot.storage.transactions import Transaction
from bot.wording.catalogue import Language
from handlers.conversations.answers import opinions
from handlers.conversations.answers.answer_card import Look, answer_message, not_in_protocol
from handlers.conversations.answers.counting import SHOWN, count
from handlers.turn import Turn

REMEMBERED = timedelta(minutes=30)

KEY_BYTES = 32
KEY_LABEL = "protocolbot question memory"


def earlier(turn: Turn) -> tuple[ArticleCode, ...]:
    """The articles of the answer before this event, in this space; none after half an hour, or on another day."""
    if turn.event.space is None:
        return ()
    with turn.bot.store.read() as transaction:
        return transaction.shown.recall(_key(turn), _mark(turn), turn.now)


def keep(turn: Turn, codes: Sequence[ArticleCode], before: Sequence[ArticleCode]) -> None:
    """Remember what was answered and count it, once for each event."""
    if codes and turn.event.space is not None:
        turn.change(lambda transaction: _kept(turn, codes, before, transaction))


def _kept(turn: Turn, codes: Sequence[ArticleCode], before: Sequence[ArticleCode], transaction: Transaction) -> str:
    transaction.shown.remember(_key(turn), _mark(turn), codes, before, turn.now + REMEMBERED)
    count(turn, codes[0], SHOWN, transaction)
    return ""


def understood(turn: Turn, question: str, alone: Answer, before: Sequence[ArticleCode]) -> FollowUp | None:
    """What a question asks about the articles before it; None when it is a question of its own."""
    return follow_up(
        question,
        before,
        turn.person.main_role,
        alone,
        document=turn.bot.protocol.document,
        is_reviewed=turn.bot.quotations.is_reviewed,
        lore=turn.bot.follow_ups,
    )


def message(turn: Turn, going_on: FollowUp, look: Look) -> Message:
    """The article in the form that was asked for."""
    if going_on.about is not None:
        look = replace(look, role=going_on.about, about_another=going_on.about is not look.role)
    codes = tuple(quotation.citation.code for quotation in going_on.citations)
    match going_on.form:
        case Form.NOT_SAID:
            return not_in_protocol(turn, look, near=going_on.see_also)
        case Form.WRONG | Form.HELPFUL:
            return opinions.asked_for(codes[0], look)
        case Form.ENGLISH | Form.DUTCH:
            language = Language.ENGLISH if going_on.form is Form.ENGLISH else Language.DUTCH
            look = replace(look, phrases=turn.bot.wording.in_language(language))
        case Form.VERBATIM:
            look = replace(look, unfolded=True)
        case Form.WHICH:
            citation = turn.bot.quotations.cite(codes[0], look.phrases)
            look = replace(look, note=look.phrases("answer.which", citation=citation))
        case _:
            pass
    return answer_message(turn, codes, going_on.see_also, look)


def memory_key(keyring: Keyring, day: date, user: UserId, space: str) -> str:
    """Under what is remembered which articles somebody was shown in a space; `day` is the day at school."""
    return hmac.new(_daily_key(keyring, day), f"{user}\n{space}".encode(), hashlib.sha256).hexdigest()


def _key(turn: Turn) -> str:
    space = turn.event.space.name if turn.event.space is not None else ""
    return memory_key(turn.bot.keyring, _today(turn), turn.user, space)


def _mark(turn: Turn) -> str:
    """Recognises the same event again, without telling anything of it."""
    return hmac.new(_daily_key(turn.bot.keyring, _today(turn)), turn.event.fingerprint, hashlib.sha256).hexdigest()


def _today(turn: Turn) -> date:
    return turn.bot.calendar.local(turn.now).date()


def _daily_key(keyring: Keyring, day: date) -> bytes:
    """A key of this school day only: from tomorrow on nobody can tell whose memory a row was."""
    info = f"{KEY_LABEL} {day.isoformat()}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(keyring.keys[0].secret)
