"""Every part of a card is shown, works with a keyboard, and says what is wrong; what is unknown is never dropped."""

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.demo import Visitor
from tests.browser.page_stage import PageStage
from tests.simulator.stub_bot import SANNE, SANNES_DM, button, buttons, card, classic_dialog

pytestmark = pytest.mark.browser

PICTURE = "https://pictures.rgo.example/photo.png"


def last_message(visitor: Visitor) -> Locator:
    return visitor.conversation.locator("[data-message]").last


def heard(stage: PageStage) -> Any:
    return stage.bot.heard[-1]


def inputs_of(event: Any) -> Any:
    return event["common"]["formInputs"]


def test_an_unknown_widget_is_shown_as_an_outline_with_its_name_and_all_that_was_sent(stage: PageStage) -> None:
    stage.shows({"hologram": {"depth": 3, "words": "zweeft"}}, {"textParagraph": {"text": "ernaast"}})
    visitor = stage.somebody(SANNE, SANNES_DM)
    outline = visitor.conversation.locator("[data-unknown='hologram']")
    expect(outline).to_contain_text("hologram")
    outline.locator("summary").click()
    assert json.loads(outline.locator("pre").inner_text()) == {"depth": 3, "words": "zweeft"}
    expect(visitor.conversation).to_contain_text("ernaast")


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ({"cardActions": [{"actionLabel": "Doe"}]}, "cardActions"),
        ({"fixedFooter": {"primaryButton": {"text": "Ja"}}}, "fixedFooter (bestaat alleen in een dialoog)"),
    ],
)
def test_what_does_not_belong_in_a_message_is_named_as_well(stage: PageStage, part: Any, name: str) -> None:
    stage.shows({"textParagraph": {"text": "Tekst"}}, **part)
    visitor = stage.somebody(SANNE, SANNES_DM)
    expect(visitor.conversation.locator(f"[data-unknown='{name}']")).to_be_visible()


def test_a_button_without_a_known_effect_is_named(stage: PageStage) -> None:
    stage.shows(buttons({"text": "Sleep", "onClick": {"dragTo": {"x": 1}}}))
    visitor = stage.somebody(SANNE, SANNES_DM)
    expect(visitor.conversation.locator("[data-unknown='onClick.dragTo']")).to_contain_text("onClick.dragTo")


def test_pictures_from_elsewhere_are_named_and_never_fetched(stage: PageStage) -> None:
    stage.shows(
        {"image": {"imageUrl": PICTURE, "altText": "het schoolplein"}},
        {"decoratedText": {"text": "rij", "startIcon": {"iconUrl": PICTURE}}},
        {"grid": {"items": [{"title": "een", "image": {"imageUri": PICTURE}}]}},
    )
    visitor = stage.nobody()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.be(SANNE, SANNES_DM)
    expect(visitor.conversation).to_contain_text("het schoolplein (van pictures.rgo.example, hier niet opgehaald)")
    assert [url for url in asked if not url.startswith((stage.running.address, "data:", "about:"))] == []


def test_the_rarer_widgets_are_shown(stage: PageStage) -> None:
    inner = {"widgets": [{"textParagraph": {"text": "eerste kaart"}}]}
    stage.shows(
        {"carousel": {"carouselCards": [inner, {"widgets": [{"textParagraph": {"text": "tweede kaart"}}]}]}},
        {"textParagraph": {"text": "**vet** en [een link](https://rgo.example/)", "textSyntax": "MARKDOWN"}},
        {"chipList": {"chips": [{"label": "chip", "onClick": {"action": {"function": "chip"}}}]}},
        {"columns": {"columnItems": [{"widgets": [{"textParagraph": {"text": "links"}}]}]}},
        {"decoratedText": {"text": "met icoon", "startIcon": {"materialIcon": {"name": "menu_book"}}}},
        {"decoratedText": {"text": "zonder tekening", "startIcon": {"materialIcon": {"name": "rocket_launch"}}}},
    )
    visitor = stage.somebody(SANNE, SANNES_DM)
    message = last_message(visitor)
    expect(message.locator("[data-unknown]")).to_have_count(0)
    expect(message.locator(".carousel .slide")).to_have_count(2)
    expect(message.locator("strong", has_text="vet")).to_be_visible()
    expect(message.get_by_role("link", name="een link")).to_have_attribute("href", "https://rgo.example/")
    expect(message.get_by_role("img", name="menu book")).to_be_visible()
    expect(message.get_by_role("img", name="rocket launch")).to_have_text("rocket launch")
    with visitor.page.expect_response("**/_sim/click"):
        message.get_by_role("button", name="chip").click()
    assert heard(stage)["action"]["actionMethodName"] == "chip"


