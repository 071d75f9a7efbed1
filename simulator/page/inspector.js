/** Behind the scenes: each event, answer and API call in full, the faults to switch on, and the locked phone. */

import { realTime } from "./clock.js";
import { lockScreen, lockScreenLines } from "./messages.js";
import { disclose, h, spoken } from "./nodes.js";
import * as server from "./server.js";

const KINDS = { event: "gebeurtenis", api: "API-aanroep", fault: "storing" };
const FILTERS = { "": "alles", event: "gebeurtenissen", api: "API-aanroepen", fault: "storingen" };
const KEPT = 500;

function pretty(value) {
  if (typeof value !== "string") return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}

function part(title, value) {
  if (value === null || value === undefined || value === "") return null;
  return [h("h4", {}, title), h("pre", { tabindex: "0", "aria-label": title }, pretty(value))];
}

function entryNode(entry) {
  const failed = entry.kind === "fault" || Number(entry.status) >= 400;
  return h(
    "details",
    { class: `entry ${entry.kind} ${failed ? "failed" : ""}`, "data-log": entry.id, "data-kind": entry.kind },
    h(
      "summary",
      {},
      h("span", { class: "kind" }, KINDS[entry.kind] ?? entry.kind),
      h("strong", {}, entry.title),
      h(
        "span",
        { class: "figures" },
        [
          entry.status,
          entry.ms === null || entry.ms === undefined ? null : `${Math.round(entry.ms)} ms`,
          realTime(entry.at),
        ]
          .filter(Boolean)
          .join(" · "),
      ),
    ),
    entry.note ? h("p", { class: "note" }, entry.note) : null,
    part(entry.kind === "event" ? "Wat Chat aan de bot stuurde" : "Wat de bot vroeg", entry.request),
    part(entry.kind === "event" ? "Wat de bot antwoordde" : "Wat Chat antwoordde", entry.response),
  );
}

function kindFilter(list) {
  const radio = (kind) => {
    const change = () => {
      list.dataset.only = kind;
    };
    return h("input", { type: "radio", name: "kind", value: kind, checked: kind === "", on: { change } });
  };
  const choices = Object.entries(FILTERS).map(([kind, text]) => h("label", {}, radio(kind), text));
  return h("fieldset", { class: "filter" }, h("legend", { class: "spoken" }, "Wat wil je zien?"), choices);
}

/** The log of the simulator; draw() fetches what is new. */
function createInspector(app) {
  let last = 0;
  let fetching = null;
  const list = h("div", { class: "entries" });
  const empty = h("p", { class: "empty" }, "Nog niets gebeurd. Typ een bericht en kijk wat er langskomt.");
  const node = h("div", {}, kindFilter(list), empty, list);
  const draw = () => {
    fetching ??= app
      .attempt(() => server.log(last))
      .then((entries) => {
        for (const entry of entries ?? []) {
          list.prepend(entryNode(entry));
          last = Math.max(last, entry.id);
        }
        while (list.children.length > KEPT) list.lastChild.remove();
        empty.hidden = list.children.length > 0;
      })
      .finally(() => {
        fetching = null;
      });
    return fetching;
  };
  return { title: "Inspecteur", node, draw };
}

function createLockScreen(app) {
  const node = h("div", {});
  const draw = async () => {
    if (!app.view) {
      node.replaceChildren(h("p", { class: "empty" }, "Kies eerst wie je bent."));
      return;
    }
    const lines = await app.attempt(() => lockScreenLines(app));
    if (lines) {
      node.replaceChildren(
        lockScreen(lines, app.view.now),
        h(
          "p",
          { class: "hint" },
          `Zo ziet de vergrendelde telefoon van ${app.nameOf(app.me)} eruit: alleen de tekst, nooit een kaart.`,
        ),
      );
    }
  };
  return { title: "Vergrendelscherm", node, draw };
}

