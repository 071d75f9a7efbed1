"""Text of others stays text: nothing that somebody types becomes a mention, a link, markup or HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.google_chat.text import Piece, Rich, bold, card_html, italic, linked, one_line, plain

NASTY = st.text(alphabet="<>|*_~`&;:/ab1 \n\r\x00\u202eé😀users/all\"'", max_size=60)


def test_calling_everybody_becomes_words() -> None:
    assert plain("hoi <users/all>!") == "hoi ‹users/all›!"  # noqa: RUF001 - lookalikes on purpose


def test_a_link_with_another_name_becomes_words() -> None:
    assert not set(plain("<https://evil.example|Magister>")) & set("<>")


@pytest.mark.parametrize("typed", ["*vet*", "_schuin_", "~weg~", "`code`", "```blok```"])
def test_chat_markup_loses_its_effect(typed: str) -> None:
    assert not set(plain(typed)) & set("*_~`")


def test_a_name_with_an_underscore_inside_stays_readable() -> None:
    assert plain("sanne_voorbeeld") == "sanne_voorbeeld"


def test_ordinary_text_is_left_alone() -> None:
    ordinary = "Mag ik dit posten? Ja/nee & waarom (art. 6): 'zo'.\nGroet, Zoë 😀"
    assert plain(ordinary) == ordinary


def test_text_cannot_turn_the_reading_direction_or_hide_characters() -> None:
    assert plain("a\u202egnp.exe\x00\x1b[31m") == "agnp.exe[31m"


@given(NASTY)
def test_no_text_at_all_keeps_markup(typed: str) -> None:
    shown = plain(typed)
    assert not set(shown) & set("<>*~`\x00\r\u202e")
    assert not re.search(r"(?<![^\W_])_|_(?![^\W_])", shown)


@given(NASTY)
def test_no_text_at_all_becomes_a_tag_in_a_card(typed: str) -> None:
    html = card_html(typed)
    assert set(re.findall(r"<[^>]*>?", html)) <= {"<br>"}
    assert not re.search(r"&(?!amp;|lt;|gt;)", html)


def test_card_text_is_escaped_and_keeps_its_lines() -> None:
    assert card_html("a <b>&\r\nb") == "a &lt;b&gt;&amp;<br>b"


def test_only_our_own_pieces_carry_markup() -> None:
    text = Rich("Zie ", bold("A6 <i>"), italic("!"), linked("hier", "https://school.example/?a=1&b=2"))
    assert card_html(text) == ('Zie <b>A6 &lt;i&gt;</b><i>!</i><a href="https://school.example/?a=1&amp;b=2">hier</a>')


@pytest.mark.parametrize("url", ["javascript:alert(1)", 'https://a.example/"onclick', "https://a b", "tel:1"])
def test_a_link_leads_to_the_web_only(url: str) -> None:
    with pytest.raises(ValueError, match="http or https"):
        linked("hier", url)


def test_a_style_that_cards_do_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no text style"):
        Piece("x", tag="script")


def test_a_title_is_one_line_without_brackets() -> None:
    assert one_line(" Klas\n3B <b>\x00 ") == "Klas 3B ‹b›"  # noqa: RUF001 - lookalikes on purpose


def test_no_repr_shows_text() -> None:
    assert "geheim" not in repr(Rich("geheim", bold("geheim")))
