/** Starts the page: who is here and where (from the address), what the server says, and which part must be drawn again. */

import { cardNode } from "./cards.js";
import { createClock } from "./clock.js";
import { createComposer } from "./composer.js";
import { createDialogs } from "./dialog.js";
import { createPanel } from "./inspector.js";
import { createLog } from "./messages.js";
import { h, replaceKeepingFocus } from "./nodes.js";
import { addressOf, conversationHeading, createList, isBotChat, readAddress, spaceName, welcome } from "./view.js";
import { createForm } from "./widgets.js";
import * as server from "./server.js";

const RETRY_MS = 2000;
const TOAST_MS = 7000;
const BUSY_AFTER_MS = 400;

const pause = (ms) =>
  new Promise((resume) => {
    setTimeout(resume, ms);
  });

/** A line at the bottom of the page; an alarm stays until closed, a toast goes by itself. */
function createNotices(alarmPlace, toastPlace) {
  let timer = 0;
  const toast = (text) => {
    clearTimeout(timer);
    toastPlace.textContent = text;
    timer = setTimeout(() => {
      toastPlace.textContent = "";
    }, TOAST_MS);
  };
  const calm = () => [alarmPlace, toastPlace].forEach((place) => place.replaceChildren());
  const alarm = (text) =>
    alarmPlace.replaceChildren(
      h("span", {}, text),
      h("button", { type: "button", class: "icon-button", "aria-label": "Melding sluiten", on: { click: calm } }, "×"),
    );
  return { toast, alarm, calm };
}

function homePage(app, space) {
  if (!app.home) {
    const line = app.waiting ? "De startpagina wordt geladen…" : "Protocolbot gaf geen startpagina. Kies Berichten.";
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
  const log = home ? null : createLog(app, space, `Berichten in ${spaceName(app, space)}`);
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
  busy.textContent = app.waitsLong ? `${app.view.bot.displayName} is bezig…` : "";
}

/** The middle column. Returns {draw(), focus()}; a new log and composer are made only for another person, space or tab. */
function createConversation(app, container) {
  const drafts = new Map();
  let place = null;
  let parts = null;
  const moveTo = (wanted) => {
    if (parts?.composer) drafts.set(place, parts.composer.text());
    [place, parts] = [wanted, null];
  };
  const draw = () => {
    const space = app.currentSpace();
    document.body.dataset.pane = app.space ? "chat" : "list";
    const wanted = space ? `${app.me} ${space.name} ${app.tab} ${space.botMember}` : null;
    if (wanted !== place) moveTo(wanted);
    if (!space) {
      container.replaceChildren(welcome(app));
      return;
    }
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
  return { draw, focus: () => (parts?.composer ?? container).focus() };
}

/** Everything that the parts share: the choice, what the server said last, and the ways to act on it. */
function createApp() {
  const notices = createNotices(document.getElementById("alarm"), document.getElementById("toast"));
  const app = {
    me: null,
    space: null,
    tab: "chat",
    people: [],
    view: null,
    messages: [],
    home: null,
    thread: null,
    waiting: 0,
    waitsLong: false,
    toast: notices.toast,
    alarm: notices.alarm,
    calm: notices.calm,
    draw: () => {},
    isWide: () => matchMedia("(min-width: 761px)").matches,
    currentSpace: () => app.view?.spaces.find(({ name }) => name === app.space),
    nameOf(user) {
      if (user === "users/all") return "iedereen";
      if (user === app.view?.bot.user) return app.view.bot.displayName;
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
  const view = await server.view(me);
  const found = view.spaces.some(({ name }) => name === space);
  const messages = found ? await server.messages(me, space) : [];
  if (app.me !== me || app.space !== space) return false;
  Object.assign(app, { view, messages });
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
  if (as && !known) app.alarm(`De proefomgeving kent ${as} niet. Kies iemand uit de lijst.`);
  Object.assign(app, { me: known ? as : null, space: known ? space : null, tab, thread: null });
  if (someoneElse) Object.assign(app, { view: null, messages: [] });
  if (elsewhere) Object.assign(app, { home: null, messages: [] });
  await app.refresh();
  if (elsewhere && app.tab === "home") await app.perform(() => server.home(app.me));
  if (elsewhere && app.currentSpace() && !app.dialogs.open()) app.focusComposer();
}

async function start() {
  const part = (id) => document.getElementById(id);
  const app = createApp();
  app.attempt = (call) => attempt(app, call);
  app.perform = (call, options) => perform(app, call, options);
  const clock = createClock(app, part("clock"));
  const conversation = createConversation(app, part("conversation"));
  const list = createList(app, part("list"));
  const panel = createPanel(app, part("panel"), part("switches"));
  app.focusComposer = () => conversation.focus();
  app.draw = () => conversation.draw();
  app.refresh = createRefresh(app, () => {
    if (app.view) clock.show(app.view.now);
    part("identity").textContent = app.me ? `Je bent ${app.nameOf(app.me)}` : "";
    [list, conversation, panel].forEach((one) => one.draw());
  });
  part("skip").addEventListener("click", () => part("conversation").focus());
  for (let people = null; !people;) {
    people = await app.attempt(server.people);
    if (people) app.people = people;
    else await pause(RETRY_MS);
  }
  app.calm();
  addEventListener("hashchange", () => arrive(app));
  await arrive(app);
  document.body.dataset.ready = "true";
  follow(app);
}

start();
