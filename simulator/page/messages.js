/** The conversation: messages in their threads, who may see them, and what a phone's lock screen would show of them. */

import { cardNode, buttonRow } from "./cards.js";
import { dayOf, hourOf } from "./clock.js";
import { chatText, freshId, h, plainText, portrait } from "./nodes.js";
import { createForm } from "./widgets.js";
import * as server from "./server.js";

const threadOf = (message) => message.thread?.name ?? message.thread ?? message.name;
const isBot = (app, message) => message.sender.type === "BOT" || message.sender.name === app.view.bot.user;
/** In a direct message a typed command needs no mark: nobody else is there. */
const isPrivate = (message, space) =>
  Boolean(message.privateTo || (message.onlyYou && space.type !== "DIRECT_MESSAGE"));

/** Messages in reading order, each with whether it is a reply inside a thread. */
function inThreads(messages, threaded) {
  if (!threaded) return messages.map((message) => ({ message, reply: false, last: true }));
  const threads = [...Map.groupBy(messages, threadOf).values()];
  return threads.flatMap((thread) =>
    thread.map((message, index) => ({ message, reply: index > 0, last: index === thread.length - 1 })),
  );
}

function audience(message, space) {
  if (!isPrivate(message, space)) return null;
  return h("p", { class: "only-you" }, h("span", { class: "eye", "aria-hidden": "true" }), "Alleen zichtbaar voor jou");
}

function body(app, message, context) {
  if (message.deleted) return [h("p", { class: "deleted" }, "Dit bericht is verwijderd.")];
  return [
    message.text ? h("div", { class: "text" }, chatText(message.text, app.nameOf)) : null,
    (message.cardsV2 ?? []).map(({ card }) => cardNode(card ?? {}, context)),
    message.accessoryWidgets?.length
      ? h(
          "div",
          { class: "accessory" },
          message.accessoryWidgets.map((widget) => buttonRow(widget, context)),
        )
      : null,
  ];
}

function sentBy(message, { id, name, bot, mine }) {
  return h(
    "h3",
    { id },
    h("span", { class: "sender" }, mine ? `${name} (jij)` : name),
    bot ? h("span", { class: "tag" }, "app") : null,
    h("time", { datetime: message.createTime }, hourOf(message.createTime)),
    message.edited && !message.deleted ? h("span", { class: "edited" }, "bewerkt") : null,
  );
}

function answerButton(app, message, name) {
  const click = () => app.answerIn(threadOf(message), name);
  return h("button", { type: "button", class: "answer", "data-action": "Reageer", on: { click } }, "Reageer");
}

function messageNode(app, { message, reply, last }, space) {
  const bot = isBot(app, message);
  const mine = message.sender.name === app.me;
  const name = bot ? app.view.bot.displayName : (message.sender.displayName ?? app.nameOf(message.sender.name));
  const context = {
    form: createForm(),
    target: { space: space.name, message: message.name },
    inDialog: false,
    heading: 4,
    app,
  };
  const kind = [bot && "by-bot", mine && "mine", reply && "reply", isPrivate(message, space) && "private"]
    .filter(Boolean)
    .join(" ");
  const id = freshId("from");
  const node = h(
    "article",
    { class: `message ${kind}`, "data-message": message.name, "data-thread": threadOf(message), "aria-labelledby": id },
    portrait(name, bot),
    h(
      "div",
      { class: "content" },
      sentBy(message, { id, name, bot, mine }),
      audience(message, space),
      body(app, message, context),
      last && space.type !== "DIRECT_MESSAGE" && !message.deleted ? answerButton(app, message, name) : null,
    ),
  );
  context.form.root = node;
  return node;
}

function dayNode(instant) {
  return h("p", { class: "day" }, h("span", {}, dayOf(instant)));
}

/** The wanted children in order: [key, state that decides on a rebuild, builder]. */
function plan(app, space) {
  const wanted = [];
  let day = "";
  for (const entry of inThreads(app.messages, space.type !== "DIRECT_MESSAGE")) {
    const { message, reply, last } = entry;
    if (!reply && dayOf(message.createTime) !== day) {
      day = dayOf(message.createTime);
      wanted.push([`day ${message.name}`, day, () => dayNode(message.createTime)]);
    }
    wanted.push([message.name, JSON.stringify([message, reply, last]), () => messageNode(app, entry, space)]);
  }
  return wanted;
}

