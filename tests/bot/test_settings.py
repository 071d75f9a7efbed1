"""The environment is read once; whatever is wrong stops the start with the variable's name and what is expected."""

import re
from pathlib import Path

import pytest

from bot.settings import VARIABLES, Settings, SettingsError
from bot.wiring import read_facts, read_keys
from tests.dialogue import ADDRESS, KEYS, environment

ROOT = Path(__file__).parents[2]
RUNBOOK = ROOT / "deploy" / "runbook.md"


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in environment().items() if key != name}


def test_what_is_not_said_has_its_default() -> None:
    settings = Settings.from_environ({"CHAT_AUDIENCE": ADDRESS, "REPORT_KEYS": KEYS})
    assert settings.database_url == "sqlite:///var/protocolbot.db"
    assert settings.school_file == Path("school.toml")
    assert settings.public_url == ADDRESS
    assert settings.log_level == "INFO"
    assert (settings.certs_url, settings.chat_api_endpoint, settings.clock_url) == (None, None, None)


@pytest.mark.parametrize("name", ["CHAT_AUDIENCE", "REPORT_KEYS"])
def test_what_is_needed_and_missing_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is missing; expected: "):
        Settings.from_environ(without(name))
    with pytest.raises(SettingsError, match=f"{name} is missing"):
        Settings.from_environ(environment(**{name: "  "}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHAT_AUDIENCE", "no address"),
        ("CHAT_AUDIENCE", f"{ADDRESS},"),
        ("CHAT_PROJECT_NUMBER", "my-project"),
        ("CHAT_CERTS_URL", "ftp://x"),
        ("CHAT_API_ENDPOINT", "chat.googleapis.com"),
        ("CLOCK_URL", "now"),
        ("CHAT_PUBLIC_URL", "https://other.example/chat/events"),
        ("DATABASE_URL", "::"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "postgresql://x/y"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_what_is_malformed_is_named_with_what_is_expected_and_never_shown(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is malformed; expected: ") as refused:
        Settings.from_environ(environment(**{name: value}))
    assert value not in str(refused.value).replace("https://", "")


@pytest.mark.parametrize("name", ["CHAT_AUDIENC", "REPORT_KEY", "SCHOOL_FIL", "SMTP_URI", "JOBS_CALER"])
def test_a_misspelling_of_one_of_ours_is_told(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is not a setting; did you mean "):
        Settings.from_environ(environment(**{name: "x"}))


@pytest.mark.parametrize("name", ["CHAT_CERTS_URL", "CHAT_API_ENDPOINT", "CLOCK_URL"])
def test_app_engine_refuses_other_addresses_than_googles(name: str) -> None:
    live = {**without("CHAT_API_ENDPOINT"), "GAE_ENV": "standard", "DATABASE_URL": "postgresql+psycopg:///db"}
    assert Settings.from_environ(live).on_app_engine
    with pytest.raises(SettingsError, match=f"{name} is for the local Google Chat only"):
        Settings.from_environ({**live, name: "http://127.0.0.1:1"})


def test_app_engine_refuses_sqlite() -> None:
    with pytest.raises(SettingsError, match="SQLite is refused on App Engine"):
        Settings.from_environ({**without("CHAT_API_ENDPOINT"), "GAE_ENV": "standard"})


@pytest.mark.parametrize("name", ["DATABASE_URL", "REPORT_KEYS", "SMTP_URL"])
def test_a_secret_is_fetched_by_its_name(name: str) -> None:
    secrets = {"DATABASE_URL": "sqlite://", "REPORT_KEYS": KEYS, "SMTP_URL": "smtp://x"}
    asked: list[str] = []

    def fetch(secret: str) -> str:
        asked.append(secret)
        return secrets[name] + "\n"

    settings = Settings.from_environ(environment(**{name: "secret://projects/P/secrets/S/versions/1"}), fetch)
    assert asked == ["projects/P/secrets/S/versions/1"]
    assert getattr(settings, name.lower()) == secrets[name]


def test_an_empty_secret_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="REPORT_KEYS points to a secret that is empty"):
        Settings.from_environ(environment(REPORT_KEYS="secret://projects/P/secrets/S/versions/1"), lambda _: " ")


def test_the_demo_school_is_refused_where_real_people_are() -> None:
    with pytest.raises(SettingsError, match="demo school"):
        read_facts(Settings.from_environ(without("CHAT_API_ENDPOINT")))


@pytest.mark.parametrize("keys", ["x", "k1:!!", "k1:QUJD", f"{KEYS},{KEYS}", f"k 1:{KEYS[3:]}"])
def test_malformed_keys_are_named_and_never_shown(keys: str) -> None:
    with pytest.raises(SettingsError, match="REPORT_KEYS: ") as refused:
        read_keys(Settings.from_environ(environment(REPORT_KEYS=keys)))
    assert keys not in str(refused.value)


def test_secrets_show_in_no_repr() -> None:
    settings = Settings.from_environ(environment(SMTP_URL="smtp://user:password@mail.example"))
    assert "password" not in repr(settings)
    assert KEYS not in repr(settings)


def test_every_setting_stands_in_the_runbook() -> None:
    runbook = RUNBOOK.read_text(encoding="utf-8")
    assert [name for name in (*VARIABLES, "GOOGLE_APPLICATION_CREDENTIALS") if f"`{name}`" not in runbook] == []


def test_app_yaml_starts_what_the_tests_start_and_names_only_settings_that_exist() -> None:
    text = (ROOT / "app.yaml").read_text(encoding="utf-8")
    assert "handlers.wsgi:app" in text
    named = re.findall(r"^  ([A-Z_]+):", text, re.MULTILINE)
    assert named
    assert set(named) <= set(VARIABLES)
    cron = (ROOT / "deploy" / "cron.yaml").read_text(encoding="utf-8")
    from handlers.job_runner import JOBS  # noqa: PLC0415 - only this test looks at the edge

    assert set(re.findall(r"url: /jobs/(\w+)", cron)) <= set(JOBS)
