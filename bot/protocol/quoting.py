"""Quotes and cites the loaded protocol in somebody's language; the quote itself is always the school's own text."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.protocol.document import Document
from bot.protocol.reviewed import ReviewedArticle
from bot.school.articles import ArticleCode
from bot.wording.catalogue import Phrases


@dataclass(frozen=True, slots=True)
class Quotations:
    """Looks up articles by their code; raises LookupError for one that the loaded protocol does not have."""

    document: Document
    approved: Mapping[str, ReviewedArticle]
    """Article code to our own sentences, each with the hash of the text for which they were read and approved."""

    def reviewed(self, code: str) -> ReviewedArticle | None:
        """Our own sentences beside this article as it stands: another text makes them unreviewed, so None."""
        article, approved = self.document.find(code), self.approved.get(code)
        if article is None or approved is None:
            return None
        return approved if approved.text_hash == hashlib.sha256(article.text.encode()).hexdigest() else None

    def is_reviewed(self, code: str) -> bool:
        """Whether there are sentences of our own for this article as it stands."""
        return self.reviewed(code) is not None

    def has(self, code: str) -> bool:
        """Whether the loaded protocol has this article."""
        return self.document.find(code) is not None

    def verbatim(self, code: ArticleCode) -> str:
        """The article's own text, letter for letter."""
        article = self.document.find(code)
        if article is None:
            raise LookupError(f"the loaded protocol has no article {code}")
        return article.text

    def cite(self, code: ArticleCode, phrases: Phrases) -> str:
        """Where it stands and of which version: `Richtlijnen voor alle betrokkenen, artikel 6 (A6), versie van ...`."""
        article = self.document.find(code)
        if article is None:
            raise LookupError(f"the loaded protocol has no article {code}")
        citation = self.document.cite(article)
        place = (
            phrases("citation.numbered", section=citation.section, number=citation.number, code=code)
            if citation.number is not None
            else phrases("citation.whole", section=citation.section, code=code)
        )
        if citation.version is None:
            return place
        return phrases("citation.version", place=place, date=written(citation.version, phrases))


def written(day: date, phrases: Phrases) -> str:
    """A day as people write it: `1 februari 2022`."""
    return phrases("date.written", day=day.day, month=phrases(f"month.{day.month}"), year=day.year)
