"""Reads the catalogues once and hands out sentences in somebody's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Self

from babel.messages.pofile import read_po


class Language(StrEnum):
    """A language that the bot speaks."""

    DUTCH = "nl"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences of one language."""

    language: Language
    sentences: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The sentence with this key, its `{places}` filled in; raises KeyError for a missing key or place."""
        sentence = self.sentences[key]
        return sentence.format(**values) if values else sentence


@dataclass(frozen=True, slots=True)
class Wording:
    """All catalogues."""

    dutch: Phrases
    english: Phrases

    @classmethod
    def load(cls) -> Self:
        """Read both catalogues from this package."""
        return cls(dutch=_read(Language.DUTCH), english=_read(Language.ENGLISH))

    def in_language(self, language: Language) -> Phrases:
        """The sentences of a language."""
        return self.english if language is Language.ENGLISH else self.dutch

    def for_locale(self, locale: str) -> Phrases:
        """English for somebody whose Google account is not in Dutch but in English; Dutch for everybody else."""
        return self.english if locale.lower().startswith("en") else self.dutch


def _read(language: Language) -> Phrases:
    source = resources.files("bot.wording").joinpath(f"{language.value}.po")
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language.value)
    sentences = {str(message.id): str(message.string) for message in catalogue if message.id}
    return Phrases(language=language, sentences=sentences)