function keepAtHand(log, fresh, wasAtEnd) {
  if (!fresh.length) return;
  const end = log.scrollHeight - log.clientHeight;
  const firstNew = fresh[0].offsetTop - log.offsetTop - 12;
  if (wasAtEnd) log.scrollTop = Math.min(end, Math.max(log.scrollTop, firstNew));
}

/** Put the new version in place; whoever stood on a button stands on the button of that name again, or on the message. */
function replaceMessage(old, made) {
  const stood = old.contains(document.activeElement) ? document.activeElement.dataset.action : null;
  const hadFocus = stood !== null;
  old.replaceWith(made);
  if (!hadFocus) return;
  const same = stood && made.querySelector(`[data-action="${CSS.escape(stood)}"]`);
  if (!same) made.tabIndex = -1;
  (same || made).focus({ preventScroll: true });
}

/** Make the children what is wanted, touching only what changed. Returns the nodes that are new. */
function bringAbout(node, shown, wanted) {
  const fresh = [];
  const keys = new Set(wanted.map(([key]) => key));
  for (const [key, old] of [...shown].filter(([name]) => !keys.has(name))) {
    old.node.remove();
    shown.delete(key);
  }
  let place = node.firstChild;
  for (const [key, state, build] of wanted) {
    const known = shown.get(key);
    if (known?.state !== state) {
      const made = build();
      if (known && place === known.node) place = made;
      if (known) replaceMessage(known.node, made);
      else fresh.push(made);
      shown.set(key, { node: made, state });
    }
    const current = shown.get(key).node;
    if (place === current) place = current.nextSibling;
    else node.insertBefore(current, place);
  }
  return fresh;
}

/** A log of one space. Returns {node, draw()}; draw touches only messages that changed, so that focus and typed input stay. */
export function createLog(app, space, label) {
  const empty = h(
    "p",
    { class: "empty" },
    space.type === "DIRECT_MESSAGE"
      ? "Nog geen berichten. Typ hieronder je vraag."
      : "Nog geen berichten in deze groep.",
  );
  const node = h("div", {
    class: "log",
    role: "log",
    "aria-label": label,
    "aria-relevant": "additions",
    tabindex: "0",
  });
  const shown = new Map();
  let opened = false;
  const draw = () => {
    const wasAtEnd = !opened || node.scrollHeight - node.scrollTop - node.clientHeight < 120;
    const wanted = plan(app, space);
    const fresh = bringAbout(node, shown, wanted);
    if (wanted.length) empty.remove();
    else node.append(empty);
    if (!opened) node.scrollTop = node.scrollHeight;
    else keepAtHand(node, fresh, wasAtEnd);
    opened = true;
  };
  return { node, draw };
}

function lockedLine(app, space, message) {
  const shown = message.text || message.fallbackText;
  return {
    at: message.createTime,
    title:
      space.type === "DIRECT_MESSAGE"
        ? app.nameOf(message.sender.name)
        : `${space.displayName} · ${app.nameOf(message.sender.name)}`,
    text: shown ? plainText(shown, app.nameOf) : "(kaart zonder tekst: de telefoon kiest zelf wat hij toont)",
    name: message.name,
  };
}

/** The last few lines that this person's locked phone would show, newest first. */
export async function lockScreenLines(app, most = 6) {
  const perSpace = await Promise.all(
    app.view.spaces.map(async (space) => {
      const messages = await server.messages(app.me, space.name);
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

/** A locked phone with those lines on it. */
export function lockScreen(lines, now) {
  return h(
    "div",
    { class: "phone", "data-lock-screen": true },
    h("p", { class: "big-clock" }, hourOf(now)),
    h("p", { class: "date" }, dayOf(now)),
    lines.length
      ? h(
          "ul",
          {},
          lines.map((line) =>
            h(
              "li",
              { "data-message": line.name },
              h("p", { class: "from" }, h("strong", {}, line.title), h("time", { datetime: line.at }, hourOf(line.at))),
              h("p", {}, line.text),
            ),
          ),
        )
      : h("p", { class: "empty" }, "Geen meldingen."),
  );
}
