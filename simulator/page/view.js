/** The frame around the conversation: who you are, your spaces and direct messages, and the way there (the address). */

import { disclose, freshId, h, portrait, replaceKeepingFocus, spoken } from "./nodes.js";
import * as server from "./server.js";

/** The choice that the address carries: {as, space, tab}; tab is "home" or "chat". */
export function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  return { as: given.get("as"), space: given.get("space"), tab: given.get("tab") === "home" ? "home" : "chat" };
}

/** The address of a choice, such as "#as=users/101&space=spaces/AAA". */
export function addressOf({ as, space, tab }) {
  const parts = [
    ["as", as],
    ["space", space],
    ["tab", tab === "home" ? "home" : null],
  ];
  const encode = (value) => encodeURIComponent(value).replaceAll("%2F", "/");
  return `#${parts
    .filter(([, value]) => value)
    .map(([key, value]) => `${key}=${encode(value)}`)
    .join("&")}`;
}

/** What to call a space for this reader. */
export function spaceName(app, space) {
  if (space.type !== "DIRECT_MESSAGE") return space.displayName || "Groep zonder naam";
  return app.nameOf(space.with ?? app.view.bot.user);
}

/** Whether this space is the reader's direct message with the bot. */
export const isBotChat = (app, space) =>
  space.type === "DIRECT_MESSAGE" && (!space.with || space.with === app.view.bot.user);

/** The group that stays open when somebody else is chosen, so that one sees at once what the other sees. */
function staysOpen(app) {
  const space = app.view?.spaces.find(({ name }) => name === app.space);
  return space?.type === "SPACE" && app.isWide() ? space.name : null;
}

/** The people to be, by group, as links that choose one. */
export function peopleList(app) {
  const groups = Map.groupBy(app.people, (person) => person.group || "anderen");
  return h(
    "div",
    { class: "people" },
    [...groups].map(([group, members]) => {
      const id = freshId("group");
      return h(
        "section",
        {},
        h("h3", { id }, group),
        h(
          "ul",
          { "aria-labelledby": id },
          members.map((person) =>
            h(
              "li",
              {},
              h(
                "a",
                {
                  href: addressOf({ as: person.user, space: staysOpen(app) }),
                  class: "person",
                  "data-user": person.user,
                  "data-key": `person ${person.user}`,
                  "aria-current": person.user === app.me ? "true" : null,
                },
                portrait(person.displayName),
                h("span", { class: "who" }, h("strong", {}, person.displayName), h("span", {}, person.label)),
              ),
            ),
          ),
        ),
      );
    }),
  );
}

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
      space.type === "DIRECT_MESSAGE"
        ? portrait(name, isBotChat(app, space))
        : h("span", { class: "portrait group", "aria-hidden": "true" }, [...name][0]),
      h("span", { class: "name" }, name),
      count
        ? h("span", { class: "badge" }, count, spoken(count === 1 ? " ongelezen bericht" : " ongelezen berichten"))
        : null,
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
      : h("p", { class: "empty" }, "Nog geen."),
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
    h("label", { for: name.id }, "Naam van de groep"),
    name,
    h(
      "fieldset",
      { class: "pick" },
      h("legend", {}, "Wie doen er mee? Jij hoort er altijd bij."),
      boxes.map(({ box, text }) => h("label", {}, box, text)),
    ),
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", class: "outlined", on: { click: () => dialog.close() } }, "Toch niet"),
      h("button", { type: "submit", class: "filled" }, "Maak groep"),
    ),
  );
}

function askForSpace(app) {
  const title = freshId("title");
  const dialog = h("dialog", { class: "plain-dialog", "aria-labelledby": title });
  dialog.append(h("h2", { id: title }, "Nieuwe groep"), spaceForm(app, dialog));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function whoAmI(app) {
  const me = app.people.find(({ user }) => user === app.me);
  const panel = h("div", { class: "chooser" }, h("h2", {}, "Wie wil je zijn?"), peopleList(app));
  const button = h(
    "button",
    { type: "button", class: "me", "data-key": "me", "data-me": app.me },
    portrait(me.displayName),
    h(
      "span",
      { class: "who" },
      h("span", { class: "hint" }, "Je bent nu"),
      h("strong", {}, me.displayName),
      h("span", {}, me.label),
    ),
    h("span", { class: "switch" }, "Wissel"),
  );
  disclose(button, panel, {
    onOpen: () => panel.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }),
  });
  return [button, panel];
}

