"""Certificates come over plain HTTP from where the settings say, and from nowhere else."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from typing_extensions import override

from handlers.authenticity.fetching import CannotFetch, fetch_over_http


class Lists(BaseHTTPRequestHandler):
    """Answers with a list, an error, or a way to somewhere else."""

    def do_GET(self) -> None:
        self.send_response({"/list": 200, "/moved": 302}.get(self.path, 404))
        self.send_header("Cache-Control", "max-age=60")
        self.send_header("Location", "/list")
        self.end_headers()
        self.wfile.write(b"{}")

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Lists) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_what_the_address_answers_comes_back_with_its_headers(address: str) -> None:
    fetched = fetch_over_http(f"{address}/list")
    assert (fetched.status, fetched.body, fetched.headers["cache-control"]) == (200, b"{}", "max-age=60")


def test_an_error_is_an_answer_too(address: str) -> None:
    assert fetch_over_http(f"{address}/nothing").status == 404


def test_a_redirect_is_not_followed(address: str) -> None:
    assert fetch_over_http(f"{address}/moved").status == 302


def test_an_address_that_nobody_listens_at_cannot_be_fetched() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(CannotFetch):
        fetch_over_http(f"http://127.0.0.1:{port}/list")
