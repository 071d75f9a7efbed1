/** What an event's time went into: the steps that the server measured, or else the API calls made meanwhile and the rest. */

import { h } from "./nodes.js";
import { t } from "./words.js";

/** Rounded clocks may differ by this much. */
const SLACK_MS = 1;

/** The API calls that ended while the app was busy with this event, oldest first. */
export function callsDuring(entry, entries) {
  const end = Date.parse(entry.at);
  const from = end - Number(entry.ms ?? 0);
  const meanwhile = ({ kind, at }) =>
    kind === "api" && Date.parse(at) >= from - SLACK_MS && Date.parse(at) <= end + SLACK_MS;
  return entries.filter(meanwhile).sort((a, b) => a.id - b.id);
}

function measured(entry, calls) {
  if (entry.steps?.length) return entry.steps;
  if (!calls.length) return [];
  const inCalls = calls.reduce((sum, { ms }) => sum + Number(ms ?? 0), 0);
  const rest = { name: t("inspect.step-app"), ms: Math.max(0, Number(entry.ms) - inCalls) };
  return [rest, ...calls.map(({ id, title, ms }) => ({ id, name: title, ms: ms ?? 0 }))];
}

/** The times as bars of one length together; `open(id)` shows the call that a step was. Null when nothing was measured. */
export function stepsNode(entry, calls, open) {
  const steps = measured(entry, calls);
  if (!steps.length) return null;
  const whole = steps.reduce((sum, { ms }) => sum + Number(ms), 0) || 1;
  const row = ({ id, name, ms }) => {
    const bar = h("span", { class: "bar", "aria-hidden": "true" });
    bar.style.setProperty("--share", `${Math.max(1, Math.round((100 * Number(ms)) / whole))}%`);
    const label = id
      ? h("button", { type: "button", class: "link", "data-step": id, on: { click: () => open(id) } }, name)
      : h("span", {}, name);
    return h("li", {}, label, h("span", { class: "figures" }, `${Number(ms).toFixed(1)} ms`), bar);
  };
  return h("section", { class: "part" }, h("h4", {}, t("inspect.steps")), h("ol", { class: "steps" }, steps.map(row)));
}
