/** Who one can be: the first sheet with everybody on it, and the card that says who you are and lets you switch. */

import { disclose, freshId, h, portrait, spoken } from "./nodes.js";
import { icon } from "./icons.js";
import { addressOf } from "./address.js";
import { t } from "./words.js";

/** The group that stays open when somebody else is chosen, so that one sees at once what the other sees. */
function staysOpen(app) {
  const space = app.view?.spaces.find(({ name }) => name === app.space);
  return space?.type === "SPACE" && app.isWide() ? space.name : null;
}

/** How many messages wait: a number on a badge, with words for who cannot see it. */
export const unreadBadge = (count) => h("span", { class: "badge" }, count, spoken(t("list.unread", { count })));

function personLink(app, person) {
  const address = addressOf({ as: person.user, space: staysOpen(app) });
  const waiting = person.user === app.me ? 0 : Number(person.unread ?? 0);
  return h(
    "li",
    {},
    h(
      "a",
      {
        href: address,
        class: "person",
        "data-user": person.user,
        "data-key": `person ${person.user}`,
        "aria-current": person.user === app.me ? "true" : null,
      },
      portrait(person.displayName),
      h("span", { class: "who" }, h("strong", {}, person.displayName), h("span", {}, person.label)),
      waiting ? unreadBadge(waiting) : null,
    ),
    h(
      "a",
      {
        href: address,
        class: "icon-button window",
        target: "_blank",
        title: t("me.window", { name: person.displayName }),
        "aria-label": t("me.window", { name: person.displayName }),
      },
      icon("link", 18),
    ),
  );
}

/** The people to be, by group, as links that choose one. */
function peopleList(app) {
  const groups = Map.groupBy(app.people, (person) => person.group || t("start.others"));
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
          members.map((person) => personLink(app, person)),
        ),
      );
    }),
  );
}

/** The card with who you are; it opens the list of everybody else. */
export function whoAmI(app) {
  const me = app.people.find(({ user }) => user === app.me);
  const elsewhere = app.people.some(({ user, unread }) => user !== app.me && unread > 0);
  const panel = h("div", { class: "chooser" }, h("h2", {}, t("start.title")), peopleList(app));
  const button = h(
    "button",
    { type: "button", class: "me", "data-key": "me", "data-me": app.me },
    portrait(me.displayName),
    h(
      "span",
      { class: "who" },
      h("span", { class: "are" }, t("me.are")),
      h("strong", {}, me.displayName),
      h("span", {}, me.label),
    ),
    h("span", { class: `switch${elsewhere ? " waiting" : ""}` }, icon("swap", 18), t("me.switch")),
  );
  disclose(button, panel, {
    onOpen: () => panel.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }),
  });
  return [button, panel];
}

function chooseSomebody(app) {
  const bot = app.bot?.displayName ?? t("app");
  return h(
    "div",
    { class: "sheet" },
    h("h2", { tabindex: "-1" }, t("start.title")),
    h("p", { class: "lead" }, t("start.lead")),
    h(
      "ol",
      {},
      ["start.step-1", "start.step-2", "start.step-3"].map((step) => h("li", {}, t(step, { bot }))),
    ),
    peopleList(app),
  );
}

/** What a stranger sees before choosing, and what somebody sees who has no conversation open. */
export function welcome(app) {
  if (!app.view) return chooseSomebody(app);
  return h(
    "div",
    { class: "welcome" },
    portrait(app.view.bot.displayName, true),
    h("h2", {}, t("start.hello", { name: app.nameOf(app.me).split(" ")[0] })),
    h("p", {}, t("start.pick", { bot: app.view.bot.displayName })),
  );
}
