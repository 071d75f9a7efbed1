"""Google's own client, pointed at the simulator with the key file that the simulator gave out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import google_auth_httplib2
import httplib2
import pytest
from google.auth.transport.requests import Request
from google.oauth2 import service_account
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from simulator.google.oauth import CHAT_BOT
from simulator.server import Running


def credentials(running: Running, scopes: tuple[str, ...] = (CHAT_BOT,)) -> Any:
    """The app's own, already exchanged for a token."""
    account: Any = service_account.Credentials
    found = account.from_service_account_info(running.service_account(), scopes=scopes)
    found.refresh(Request())
    return found


@contextmanager
def client(running: Running, scopes: tuple[str, ...] = (CHAT_BOT,)) -> Iterator[Any]:
    """`spaces()` of the real googleapiclient."""
    http = google_auth_httplib2.AuthorizedHttp(credentials(running, scopes), http=httplib2.Http(timeout=10))
    service: Any = build("chat", "v1", http=http, client_options={"api_endpoint": running.address})
    yield service.spaces()
    service.close()


@contextmanager
def refused(status: int, code: str) -> Iterator[None]:
    """The call inside is refused with this HTTP status and google.rpc.Code."""
    with pytest.raises(HttpError) as problem:
        yield
    assert int(problem.value.status_code) == status
    assert f'"{code}"' in problem.value.content.decode().replace('": "', '":"').replace(":", ": ")
    assert "retry-after" not in problem.value.resp
