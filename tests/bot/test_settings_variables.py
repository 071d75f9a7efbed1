"""Each variable by itself: its default, what it refuses, and that no refusal shows what somebody wrote."""

from pathlib import Path

import pytest

from bot.settings import VARIABLES, Settings, SettingsError
from bot.wiring import read_facts, read_protocol, read_school_file
from tests.dialogue import ADDRESS, KEYS, ROOT, environment

LIVE = {
    "CHAT_AUDIENCE": ADDRESS,
    "REPORT_KEYS": KEYS,
    "GAE_ENV": "standard",
    "DATABASE_URL": "postgresql+psycopg://u:p@/name?host=/cloudsql/P:R:I",
}


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environ(environ)
    return str(refused.value)


@pytest.mark.parametrize(
    ("field", "default"),
    [
        ("project_number", None),
        ("certs_url", None),
        ("chat_api_endpoint", None),
        ("clock_url", None),
        ("protocol_dir", None),
        ("smtp_url", None),
        ("smtp_from", None),
        ("directory_subject", None),
        ("jobs_audience", None),
        ("jobs_caller", None),
        ("log_level", "INFO"),
        ("on_app_engine", False),
        ("audiences", (ADDRESS,)),
    ],
)
def test_a_variable_that_is_absent_or_empty_has_its_default(field: str, default: object) -> None:
    needed = {"CHAT_AUDIENCE": ADDRESS, "REPORT_KEYS": KEYS}
    empty = dict.fromkeys(VARIABLES, " ") | needed
    assert getattr(Settings.from_environ(needed), field) == default
    assert getattr(Settings.from_environ(empty), field) == default


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHAT_AUDIENCE", "https://[geheim/x"),
        ("CHAT_AUDIENCE", "ftp://geheim.example/x"),
        ("CHAT_AUDIENCE", "secret://projects/P/secrets/geheim/versions/1"),
        ("CHAT_AUDIENCE", "1234,,geheim"),
        ("CHAT_PROJECT_NUMBER", "١٢٣"),
        ("CHAT_PROJECT_NUMBER", "12 geheim"),
        ("CHAT_CERTS_URL", "http://[geheim"),
        ("CHAT_CERTS_URL", "http://geheim.example/certs"),
        ("CHAT_API_ENDPOINT", "https://:443/geheim"),
        ("CHAT_API_ENDPOINT", "http://127.0.0.1.geheim.example"),
        ("CLOCK_URL", "http:///geheim"),
        ("CHAT_PUBLIC_URL", f"{ADDRESS}/geheim"),
        ("DATABASE_URL", "postgresql+psycopg://user:x@host:geheim/db"),
        ("DATABASE_URL", "postgresql://user:geheim@host/db"),
        ("DATABASE_URL", "sqlite+geheim:///x"),
        ("DATABASE_URL", "secret://projects/geheim"),
        ("REPORT_KEYS", "secret://projects/P/secrets/geheim"),
        ("SMTP_URL", "secret://projects/P/secrets/geheim/versions/1/2"),
        ("SMTP_URL", "mail.geheim.example"),
        ("SMTP_URL", "https://mail.geheim.example"),
        ("SMTP_FROM", "geheim"),
        ("SMTP_FROM", "twee woorden@geheim.example"),
        ("DIRECTORY_SUBJECT", "geheim@"),
        ("LOG_LEVEL", "GEHEIM"),
    ],
)
def test_a_malformed_value_is_refused_by_name_with_what_is_expected_and_never_shown(name: str, value: str) -> None:
    said = refusal(environment(**{name: value}))
    assert said.startswith(f"{name} is malformed; expected: ")
    assert len(said) > len(f"{name} is malformed; expected: ")
    assert value not in said
    assert "geheim" not in said


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("CHAT_AUDIENCE", f" 123456 , {ADDRESS} ", "audiences", ("123456", ADDRESS)),
        ("CHAT_AUDIENCE", "123456", "public_url", ""),
        ("CHAT_CERTS_URL", "http://127.0.0.1:8080/certs/", "certs_url", "http://127.0.0.1:8080/certs"),
        ("CHAT_CERTS_URL", "http://localhost:1", "certs_url", "http://localhost:1"),
        ("CHAT_API_ENDPOINT", "https://chat.example", "chat_api_endpoint", "https://chat.example"),
        ("CHAT_PUBLIC_URL", ADDRESS, "public_url", ADDRESS),
        ("DATABASE_URL", "postgresql+psycopg://u:p%40@/n?host=/cloudsql/P:R:I", "database_url", None),
        ("SMTP_URL", "smtps://user:password@mail.example:465", "smtp_url", None),
        ("SMTP_FROM", "bot@school.example", "smtp_from", None),
        ("DIRECTORY_SUBJECT", "arie@school.example", "directory_subject", None),
        ("PROTOCOL_DIR", "elsewhere/protocol", "protocol_dir", Path("elsewhere/protocol")),
        ("SCHOOL_FILE", "elsewhere/school.toml", "school_file", Path("elsewhere/school.toml")),
        ("LOG_LEVEL", "debug", "log_level", "DEBUG"),
    ],
)
def test_a_good_value_is_read(name: str, value: str, field: str, read: object) -> None:
    assert getattr(Settings.from_environ(environment(**{name: value})), field) == (value if read is None else read)


