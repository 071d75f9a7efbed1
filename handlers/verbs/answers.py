"""`protocolbot answers`: what people found of the answers, for whoever looks after the question bank."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

import click

from bot.school.articles import ArticleCode
from bot.storage.answers.counts import VISIBLE_FROM
from handlers.conversations.answers.counting import HELPFUL, SHOWN, UNHELPFUL
from handlers.verbs.opening import open_store
from handlers.verbs.saying import as_json, say, saying_what_is_wrong

_KINDS: Mapping[str, str] = {SHOWN: "getoond", HELPFUL: "helpt", UNHELPFUL: "klopt niet"}
_WEEK = re.compile(r"\d{4}-W\d{2}")


@click.group()
def answers() -> None:
    """How answers did: counts per article and week, and the opinions that people left."""


@answers.command(epilog="Example: protocolbot answers counts --week 2026-W48")
@click.option("--week", help="The ISO week, such as 2026-W48; without it the week before this one.")
@as_json
@saying_what_is_wrong
def counts(week: str | None, *, json_wanted: bool) -> None:
    """How often each article was shown, helped, or was said to be wrong, in one week."""
    if week is not None and not _WEEK.fullmatch(week):
        raise click.UsageError("Schrijf de week als 2026-W48.")
    store, now = open_store()
    asked = week or _week_before(now)
    with store.read() as transaction:
        numbers = {kind: transaction.counts.of_week(asked, kind) for kind in _KINDS}
    articles = sorted({code for of_kind in numbers.values() for code in of_kind})
    for code in articles:
        fields = {kind: numbers[kind].get(code) for kind in _KINDS}
        words = ", ".join(f"{_KINDS[kind]} {_shown(number)}" for kind, number in fields.items())
        say(json_wanted, {"week": asked, "article": code, **fields}, f"{code:4} {words}")
    if not json_wanted:
        click.echo(f"Week {asked}: {len(articles)} artikelen. Aantallen onder de {VISIBLE_FROM} ziet niemand.")


@answers.command(epilog="Example: protocolbot answers opinions")
@as_json
@saying_what_is_wrong
def opinions(json_wanted: bool) -> None:  # noqa: FBT001 - click hands every option over by name
    """What people wrote about an answer that was not right, with the question where they ticked that it be kept."""
    store, now = open_store()
    with store.read() as transaction:
        kept = transaction.opinions.all(now)
    for opinion in kept:
        fields = {
            "article": opinion.article,
            "question": opinion.question,
            "missed": opinion.missed,
            "erased_on": str(opinion.until.date()),
        }
        say(json_wanted, fields, _opinion(opinion.article, opinion.question, opinion.missed))
    if not kept and not json_wanted:
        click.echo("Er is nog geen mening achtergelaten.")


def _opinion(article: ArticleCode, question: str, missed: str) -> str:
    told = [f"artikel {article}"]
    told += [f"  gevraagd: {question}"] if question else []
    told += [f"  gemist:   {missed}"] if missed else []
    return "\n".join(told)


def _shown(number: int | None) -> str:
    return str(number) if number is not None else "-"


def _week_before(now: datetime) -> str:
    year, week, _ = (now - timedelta(days=7)).isocalendar()
    return f"{year}-W{week:02}"
