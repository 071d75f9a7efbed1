"""The conversation behaves as Chat's: unread marks, threads, private messages, updates while watching, notices."""

import pytest
from playwright.sync_api import expect

from tests.browser.page_stage import PageStage, action, rewrites
from tests.simulator.stub_bot import CLASS_3B, DAAN, KARIN, SANNE, SANNES_DM, card, text

pytestmark = pytest.mark.browser


def test_who_i_am_and_in_what_role_is_always_on_the_page(stage: PageStage) -> None:
    for size in ("laptop", "phone"):
        visitor = stage.somebody(KARIN, CLASS_3B, size=size)
        expect(visitor.page.get_by_text("Karin Krijtje").filter(visible=True)).to_have_count(1)
    visitor = stage.somebody(KARIN, CLASS_3B)
    expect(visitor.page.locator("[data-me]")).to_contain_text("docent, mentor 3B")


def test_everybody_is_on_the_first_sheet_and_the_keyboard_chooses(stage: PageStage) -> None:
    visitor = stage.nobody()
    visitor.page.goto(visitor.address)
    daan = visitor.page.locator(f"[data-user='{DAAN}']")
    daan.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator(f"[data-me='{DAAN}']")).to_be_visible()
    expect(visitor.page.locator("#composer")).to_be_focused()


def test_a_message_elsewhere_gives_a_mark_and_a_notice_that_opens_it(stage: PageStage) -> None:
    visitor = stage.somebody(SANNE, SANNES_DM)
    stage.says("Denk aan de regels.", space=CLASS_3B)
    notice = visitor.page.locator("[data-notice]")
    expect(notice).to_contain_text("Klas 3B")
    expect(visitor.page.locator(f"[data-space='{CLASS_3B}'] .badge")).to_contain_text("1")
    notice.get_by_role("link", name="Open").click()
    expect(visitor.conversation).to_contain_text("Denk aan de regels.")
    expect(visitor.page.locator(f"[data-space='{CLASS_3B}'] .badge")).to_have_count(0)
    expect(visitor.page.locator("[data-notice]")).to_have_count(0)


def test_what_is_new_stands_under_a_line_when_a_conversation_is_opened(stage: PageStage) -> None:
    stage.running.world.mark_read(SANNE, CLASS_3B)
    visitor = stage.somebody(SANNE, CLASS_3B)
    visitor.type("Hallo allemaal")
    expect(visitor.conversation).to_contain_text("Hallo allemaal")
    visitor.be(SANNE, SANNES_DM)
    stage.says("Nieuws voor de klas", space=CLASS_3B)
    visitor.be(SANNE, CLASS_3B)
    log = visitor.conversation.get_by_role("log")
    expect(log.locator(".new-line + [data-message]")).to_contain_text("Nieuws voor de klas")


def test_somebody_elses_news_offers_to_look_through_their_eyes(stage: PageStage) -> None:
    visitor = stage.nobody()
    counts = "{ unread: window.waits ?? 0, waiting: window.waits ?? 0 }"
    rewrites(
        visitor.page, "people", f"(all) => all.map((one) => one.user === '{KARIN}' ? {{...one, ...{counts}}} : one)"
    )
    visitor.be(SANNE, SANNES_DM)
    visitor.page.evaluate("window.waits = 1")
    stage.says("Iets nieuws")
    notice = visitor.page.locator("[data-notice]").filter(has_text="Karin Krijtje")
    expect(notice).to_contain_text("heeft een nieuw bericht gekregen")
    visitor.page.locator("[data-me]").click()
    expect(visitor.page.locator(f"[data-user='{KARIN}'] .badge")).to_contain_text("1")
    notice.get_by_role("link", name="Kijk als Karin Krijtje").click()
    expect(visitor.page.locator(f"[data-me='{KARIN}']")).to_be_visible()


