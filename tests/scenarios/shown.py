"""What a person sees of an answer before unfolding anything."""

import re
from typing import Any

from tests.dialogue import words
from tests.wire_events import Json


def message_of(answer: Json) -> Json:
    """The message in an answer of either dialect."""
    actions = answer.get("hostAppDataAction", {}).get("chatDataAction", {})
    for name in ("createMessageAction", "updateMessageAction"):
        if name in actions:
            message: Json = actions[name]["message"]
            return message
    return answer


def text_of(answer: Json) -> str:
    """The message's plain text."""
    return str(message_of(answer)["text"])


def card_of(answer: Json) -> Json:
    """The message's first card."""
    card: Json = message_of(answer)["cardsV2"][0]["card"]
    return card


def in_sight(answer: Json) -> str:
    """Text and card without what is folded away."""
    message = message_of(answer)
    shown: list[Any] = [{"text": message.get("text", "")}]
    for card in message.get("cardsV2", ()):
        shown.append(card["card"].get("header", {}))
        for section in card["card"]["sections"]:
            kept = section.get("uncollapsibleWidgetsCount", 0) if section.get("collapsible") else None
            shown += [{"header": section.get("header", "")}, section["widgets"][:kept]]
    return words(shown)


def visible_words(answer: Json) -> int:
    """How many words a person sees before unfolding, without the header that every card has."""
    message = message_of(answer)
    header = words([card["card"].get("header", {}) for card in message.get("cardsV2", ())])
    text = in_sight(answer).replace(header, "")
    return len(re.findall(r"\w[\w'’.-]*", re.sub(r"<[^>]+>", " ", text)))  # noqa: RUF001 - both apostrophes
