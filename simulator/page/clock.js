/** The business clock of the simulator: shown in the school's own time, moved on with buttons, and the minute's tasks. */

import { icon } from "./icons.js";
import { h } from "./nodes.js";
import { locale, t } from "./words.js";
import * as server from "./server.js";

const ZONE = "Europe/Amsterdam";
const format = (options) => new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });

/** "10:15" */
export const hourOf = (instant) => format({ hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
/** "10:15:07", for what is logged in real time */
export const realTime = (instant) =>
  format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(new Date(instant));
/** "dinsdag 24 november" */
export const dayOf = (instant) => format({ weekday: "long", day: "numeric", month: "long" }).format(new Date(instant));
/** "di 24 nov 10:15" */
export const shortOf = (instant) =>
  format({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })
    .format(new Date(instant))
    .replace(",", "");

/** The wall clock in the school's zone as {year, month, day, hour, minute, second}. */
export function wallClock(instant) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: ZONE,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(new Date(instant));
  return Object.fromEntries(
    parts.filter(({ type }) => type !== "literal").map(({ type, value }) => [type, Number(value)]),
  );
}

/** Milliseconds since the epoch of a wall clock time in the school's zone. */
export function fromWallClock(year, month, day, hour, minute) {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  const shift = (instant) => {
    const seen = wallClock(instant);
    return Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute, seen.second) - instant;
  };
  return wanted - shift(wanted - shift(wanted));
}

function nextDayAt(instant, hour, minute) {
  const { year, month, day } = wallClock(instant);
  return new Date(fromWallClock(year, month, day + 1, hour, minute)).toISOString().replace(".000Z", "Z");
}

function jobMessage({ exit, output }) {
  const last = String(output ?? "")
    .trim()
    .split("\n")
    .at(-1);
  return t(exit === 0 ? "clock.ran" : "clock.failed", { exit, output: last }).trim();
}

/** The three buttons beside the clock; `now()` is the business time in milliseconds or null, `moved(now)` shows another. */
function clockButtons(app, now, moved) {
  const move = async (change) => {
    const answer = await app.attempt(() => server.setClock(change));
    if (answer) moved(answer.now);
    app.refresh();
  };
  const runTasks = async () => {
    const answer = await app.attempt(() => server.runJob("minute"));
    if (answer) app[answer.exit === 0 ? "toast" : "alarm"](jobMessage(answer));
    app.refresh();
  };
  // What a button is called for tests and scripts stays the same in every language.
  const button = (action, sign, label, hint, act) =>
    h(
      "button",
      { type: "button", class: "quiet", "data-action": action, title: hint, on: { click: act } },
      icon(sign, 18),
      label,
    );
  const tomorrow = () => now() !== null && move({ now: nextDayAt(now(), 12, 30) });
  return [
    button("+1 uur", "clock", t("clock.hour"), t("clock.hour-hint"), () => move({ forwardMinutes: 60 })),
    button("volgende dag 12:30", "schedule", t("clock.tomorrow"), t("clock.tomorrow-hint"), tomorrow),
    button("taken draaien", "task", t("clock.tasks"), t("clock.tasks-hint"), runTasks),
  ];
}

/** Fill the clock of the top bar and the buttons that move its hands. Returns {show(now)}; between two answers of the server the clock runs on by itself. */
export function createClock(app, container, hands) {
  let known = null;
  const now = () => (known ? known.instant + performance.now() - known.at : null);
  const face = h("time", { class: "face" });
  const news = h("span", { class: "spoken", role: "status" });
  const draw = () => {
    if (!known) return;
    face.textContent = shortOf(now());
    face.dateTime = new Date(now()).toISOString();
  };
  const show = (instant) => {
    known = { instant: Date.parse(instant), at: performance.now() };
    draw();
  };
  const moved = (instant) => {
    show(instant);
    news.textContent = t("clock.now", { time: shortOf(now()) });
  };
  container.append(face, news);
  hands.append(...clockButtons(app, now, moved));
  setInterval(draw, 5000);
  return { show };
}