def test_a_message_that_changes_while_somebody_watches_keeps_what_was_typed_elsewhere(stage: PageStage) -> None:
    name = stage.says("Eerste versie")
    stage.shows({"textInput": {"name": "veld", "label": "Veld"}})
    visitor = stage.somebody(SANNE, SANNES_DM)
    visitor.conversation.get_by_label("Veld").fill("half getypt")
    stage.running.world.edit_message(name, {"text": "Tweede versie"})
    expect(visitor.conversation.locator(f"[data-message='{name}']")).to_contain_text("Tweede versie")
    expect(visitor.conversation.locator(f"[data-message='{name}']")).to_contain_text("bewerkt")
    expect(visitor.conversation.get_by_label("Veld")).to_have_value("half getypt")


def test_a_private_message_is_marked_and_nobody_else_sees_it(stage: PageStage) -> None:
    stage.bot.answers({"text": "Alleen voor Sanne", "privateMessageViewer": {"name": SANNE}})
    sanne = stage.somebody(SANNE, CLASS_3B)
    sanne.type("@Protocolbot vraag")
    answer = sanne.conversation.locator("[data-message]").filter(has_text="Alleen voor Sanne")
    expect(answer).to_contain_text("Alleen zichtbaar voor jou")
    daan = stage.somebody(DAAN, CLASS_3B)
    expect(daan.conversation).to_contain_text("@Protocolbot vraag")
    expect(daan.conversation).not_to_contain_text("Alleen voor Sanne")


def test_a_reply_stays_in_its_thread_and_escape_from_it_is_one_button(stage: PageStage) -> None:
    stage.bot.answers({"text": "Antwoord van de bot"}, {"text": "Nog een antwoord"})
    visitor = stage.somebody(SANNE, CLASS_3B)
    visitor.type("@Protocolbot eerste")
    visitor.type("Los bericht")
    expect(visitor.conversation).to_contain_text("Los bericht")
    action(visitor.page, "Reageer").first.click()
    expect(visitor.conversation).to_contain_text("Je reageert op Protocolbot")
    visitor.type("@Protocolbot reactie")
    order = visitor.conversation.locator("[data-message]")
    expect(order).to_have_count(5)
    expect(order.nth(2)).to_contain_text("@Protocolbot reactie")
    expect(order.nth(4)).to_contain_text("Los bericht")
    thread = order.nth(0).get_attribute("data-thread")
    assert [order.nth(at).get_attribute("data-thread") for at in (1, 2, 3)] == [thread] * 3
    expect(visitor.conversation).not_to_contain_text("Je reageert op")


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_the_slash_menu_completes_with_arrows_and_tells_what_each_command_does(stage: PageStage, key: str) -> None:
    visitor = stage.somebody(SANNE, SANNES_DM)
    visitor.page.locator("#composer").press_sequentially("/p")
    options = visitor.page.get_by_role("listbox", name="Opdrachten").get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.first).to_contain_text("Blader door het hele protocol")
    visitor.page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    visitor.page.keyboard.press("ArrowUp")
    visitor.page.keyboard.press(key)
    expect(visitor.page.locator("#composer")).to_have_value("/protocol ")
    expect(visitor.page.locator("#composer")).to_be_focused()


def test_an_empty_conversation_with_the_bot_offers_commands_to_begin_with(stage: PageStage) -> None:
    visitor = stage.somebody(SANNE, SANNES_DM)
    visitor.page.get_by_role("group", name="Om mee te beginnen").get_by_role("button", name="/vraag").click()
    expect(visitor.page.locator("#composer")).to_have_value("/vraag ")
    expect(visitor.page.locator("#composer")).to_be_focused()
    assert stage.bot.heard == []


def test_the_lock_screen_shows_the_text_and_never_a_card(stage: PageStage) -> None:
    stage.says("Er staat iets voor je klaar.", card(text("Het hele verhaal")))
    visitor = stage.somebody(SANNE, SANNES_DM)
    action(visitor.page, "Vergrendelscherm").click()
    phone = visitor.page.locator("[data-lock-screen]")
    expect(phone).to_contain_text("Er staat iets voor je klaar.")
    expect(phone).not_to_contain_text("Het hele verhaal")
