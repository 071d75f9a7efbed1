"""The environment as one frozen object, read once; whatever is wrong stops the start and says what is expected."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn, Self
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
STORED_ELSEWHERE = "secret://"
SECRET = re.compile(r"secret://(projects/[^/]+/secrets/[^/]+/versions/[^/]+)")
MAIL_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NUMBER = re.compile(r"[0-9]+")
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})

VARIABLES = (
    "DATABASE_URL",
    "CHAT_AUDIENCE",
    "CHAT_PROJECT_NUMBER",
    "CHAT_CERTS_URL",
    "CHAT_API_ENDPOINT",
    "CLOCK_URL",
    "CHAT_PUBLIC_URL",
    "REPORT_KEYS",
    "SCHOOL_FILE",
    "PROTOCOL_DIR",
    "SMTP_URL",
    "SMTP_FROM",
    "DIRECTORY_SUBJECT",
    "JOBS_AUDIENCE",
    "JOBS_CALLER",
    "LOG_LEVEL",
)
"""Every variable that is ours; GOOGLE_APPLICATION_CREDENTIALS is google-auth's own."""

OUR_PREFIXES = ("CHAT_", "REPORT_", "SCHOOL_", "PROTOCOL_", "SMTP_", "DIRECTORY_", "JOBS_", "CLOCK_")
APP_ENGINE_MARK = "GAE_ENV"
MAY_BE_SECRET = ("DATABASE_URL", "REPORT_KEYS", "SMTP_URL")
ALIKE_WITH_OUR_PREFIX, ALIKE_WITHOUT = 0.75, 0.9
"""How much a name must look like one of ours; a stranger's must look more like it before it stops the start."""

NEVER_ON_APP_ENGINE = ("CHAT_CERTS_URL", "CHAT_API_ENDPOINT", "CLOCK_URL")


class SettingsError(ValueError):
    """The environment cannot be used; the message names the variable and never its value."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says (design: section 4)."""

    database_url: str = field(repr=False)
    audiences: tuple[str, ...]
    project_number: str | None
    certs_url: str | None
    chat_api_endpoint: str | None
    clock_url: str | None
    public_url: str
    report_keys: str = field(repr=False)
    school_file: Path
    protocol_dir: Path | None
    smtp_url: str | None = field(repr=False)
    smtp_from: str | None
    directory_subject: str | None
    jobs_audience: str | None
    jobs_caller: str | None
    log_level: str
    on_app_engine: bool

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], fetch_secret: Callable[[str], str] | None = None) -> Self:
        """Read and check; `fetch_secret` turns `projects/P/secrets/S/versions/N` into its value.

        Raises SettingsError.
        """
        values = {name: environ[name].strip() for name in VARIABLES if environ.get(name, "").strip()}
        _refuse_misspellings(environ)
        on_app_engine = bool(environ.get(APP_ENGINE_MARK))
        if on_app_engine:
            _refuse_on_app_engine(values)
        for name in MAY_BE_SECRET:
            if values.get(name, "").startswith(STORED_ELSEWHERE):
                values[name] = _fetched(name, values[name], fetch_secret)
        audiences = _audiences(values)
        return cls(
            database_url=_database_url(values, on_app_engine=on_app_engine),
            audiences=audiences,
            project_number=_project_number(values),
            certs_url=_address(values, "CHAT_CERTS_URL") if "CHAT_CERTS_URL" in values else None,
            chat_api_endpoint=_address(values, "CHAT_API_ENDPOINT") if "CHAT_API_ENDPOINT" in values else None,
            clock_url=_address(values, "CLOCK_URL") if "CLOCK_URL" in values else None,
            public_url=_public_url(values, audiences),
            report_keys=_needed(values, "REPORT_KEYS", "32-byte keys written as id:base64, comma separated"),
            school_file=Path(values.get("SCHOOL_FILE", "school.toml")),
            protocol_dir=Path(values["PROTOCOL_DIR"]) if "PROTOCOL_DIR" in values else None,
            smtp_url=_smtp_url(values),
            smtp_from=_mail_address(values, "SMTP_FROM"),
            directory_subject=_mail_address(values, "DIRECTORY_SUBJECT"),
            jobs_audience=_with_its_other_half(values, "JOBS_AUDIENCE", "JOBS_CALLER"),
            jobs_caller=_with_its_other_half(values, "JOBS_CALLER", "JOBS_AUDIENCE"),
            log_level=_log_level(values),
            on_app_engine=on_app_engine,
        )


