"""Gets a certificate list over HTTP; the only module of this room that touches the network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import requests

TIME_OUT = 5.0
"""Seconds for connecting and for each wait between bytes; a webhook's caller gives up after 30."""


class CannotFetch(Exception):
    """The address could not be reached, or not in time; says nothing of what came back."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered; the names of `headers` in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Fetch(Protocol):
    """Gets what is at an address."""

    def __call__(self, url: str) -> Fetched:
        """Whatever the address answers, also an error; raises CannotFetch when there is no answer."""
        ...


def fetch_over_http(url: str) -> Fetched:
    """What this address answers to a GET; redirects are not followed, for keys come from where the settings say.

    Raises CannotFetch.
    """
    try:
        answer = requests.get(url, timeout=TIME_OUT, allow_redirects=False)
    except requests.RequestException as problem:
        raise CannotFetch(type(problem).__name__) from None
    return Fetched(answer.status_code, answer.headers, answer.content)
