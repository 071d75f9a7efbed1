/** Behind the scenes: each event, answer and API call in full, with its times; to be searched, copied and sent again. */

import { realTime } from "./clock.js";
import { icon } from "./icons.js";
import { jsonNode, jsonText, parsed } from "./json.js";
import { freshId, h } from "./nodes.js";
import { callsDuring, stepsNode } from "./steps.js";
import { t } from "./words.js";
import * as server from "./server.js";

const FILTERS = { "": "inspect.all", event: "inspect.events", api: "inspect.apis", fault: "inspect.faults" };
const KEPT = 500;
const SLOW_MS = 1000;

const isEmpty = (value) => value === null || value === undefined || value === "";

function part(app, title, value) {
  if (isEmpty(value)) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(jsonText(value));
    app.toast(t("inspect.copied"));
  };
  return h(
    "section",
    { class: "part" },
    h(
      "div",
      { class: "part-bar" },
      h("h4", {}, title),
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          title: t("inspect.copy"),
          "aria-label": `${t("inspect.copy")}: ${title}`,
          on: { click: copy },
        },
        icon("copy", 16),
      ),
    ),
    jsonNode(value, title),
  );
}

function replayButtons(app, entry) {
  const send = async (how) => {
    const outcome = await app.attempt(() => server.replay(entry.id, how));
    if (outcome?.error) app.alarm(outcome.error);
    else if (outcome) app.toast(t("inspect.resent"));
    app.refresh();
  };
  const button = (how, action, words, hint) =>
    h(
      "button",
      { type: "button", class: "quiet", title: hint, "data-action": action, on: { click: () => send(how) } },
      icon(how === "retry" ? "replay" : "play", 18),
      words,
    );
  return h(
    "div",
    { class: "replay" },
    button("retry", "Stuur nog eens", t("inspect.retry"), t("inspect.retry-hint")),
    button("new", "Stuur als nieuw", t("inspect.again"), t("inspect.again-hint")),
  );
}

function details(app, entry, log) {
  const event = entry.kind === "event";
  const replayable = event && (entry.replayable ?? app.offers("replay"));
  return [
    entry.note ? h("p", { class: "note" }, entry.note) : null,
    replayable && app.offers("replay") ? replayButtons(app, entry) : null,
    event ? stepsNode(entry, callsDuring(entry, log.entries()), log.open) : null,
    part(app, t(event ? "inspect.sent" : "inspect.asked"), entry.request),
    part(app, t(event ? "inspect.answered" : "inspect.chat-answered"), entry.response),
  ];
}

const short = (text) => (text && text.length > 90 ? `${text.slice(0, 90)}…` : text);

/** What an event was about in a few words: the function that was called, or what somebody typed. */
function about(entry) {
  const body = entry.kind === "event" ? parsed(entry.request) : null;
  if (!body || typeof body !== "object") return null;
  const common = body.commonEventObject ?? body.common ?? {};
  const chat = body.chat ?? {};
  const message = body.message ?? chat.messagePayload?.message ?? chat.appCommandPayload?.message;
  const called = common.invokedFunction ?? body.action?.actionMethodName;
  return called ?? short(message?.argumentText?.trim() || message?.text);
}

function figures(entry) {
  const took = isEmpty(entry.ms) ? null : `${Math.round(entry.ms)} ms`;
  return [entry.status, took, realTime(entry.at)].filter(Boolean).join(" · ");
}

function entryNode(app, entry, log) {
  const failed = entry.kind === "fault" || Number(entry.status) >= 400;
  const slow = Number(entry.ms) >= SLOW_MS;
  const node = h(
    "details",
    {
      class: `entry ${entry.kind} ${failed ? "failed" : ""} ${slow ? "slow" : ""}`,
      "data-log": entry.id,
      "data-kind": entry.kind,
    },
    h(
      "summary",
      {},
      h("span", { class: "kind" }, t(`inspect.${entry.kind}`)),
      h("strong", {}, entry.title),
      about(entry) ? h("span", { class: "about" }, about(entry)) : null,
      h("span", { class: "figures" }, figures(entry)),
    ),
  );
  // A body of thirty kilobytes is built when somebody wants to see it.
  node.addEventListener("toggle", () => {
    if (node.open && node.children.length === 1) node.append(...details(app, entry, log).filter(Boolean));
  });
  return node;
}

function kindFilter(chosen) {
  const radio = (kind) =>
    h("input", { type: "radio", name: "kind", value: kind, checked: kind === "", on: { change: () => chosen(kind) } });
  const choices = Object.entries(FILTERS).map(([kind, words]) => h("label", {}, radio(kind), h("span", {}, t(words))));
  return h("fieldset", { class: "filter" }, h("legend", { class: "spoken" }, t("inspect.kind")), choices);
}

function searchBox(changed) {
  const field = h("input", {
    id: freshId("search"),
    type: "search",
    autocomplete: "off",
    placeholder: t("inspect.search"),
    "aria-label": t("inspect.search"),
    "data-search": true,
    on: { input: () => changed(field.value.trim().toLowerCase()) },
  });
  return h("div", { class: "search" }, icon("search", 18), field);
}

const haystack = (entry) =>
  [entry.title, entry.note, entry.status, jsonText(entry.request ?? ""), jsonText(entry.response ?? "")]
    .join("\n")
    .toLowerCase();

/** The log of the simulator for the panel: {title, action, node, draw(), clear()}; draw() fetches what is new. */
export function createInspector(app) {
  let last = 0;
  let fetching = null;
  let kind = "";
  let wanted = "";
  const rows = [];
  const list = h("div", { class: "entries" });
  const line = h("p", { class: "empty", role: "status" });
  const fits = (row) => (!kind || row.entry.kind === kind) && (!wanted || row.text.includes(wanted));
  const sift = () => {
    let count = 0;
    for (const row of rows) {
      row.node.hidden = !fits(row);
      if (!row.node.hidden) count += 1;
    }
    const none = t(rows.length ? "inspect.no-hits" : "inspect.empty");
    line.textContent = count === 0 ? none : wanted ? t("inspect.hits", { count }) : "";
    line.hidden = !line.textContent;
  };
  const open = (id) => {
    const { node } = rows.find(({ entry }) => entry.id === id);
    Object.assign(node, { hidden: false, open: true });
    node.querySelector("summary").focus();
    node.scrollIntoView({ block: "nearest" });
  };
  const all = { entries: () => rows.map(({ entry }) => entry), open };
  const add = (entry) => {
    const row = { entry, text: haystack(entry), node: entryNode(app, entry, all) };
    rows.unshift(row);
    list.prepend(row.node);
    while (rows.length > KEPT) rows.pop().node.remove();
    last = Math.max(last, entry.id);
  };
  const clear = () => {
    rows.length = 0;
    list.replaceChildren();
    last = 0;
  };
  const fetchNew = async () => {
    for (const entry of (await app.attempt(() => server.log(last))) ?? []) add(entry);
    sift();
    fetching = null;
  };
  const filter = kindFilter((chosen) => {
    kind = chosen;
    sift();
  });
  const search = searchBox((text) => {
    wanted = text;
    sift();
  });
  const node = h("div", { class: "inspector" }, h("div", { class: "sieve" }, search, filter), line, list);
  const draw = () => (fetching ??= fetchNew());
  return { title: t("inspect.title"), action: "Inspecteur", sign: "inspect", node, draw, clear };
}