def test_suggestions_that_came_with_the_card_are_taken_with_the_keyboard(stage: PageStage) -> None:
    items = [{"text": "Aula"}, {"text": "Kantine"}, {"text": "Kleedkamer"}]
    where = {"textInput": {"name": "waar", "label": "Waar?", "initialSuggestions": {"items": items}}}
    stage.shows(where, buttons(button("Klaar")))
    visitor = stage.somebody(SANNE, SANNES_DM)
    visitor.conversation.get_by_label("Waar?").focus()
    visitor.page.keyboard.type("k")
    suggestions = visitor.conversation.get_by_role("listbox", name="Suggesties")
    expect(suggestions.get_by_role("option")).to_have_text(["Kantine", "Kleedkamer"])
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    expect(visitor.conversation.get_by_label("Waar?")).to_have_value("Kleedkamer")
    with visitor.page.expect_response("**/_sim/click"):
        visitor.conversation.get_by_role("button", name="Klaar").click()
    assert inputs_of(heard(stage))["waar"] == {"stringInputs": {"value": ["Kleedkamer"]}}


def test_a_field_that_is_wrong_is_named_gets_the_focus_and_nothing_is_sent(stage: PageStage) -> None:
    fields = [
        {"textInput": {"name": "naam", "label": "Naam", "validation": {"characterLimit": 5}}},
        {"textInput": {"name": "post", "label": "Post", "validation": {"inputType": "EMAIL"}}},
    ]
    stage.shows(*fields, buttons(button("Klaar", requiredWidgets=["naam"])))
    visitor = stage.somebody(SANNE, SANNES_DM)
    name, post = (visitor.conversation.get_by_label(label) for label in ("Naam", "Post"))
    post.fill("geen adres")
    visitor.conversation.get_by_role("button", name="Klaar").click()
    expect(visitor.conversation).to_contain_text("Vul dit in.")
    expect(visitor.conversation).to_contain_text("Vul een e-mailadres in.")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    name.fill("veel te lang")
    visitor.conversation.get_by_role("button", name="Klaar").click()
    expect(visitor.conversation).to_contain_text("Dit is te lang: 12 van hoogstens 5 tekens.")
    assert stage.bot.heard == []


def test_a_dialog_moves_on_keeps_the_focus_inside_and_gives_it_back(stage: PageStage) -> None:
    next_page = card({"textInput": {"name": "verhaal", "label": "Vertel"}}, header={"title": "Tweede"})
    stage.bot.answers(classic_dialog(card(buttons(button("Verder")))), classic_dialog(next_page))
    visitor = stage.somebody(SANNE, SANNES_DM)
    visitor.type("/melden")
    expect(visitor.dialog.get_by_role("heading", name="Kaart")).to_be_focused()
    visitor.press("Verder")
    expect(visitor.dialog.get_by_label("Vertel")).to_be_focused()
    for _ in range(4):
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate("document.activeElement.closest('dialog') !== null")
    visitor.page.keyboard.press("Escape")
    expect(visitor.dialog).to_have_count(0)
    expect(visitor.page.locator("#composer")).to_be_focused()
