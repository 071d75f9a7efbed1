"""An article that is named by its code is recognised; letters and numbers that mean something else are not."""

import pytest

from bot.protocol.matching.references import named_in
from bot.school.articles import ArticleCode

CODES = frozenset(map(ArticleCode, ("A1", "A6", "A10", "F3", "V", "W1")))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A6", {"A6"}),
        ("a 10?", {"A10"}),
        ("v", {"V"}),
        ("wat zegt artikel A6 precies", {"A6"}),
        ("leg regel a1 en artikel W1 uit", {"A1", "W1"}),
        ("Wat staat er in voetnoot 3?", {"F3"}),
        ("what does article a6 say", {"A6"}),
        ("wat zegt artikel A99", set()),
        ("hangt er een poster op A1 formaat", set()),
        ("wanneer heeft klas v les in lokaal a6", set()),
        ("mag ik een foto plaatsen", set()),
    ],
)
def test_only_codes_of_this_protocol_that_are_really_named_count(text: str, codes: set[str]) -> None:
    assert named_in(text, CODES) == codes
