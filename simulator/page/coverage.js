/** The coverage page: what the server says it plays of Google Chat, group by group, with what is missing named plainly. */

import { freshId, h } from "./nodes.js";
import { fillIn, t } from "./words.js";
import * as server from "./server.js";

const STATES = ["yes", "partly", "no"];
const stateOf = ({ covered }) => (STATES.includes(covered) ? covered : covered ? "yes" : "no");

function rowNode(row) {
  const state = stateOf(row);
  return h(
    "tr",
    { "data-state": state, "data-part": row.name },
    h("th", { scope: "row" }, row.name),
    h("td", {}, h("span", { class: `state ${state}` }, t(`coverage.${state}`))),
    h("td", {}, row.used ? t("coverage.yes") : ""),
    h("td", {}, row.note ?? ""),
  );
}

function groupNode({ name, rows }) {
  const id = freshId("group");
  const count = (state) => rows.filter((row) => stateOf(row) === state).length;
  const heads = ["name", "state", "used", "note"].map((key) => h("th", { scope: "col" }, t(`coverage.${key}`)));
  return h(
    "section",
    { "aria-labelledby": id },
    h("h2", { id }, name),
    h("p", { class: "sum" }, t("coverage.sum", { yes: count("yes"), all: rows.length, partly: count("partly") })),
    h(
      "div",
      { class: "scroller", tabindex: "0", role: "region", "aria-labelledby": id },
      h("table", {}, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows.map(rowNode))),
    ),
  );
}

function gapsSwitch(page) {
  const box = h("input", { type: "checkbox", role: "switch", "data-action": "Toon alleen wat ontbreekt" });
  box.addEventListener("change", () => page.classList.toggle("only-gaps", box.checked));
  return h("label", { class: "choice" }, box, t("coverage.only-gaps"));
}

async function fetched() {
  try {
    return await server.coverage();
  } catch (error) {
    if (!(error instanceof server.ServerError)) throw error;
    return { groups: [] };
  }
}

async function start() {
  fillIn(document);
  document.title = t("coverage.title");
  const page = document.getElementById("coverage");
  const { groups = [] } = await fetched();
  page.replaceChildren(
    h("a", { href: "/" }, t("coverage.back")),
    h("h1", {}, t("coverage.title")),
    h("p", { class: "lead" }, t(groups.length ? "coverage.lead" : "coverage.none")),
    ...(groups.length ? [gapsSwitch(page)] : []),
    ...groups.map(groupNode),
  );
  document.body.dataset.ready = "true";
}

start();
