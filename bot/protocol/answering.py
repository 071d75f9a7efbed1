"""Answers a question with articles of the loaded protocol and nothing else; what is not in it, it does not say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.protocol.document import Document
from bot.protocol.matching.commands import CommandName, typed_command
from bot.protocol.ports import Intent, Match, Matcher, Ranked
from bot.school.articles import ArticleCode, Citation
from bot.school.people import Role

Language = Literal["nl", "en"]

MOST_CITED = 3
"""Articles quoted in one answer; the right one is among the first three in 95 of 100 (retrieval measurements)."""

MOST_SEE_ALSO = 3


class Outcome(StrEnum):
    """What an answer is; the values are those of `protocolbot ask --jsonl`."""

    ANSWER = "answer"
    NOT_IN_PROTOCOL = "not_in_protocol"
    REPORT_OFFER = "report_offer"
    CRISIS = "crisis"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class Quotation:
    """An article as the school wrote it, with the fields that word its citation."""

    citation: Citation
    verbatim: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What to tell somebody.

    `citations` has the best article first, and is empty for crisis, small talk and what is not in the protocol.
    `see_also` names nearby articles; in a crisis those to show after "Het gaat goed", never before the help.
    `command` is the bot's command that was typed as text, if one was. `doubtful` means that the first citations are
    a choice to show, not one answer. `also_help` means a soft sign of danger: help in one line above the answer.
    """

    outcome: Outcome
    language: Language
    citations: tuple[Quotation, ...] = ()
    see_also: tuple[ArticleCode, ...] = ()
    command: CommandName | None = None
    doubtful: bool = False
    also_help: bool = False


_OUTCOMES: Mapping[Intent, Outcome] = {
    Intent.ARTICLE: Outcome.ANSWER,
    Intent.OUT_OF_SCOPE: Outcome.NOT_IN_PROTOCOL,
    Intent.REPORT: Outcome.REPORT_OFFER,
    Intent.CRISIS: Outcome.CRISIS,
    Intent.SMALL_TALK: Outcome.SMALLTALK,
}

_REPORT_COMMAND = CommandName("melden")


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers questions about one protocol. Keeps nothing of what was asked."""

    document: Document
    matcher: Matcher
    commands: Mapping[str, CommandName]

    def answer(self, question: str, role: Role, language: Language) -> Answer:
        """The answer to what somebody typed; never raises on what that is."""
        if not any(sign.isalnum() for sign in question):
            return Answer(Outcome.SMALLTALK, language)
        command = typed_command(question, self.commands)
        if command is not None:
            outcome = Outcome.REPORT_OFFER if command == _REPORT_COMMAND else Outcome.SMALLTALK
            return Answer(outcome, language, command=command)
        match = self.matcher.match(question, role)
        return self._worded(match, language)

    def quote(self, code: str) -> Quotation | None:
        """An article by its code, None when the loaded protocol has no such article."""
        article = self.document.find(code)
        return None if article is None else Quotation(self.document.cite(article), article.text)

    def _worded(self, match: Match, language: Language) -> Answer:
        outcome = _OUTCOMES[match.intent]
        if outcome is Outcome.SMALLTALK:
            return Answer(outcome, language)
        if outcome not in {Outcome.ANSWER, Outcome.REPORT_OFFER}:
            nearby = _codes(match.articles[:MOST_SEE_ALSO])
            return Answer(outcome, language, see_also=nearby, also_help=match.danger)
        cited = match.articles[: max(1, min(match.close, MOST_CITED))]
        quotations = (self.quote(ranked.code) for ranked in cited)
        return Answer(
            outcome,
            language,
            citations=tuple(quotation for quotation in quotations if quotation is not None),
            see_also=_codes(match.articles[len(cited) : len(cited) + MOST_SEE_ALSO]),
            doubtful=match.doubtful and outcome is Outcome.ANSWER,
            also_help=match.danger,
        )


def _codes(articles: Sequence[Ranked]) -> tuple[ArticleCode, ...]:
    return tuple(ranked.code for ranked in articles)
