"""Whatever stands in the header, and whatever is well signed, is let in or turned away; nothing else happens."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.authenticity.claims import NotAuthentic
from tests.handlers.authenticity.signing import Door, addon_claims, encoded, segment

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT
ANY_JSON = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(ANY_TEXT, SCALARS, max_size=2)
SEGMENTS = ANY_TEXT | st.binary(max_size=20).map(encoded) | ANY_JSON.map(segment)
# The door only reads; sharing it between examples is what makes them quick.
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def is_let_in(gate: Door, header: str) -> bool:
    with suppress(NotAuthentic):
        gate.authenticity.verify(header)
        return True
    return False


@QUICK
@given(st.lists(SEGMENTS, max_size=4))
def test_nobody_guesses_a_token(our_door: Door, segments: list[str]) -> None:
    assert not is_let_in(our_door, "Bearer " + ".".join(segments))


@QUICK
@given(ANY_JSON)
def test_nothing_but_our_own_claims_is_let_in_even_if_google_signed_it(our_door: Door, claims: object) -> None:
    assert not is_let_in(our_door, f"Bearer {our_door.google.token(claims)}")


@QUICK
@given(st.sampled_from(["aud", "email", "iss"]), ANY_JSON)
def test_only_our_own_names_open_the_door(our_door: Door, name: str, value: object) -> None:
    assert not is_let_in(our_door, f"Bearer {our_door.google.token({**addon_claims(), name: value})}")


@QUICK
@given(st.sampled_from(["exp", "iat"]), st.none() | st.booleans() | ANY_TEXT | st.lists(SCALARS, max_size=2))
def test_a_moment_that_is_no_number_opens_nothing(our_door: Door, name: str, value: object) -> None:
    assert not is_let_in(our_door, f"Bearer {our_door.google.token({**addon_claims(), name: value})}")
