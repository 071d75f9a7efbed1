"""What groups are reminded of, read from data that a school can edit."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, NewType, Self

from bot.school.articles import ArticleCode

ItemId = NewType("ItemId", str)
"""Names one reminder for always, such as `A6-stil`: what was planned is found again by it."""

WORDS_AT_MOST = 60
ID_AT_MOST = 32
"""Characters, as the database keeps it."""

_FIELDS = ("id", "artikel", "nl", "en")


class ItemsRefused(ValueError):
    """Data that cannot be used; the message is Dutch and names the reminder."""


@dataclass(frozen=True, slots=True)
class Item:
    """One reminder: its article, and what to do, in two languages; without a topic it is always said."""

    id: ItemId
    article: ArticleCode
    dutch: str
    english: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """All reminders, in the order of the data."""

    rows: Mapping[ItemId, Item]

    @classmethod
    def load(cls) -> Self:
        """Read the reminders that ship with the bot; raises ItemsRefused."""
        source = resources.files("bot.etiquette").joinpath("data/reminders.toml")
        return cls.parse(source.read_text(encoding="utf-8"))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read reminders; raises ItemsRefused with the reminder and what is wrong with it."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            raise ItemsRefused(f"De herinneringen zijn niet te lezen: {problem}") from problem
        topics = _topics(table.get("onderwerpen", {}))
        rows = [_item(row, number, topics) for number, row in enumerate(table.get("herinnering", []), start=1)]
        found = {item.id: item for item in rows}
        if len(found) < len(rows):
            raise ItemsRefused("Een id staat twee keer bij de herinneringen.")
        return cls(found)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that a group may leave out, in the order of the data."""
        return tuple(dict.fromkeys(item.topic for item in self.rows.values() if item.topic))

    def get(self, item: ItemId) -> Item | None:
        """A reminder; None when the data have it no longer."""
        return self.rows.get(item)

    def usable(self, articles: Sequence[ArticleCode], reviewed: Sequence[ArticleCode]) -> tuple[Item, ...]:
        """What can be said by a protocol with these articles.

        Of an article against which our words were not reviewed only the article itself is said: one item does for that.
        """
        chosen: list[Item] = []
        for item in self.rows.values():
            known = any(item.article == other.article for other in chosen)
            if item.article in articles and (item.article in reviewed or not known):
                chosen.append(item)
        return tuple(chosen)


def _topics(table: Mapping[str, Any]) -> Mapping[str, str]:
    """The topic of each article that is named with one."""
    found: dict[str, str] = {}
    for topic, articles in table.items():
        if not isinstance(articles, list) or not all(isinstance(article, str) for article in articles):
            raise ItemsRefused(f"onderwerpen > {topic}: geef een lijst van artikelen.")
        for article in articles:
            if article in found:
                raise ItemsRefused(f"onderwerpen > {topic}: {article} staat al bij {found[article]}.")
            found[article] = topic
    return found


def _item(row: Mapping[str, Any], number: int, topics: Mapping[str, str]) -> Item:
    name = str(row.get("id", f"herinnering {number}"))
    if set(row) != set(_FIELDS) or not all(isinstance(value, str) and value.strip() for value in row.values()):
        raise ItemsRefused(f"{name}: geef precies {', '.join(_FIELDS)}, elk als tekst.")
    if len(name) > ID_AT_MOST:
        raise ItemsRefused(f"{name}: een id heeft hoogstens {ID_AT_MOST} tekens.")
    for language in ("nl", "en"):
        if len(row[language].split()) > WORDS_AT_MOST:
            raise ItemsRefused(f"{name}: {language} heeft meer dan {WORDS_AT_MOST} woorden.")
    article = ArticleCode(row["artikel"])
    return Item(ItemId(name), article, row["nl"], row["en"], topics.get(article, ""))
