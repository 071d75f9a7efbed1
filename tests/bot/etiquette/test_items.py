"""What groups are reminded of: at least forty, each resting on an article, short, kind, in two languages."""

import pytest

from bot.etiquette.items import Items, ItemsRefused
from bot.protocol.loading import RGO_PROTOCOL, load
from bot.protocol.quoting import Quotations

ITEMS = Items.load().rows.values()
ONE = """
[[herinnering]]
id = "A1"
artikel = "A1"
nl = "Les? Dan gaan de apps even dicht."
en = "Lesson? Then the apps are closed."
"""


def test_there_are_at_least_forty_and_no_two_are_alike() -> None:
    assert len(ITEMS) >= 40
    assert len({item.dutch for item in ITEMS}) == len({item.english for item in ITEMS}) == len(ITEMS)


def test_each_rests_on_an_article_of_the_schools_protocol_that_was_reviewed() -> None:
    loaded = load(RGO_PROTOCOL)
    quotations = Quotations(loaded.document, loaded.reviewed)
    for item in ITEMS:
        assert quotations.is_reviewed(item.article), item.id


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_each_is_short_says_what_to_do_and_blames_nobody(item: object) -> None:
    for text in (item.dutch, item.english):  # type: ignore[attr-defined]
        assert 8 <= len(text.split()) <= 60
        assert text[0].isupper()
        assert text[-1] in ".?"
        assert "!" not in text
    for blame in ("fout", "schuld", "straf", "verboden", "moet je nooit", "jullie moeten"):
        assert blame not in item.dutch.casefold()  # type: ignore[attr-defined]


def test_of_an_article_that_was_not_reviewed_only_one_is_used() -> None:
    items = Items.load()
    codes = sorted({item.article for item in ITEMS})
    assert items.usable(codes, codes) == tuple(ITEMS)
    assert [item.article for item in items.usable(codes, [])] == list(dict.fromkeys(item.article for item in ITEMS))
    assert items.usable([], []) == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('artikel = "A1"\n', ""), "A1: geef precies"),
        (("en = ", "de = "), "A1: geef precies"),
        (('"Les? Dan gaan de apps even dicht."', "3"), "A1: geef precies"),
        (("Dan gaan", "woord " * 61), "meer dan 60 woorden"),
        (('id = "A1"', 'id = "' + "x" * 33 + '"'), "hoogstens 32 tekens"),
        (("[[herinnering]]", "[[herinnering"), "niet te lezen"),
    ],
)
def test_a_mistake_is_named(change: tuple[str, str], says: str) -> None:
    with pytest.raises(ItemsRefused, match=says):
        Items.parse(ONE.replace(*change))
    with pytest.raises(ItemsRefused, match="twee keer"):
        Items.parse(ONE + ONE)
