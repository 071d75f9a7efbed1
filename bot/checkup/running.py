"""Looks at settings, keys, protocol and what the database tells about the timer and the notices."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.checkup.findings import Finding, error, warning
from bot.protocol.document import Document
from bot.school.articles import ArticleCode
from bot.settings import Settings

SIGNED_WITHIN = timedelta(days=2)
STORED_ELSEWHERE = "secret://"
IN_CLEAR_NEVER = ("DATABASE_URL", "REPORT_KEYS", "SMTP_URL")


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database tells, without a word about any report: only counts and the day of the last signing."""

    late_notices: int
    unwatched_cases: int
    cases: int
    signed_on: date | None


def check_settings(settings: Settings, environ: Mapping[str, str], keys: int) -> Iterator[Finding]:
    """What the settings allow and a school should not want."""
    if settings.on_app_engine:
        for name in IN_CLEAR_NEVER:
            if environ.get(name) and not environ[name].startswith(STORED_ELSEWHERE):
                yield error(
                    "geheim_in_app_yaml",
                    f"{name} staat als tekst in app.yaml: wie het bestand ziet, kent het geheim.",
                    "Zet het in Secret Manager, en schrijf secret://projects/P/secrets/S/versions/N.",
                )
    if settings.chat_api_endpoint is None and settings.public_url.startswith("http://"):
        yield error(
            "geen_https", "CHAT_AUDIENCE is geen https-adres.", "Google Chat praat alleen met https. Vul dat adres in."
        )
    if settings.project_number is None:
        yield warning(
            "geen_projectnummer",
            "CHAT_PROJECT_NUMBER ontbreekt: wat als Workspace-add-on binnenkomt, wordt geweigerd.",
            "Vul het nummer van het Google Cloud-project in.",
        )
    if settings.smtp_url is None:
        yield warning(
            "geen_mail",
            "Er is geen mailserver. Wie een melding krijgt, ziet dat alleen in Google Chat.",
            "Vul SMTP_URL en SMTP_FROM in voor de tweede weg.",
        )
    if settings.log_level == "DEBUG":
        yield warning("debug", "LOG_LEVEL is DEBUG: dat geeft veel regels en kost geld.", "Zet LOG_LEVEL op INFO.")
    if not settings.on_app_engine and settings.jobs_caller is None:
        yield warning(
            "klok_van_buiten",
            "JOBS_CALLER ontbreekt: een timer van buiten kan de bot niet wekken.",
            "Laat de timer van deze machine elke minuut protocolbot jobs run minute doen, of vul JOBS_CALLER in.",
        )
    if keys > 1:
        yield warning(
            "oude_sleutel",
            f"REPORT_KEYS heeft {keys} sleutels: een oude hoort weg te gaan als alles onder de nieuwe ligt.",
            "Geef protocolbot keys rotate, en haal de oude sleutel weg als keys show er niets meer onder ziet.",
        )


def check_protocol(
    document: Document, reviewed: Collection[ArticleCode], reminders: int, today: date
) -> Iterator[Finding]:
    """Whether the protocol says since when it holds, is not past its evaluation, and can be explained."""
    version = document.version
    if version.effective_on is None:
        yield error(
            "protocol_zonder_dag",
            "Het protocol zegt niet sinds welke dag het geldt; bij elk antwoord hoort die dag.",
            "Laad het met protocolbot protocol load --effective-on, met de dag die de school noemt.",
        )
    elif version.effective_on > today:
        yield error(
            "protocol_geldt_nog_niet",
            "Het protocol geldt pas vanaf een dag die nog moet komen.",
            "Laad de versie die nu geldt met protocolbot protocol load.",
        )
    if version.evaluation_year is not None and version.evaluation_year < today.year:
        yield warning(
            "protocol_niet_geevalueerd",
            f"Het protocol zou in {version.evaluation_year} geëvalueerd worden.",
            "Vraag de school of het nog klopt, en laad de nieuwe versie als die er is.",
        )
    unread = [article.code for article in document.articles if article.code not in reviewed]
    if unread:
        yield warning(
            "geen_gewone_woorden",
            f"Bij {len(unread)} artikelen staan geen nagelezen gewone woorden; de bot toont daar alleen het artikel.",
            "Schrijf ze in reviewed.toml, en laat een tweede lezer ze naast het artikel leggen.",
        )
    if not reminders:
        yield warning(
            "geen_herinneringen",
            "Geen enkele herinnering past bij dit protocol: groepen worden nergens aan herinnerd.",
            "Schrijf herinneringen bij de artikelen van dit protocol.",
        )


def check_kept(kept: Kept, today: date) -> Iterator[Finding]:
    """Whether the timer runs, and nothing about reports is late."""
    if kept.cases and (kept.signed_on is None or today - kept.signed_on > SIGNED_WITHIN):
        yield error(
            "timer_loopt_niet",
            "De taak van elke minuut deed langer dan twee dagen niets: seintjes en herinneringen blijven liggen.",
            "Kijk of de timer (cron.yaml of systemd) loopt, en geef één keer protocolbot jobs run minute.",
        )
    if kept.late_notices:
        yield error(
            "seintje_te_laat",
            f"{kept.late_notices} seintjes over meldingen zijn niet aangekomen.",
            "Volg in deploy/runbook.md het deel over een seintje dat niet aankomt.",
        )
    if kept.unwatched_cases:
        yield error(
            "zaak_zonder_blik",
            f"Naar {kept.unwatched_cases} zaken is niet op tijd opnieuw gekeken.",
            "Kijk of de timer loopt, en of het log fouten van watch_reports noemt.",
        )
