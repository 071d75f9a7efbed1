"""An article stays itself when its number shifts or its words are touched up; what is not sure is said to be unsure."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.protocol.document import Article
from bot.protocol.identity import Pair, new_identities, pairs_of
from bot.protocol.loader import load_document
from bot.protocol.loading import RGO_PROTOCOL

RULES = (
    "Je filmt niemand zonder eerst te vragen of het mag.",
    "Tijdens de les zit je telefoon in de telefoontas aan de muur.",
    "Pesten, bedreigen en uitsluiten melden we bij de mentor of de teamleider.",
    "Medewerkers worden geen vrienden met leerlingen op sociale media.",
)


def articles(*rules: str, heading: str = "Regels") -> tuple[Article, ...]:
    numbered = "".join(f"{number}. {rule}\n" for number, rule in enumerate(rules, start=1))
    return load_document(f"Protocol\n\n{heading}\n{numbered}").articles


def told(pairs: tuple[Pair, ...]) -> list[tuple[str, str | None, bool]]:
    return [(str(pair.new.code), None if pair.old is None else str(pair.old.code), pair.sure) for pair in pairs]


def identities(old: tuple[Article, ...], new: tuple[Article, ...]) -> Mapping[str, str]:
    known = {article.code: str(article.code) for article in old}
    return {str(code): who for code, who in new_identities(pairs_of(old, new), known, set(known)).items()}


def test_an_article_whose_number_shifts_stays_itself() -> None:
    before = articles(*RULES)
    after = articles(RULES[0], "Nieuw: op schoolreis gelden dezelfde afspraken.", *RULES[1:])
    found = identities(before, after)
    assert (found["R1"], found["R3"], found["R4"], found["R5"]) == ("R1", "R2", "R3", "R4")


def test_a_new_article_at_a_used_code_gets_an_identity_that_nobody_had() -> None:
    before = articles(*RULES)
    after = articles("Geheel andere woorden over smartwatches en oortjes.", *RULES)
    found = identities(before, after)
    assert found["R1"] not in {"R1", "R2", "R3", "R4"}
    assert len(set(found.values())) == len(after)


def test_an_article_that_is_touched_up_stays_itself_for_certain() -> None:
    after = articles(RULES[0], RULES[1].replace("aan de muur", "bij de deur"), *RULES[2:])
    assert told(pairs_of(articles(*RULES), after)) == [(f"R{place}", f"R{place}", True) for place in range(1, 5)]


def test_other_words_at_the_same_place_are_the_same_article_but_unsure() -> None:
    after = articles(RULES[0], "Smartwatches gaan op vliegtuigstand.", *RULES[2:])
    assert told(pairs_of(articles(*RULES), after))[1] == ("R2", "R2", False)


def test_an_article_that_moves_to_another_heading_stays_itself() -> None:
    source = f"Protocol\n\nRegels\n1. {RULES[0]}\n\nVoor medewerkers\n1. {RULES[3]}\n"
    pairs = pairs_of(articles(*RULES), load_document(source).articles)
    assert [pair.old.code if pair.old else None for pair in pairs] == ["R1", "R4"]
    assert all(pair.sure for pair in pairs)


def test_two_texts_that_are_both_nearly_the_old_one_are_unsure() -> None:
    before = articles("Je deelt geen foto's van leerlingen zonder toestemming.")
    after = articles(
        "Je deelt geen foto's van leerlingen van 12 zonder toestemming.",
        "Je deelt geen foto's van leerlingen van 16 zonder toestemming.",
    )
    (kept,) = (pair for pair in pairs_of(before, after) if pair.old is not None)
    assert not kept.sure


def test_the_same_text_twice_keeps_its_places() -> None:
    twice = articles(RULES[0], RULES[1], RULES[0])
    assert told(pairs_of(twice, twice)) == [("R1", "R1", True), ("R2", "R2", True), ("R3", "R3", True)]


def test_the_same_text_twice_of_which_one_goes_is_unsure_unless_it_stays_where_it_was() -> None:
    pairs = pairs_of(articles(RULES[1], RULES[0], RULES[2], RULES[0]), articles(RULES[0], RULES[2]))
    assert told(pairs)[0][2] is False


def test_the_rgo_protocol_against_itself_changes_nothing() -> None:
    rgo = load_document((RGO_PROTOCOL / "protocol.txt").read_bytes().decode()).articles
    assert identities(rgo, rgo) == {str(article.code): str(article.code) for article in rgo}


SOME_RULES = st.lists(
    st.sampled_from([*RULES, "Nee.", "Ja.", "Vraag het.", "Vraag het eerst."]), min_size=1, max_size=8
)


@settings(max_examples=150, deadline=None)
@given(old=SOME_RULES, new=SOME_RULES)
def test_no_identity_is_ever_given_to_two_articles(old: list[str], new: list[str]) -> None:
    before, after = articles(*old), articles(*new)
    found = identities(before, after)
    assert len(set(found.values())) == len(after) == len(found)


@pytest.mark.parametrize("missing", range(4))
def test_an_article_that_went_leaves_the_others_themselves(missing: int) -> None:
    left = [rule for place, rule in enumerate(RULES) if place != missing]
    found = identities(articles(*RULES), articles(*left))
    assert list(found.values()) == [f"R{place + 1}" for place in range(4) if place != missing]
