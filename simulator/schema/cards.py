"""The limits of a card that no schema holds: counts, names, buttons and the footer (chat-platform facts of Google)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from simulator.records import Json
from simulator.schema.discovery import Refused, conform

WIDGETS_AT_MOST = 100
OPTIONS_AT_MOST = 100
COLUMNS_AT_MOST = 2
BYTES_AT_MOST = 32_000

_ABOUT_A_WIDGET = frozenset({"horizontalAlignment", "id", "visibility", "eventActions"})
_INPUTS = ("textInput", "selectionInput", "dateTimePicker")


class Place(StrEnum):
    """Where a card stands; some parts are allowed in one place only."""

    MESSAGE = "message"
    DIALOG = "dialog"
    HOME = "home"


def check_card(card: Any, where: str, place: Place) -> Json:
    """The card as Chat would keep it; raises Refused."""
    taken: Json = conform(card, "GoogleAppsCardV1Card", where)
    check_taken_card(taken, where, place)
    return taken


def check_taken_card(card: Json, where: str, place: Place) -> None:
    """Hold the limits against a card that fits the schema already; raises Refused."""
    _need(bool(card.get("sections")), where, "a card needs a section")
    if "header" in card:
        _need(bool(card["header"].get("title", "").strip()), where, "a header without a title leaves the card blank")
    _need("cardActions" not in card, where, "cardActions exist in add-ons outside of Chat only")
    _check_footer(card.get("fixedFooter"), where, place)
    widgets = list(all_widgets(card, where))
    _need(len(widgets) <= WIDGETS_AT_MOST, where, f"{len(widgets)} widgets; sections above {WIDGETS_AT_MOST} vanish")
    for widget, at in widgets:
        _check_widget(widget, at)
    for on_click, at in all_on_clicks(card, where):
        _check_on_click(on_click, at)
    _check_names(widgets, where)


def all_widgets(card: Json, where: str) -> Iterator[tuple[Json, str]]:
    """Every widget, those in columns and carousels included; raises Refused for a section without any."""
    for number, section in enumerate(card.get("sections", ())):
        at = f"{where}.sections[{number}]"
        _need(bool(section.get("widgets")), at, "a section needs a widget")
        for place, widget in enumerate(section["widgets"]):
            yield widget, f"{at}.widgets[{place}]"
            yield from _inner_widgets(widget, f"{at}.widgets[{place}]")


def all_on_clicks(part: Any, where: str) -> Iterator[tuple[Json, str]]:
    """Every `onClick` anywhere in a card or widget."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "onClick":
                yield inner, f"{where}.onClick"
            yield from all_on_clicks(inner, f"{where}.{name}")
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from all_on_clicks(inner, f"{where}[{number}]")


def check_buttons(button_list: Json, where: str) -> None:
    """A list of buttons, in a card or below a message; raises Refused."""
    buttons = button_list.get("buttons")
    _need(bool(buttons), where, "an empty buttonList hides the whole card")
    for button in buttons or ():
        _need(bool(button.get("text", "").strip() or button.get("icon")), where, "a button needs text or an icon")
        _need(bool(button.get("onClick")), where, "a button needs an onClick")
    for on_click, at in all_on_clicks(button_list, where):
        _check_on_click(on_click, at)


def _inner_widgets(widget: Json, where: str) -> Iterator[tuple[Json, str]]:
    columns = widget.get("columns", {}).get("columnItems", ())
    cards = widget.get("carousel", {}).get("carouselCards", ())
    for part in (*columns, *cards):
        for name in ("widgets", "footerWidgets"):
            yield from ((inner, f"{where}.{name}") for inner in part.get(name, ()))


def _check_widget(widget: Json, where: str) -> None:
    kinds = set(widget) - _ABOUT_A_WIDGET
    _need(len(kinds) == 1, where, f"a widget is one thing, not {sorted(kinds)}")
    if "buttonList" in widget:
        check_buttons(widget["buttonList"], where)
    if "columns" in widget:
        count = len(widget["columns"].get("columnItems", ()))
        _need(1 <= count <= COLUMNS_AT_MOST, where, f"{count} columns; one or two are possible")
    if "selectionInput" in widget:
        _check_selection(widget["selectionInput"], where)
    button = widget.get("decoratedText", {}).get("button")
    _need(button is None or bool(button.get("onClick")), where, "a button needs an onClick")
    if "decoratedText" in widget:
        _need(bool(widget["decoratedText"].get("text")), where, "decoratedText needs a text")
    if "image" in widget:
        _need(str(widget["image"].get("imageUrl", "")).startswith("https://"), where, "an image needs an https address")


def _check_selection(field: Json, where: str) -> None:
    items = field.get("items", [])
    _need(len(items) <= OPTIONS_AT_MOST, where, f"{len(items)} options; {OPTIONS_AT_MOST} are possible")
    dynamic = any(name in field for name in ("externalDataSource", "platformDataSource", "dataSourceConfigs"))
    _need(bool(items) or dynamic, where, "a selectionInput needs options")
    _need(not dynamic or field.get("type") == "MULTI_SELECT", where, "only a MULTI_SELECT has a data source")


def _check_names(widgets: list[tuple[Json, str]], where: str) -> None:
    names: list[str] = []
    for widget, at in widgets:
        for kind in _INPUTS:
            if kind in widget:
                _need(bool(widget[kind].get("name")), at, f"a {kind} needs a name")
                names.append(widget[kind]["name"])
        switch = widget.get("decoratedText", {}).get("switchControl")
        if switch is not None:
            _need(bool(switch.get("name")), at, "a switchControl needs a name")
            names.append(switch["name"])
    twice = sorted({name for name in names if names.count(name) > 1})
    _need(not twice, where, f"two inputs are called {', '.join(twice)}")


def _check_on_click(on_click: Json, where: str) -> None:
    _need(len(on_click) == 1, where, "an onClick does exactly one thing; an empty one hides the whole card")
    if "action" in on_click:
        _need(bool(on_click["action"].get("function")), where, "an action needs a function")
    if "openLink" in on_click:
        _need(bool(on_click["openLink"].get("url")), where, "openLink needs an address")


def _check_footer(footer: Json | None, where: str, place: Place) -> None:
    if footer is None:
        return
    at = f"{where}.fixedFooter"
    _need(place is Place.DIALOG, at, "a fixedFooter is for dialogs only")
    _need("primaryButton" in footer, at, "a fixedFooter needs a primaryButton")
    primary = footer["primaryButton"]
    _need(bool(primary.get("text")) and "color" in primary, at, "a primaryButton needs text and color")
    for button in footer.values():
        _need(bool(button.get("text")) and bool(button.get("onClick")), at, "a footer's button needs text and onClick")


def _need(holds: bool, where: str, why: str) -> None:  # noqa: FBT001 - reads as a sentence: need(this, here, because)
    if not holds:
        raise Refused(f"{where}: {why}")
