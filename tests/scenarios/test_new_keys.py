"""A new key comes first while people report: nothing of what was begun under the old one is lost."""

import base64
from dataclasses import replace

from bot.reports.drafting import Drafts
from bot.reports.histories import Histories
from bot.reports.sealing import Keyring
from bot.reports.submitting import Intake
from handlers.once import Once
from tests.cast import OLGA, SANNE
from tests.dialogue import KEYS, Dialogue, words
from tests.scenarios.reading import read_story
from tests.scenarios.test_reporting import STORY, send, tell

NEW = "k2:" + base64.b64encode(bytes(range(32, 64))).decode()


def new_key_first(talk: Dialogue) -> None:
    """What a restart with the new key in front of the old one makes of the bot."""
    bot, keyring = talk.bot, Keyring.parse(f"{NEW},{KEYS}")
    intake = Intake(keyring, bot.categories, bot.calendar)
    histories = Histories(keyring)
    talk.bot = replace(bot, keyring=keyring, drafts=Drafts(keyring), intake=intake, histories=histories)
    once = Once(bot.store, bot.seen, keyring, bot.real_now, sleep=lambda _: None)
    talk.endpoint = replace(talk.endpoint, bot=talk.bot, once=once)


def test_a_second_press_on_send_shows_the_case_that_the_first_one_made(talk: Dialogue) -> None:
    review = tell(talk)
    first = send(talk, review)
    new_key_first(talk)
    assert words(send(talk, review)) == words(first)
    with talk.bot.store.read() as transaction:
        assert len(transaction.reports.granted_to(OLGA.user)) == 1  # type: ignore[arg-type]


def test_what_was_told_under_the_old_key_is_sent_under_the_new_one_and_read(talk: Dialogue) -> None:
    review = tell(talk)
    new_key_first(talk)
    assert "Je melding is opgeslagen" in words(send(talk, review, SANNE))
    inbox = talk.slash(OLGA, OLGA.direct, 9, dialog=True)
    assert STORY in words(read_story(talk, OLGA, inbox))