const FAULT_NAMES = {
  api_429: "API weigert een op de drie keer (429, te druk)",
  api_500: "API faalt een op de drie keer (500)",
  cut_after_create: "Verbinding valt weg nadat een bericht is gemaakt",
  slow_api: "API is traag (2 seconden)",
  open_dialog_strips_card: "Add-on: kaart met een dialoogknop verdwijnt",
  duplicate_events: "Elke gebeurtenis komt twee keer",
  bot_times_out: "Chat mist het eerste antwoord van de bot",
  odd_numbers: "Getallen in rare vormen (kommagetallen, tekst)",
  extra_fields: "Gebeurtenissen met onbekende extra velden",
};
const DIALECTS = { classic: "klassiek", addon: "add-on" };

function faultMenu(app) {
  const button = h("button", { type: "button", class: "quiet", "data-action": "Storingen" }, "Storingen");
  const panel = h("div", { class: "popup faults" });
  disclose(button, panel);
  let drawn = "";
  const flip = async (name, box) => {
    const answer = await app.attempt(() => server.setFault(name, box.checked));
    if (answer) app.refresh();
    else box.checked = !box.checked;
  };
  const row = ([name, on]) => {
    const box = h("input", {
      type: "checkbox",
      role: "switch",
      checked: on,
      "data-fault": name,
      on: { change: () => flip(name, box) },
    });
    return h("label", {}, box, h("span", {}, FAULT_NAMES[name] ?? name.replaceAll("_", " ")));
  };
  const draw = () => {
    const faults = app.view?.faults ?? {};
    button.disabled = !app.view;
    if (JSON.stringify(faults) === drawn) return;
    drawn = JSON.stringify(faults);
    const count = Object.values(faults).filter(Boolean).length;
    button.textContent = count ? `Storingen: ${count}` : "Storingen";
    button.classList.toggle("active", count > 0);
    const focused = document.activeElement?.dataset?.fault;
    panel.replaceChildren(h("h3", {}, "Laat iets misgaan"), ...Object.entries(faults).map(row));
    if (focused) panel.querySelector(`[data-fault="${CSS.escape(focused)}"]`)?.focus();
  };
  return { node: h("div", { class: "popup-place" }, button, panel), draw };
}

const closeIcon = (label, click) =>
  h("button", { type: "button", class: "icon-button", "aria-label": label, on: { click } }, "×");

const switchButton = (title, click) =>
  h("button", { type: "button", class: "quiet", "data-action": title, "aria-pressed": "false", on: { click } }, title);

/** Fill the right-hand panel and its switches in the top bar. Returns {draw()}. */
export function createPanel(app, container, switches) {
  const views = { lock: createLockScreen(app), inspector: createInspector(app) };
  let open = null;
  const faults = faultMenu(app);
  const dialect = h("span", { class: "tag", title: "De vorm waarin Chat met de bot praat" });
  const draw = () => {
    faults.draw();
    dialect.replaceChildren(spoken("dialect: "), DIALECTS[app.view?.dialect] ?? app.view?.dialect ?? "");
    dialect.hidden = !app.view;
    if (open) views[open].draw();
  };
  const buttons = Object.entries(views).map(([key, { title }]) => [
    key,
    switchButton(title, () => set(open === key ? null : key)),
  ]);
  const close = () => {
    const [, button] = buttons.find(([key]) => key === open);
    set(null);
    button.focus();
  };
  const set = (key) => {
    open = key;
    buttons.forEach(([name, button]) => button.setAttribute("aria-pressed", String(name === key)));
    container.hidden = !key;
    if (!key) return;
    const heading = h("h2", { tabindex: "-1" }, views[key].title);
    const icon = closeIcon(`${views[key].title} sluiten`, close);
    container.replaceChildren(
      h("div", { class: "panel-bar" }, heading, icon),
      h("div", { class: "panel-body" }, views[key].node),
    );
    heading.focus();
    draw();
  };
  container.addEventListener("keydown", (event) => event.key === "Escape" && close());
  switches.append(dialect, faults.node, ...buttons.map(([, button]) => button));
  return { draw };
}
