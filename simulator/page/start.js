/** Starts the page: who is here and where (from the address), what the server says, and which part must be drawn again. */

import { addressOf, readAddress } from "./address.js";
import { cardNode } from "./cards.js";
import { createClock } from "./clock.js";
import { createComposer } from "./composer.js";
import { createDialogs } from "./dialog.js";
import { createLog } from "./messages.js";
import { icon } from "./icons.js";
import { h, replaceKeepingFocus } from "./nodes.js";
import { createNotices, createWatch } from "./notices.js";
import { welcome } from "./people.js";
import { conversationHeading, createList, isBotChat, spaceName } from "./view.js";
import { createForm } from "./widgets.js";
import { fillIn, t } from "./words.js";
import { createWorkshop } from "./workshop.js";
import * as server from "./server.js";

const RETRY_MS = 2000;
const BUSY_AFTER_MS = 400;

const pause = (ms) =>
  new Promise((resume) => {
    setTimeout(resume, ms);
  });

function homePage(app, space) {
  if (!app.home) {
    const line = app.waiting ? t("home.loading") : t("home.none", { bot: app.view.bot.displayName });
    return h("div", { class: "home" }, h("p", { class: "empty", role: "status" }, line));
  }
  const context = { app, form: createForm(), target: { space: space.name }, inDialog: false, heading: 3 };
  const node = h("div", { class: "home", "data-home": true, tabindex: "0" }, cardNode(app.home, context));
  context.form.root = node;
  return node;
}

/** The parts of one conversation, or of the bot's home page. */
function conversationParts(app, space, draft) {
  const home = app.tab === "home";
  const log = home ? null : createLog(app, space, t("log.label", { name: spaceName(app, space) }));
  return {
    heading: h("header", { class: "conversation-head" }),
    middle: h("div", { class: "middle" }, log?.node),
    busy: h("p", { class: "busy", role: "status" }),
    log,
    composer: home ? null : createComposer(app, space, draft),
    drawn: {},
  };
}

function drawParts(app, space, parts) {
  const { drawn, heading, middle, busy } = parts;
  const now = {
    head: JSON.stringify([space, app.tab, app.view.dialect]),
    home: JSON.stringify(app.home ?? app.waiting > 0),
  };
  if (now.head !== drawn.head) replaceKeepingFocus(heading, conversationHeading(app, space));
  if (app.tab === "home" && now.home !== drawn.home) replaceKeepingFocus(middle, homePage(app, space));
  parts.drawn = now;
  parts.log?.draw();
  parts.composer?.draw();
  const waits = app.waitsLong ? t("log.busy", { bot: app.view.bot.displayName }) : "";
  if (busy.textContent !== waits) busy.textContent = waits;
}

/** The middle column. Returns {draw(), fill(text), focus()}; a new log and composer are made only for another person, space or tab. */
function createConversation(app, container) {
  const drafts = new Map();
  let place = null;
  let parts = null;
  let welcomed = null;
  const moveTo = (wanted) => {
    if (parts?.composer) drafts.set(place, parts.composer.text());
    [place, parts] = [wanted, null];
  };
  const draw = () => {
    const space = app.currentSpace();
    document.body.dataset.pane = app.view ? (app.space ? "chat" : "list") : "start";
    const wanted = space ? `${app.me} ${space.name} ${app.tab} ${space.botMember}` : null;
    if (wanted !== place) moveTo(wanted);
    if (!space) {
      const state = JSON.stringify([app.me, app.people, app.bot, Boolean(app.view)]);
      if (state !== welcomed) container.replaceChildren(welcome(app));
      welcomed = state;
      return;
    }
    welcomed = null;
    if (!parts) {
      parts = conversationParts(app, space, drafts.get(place) ?? "");
      container.replaceChildren(
        parts.heading,
        parts.middle,
        parts.busy,
        ...(parts.composer ? [parts.composer.node] : []),
      );
    }
    drawParts(app, space, parts);
  };
  return {
    draw,
    fill: (text) => parts?.composer?.fill(text),
    focus: () => (parts?.composer ?? container).focus(),
  };
}

