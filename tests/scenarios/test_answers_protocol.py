"""People read the protocol themselves: chapters, one article at a time, a search, and what changed."""

from datetime import timedelta

import pytest

from bot.protocol.reading.files import FileKind
from bot.protocol.versions import ProtocolVersion, hash_of
from bot.school.spaces import Dialect
from tests.cast import DAAN, KARIN, KLAS_3B, SANNE
from tests.dialogue import Dialogue, dialog, is_private_to, rgo_protocol, start, words
from tests.scenarios.shown import in_sight
from tests.wire_events import Json

A6 = "tenzij betrokkenen uitdrukkelijk toestemming voor plaatsing hebben gegeven."


def article(talk: Dialogue, code: str) -> Json:
    return talk.send(talk.wires.press(DAAN, DAAN.direct, "protocol.page", {"article": code}))


def test_a_chapter_has_its_articles_in_a_line_each(talk: Dialogue) -> None:
    section = words(talk.send(talk.wires.press(DAAN, DAAN.direct, "protocol.page", {"section": "A"})))
    assert [f"A{number} · " in section for number in range(1, 11)] == [True] * 10
    assert A6 not in section


def test_a_line_that_leaves_something_out_says_so_for_a_condition_may_stand_there(talk: Dialogue) -> None:
    section = words(talk.send(talk.wires.press(DAAN, DAAN.direct, "protocol.page", {"section": "A"})))
    assert "Zet geen foto, film of geluid van school op sociale media ..." in section


def test_an_article_is_a_card_with_plain_words_first_then_its_text_in_sight(talk: Dialogue) -> None:
    shown = in_sight(article(talk, "A6"))
    assert shown.index("Het mag alleen als iedereen") < shown.index(A6)
    assert "artikel 6 (A6), versie van 1 februari 2022" in shown


def test_one_walks_through_the_protocol_with_previous_and_next(talk: Dialogue) -> None:
    after = talk.press(DAAN, DAAN.direct, article(talk, "A6"), "Volgende")
    assert "artikel 7 (A7)" in words(after)
    assert "artikel 6 (A6)" in words(talk.press(DAAN, DAAN.direct, after, "Vorige"))
    assert "A1 · " in words(talk.press(DAAN, DAAN.direct, after, "Terug naar het hoofdstuk"))


def test_the_first_article_has_nothing_before_it_and_the_last_nothing_after_it(talk: Dialogue) -> None:
    order = rgo_protocol().document.articles
    assert "Vorige" not in words(article(talk, order[0].code))
    assert "Volgende" not in words(article(talk, order[-1].code))


@pytest.mark.parametrize("code", [each.code for each in rgo_protocol().document.articles])
def test_every_article_fits_on_a_card_letter_for_letter(code: str) -> None:
    talk = start(dialect=Dialect.ADDON)
    text = rgo_protocol().answerer.quote(code)
    assert text is not None
    assert "".join(text.verbatim.split()) in "".join(words(article(talk, code)).replace("<br>", "").split())


def test_words_behind_the_command_find_the_five_best_articles(talk: Dialogue) -> None:
    found = talk.slash(DAAN, DAAN.direct, 2, "foto van een klasgenoot plaatsen")
    assert "A6 · " in words(found)
    assert words(found).count("<b>") == 5
    assert A6 in words(talk.press(DAAN, DAAN.direct, found, "Lezen"))


def test_a_code_behind_the_command_opens_that_article(talk: Dialogue) -> None:
    assert A6 in words(talk.slash(DAAN, DAAN.direct, 2, "A6"))


def test_one_can_search_in_a_dialog_and_read_on_in_it(talk: Dialogue) -> None:
    contents = talk.slash(DAAN, DAAN.direct, 2)
    asked = talk.press(DAAN, DAAN.direct, contents, "Zoeken", dialog=True)
    assert "Waar zoek je naar?" in words(dialog(asked))
    found = talk.press(DAAN, DAAN.direct, asked, "Zoeken", {"words": ["foto van een klasgenoot"]}, dialog=True)
    read = talk.press(DAAN, DAAN.direct, found, "Lezen", dialog=True)
    assert "Volgende" in words(dialog(read))
    empty = talk.press(DAAN, DAAN.direct, asked, "Zoeken", {"words": [" "]}, dialog=True)
    assert "Waar zoek je naar?" in words(dialog(empty))


def test_who_searches_with_a_cry_for_help_gets_numbers(talk: Dialogue) -> None:
    assert "0800-0113" in words(talk.slash(DAAN, DAAN.direct, 2, "ik wil niet meer leven"))
    asked = talk.press(DAAN, DAAN.direct, talk.slash(DAAN, DAAN.direct, 2), "Zoeken", dialog=True)
    shown = talk.press(DAAN, DAAN.direct, asked, "Zoeken", {"words": ["ik wil niet meer leven"]}, dialog=True)
    assert "0800-0113" in words(dialog(shown))


def test_in_a_group_only_who_asks_sees_it(talk: Dialogue) -> None:
    assert is_private_to(talk.slash(SANNE, KLAS_3B, 2, "foto"), SANNE)


def test_without_an_earlier_version_nothing_is_said_about_changes(talk: Dialogue) -> None:
    assert "veranderd" not in words(talk.slash(DAAN, DAAN.direct, 2))
    forged = talk.send(talk.wires.press(DAAN, DAAN.direct, "protocol.changes", {}))
    assert "Er is geen artikel veranderd." in words(forged)


def test_with_an_earlier_version_it_says_which_articles_are_new_gone_or_different(talk: Dialogue) -> None:
    source = rgo_protocol().document.source
    older = source.replace("uitdrukkelijk toestemming voor plaatsing", "toestemming")
    keep_version(talk, "old", older, days=-400)
    keep_version(talk, "now", source, days=-30)
    contents = talk.slash(KARIN, KARIN.direct, 2)
    changes = talk.press(KARIN, KARIN.direct, contents, "Wat is er veranderd?")
    shown = words(changes)
    assert "A6: andere tekst" in shown
    assert "A6: andere tekst" in words(talk.slash(KARIN, KARIN.direct, 2, "Veranderd?"))
    assert "A7" not in shown
    assert A6 in words(talk.press(KARIN, KARIN.direct, changes, "Lezen"))


def keep_version(talk: Dialogue, version_id: str, source: str, *, days: int) -> None:
    now = talk.clock.now() + timedelta(days=days)
    version = ProtocolVersion(version_id, now.date(), FileKind.TEXT, source, hash_of(source), {}, now)
    with talk.bot.store.write() as transaction:
        assert transaction.protocols.add(version)