def _refuse_misspellings(environ: Mapping[str, str]) -> None:
    for name in environ:
        if name in VARIABLES:
            continue
        # DATABASE_URI would otherwise mean an empty SQLite file, and nobody would be told.
        cutoff = ALIKE_WITH_OUR_PREFIX if name.startswith(OUR_PREFIXES) else ALIKE_WITHOUT
        near = get_close_matches(name.upper(), VARIABLES, n=1, cutoff=cutoff)
        if near:
            raise SettingsError(f"{name} is not a setting; did you mean {near[0]}?")


def _refuse_on_app_engine(values: Mapping[str, str]) -> None:
    for name in NEVER_ON_APP_ENGINE:
        if name in values:
            raise SettingsError(f"{name} is for the local Google Chat only; remove it from app.yaml")


def _fetched(name: str, address: str, fetch_secret: Callable[[str], str] | None) -> str:
    secret = SECRET.fullmatch(address)
    if secret is None:
        _malformed(name, "secret://projects/P/secrets/S/versions/N, or the value itself")
    if fetch_secret is None:
        raise SettingsError(f"{name} points to a secret, but no secret store is reachable from here")
    value = fetch_secret(secret[1]).strip()
    if not value:
        raise SettingsError(f"{name} points to a secret that is empty")
    return value


def _needed(values: Mapping[str, str], name: str, expected: str) -> str:
    value = values.get(name)
    if not value:
        raise SettingsError(f"{name} is missing; expected: {expected}")
    return value


def _malformed(name: str, expected: str) -> NoReturn:
    raise SettingsError(f"{name} is malformed; expected: {expected}") from None


def _address(values: Mapping[str, str], name: str) -> str:
    parts = _parts(values[name])
    if parts is None or (parts.scheme == "http" and parts.hostname not in THIS_MACHINE):
        _malformed(name, "an address that starts with https:// (http:// only on this machine)")
    return values[name].rstrip("/")


def _parts(address: str, schemes: tuple[str, ...] = ("http", "https")) -> SplitResult | None:
    """The parts of an address with one of these schemes; None when it is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts if parts.scheme in schemes and parts.hostname else None


def _audiences(values: Mapping[str, str]) -> tuple[str, ...]:
    expected = "the endpoint URL or the project number of the Chat app; several with commas"
    audiences = tuple(part.strip() for part in _needed(values, "CHAT_AUDIENCE", expected).split(","))
    if not all(NUMBER.fullmatch(audience) or _parts(audience) for audience in audiences):
        _malformed("CHAT_AUDIENCE", expected)
    return audiences


def _project_number(values: Mapping[str, str]) -> str | None:
    number = values.get("CHAT_PROJECT_NUMBER")
    if number is not None and NUMBER.fullmatch(number) is None:
        _malformed("CHAT_PROJECT_NUMBER", "the number (not the name) of the Google Cloud project")
    return number


def _public_url(values: Mapping[str, str], audiences: tuple[str, ...]) -> str:
    addresses = [audience for audience in audiences if not audience.isdigit()]
    url = values.get("CHAT_PUBLIC_URL") or (addresses[0] if addresses else "")
    if url and url not in audiences:
        # Google signs an add-on button's call for exactly this address; any other would be refused by our own door.
        _malformed("CHAT_PUBLIC_URL", "one of the addresses in CHAT_AUDIENCE, to the letter")
    return url


def _smtp_url(values: Mapping[str, str]) -> str | None:
    url = values.get("SMTP_URL")
    if url is not None and _parts(url, ("smtp", "smtps")) is None:
        _malformed("SMTP_URL", "smtp://user:password@host:port, or smtps://")
    return url


def _mail_address(values: Mapping[str, str], name: str) -> str | None:
    address = values.get(name)
    if address is not None and MAIL_ADDRESS.fullmatch(address) is None:
        _malformed(name, "an e-mail address")
    return address


def _with_its_other_half(values: Mapping[str, str], name: str, other: str) -> str | None:
    if name in values and other not in values:
        raise SettingsError(f"{other} is missing; expected: both {name} and {other}, or neither")
    return values.get(name)


def _database_url(values: Mapping[str, str], *, on_app_engine: bool) -> str:
    text = values.get("DATABASE_URL", "sqlite:///var/protocolbot.db")
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # Never the library's own words: they hold what was written, and a password may be in it.
        _malformed("DATABASE_URL", "sqlite:///path or postgresql+psycopg://user:password@/name?host=/path")
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        if on_app_engine:
            raise SettingsError("DATABASE_URL: SQLite is refused on App Engine, whose disk forgets; use PostgreSQL")
    elif url.drivername != "postgresql+psycopg":
        _malformed("DATABASE_URL", "sqlite:///path or postgresql+psycopg://user:password@/name?host=/path")
    return text


def _log_level(values: Mapping[str, str]) -> str:
    level = values.get("LOG_LEVEL", "INFO").upper()
    if level not in LEVELS:
        _malformed("LOG_LEVEL", ", ".join(LEVELS))
    return level
