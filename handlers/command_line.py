"""`protocolbot`: what an admin or developer does from a shell; every verb has `--json`."""

import json
import sys
from collections.abc import Iterable, Iterator
from time import perf_counter
from typing import Any, TextIO

import click
import structlog

from bot.protocol.answering import Answer, Language, Outcome
from bot.protocol.loading import LoadedProtocol
from bot.protocol.quoting import Quotations
from bot.school.people import Role
from bot.storage.engine import open_engine
from bot.storage.migrate import at_head, migrate
from bot.wiring import SystemClock, read_protocol, read_school_file, seed_protocol
from bot.wording.catalogue import Phrases, Wording
from handlers import job_runner, start
from handlers.failing import incident
from handlers.verbs import answers as answer_verbs
from handlers.verbs import audit as audit_verbs
from handlers.verbs import backup as backup_verbs
from handlers.verbs import doctor as doctor_verb
from handlers.verbs import init as init_verb
from handlers.verbs import keys as key_verbs
from handlers.verbs import privacy as privacy_verbs
from handlers.verbs import protocol as protocol_verbs
from handlers.verbs import reports as report_verbs
from handlers.verbs import roster as roster_verbs
from handlers.verbs.groups import deciding as group_verbs
from handlers.verbs.people import syncing as people_verbs
from handlers.verbs.saying import as_json, say, saying_what_is_wrong
from handlers.verbs.school import comparing as school_verbs
from handlers.verbs.school import leadership as leadership_verbs
from handlers.verbs.shell import completing


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=[
        protocol_verbs.protocol,
        answer_verbs.answers,
        key_verbs.keys,
        audit_verbs.audit,
        backup_verbs.backup,
        report_verbs.reports,
        privacy_verbs.privacy,
        roster_verbs.roster,
        doctor_verb.doctor,
        init_verb.init,
        group_verbs.groups,
        completing.completion,
        people_verbs.people,
        school_verbs.school,
        leadership_verbs.leadership,
    ],
)
@click.version_option(package_name="protocolbot")
def main() -> None:
    """Protocolbot: the school's social-media protocol in Google Chat."""
    # Log lines go to standard error here, so that what a verb writes can be piped on.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))


@main.command("migrate", epilog="Example: protocolbot migrate")
@as_json
@saying_what_is_wrong
def migrate_database(json_wanted: bool) -> None:
    """Bring the database of DATABASE_URL up to date; web workers never do."""
    settings = start.read_settings()
    engine = open_engine(settings.database_url)
    migrate(engine)
    seed_protocol(engine, settings.protocol_dir, read_school_file(settings.school_file), SystemClock().now())
    say(json_wanted, {"up_to_date": at_head(engine)}, "De database is bij.")


@main.group()
def jobs() -> None:
    """What the timer does."""


@jobs.command("run", epilog="Example: protocolbot jobs run minute")
@click.argument("name", type=click.Choice(sorted(job_runner.JOBS)))
@as_json
@saying_what_is_wrong
def run_job(name: str, json_wanted: bool) -> None:
    """Run one job now: minute, hour, send or reminders."""
    bot = start.start_bot(log_to=sys.stderr)
    try:
        outcome = job_runner.run(bot, name)
    except Exception as error:  # noqa: BLE001 - a traceback shows the values of the statement that failed
        number = incident(error)
        raise click.ClickException(
            f"De taak {name} is niet klaar; het logboek zegt waar, bij nummer {number}."
        ) from None
    say(json_wanted, outcome, ", ".join(f"{key}: {value}" for key, value in outcome.items()))


@main.command(epilog='Example: protocolbot ask "Mag ik een foto van mijn klasgenoot online zetten?"')
@click.argument("question", required=False)
@click.option("--jsonl", "lines", type=click.File("r", encoding="utf-8"), help="A file with a question per line.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.UNKNOWN.value)
@as_json
@saying_what_is_wrong
def ask(question: str | None, lines: TextIO | None, role: str, json_wanted: bool) -> None:
    """Answer a question, or a file of them; reads no database, no keys and no settings but PROTOCOL_DIR."""
    protocol = read_protocol(start.protocol_directory())
    if lines is not None:
        for answered in _answered_lines(protocol, lines):
            click.echo(json.dumps(answered, ensure_ascii=False))
        return
    if not question:
        raise click.UsageError("Geef een vraag, of een bestand met --jsonl.")
    answer = protocol.answer(question, Role(role), "nl")
    if json_wanted:
        click.echo(json.dumps(_fields(answer), ensure_ascii=False))
    else:
        for line in _as_text(answer, Quotations(protocol.document, protocol.reviewed), Wording.load().dutch):
            click.echo(line)


def _answered_lines(protocol: LoadedProtocol, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            question, question_id = str(asked["question"]), asked["id"]
        except (ValueError, KeyError, TypeError):
            raise click.ClickException(f"Regel {number} is geen JSON met `id` en `question`.") from None
        role = Role(asked["role"]) if asked.get("role") in set(Role) else Role.UNKNOWN
        language: Language = "en" if asked.get("lang") == "en" else "nl"
        started = perf_counter()
        answer = protocol.answer(question, role, language)
        yield {"id": question_id, **_fields(answer), "ms": round((perf_counter() - started) * 1000, 2)}


def _fields(answer: Answer) -> dict[str, Any]:
    return {
        "outcome": answer.outcome.value,
        "citations": [quotation.citation.code for quotation in answer.citations],
        "see_also": list(answer.see_also),
    }


def _as_text(answer: Answer, quotations: Quotations, t: Phrases) -> Iterator[str]:
    match answer.outcome:
        case Outcome.CRISIS:
            yield t("help.text")
        case Outcome.REPORT_OFFER:
            yield t("report.offer")
        case Outcome.SMALLTALK:
            yield t("ask.small_talk")
        case Outcome.NOT_IN_PROTOCOL:
            yield t("ask.not_in_protocol", whom=t("ask.whom_pupil"))
        case Outcome.ANSWER:
            for quotation in answer.citations:
                yield quotations.cite(quotation.citation.code, t)
                yield quotation.verbatim
                yield ""


if __name__ == "__main__":
    main()