@pytest.mark.parametrize(("given", "missing"), [("JOBS_AUDIENCE", "JOBS_CALLER"), ("JOBS_CALLER", "JOBS_AUDIENCE")])
def test_half_of_what_lets_a_timer_in_is_refused_and_the_other_half_named(given: str, missing: str) -> None:
    assert refusal(environment(**{given: "https://bot.example/jobs"})).startswith(f"{missing} is missing; expected: ")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("DATABASE_URI", "DATABASE_URL"),
        ("DATABSE_URL", "DATABASE_URL"),
        ("database_url", "DATABASE_URL"),
        ("LOGLEVEL", "LOG_LEVEL"),
        ("LOG_LEVELS", "LOG_LEVEL"),
        ("CHAT_AUDIENCES", "CHAT_AUDIENCE"),
        ("CHAT_CERT_URL", "CHAT_CERTS_URL"),
        ("CHAT_ENDPOINT", "CHAT_API_ENDPOINT"),
        ("PROTOCOL_DIRS", "PROTOCOL_DIR"),
        ("REPORTS_KEYS", "REPORT_KEYS"),
        ("Report_Keys", "REPORT_KEYS"),
        ("CLOCK_URI", "CLOCK_URL"),
        ("DIRECTORY_SUBJECTS", "DIRECTORY_SUBJECT"),
    ],
)
def test_a_misspelt_name_stops_the_start_with_the_name_that_was_meant(wrong: str, right: str) -> None:
    said = refusal(environment(**{wrong: "geheim"}))
    assert said == f"{wrong} is not a setting; did you mean {right}?"


@pytest.mark.parametrize(
    "name",
    ["PATH", "HOME", "PORT", "LANG", "GAE_SERVICE", "GOOGLE_CLOUD_PROJECT", "GOOGLE_APPLICATION_CREDENTIALS"],
)
def test_the_variables_of_others_do_not_stop_the_start(name: str) -> None:
    assert Settings.from_environ(environment(**{name: "x"})).log_level == "INFO"


@pytest.mark.parametrize("name", ["DATABASE_URL", "REPORT_KEYS", "SMTP_URL"])
def test_a_secret_without_a_store_or_with_a_broken_value_is_told_without_showing_it(name: str) -> None:
    address = "secret://projects/P/secrets/S/versions/N"
    assert refusal(environment(**{name: address})).startswith(f"{name} points to a secret, but ")
    if name != "REPORT_KEYS":
        with pytest.raises(SettingsError) as refused:
            Settings.from_environ(environment(**{name: address}), lambda _: "geheim")
        assert str(refused.value).startswith(f"{name} is malformed; expected: ")
        assert "geheim" not in str(refused.value)


def test_sqlite_is_refused_on_app_engine_also_when_a_secret_names_it() -> None:
    environ = LIVE | {"DATABASE_URL": "secret://projects/P/secrets/S/versions/1"}
    with pytest.raises(SettingsError, match="SQLite is refused on App Engine"):
        Settings.from_environ(environ, lambda _: "sqlite:///var/x.db")


@pytest.mark.parametrize("name", ["CHAT_CERTS_URL", "CHAT_API_ENDPOINT", "CLOCK_URL"])
def test_the_addresses_of_the_local_google_are_refused_on_app_engine_whatever_they_say(name: str) -> None:
    assert "local Google Chat only" in refusal(LIVE | {name: "https://chat.googleapis.com"})
    assert Settings.from_environ(LIVE | {name: ""}).on_app_engine


def test_the_demo_school_is_refused_on_app_engine_and_with_googles_own_chat() -> None:
    there = Settings.from_environ(LIVE | {"SCHOOL_FILE": str(ROOT / "school.toml")})
    with pytest.raises(SettingsError, match="SCHOOL_FILE is the demo school's"):
        read_facts(there)
    assert read_facts(Settings.from_environ(environment())).demo


def test_a_school_of_its_own_is_welcome_on_app_engine(tmp_path: Path) -> None:
    own = tmp_path / "school.toml"
    own.write_text((ROOT / "school.toml").read_text(encoding="utf-8").replace("demo = true", ""), encoding="utf-8")
    assert not read_facts(Settings.from_environ(LIVE | {"SCHOOL_FILE": str(own)})).demo


def test_a_school_file_that_is_not_there_or_no_text_is_refused_by_the_variables_name(tmp_path: Path) -> None:
    no_text = tmp_path / "school.toml"
    no_text.write_bytes(b'naam = "\xe9\xff"')
    for path in (tmp_path / "absent.toml", tmp_path, no_text):
        with pytest.raises(SettingsError, match=r"^SCHOOL_FILE "):
            read_school_file(path)


def test_a_school_file_from_notepad_is_read_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "school.toml"
    path.write_text((ROOT / "school.toml").read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert read_school_file(path).short_name == "RGO"


def test_a_protocol_that_is_not_there_is_refused_by_the_variables_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^PROTOCOL_DIR: "):
        read_protocol(tmp_path)


def test_no_secret_shows_in_what_the_settings_print() -> None:
    settings = Settings.from_environ(
        environment(SMTP_URL="smtp://user:geheim@mail.example", DATABASE_URL="postgresql+psycopg://u:geheim@/db")
    )
    assert "geheim" in settings.database_url
    assert "geheim" not in f"{settings} {settings!r}"
