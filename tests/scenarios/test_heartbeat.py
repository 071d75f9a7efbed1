"""The timer's heartbeat comes only when all was well: its absence is the alarm that never sleeps."""

import pytest
from structlog.testing import capture_logs

from handlers.job_runner import JobFailed
from tests.dialogue import Dialogue
from tests.scenarios.test_alerts import reported


def events(logs: list[dict[str, object]]) -> list[object]:
    return [line["event"] for line in logs]


def test_when_all_is_well_the_heart_beats(talk: Dialogue) -> None:
    reported(talk)
    with capture_logs() as logs:
        talk.minute(minutes=1)
    assert "heartbeat" in events(logs)  # type: ignore[arg-type]


def test_while_chat_takes_no_notice_of_a_report_there_is_an_alarm_and_no_heartbeat(talk: Dialogue) -> None:
    talk.chat.out_of_order = 10_000
    reported(talk)
    with capture_logs() as logs, pytest.raises(JobFailed):
        talk.minute(minutes=16)
    assert "report.late" in events(logs)  # type: ignore[arg-type]
    assert "heartbeat" not in events(logs)  # type: ignore[arg-type]
    [late] = [line for line in logs if line["event"] == "report.late"]
    assert set(late) == {"event", "log_level", "notices", "cases"}


def test_when_chat_is_back_the_heart_beats_again(talk: Dialogue) -> None:
    talk.chat.out_of_order = 4
    reported(talk)
    with pytest.raises(JobFailed):
        talk.minute(minutes=16)
    talk.chat.out_of_order = 0
    with talk.bot.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE deliveries SET retry_at = NULL, lease_until = NULL")
    with capture_logs() as logs:
        talk.minute(minutes=1)
    assert "heartbeat" in events(logs)  # type: ignore[arg-type]
