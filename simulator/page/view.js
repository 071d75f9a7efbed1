/** The frame around the conversation: your spaces and direct messages, making a space, and the heading of a conversation. */

import { addressOf } from "./address.js";
import { icon } from "./icons.js";
import { disclose, freshId, groupSign, h, portrait, replaceKeepingFocus, spoken } from "./nodes.js";
import { unreadBadge, whoAmI } from "./people.js";
import { t } from "./words.js";
import * as server from "./server.js";

/** What to call a space for this reader. */
export function spaceName(app, space) {
  if (space.type !== "DIRECT_MESSAGE") return space.displayName || t("list.nameless");
  return app.nameOf(space.with ?? app.view.bot.user);
}

/** Whether this space is the reader's direct message with the bot. */
export const isBotChat = (app, space) =>
  space.type === "DIRECT_MESSAGE" && (!space.with || space.with === app.view.bot.user);

function spaceLink(app, space) {
  const name = spaceName(app, space);
  const count = space.name === app.space ? 0 : Number(space.unread);
  return h(
    "li",
    {},
    h(
      "a",
      {
        href: addressOf({ as: app.me, space: space.name }),
        class: `space${count ? " unread" : ""}`,
        "data-space": space.name,
        "data-key": `space ${space.name}`,
        "aria-current": space.name === app.space ? "page" : null,
      },
      space.type === "DIRECT_MESSAGE" ? portrait(name, isBotChat(app, space)) : groupSign(name),
      h("span", { class: "name" }, name),
      count ? unreadBadge(count) : null,
    ),
  );
}

function spacesOf(app, title, spaces, extra) {
  const id = freshId("spaces");
  return h(
    "section",
    { class: "spaces" },
    h("div", { class: "heading" }, h("h2", { id }, title), extra),
    spaces.length
      ? h(
          "ul",
          { "aria-labelledby": id },
          spaces.map((space) => spaceLink(app, space)),
        )
      : h("p", { class: "empty" }, t("list.none")),
  );
}

function spaceForm(app, dialog) {
  const name = h("input", { id: freshId("name"), required: true, maxlength: 128, autocomplete: "off" });
  const boxes = app.people
    .filter(({ user }) => user !== app.me)
    .map((person) => ({
      user: person.user,
      box: h("input", { type: "checkbox" }),
      text: `${person.displayName} (${person.label})`,
    }));
  const submit = async (event) => {
    event.preventDefault();
    const members = boxes.filter(({ box }) => box.checked).map(({ user }) => user);
    const made = await app.attempt(() => server.makeSpace(app.me, name.value.trim(), members));
    if (!made) return;
    dialog.close();
    location.hash = addressOf({ as: app.me, space: made.name });
  };
  return h(
    "form",
    { on: { submit } },
    h("label", { for: name.id }, t("group.name")),
    name,
    h(
      "fieldset",
      { class: "pick" },
      h("legend", {}, t("group.who")),
      boxes.map(({ box, text }) => h("label", {}, box, text)),
    ),
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", class: "outlined", on: { click: () => dialog.close() } }, t("group.cancel")),
      h("button", { type: "submit", class: "filled" }, t("group.make")),
    ),
  );
}

function askForSpace(app) {
  const title = freshId("title");
  const dialog = h("dialog", { class: "plain-dialog", "aria-labelledby": title });
  dialog.append(h("h2", { id: title }, t("list.new")), spaceForm(app, dialog));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Fill the left column. Returns {draw()}, which rebuilds only what changed. */
export function createList(app, container) {
  let drawn = "";
  let drawnFor = null;
  const draw = () => {
    const state = JSON.stringify([app.me, app.space, app.people, app.view?.spaces, app.view?.bot]);
    if (state === drawn) return;
    drawn = state;
    container.hidden = !app.view;
    if (!app.view) return;
    const chooses = container.querySelector(".me")?.getAttribute("aria-expanded") === "true" && drawnFor === app.me;
    drawnFor = app.me;
    const direct = app.view.spaces.filter(({ type }) => type === "DIRECT_MESSAGE");
    const groups = app.view.spaces.filter(({ type }) => type !== "DIRECT_MESSAGE");
    replaceKeepingFocus(
      container,
      whoAmI(app),
      spacesOf(app, t("list.direct"), direct),
      spacesOf(
        app,
        t("list.groups"),
        groups,
        h(
          "button",
          {
            type: "button",
            class: "quiet new",
            "data-key": "new",
            "data-action": "Nieuwe groep",
            on: { click: () => askForSpace(app) },
          },
          icon("add", 18),
          t("list.new"),
        ),
      ),
    );
    if (chooses) container.querySelector(".me").click();
  };
  return { draw };
}

function memberRow(name, label, isBot, extra) {
  return h(
    "li",
    {},
    portrait(name, isBot),
    h("span", { class: "who" }, h("strong", {}, name), h("span", {}, label)),
    extra,
  );
}

function memberList(app, space) {
  const bot = app.view.bot.displayName;
  const people = space.members.map((user) => {
    const label = app.people.find((one) => one.user === user)?.label ?? "";
    return memberRow(app.nameOf(user), label, false, null);
  });
  const panel = h(
    "div",
    { class: "popup members" },
    h("h3", {}, t("head.members-title")),
    h("ul", {}, people, space.botMember ? memberRow(bot, t("app"), true, botSwitch(app, space)) : null),
  );
  const button = h(
    "button",
    { type: "button", class: "quiet", "data-key": "members", "data-action": "Leden" },
    icon("group", 18),
    t("head.members", { count: people.length }),
  );
  disclose(button, panel);
  return h("div", { class: "popup-place" }, button, panel);
}

/** Puts the bot in the space or takes it out; its data-action is the Dutch one in every language. */
function botSwitch(app, space) {
  const bot = app.view.bot.displayName;
  return h(
    "button",
    {
      type: "button",
      class: space.botMember ? "quiet" : "tonal",
      "data-key": "bot",
      "data-action": `${bot} ${space.botMember ? "verwijderen" : "toevoegen"}`,
      on: { click: () => app.perform(() => server.setBot(app.me, space.name, !space.botMember)) },
    },
    space.botMember ? null : icon("invite", 18),
    t(space.botMember ? "head.remove-bot" : "head.add-bot", { bot }),
  );
}

function tabs(app, space) {
  const tab = (key, label) =>
    h(
      "a",
      {
        href: addressOf({ as: app.me, space: space.name, tab: key }),
        class: "tab",
        "data-tab": key,
        "data-key": `tab ${key}`,
        "aria-current": app.tab === key ? "page" : null,
      },
      label,
    );
  return h(
    "nav",
    { class: "tabs", "aria-label": t("head.parts") },
    tab("home", t("head.home")),
    tab("chat", t("head.chat")),
  );
}

/** The heading above a conversation. */
export function conversationHeading(app, space) {
  const name = spaceName(app, space);
  const bot = isBotChat(app, space);
  const direct = space.type === "DIRECT_MESSAGE";
  return [
    h(
      "a",
      { href: addressOf({ as: app.me }), class: "back icon-button", "data-key": "back", "data-action": "Terug" },
      icon("arrow_back"),
      spoken(t("head.back")),
    ),
    direct ? portrait(name, bot) : groupSign(name),
    h("div", { class: "title" }, h("h2", {}, name), bot ? h("span", { class: "tag" }, t("app")) : null),
    direct
      ? null
      : h("div", { class: "tools" }, space.botMember ? null : botSwitch(app, space), memberList(app, space)),
    bot && app.view.dialect === "classic" ? tabs(app, space) : null,
  ];
}
