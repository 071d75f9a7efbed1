/** The locked phone: what of the messages anybody could read over a shoulder, without opening anything. */

import { dayOf, hourOf } from "./clock.js";
import { icon } from "./icons.js";
import { h } from "./nodes.js";
import { plainText } from "./texts.js";
import { t } from "./words.js";
import * as server from "./server.js";

function lockedLine(app, space, message) {
  const shown = message.text || message.fallbackText;
  const sender = app.nameOf(message.sender.name);
  return {
    at: message.createTime,
    title: space.type === "DIRECT_MESSAGE" ? sender : `${space.displayName} · ${sender}`,
    text: shown ? plainText(shown, app.nameOf) : t("lock.bare"),
    name: message.name,
  };
}

/** The last few lines that this person's locked phone would show, newest first; nothing counts as read by it. */
async function lockScreenLines(app, most = 6) {
  const perSpace = await Promise.all(
    app.view.spaces.map(async (space) => {
      const messages = await server.peek(app.me, space.name);
      return messages
        .filter((message) => message.sender.name !== app.me && !message.deleted)
        .map((message) => lockedLine(app, space, message));
    }),
  );
  return perSpace
    .flat()
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, most);
}

function notification(line) {
  return h(
    "li",
    { "data-message": line.name },
    h(
      "p",
      { class: "from" },
      h("span", { class: "chat-sign", "aria-hidden": "true" }, icon("chat", 14)),
      h("strong", {}, line.title),
      h("time", { datetime: line.at }, hourOf(line.at)),
    ),
    h("p", { class: "words" }, line.text),
  );
}

/** A locked phone with those lines on it. */
function lockScreen(lines, now) {
  return h(
    "div",
    { class: "phone", "data-lock-screen": true },
    h("div", { class: "island", "aria-hidden": "true" }),
    h("p", { class: "padlock", "aria-hidden": "true" }, icon("lock", 18)),
    h("p", { class: "big-clock" }, hourOf(now)),
    h("p", { class: "date" }, dayOf(now)),
    lines.length ? h("ul", {}, lines.map(notification)) : h("p", { class: "empty" }, t("lock.none")),
  );
}

/** The view of the locked phone for the panel: {title, action, node, draw()}. */
export function createLockScreen(app) {
  const node = h("div", {});
  const draw = async () => {
    if (!app.view) {
      node.replaceChildren(h("p", { class: "empty" }, t("lock.who")));
      return;
    }
    const lines = await app.attempt(() => lockScreenLines(app));
    if (!lines || !app.view) return;
    const explained = h("p", { class: "hint" }, t("lock.explain", { name: app.nameOf(app.me) }));
    node.replaceChildren(lockScreen(lines, app.view.now), explained);
  };
  return { title: t("lock.title"), action: "Vergrendelscherm", sign: "phone", node, draw };
}
