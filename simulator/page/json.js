/** JSON that people can read: folded where it is long, coloured by kind, and to be copied as it was. */

import { h } from "./nodes.js";

/** Deeper than this a part is folded at first, when it holds more than a few things. */
const OPEN_TO = 2;
const SHORT = 3;

function leaf(value) {
  const kind = value === null ? "null" : typeof value;
  return h("span", { class: `json-${kind}` }, JSON.stringify(value));
}

function line(key, content) {
  return h("div", { class: "json-line" }, key === null ? null : h("span", { class: "json-key" }, `${key}: `), content);
}

function branch(key, value, depth) {
  const list = Array.isArray(value);
  const entries = list ? value.map((one, at) => [at, one]) : Object.entries(value);
  const [open, close] = list ? ["[", "]"] : ["{", "}"];
  if (!entries.length) return line(key, `${open}${close}`);
  const shut = depth > OPEN_TO && entries.length > SHORT;
  return h(
    "details",
    { class: "json-branch", open: !shut },
    h(
      "summary",
      {},
      key === null ? null : h("span", { class: "json-key" }, `${key}: `),
      h("span", { class: "json-size" }, `${open} ${entries.length} ${close}`),
    ),
    h(
      "div",
      { class: "json-inside" },
      entries.map(([name, inner]) => tree(list ? null : name, inner, depth + 1)),
    ),
  );
}

function tree(key, value, depth) {
  return value !== null && typeof value === "object" ? branch(key, value, depth) : line(key, leaf(value));
}

/** What a body is: JSON that came as text is read, other text stays as it is. */
export function parsed(value) {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The body as people read it. */
export function jsonNode(value, label) {
  const content = parsed(value);
  if (typeof content === "string") return h("pre", { tabindex: "0", "aria-label": label }, content);
  return h("div", { class: "json", tabindex: "0", role: "group", "aria-label": label }, tree(null, content, 0));
}

/** The body as text, for copying and searching. */
export function jsonText(value) {
  const content = parsed(value);
  return typeof content === "string" ? content : JSON.stringify(content, null, 2);
}
