/** The conversation: messages in their threads, whose they are and who may see them; only what changed is drawn again. */

import { cardNode, buttonRow } from "./cards.js";
import { dayOf, hourOf } from "./clock.js";
import { icon } from "./icons.js";
import { freshId, groupSign, h, portrait } from "./nodes.js";
import { chatText } from "./texts.js";
import { createForm } from "./widgets.js";
import { t } from "./words.js";

/** Messages of one person that follow each other within this time stand together under one name. */
const TOGETHER_MS = 5 * 60 * 1000;
const JUST_CHANGED_MS = 2500;
/** How many commands an empty conversation with the bot shows to begin with. */
const FIRST_STEPS = 6;

const threadOf = (message) => message.thread?.name ?? message.thread ?? message.name;
const isBot = (app, message) => message.sender.type === "BOT" || message.sender.name === app.view.bot.user;
/** In a direct message a typed command needs no mark: nobody else is there. */
const isPrivate = (message, space) =>
  Boolean(message.privateTo || (message.onlyYou && space.type !== "DIRECT_MESSAGE"));

/** Whether a message may stand under the name of the one before it. */
function follows(app, before, message) {
  if (!before || before.deleted || message.deleted) return false;
  const apart = Date.parse(message.createTime) - Date.parse(before.createTime);
  return (
    before.sender.name === message.sender.name &&
    apart < TOGETHER_MS &&
    Boolean(before.privateTo) === Boolean(message.privateTo) &&
    dayOf(before.createTime) === dayOf(message.createTime)
  );
}

/** Messages in reading order, each with whether it is a reply inside a thread, and whether it follows its own sender. */
function inThreads(app, messages, threaded) {
  const threads = threaded ? [...Map.groupBy(messages, threadOf).values()] : [messages];
  return threads.flatMap((thread) =>
    thread.map((message, index) => ({
      message,
      reply: threaded && index > 0,
      last: !threaded || index === thread.length - 1,
      same: index > (threaded ? 1 : 0) && follows(app, thread[index - 1], message),
    })),
  );
}

function audience(message, space) {
  if (!isPrivate(message, space)) return null;
  return h("p", { class: "only-you" }, icon("eye", 16), t("log.only-you"));
}

function body(app, message, context) {
  if (message.deleted) return [h("p", { class: "deleted" }, icon("delete", 16), t("log.deleted"))];
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
    h("span", { class: "sender" }, mine ? t("log.you", { name }) : name),
    bot ? h("span", { class: "tag" }, t("app")) : null,
    h("time", { datetime: message.createTime }, hourOf(message.createTime)),
    message.edited && !message.deleted ? h("span", { class: "edited" }, t("log.edited")) : null,
  );
}

/** A command that only its sender sees starts nothing that others could join. */
function canAnswer(message, space) {
  const ownCommand = message.onlyYou && !message.privateTo;
  return space.type !== "DIRECT_MESSAGE" && !message.deleted && !ownCommand;
}

function answerButton(app, message, name) {
  const click = () => app.answerIn(threadOf(message), name);
  return h(
    "button",
    { type: "button", class: "answer", "data-action": "Reageer", on: { click } },
    icon("reply", 16),
    t("log.reply"),
  );
}

function messageNode(app, { message, reply, last, same }, space) {
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
  const kind = [
    bot && "by-bot",
    mine && "mine",
    reply && "reply",
    same && "same",
    isPrivate(message, space) && "private",
  ]
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
      last && canAnswer(message, space) ? answerButton(app, message, name) : null,
    ),
  );
  context.form.root = node;
  return node;
}

function dayNode(instant) {
  return h("p", { class: "day" }, h("span", {}, dayOf(instant)));
}

const newNode = () => h("p", { class: "new-line" }, h("span", {}, t("log.new")));

/** The first message that was not read when this conversation was opened, or undefined. */
function firstUnread(app) {
  if (!app.unreadAtOpening) return undefined;
  const others = app.messages.filter(({ sender }) => sender.name !== app.me);
  app.firstNew ??= others.at(-Math.min(app.unreadAtOpening, others.length))?.name;
  return app.firstNew;
}

/** The wanted children in order: [key, state that decides on a rebuild, builder]. */
function plan(app, space) {
  const wanted = [];
  const unread = firstUnread(app);
  let day = "";
  for (const entry of inThreads(app, app.messages, space.type !== "DIRECT_MESSAGE")) {
    const { message, reply, last, same } = entry;
    if (!reply && dayOf(message.createTime) !== day) {
      day = dayOf(message.createTime);
      wanted.push([`day ${message.name}`, day, () => dayNode(message.createTime)]);
    }
    if (message.name === unread) wanted.push(["new", "", newNode]);
    const state = JSON.stringify([message, reply, last, same]);
    wanted.push([message.name, state, () => messageNode(app, entry, space)]);
  }
  return wanted;
}

/** Begin at what is new, or at the end. */
function startReading(log) {
  const line = log.querySelector(".new-line");
  log.scrollTop = line ? line.offsetTop - log.offsetTop - 12 : log.scrollHeight;
}

/** What is new is shown to whoever read on to the end, and to whoever just said something. */
function keepAtHand(log, fresh, wasAtEnd) {
  if (!fresh.length) return;
  const said = fresh.some((node) => node.classList?.contains("mine"));
  const end = log.scrollHeight - log.clientHeight;
  const firstNew = fresh[0].offsetTop - log.offsetTop - 12;
  if (wasAtEnd || said) log.scrollTop = Math.min(end, Math.max(log.scrollTop, firstNew));
}

/** Put the new version in place; whoever stood on a button stands on the button of that name again, or on the message. */
function replaceMessage(old, made) {
  const stood = old.contains(document.activeElement) ? document.activeElement.dataset.action : null;
  const hadFocus = stood !== null;
  old.replaceWith(made);
  made.classList.add("changed");
  setTimeout(() => made.classList.remove("changed"), JUST_CHANGED_MS);
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

/** A few commands to begin with; a press puts one in the text box. */
function firstSteps(app) {
  const slash = app.view.commands.filter(({ type }) => type === "SLASH").slice(0, FIRST_STEPS);
  if (!slash.length) return null;
  const step = (command) =>
    h(
      "button",
      {
        type: "button",
        class: "outlined step",
        "data-try": command.name,
        on: { click: () => app.fillComposer(command.opensDialog ? command.name : `${command.name} `) },
      },
      h("strong", {}, command.name),
      h("span", {}, command.description),
    );
  return h("div", { class: "first-steps", role: "group", "aria-label": t("log.try") }, slash.map(step));
}

function nothingYet(app, space) {
  const direct = space.type === "DIRECT_MESSAGE";
  const bot = direct && (!space.with || space.with === app.view.bot.user);
  const name = direct ? app.nameOf(space.with ?? app.view.bot.user) : space.displayName;
  return h(
    "div",
    { class: "nothing" },
    direct ? portrait(name, bot) : groupSign(name),
    h("p", { class: "place-name" }, name),
    h("p", { class: "empty" }, t(direct ? "log.empty-direct" : "log.empty-group")),
    bot ? firstSteps(app) : null,
  );
}

/** A log of one space. Returns {node, draw()}; draw touches only messages that changed, so that focus and typed input stay. */
export function createLog(app, space, label) {
  const empty = nothingYet(app, space);
  const node = h("div", {
    class: `log ${space.type === "DIRECT_MESSAGE" ? "direct" : "group"}`,
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
    if (!opened) startReading(node);
    else keepAtHand(node, fresh, wasAtEnd);
    opened = true;
  };
  return { node, draw };
}