/** Fill the left column. Returns {draw()}, which rebuilds only what changed. */
export function createList(app, container) {
  let drawn = "";
  const draw = () => {
    const state = JSON.stringify([app.me, app.space, app.people, app.view?.spaces, app.view?.bot]);
    if (state === drawn) return;
    drawn = state;
    if (!app.view) {
      replaceKeepingFocus(container, h("h2", { class: "first" }, "Wie wil je zijn?"), peopleList(app));
      return;
    }
    const direct = app.view.spaces.filter(({ type }) => type === "DIRECT_MESSAGE");
    const groups = app.view.spaces.filter(({ type }) => type !== "DIRECT_MESSAGE");
    replaceKeepingFocus(
      container,
      whoAmI(app),
      spacesOf(app, "Direct", direct),
      spacesOf(
        app,
        "Groepen",
        groups,
        h(
          "button",
          {
            type: "button",
            class: "quiet",
            "data-key": "new",
            "data-action": "Nieuwe groep",
            on: { click: () => askForSpace(app) },
          },
          "Nieuwe groep",
        ),
      ),
    );
  };
  return { draw };
}

function memberList(app, space) {
  const names = space.members.map((user) => ({
    user,
    name: app.nameOf(user),
    label: app.people.find((one) => one.user === user)?.label ?? "",
  }));
  const panel = h(
    "div",
    { class: "popup members" },
    h("h3", {}, "Leden"),
    h(
      "ul",
      {},
      names.map(({ name, label }) =>
        h("li", {}, portrait(name), h("span", { class: "who" }, h("strong", {}, name), h("span", {}, label))),
      ),
      space.botMember
        ? h(
            "li",
            {},
            portrait(app.view.bot.displayName, true),
            h("span", { class: "who" }, h("strong", {}, app.view.bot.displayName), h("span", {}, "app")),
          )
        : null,
    ),
  );
  const button = h(
    "button",
    { type: "button", class: "quiet", "data-key": "members", "data-action": "Leden" },
    `${names.length} leden`,
  );
  disclose(button, panel);
  return h("div", { class: "popup-place" }, button, panel);
}

function botSwitch(app, space) {
  const label = space.botMember ? "Protocolbot verwijderen" : "Protocolbot toevoegen";
  return h(
    "button",
    {
      type: "button",
      class: "quiet",
      "data-key": "bot",
      "data-action": label,
      on: { click: () => app.perform(() => server.setBot(app.me, space.name, !space.botMember)) },
    },
    label,
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
    { class: "tabs", "aria-label": "Onderdelen van dit gesprek" },
    tab("home", "Startpagina"),
    tab("chat", "Berichten"),
  );
}

/** The heading above a conversation. */
export function conversationHeading(app, space) {
  const name = spaceName(app, space);
  const bot = isBotChat(app, space);
  return [
    h(
      "a",
      { href: addressOf({ as: app.me }), class: "back", "data-key": "back", "data-action": "Terug" },
      h("span", { "aria-hidden": "true" }, "‹"),
      spoken("Terug naar je gesprekken"),
    ),
    space.type === "DIRECT_MESSAGE"
      ? portrait(name, bot)
      : h("span", { class: "portrait group", "aria-hidden": "true" }, [...name][0]),
    h("div", { class: "title" }, h("h2", {}, name), bot ? h("span", { class: "tag" }, "app") : null),
    space.type === "DIRECT_MESSAGE"
      ? null
      : h("div", { class: "tools" }, memberList(app, space), botSwitch(app, space)),
    bot && app.view.dialect === "classic" ? tabs(app, space) : null,
  ];
}

/** What a stranger sees before choosing: what this is, and what to do first. */
export function welcome(app) {
  if (app.view) {
    return h(
      "div",
      { class: "welcome" },
      h("h2", {}, `Dag ${app.nameOf(app.me).split(" ")[0]}`),
      h(
        "p",
        {},
        "Kies links een gesprek. In ",
        h("strong", {}, app.view.bot.displayName),
        " stel je zelf een vraag; in een groep zie je wat de klas ziet.",
      ),
    );
  }
  return h(
    "div",
    { class: "welcome" },
    h("h2", {}, "Probeer Protocolbot uit"),
    h(
      "p",
      {},
      "Dit lijkt op Google Chat, maar alles gebeurt op deze computer. De mensen zijn verzonnen en er gaat niets naar buiten.",
    ),
    h(
      "ol",
      {},
      h("li", {}, "Kies links wie je wilt zijn: een leerling, een docent of iemand van de leiding."),
      h(
        "li",
        {},
        "Open het gesprek met Protocolbot en typ een vraag, of typ ",
        h("kbd", {}, "/"),
        " voor de opdrachten.",
      ),
      h("li", {}, "Wissel van persoon en kijk wat een ander daarvan ziet."),
    ),
  );
}
