"""The lines that Cloud Logging reads: its own field names, one JSON object a line, and no line of what people do."""

import io
import json
from collections.abc import Iterator

import pytest
import structlog

from handlers.logs import set_up_logs
from tests.cast import KLAS_3B, SANNE
from tests.dialogue import start
from tests.scenarios.test_reporting import send, tell


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    before, stream = structlog.get_config(), io.StringIO()
    set_up_logs("INFO", stream)
    yield stream
    structlog.configure(**before)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(("method", "severity"), [("info", "INFO"), ("warning", "WARNING"), ("error", "ERROR")])
def test_a_line_has_the_fields_that_cloud_logging_sorts_and_shows_by(
    written: io.StringIO, method: str, severity: str
) -> None:
    getattr(structlog.get_logger(), method)("job.done", job="minute")
    (line,) = lines(written)
    assert line.pop("time")
    assert line == {"severity": severity, "message": "job.done", "event": "job.done", "job": "minute"}


def test_under_its_level_nothing_is_written(written: io.StringIO) -> None:
    structlog.get_logger().debug("never")
    assert written.getvalue() == ""


def test_a_text_with_line_breaks_stays_one_line(written: io.StringIO) -> None:
    structlog.get_logger().info("incident", at="one\ntwo")
    assert len(written.getvalue().splitlines()) == 1


def test_asking_and_reporting_write_no_line_so_that_the_log_cannot_tell_them_apart(written: io.StringIO) -> None:
    talk = start()
    written.truncate(0)
    written.seek(0)
    talk.says(SANNE, KLAS_3B, "Mag ik een foto van mijn klas online zetten?")
    send(talk, tell(talk))
    talk.bot.engine.dispose()
    assert lines(written) == []