/** Everything that the parts share: the choice, what the server said last, and the ways to act on it. */
function createApp() {
  const notices = createNotices(document.getElementById("alarm"), document.getElementById("toast"));
  const app = {
    me: null,
    space: null,
    tab: "chat",
    people: [],
    bot: null,
    view: null,
    messages: [],
    home: null,
    thread: null,
    unreadAtOpening: 0,
    firstNew: undefined,
    opened: false,
    waiting: 0,
    waitsLong: false,
    toast: notices.toast,
    alarm: notices.alarm,
    calm: notices.calm,
    draw: () => {},
    isWide: () => matchMedia("(min-width: 761px)").matches,
    offers: (what) => (app.view?.can ?? []).includes(what),
    currentSpace: () => app.view?.spaces.find(({ name }) => name === app.space),
    nameOf(user) {
      if (user === "users/all") return t("everybody");
      if (user === app.bot?.user) return app.bot.displayName;
      return app.people.find((person) => person.user === user)?.displayName ?? user;
    },
    answerIn(name, title) {
      app.thread = name ? { name, title } : null;
      app.draw();
      if (name) app.focusComposer();
    },
  };
  app.dialogs = createDialogs(app);
  return app;
}

/** Call the control API; a refusal is told and gives null. */
async function attempt(app, call) {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof server.ServerError)) throw error;
    app.alarm(error.message);
    return null;
  }
}

/** Do what an outcome says: an error, a dialog that opened, moved on or closed, a notification, a new home page. */
function apply(app, outcome, { keep = {}, inDialog = false }) {
  if (outcome.dialog) app.dialogs.show(outcome.dialog, keep);
  else if (outcome.closed) app.dialogs.close();
  if (outcome.home) app.home = outcome.home;
  if (outcome.notification) app.toast(outcome.notification);
  if (!outcome.error) return;
  if (inDialog && app.dialogs.open()) app.dialogs.tell(outcome.error);
  else app.alarm(outcome.error);
}

/** Let a person act: one control call, its outcome shown, then everything fetched again. Gives null when the server refused. */
async function perform(app, call, options = {}) {
  const as = app.me;
  app.calm();
  app.waiting += 1;
  const slow = setTimeout(() => {
    app.waitsLong = true;
    app.draw();
  }, BUSY_AFTER_MS);
  const outcome = await attempt(app, call);
  clearTimeout(slow);
  app.waiting -= 1;
  app.waitsLong = app.waitsLong && app.waiting > 0;
  if (outcome && app.me === as) apply(app, outcome, options);
  await app.refresh();
  return outcome;
}

/** App home stands beside the bot's direct message, in the classic dialect only. */
function hasHome(app) {
  const space = app.currentSpace();
  return app.view.dialect === "classic" && Boolean(space) && isBotChat(app, space);
}

/** Fetch what the chosen person sees now; false when the choice changed meanwhile. */
async function fetchAll(app) {
  const { me, space } = app;
  if (!me) return true;
  const [view, people] = await Promise.all([server.view(me), server.people()]);
  const found = view.spaces.some(({ name }) => name === space);
  const messages = found ? await server.messages(me, space) : [];
  if (app.me !== me || app.space !== space) return false;
  if (found && !app.opened) {
    app.opened = true;
    app.unreadAtOpening = Number(view.spaces.find(({ name }) => name === space).unread);
  }
  Object.assign(app, { view, messages, people, bot: view.bot });
  if (!hasHome(app)) app.tab = "chat";
  if (!found && (space || app.isWide()) && view.spaces.length)
    location.replace(addressOf({ as: me, space: view.spaces[0].name }));
  return true;
}

/** One refresh at a time; whoever asks meanwhile gets one more after it. */
function createRefresh(app, drawAll) {
  let running = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      if ((await attempt(app, () => fetchAll(app))) === false) again = true;
    } while (again);
    drawAll();
  };
  return () => {
    if (running) again = true;
    else
      running = run().finally(() => {
        running = null;
      });
    return running;
  };
}

