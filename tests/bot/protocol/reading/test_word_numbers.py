"""Numbers that Word counts are those that Word shows; what nobody can tell becomes a bullet, and that is said."""

import pytest

from bot.protocol.reading.word.numbering import write_number
from bot.protocol.reading.word.writing import text_of_word
from tests.bot.protocol.reading.word_files import abstract, level, num, par, word

DECIMAL = level(0, "decimal", "%1.")
LEGAL = abstract(3, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%3)"))


def marks(body: str, numbering: str) -> list[str]:
    """What stands before the X of every paragraph."""
    lines = text_of_word(word(body, numbering)).text.splitlines()
    return [line.split("X")[0].strip(" #") for line in lines if line]


def items(*places: tuple[int, int]) -> str:
    return "".join(par("X zin.", num=name, level=depth) for name, depth in places)


def test_levels_count_within_the_one_above_and_begin_anew_after_it() -> None:
    numbering = LEGAL + num(1, 3)
    body = items((1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1))
    assert marks(body, numbering) == ["1", "1.1", "1.2", "a)", "b)", "1.3", "a)", "2", "2.1"]


def test_a_list_goes_on_where_it_was_after_something_else() -> None:
    body = items((1, 0), (1, 0)) + par("X tussen.") + items((1, 0))
    assert marks(body, abstract(1, DECIMAL) + num(1, 1)) == ["1.", "2.", "", "3."]


def test_two_lists_of_one_definition_count_on_unless_one_says_where_it_starts() -> None:
    numbering = abstract(1, DECIMAL) + num(1, 1) + num(2, 1)
    assert marks(items((1, 0), (1, 0), (2, 0)), numbering) == ["1.", "2.", "3."]
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(1, DECIMAL) + num(1, 1) + num(2, 1, again)
    assert marks(items((1, 0), (1, 0), (2, 0), (2, 0)), numbering) == ["1.", "2.", "1.", "2."]


def test_a_list_may_start_elsewhere_and_change_a_level_of_its_own() -> None:
    assert marks(items((1, 0), (1, 0)), abstract(1, level(0, "decimal", "%1.", start=5)) + num(1, 1)) == ["5.", "6."]
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>'
    assert marks(items((1, 0), (1, 0)), abstract(1, DECIMAL) + num(1, 1, own)) == ["I.", "II."]


def test_a_level_that_never_begins_anew_goes_on() -> None:
    going_on = abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%2)", more='<w:lvlRestart w:val="0"/>'))
    assert marks(items((1, 0), (1, 1), (1, 0), (1, 1)), going_on + num(1, 1)) == ["1.", "1)", "2.", "2)"]


def test_a_level_in_legal_style_shows_digits_whatever_the_level_above_shows() -> None:
    mixed = abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", more="<w:isLgl/>"))
    assert marks(items((1, 0), (1, 1)), mixed + num(1, 1)) == ["I.", "1.1"]


def test_words_around_the_number_are_shown_too() -> None:
    numbering = abstract(1, level(0, "decimal", "Artikel %1")) + num(1, 1)
    assert marks(items((1, 0), (1, 0)), numbering) == ["Artikel 1", "Artikel 2"]


def test_a_style_may_carry_the_list_and_its_level() -> None:
    chapters = abstract(
        9, level(0, "decimal", "%1.", more='<w:pStyle w:val="Kop1"/>'), level(1, "decimal", "%1.%2")
    ) + num(9, 9)
    body = items((9, 0)) + par("X titel", style="Kop2") + par("X titel", style="Kop2")
    assert marks(body, chapters) == ["1.", "1.1", "1.2"]
    assert marks(par("X een.", style="Regel") + par("X twee.", style="Regel"), abstract(1, DECIMAL) + num(1, 1)) == [
        "1.",
        "2.",
    ]


def test_a_definition_that_points_to_a_list_style_counts_as_that_one() -> None:
    linked = abstract(1, more='<w:numStyleLink w:val="Lijst"/>') + abstract(
        2, DECIMAL, more='<w:styleLink w:val="Lijst"/>'
    )
    assert marks(items((1, 0), (1, 0)), linked + num(1, 1)) == ["1.", "2."]


def test_a_paragraph_that_was_taken_out_of_the_list_has_no_number() -> None:
    off = par("X zin.", style="Regel", more='<w:numPr><w:numId w:val="0"/></w:numPr>')
    assert marks(off, abstract(1, DECIMAL) + num(1, 1)) == [""]


@pytest.mark.parametrize(
    "numbering",
    [
        "",
        num(1, 77),
        abstract(1, level(3, "decimal", "%4.")) + num(1, 1),
        abstract(1, level(0, "ordinal", "%1")) + num(1, 1),
        abstract(1, level(0, "cardinalText", "%1")) + num(1, 1),
        abstract(1, level(0, "decimal", "%3.%1")) + num(1, 1),
    ],
)
def test_a_number_that_nobody_can_tell_is_not_made_up(numbering: str) -> None:
    read = text_of_word(word(items((1, 0), (1, 0)), numbering))
    assert read.text == "• X zin.\n• X zin.\n"
    assert [doubt for _, doubt in read.doubts] == ["automatisch nummer niet te bepalen: gelezen als opsomming"] * 2


@pytest.mark.parametrize(
    ("told", "form", "shown"),
    [
        *((3, "decimal", "3"), (3, "decimalZero", "03"), (28, "lowerLetter", "bb"), (1, "upperLetter", "A")),
        *((4, "lowerRoman", "iv"), (1994, "upperRoman", "MCMXCIV"), (0, "lowerLetter", None), (0, "upperRoman", None)),
        *((2, "none", ""), (2, "chineseCounting", None), (-1, "decimal", None), (9999, "upperRoman", None)),
    ],
)
def test_a_number_is_written_as_word_writes_it_or_not_at_all(told: int, form: str, shown: str | None) -> None:
    assert write_number(told, form) == shown
