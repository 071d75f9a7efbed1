"""Every letter that pupils type can be shown, or it is replaced by a sign that nobody overlooks."""

# ruff: noqa: RUF001 - letters that look like others are what this is about

import pytest
import uharfbuzz

from bot.paper.letters import FIRST, LONGEST_WORD, Letters, is_right_to_left
from bot.paper.typesetting import Press

FONTS = Press.open().fonts
ALL = Letters.load(FONTS)

TYPED = {
    "Dutch": "Één meisje zei “jij bent dom” – dat vond ik níet leuk… € 5, à la carte, co\u00f6rdinatie",
    "Turkish": "Öğretmen çok kızdı, İstanbul'da ağladım, şöyle dedi: ığüşöç İĞÜŞÖÇ",
    "Polish": "Zażółć gęślą jaźń, Łódź ĄĆĘŁŃÓŚŹŻ",
    "Ukrainian": "Привіт, мене звуть Ґалина, її їжак є під'їздом",
    "Arabic": "هذا نص باللغة العربية، مع رقم ١٢٣ وعلامة تعجب! لَا إِلٰهَ ﷺ",
    "Dari": "سلام چطور هستی؟ پ گ ک ی ژ",
    "Hebrew": "שלום",
    "Tigrinya": "ሰላም ከመይ ኣለኻ",
    "emoji": "😢😭💀🫠👍🏽👩\u200d👩\u200d👧\u200d👦🇳🇱🏳\ufe0f\u200d🌈❤\ufe0f1\ufe0f\u20e3☺✅➡🤷🏼\u200d♀\ufe0f",
}


def legible(line: str) -> str:
    return "".join(letters for _, letters in ALL.runs(line))


@pytest.mark.parametrize("language", TYPED)
def test_what_pupils_type_is_shown_as_it_is(language: str) -> None:
    shown = legible(TYPED[language])
    assert "[U+" not in shown
    assert shown.replace("\u200b", "") == TYPED[language]


def test_a_letter_without_a_picture_becomes_its_number() -> None:
    assert legible("zei 你好!") == "zei [U+4F60][U+597D]!"


def test_a_letter_in_fancy_dress_is_still_that_letter() -> None:
    assert legible("𝓢𝓪𝓷𝓷𝓮 ｗｉｄｅ") == "Sanne wide"


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x1b", "\ue000", "\ufffe", "\ud83d", "\U000e0000", "\U0010ffff"])
def test_what_has_no_picture_in_any_font_of_the_world_is_marked_too(letter: str) -> None:
    assert legible(f"a{letter}b") == f"a[U+{ord(letter):04X}]b"


@pytest.mark.parametrize("turning", ["\u202e", "\u202d", "\u2067"])
def test_nothing_can_make_paper_say_something_else_than_was_typed(turning: str) -> None:
    assert legible(f"niet {turning}waar") == f"niet [U+{ord(turning):04X}]waar"


@pytest.mark.parametrize("invisible", ["\ufeff", "\U000e0041", "\U000e0101"])
def test_what_shows_nothing_is_left_out(invisible: str) -> None:
    assert legible(f"a{invisible}b") == "ab"


def test_an_accent_on_what_is_marked_is_marked_too() -> None:
    assert legible("你\u0301") == "[U+4F60][U+0301]"


@pytest.mark.parametrize("base", ["😢", "✅", "ب", "ש", "ሰ"])
def test_an_accent_that_only_another_font_has_is_marked_and_its_letter_is_shown(base: str) -> None:
    """The typesetter by itself shows the accent alone, without a word: the letter would be missing in silence."""
    assert legible(f"{base}\u0337") == f"{base}[U+0337]"


def test_an_accent_that_the_letters_own_font_has_is_shown() -> None:
    assert legible("a\u0337ч\u0337 بّ") == "a\u0337ч\u0337 بّ"


def test_every_run_can_be_shaped_in_its_font_without_a_gap() -> None:
    paths = {info.family: info.path for info in FONTS.fonts() if info.style == "normal"}
    for text in TYPED.values():
        for family, letters in ALL.runs(text):
            font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(paths[family])))
            buffer = uharfbuzz.Buffer()
            buffer.add_str(letters)
            buffer.guess_segment_properties()
            uharfbuzz.shape(font, buffer)
            assert all(glyph.codepoint for glyph in buffer.glyph_infos), f"{letters} in {family}"


def test_one_font_is_kept_where_it_can_be() -> None:
    assert ALL.runs("Öğretmen çok kızdı. Привіт, Zażółć!") == [(FIRST[0], "Öğretmen çok kızdı. Привіт, Zażółć!")]
    assert [family for family, _ in ALL.runs("هذا نص باللغة العربية")] == ["Noto Sans Arabic"]


def test_an_accent_that_is_typed_by_itself_joins_its_letter() -> None:
    assert legible("e\u0301e\u0301n") == "één"


def test_lines_stay_lines_whatever_ends_them() -> None:
    lines = ["".join(letters for _, letters in line) for line in ALL.lines("een\r\ntwee\rdrie\n\nvier\tvijf")]
    assert lines == ["een", "twee", "drie", "", "vier vijf"]


def test_a_word_that_would_leave_the_paper_may_be_broken_and_loses_nothing() -> None:
    word = "a" * 1000
    shown = legible(f"kort {word} kort")
    assert shown.replace("\u200b", "") == f"kort {word} kort"
    assert max(len(piece) for piece in shown.replace(" ", "\u200b").split("\u200b")) <= LONGEST_WORD


def test_a_long_row_is_never_broken_inside_a_joined_emoji() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    shown = legible(family * 30)
    assert shown.replace("\u200b", "") == family * 30
    assert "\u200d\u200b" not in shown
    assert "\u200b\u200d" not in shown


@pytest.mark.parametrize(
    ("line", "right"),
    [("Hallo", False), ("هذا نص", True), ("123 هذا", True), ("Ali zei: هذا", False), ("שלום", True), ("", False)],
)
def test_the_first_letter_with_a_direction_decides_where_a_line_begins(line: str, right: bool) -> None:  # noqa: FBT001
    assert is_right_to_left(ALL.runs(line)) is right