/** Follow the server's changes for as long as the page is open; a lower version means that the simulator began anew. */
async function follow(app) {
  let version = app.view?.version ?? 0;
  let lost = false;
  for (;;) {
    try {
      const { version: next } = await server.changes(version);
      if (next < version) location.reload();
      if (lost) app.calm();
      if (lost || next !== version) await app.refresh();
      [version, lost] = [next, false];
    } catch (error) {
      if (!(error instanceof server.ServerError)) throw error;
      lost = true;
      app.alarm(error.message);
      await pause(RETRY_MS);
    }
  }
}

/** Take over the choice that the address carries. */
async function arrive(app) {
  const { as, space, tab } = readAddress();
  const someoneElse = as !== app.me;
  const elsewhere = someoneElse || space !== app.space || tab !== app.tab;
  if (someoneElse) app.dialogs.close();
  const known = app.people.some(({ user }) => user === as);
  if (as && !known) app.alarm(t("server.unknown-person", { user: as }));
  Object.assign(app, { me: known ? as : null, space: known ? space : null, tab, thread: null });
  if (someoneElse) Object.assign(app, { view: null, messages: [] });
  if (elsewhere)
    Object.assign(app, { home: null, messages: [], unreadAtOpening: 0, firstNew: undefined, opened: false });
  await app.refresh();
  if (elsewhere && app.tab === "home") await app.perform(() => server.home(app.me));
  if (elsewhere && app.currentSpace() && !app.dialogs.open()) app.focusComposer();
}

/** On a phone: who you are, as a link to where you can become somebody else. */
function identity(app) {
  const me = app.people.find(({ user }) => user === app.me);
  if (!me) return [];
  const name = t("me.you-are", { name: me.displayName });
  return [h("a", { href: addressOf({ as: me.user }), "data-key": "identity" }, name, h("span", {}, ` · ${me.label}`))];
}

/** On a narrow screen the clock's hands and the workshop wait behind one button. */
function unfold(button, bar) {
  const set = (open) => {
    bar.dataset.open = String(open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.append(icon("more", 24));
  button.addEventListener("click", () => set(bar.dataset.open !== "true"));
  bar.addEventListener("click", (event) => event.target.closest("[aria-pressed]") && set(false));
  document.addEventListener("pointerdown", (event) => {
    if (bar.dataset.open === "true" && !bar.contains(event.target)) set(false);
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || bar.dataset.open !== "true") return;
    set(false);
    button.focus();
  });
  set(false);
}

/** Who the bot is and what time it is, before anybody was chosen. */
async function lookAround(app, clock) {
  const first = app.people[0];
  const seen = first && (await app.attempt(() => server.view(first.user)));
  if (!seen) return;
  app.bot = seen.bot;
  clock.show(seen.now);
  document.title = t("page.title", { bot: seen.bot.displayName });
}

async function start() {
  fillIn(document);
  const part = (id) => document.getElementById(id);
  const app = createApp();
  app.attempt = (call) => attempt(app, call);
  app.perform = (call, options) => perform(app, call, options);
  const clock = createClock(app, part("clock"), part("hands"));
  const conversation = createConversation(app, part("conversation"));
  const list = createList(app, part("list"));
  const workshop = createWorkshop(app, part("panel"), part("switches"));
  const watch = createWatch(app, part("news"));
  unfold(part("more"), part("top"));
  part("mark").append(icon("chat", 22));
  app.focusComposer = () => conversation.focus();
  app.fillComposer = (text) => conversation.fill(text);
  app.draw = () => conversation.draw();
  app.refresh = createRefresh(app, () => {
    if (app.view) clock.show(app.view.now);
    part("identity").replaceChildren(...identity(app));
    if (app.bot) document.title = t("page.title", { bot: app.bot.displayName });
    [list, conversation, workshop].forEach((one) => one.draw());
    watch.look();
  });
  part("skip").addEventListener("click", () => part("conversation").focus());
  for (let people = null; !people;) {
    people = await app.attempt(server.people);
    if (people) app.people = people;
    else await pause(RETRY_MS);
  }
  app.calm();
  await lookAround(app, clock);
  addEventListener("hashchange", () => arrive(app));
  await arrive(app);
  document.body.dataset.ready = "true";
  follow(app);
}

start();
