"""How the process logs: one JSON line per event on standard output, and never a body, a header or a typed word."""

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict

QUIET = ("googleapiclient", "google.auth", "urllib3", "httplib2", "werkzeug", "alembic", "sqlalchemy")
"""Libraries that log addresses or bodies at lower levels."""


def _as_severity(_logger: object, _method: str, line: EventDict) -> EventDict:
    # Cloud Logging sorts by this name; an alarm on errors needs it.
    line["severity"] = str(line.pop("level")).upper()
    # What its list of lines shows; `event` stays, because alarms filter on it.
    line["message"] = line["event"]
    return line


def set_up_logs(level: str, stream: TextIO | None = None) -> None:
    """Configure the process's logging once, at the start; to standard output unless another stream is given."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _as_severity,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stdout),
        cache_logger_on_first_use=False,
    )
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
