/** The switches of the workshop in the top bar: dialect, faults, the demo school, language; and the panel that they open. */

import { icon } from "./icons.js";
import { createInspector } from "./inspector.js";
import { createLockScreen } from "./lock.js";
import { disclose, h, menuButton, spoken } from "./nodes.js";
import { has, other, speak, t } from "./words.js";
import * as server from "./server.js";

const faultName = (name) => (has(`fault.${name}`) ? t(`fault.${name}`) : name.replaceAll("_", " "));

function faultSwitch(app, name, on) {
  const flip = async () => {
    const answer = await app.attempt(() => server.setFault(name, box.checked));
    if (answer) app.refresh();
    else box.checked = !box.checked;
  };
  const box = h("input", { type: "checkbox", role: "switch", checked: on, "data-fault": name, on: { change: flip } });
  return h("label", {}, box, h("span", {}, faultName(name)));
}

/** A fault that is a number, such as a delay. */
function faultNumber(app, name, value) {
  const set = async () => {
    if (await app.attempt(() => server.setDelay(name, Math.max(0, Number(field.value) || 0)))) app.refresh();
  };
  const field = h("input", {
    type: "number",
    min: 0,
    step: 50,
    value,
    class: "number",
    "data-fault": name,
    on: { change: set },
  });
  return h("label", {}, field, h("span", {}, faultName(name)));
}

function faultMenu(app) {
  const words = h("span", {}, t("faults.title"));
  const button = h(
    "button",
    { type: "button", class: "quiet", "data-action": "Storingen" },
    icon("warning", 18),
    words,
  );
  const panel = h("div", { class: "popup faults" });
  disclose(button, panel);
  let drawn = "";
  const row = ([name, value]) =>
    typeof value === "number" ? faultNumber(app, name, value) : faultSwitch(app, name, value);
  const draw = () => {
    const faults = app.view?.faults ?? {};
    if (JSON.stringify(faults) === drawn) return;
    drawn = JSON.stringify(faults);
    const count = Object.values(faults).filter(Boolean).length;
    words.textContent = count ? t("faults.count", { count }) : t("faults.title");
    button.classList.toggle("active", count > 0);
    const focused = document.activeElement?.dataset?.fault;
    panel.replaceChildren(h("h3", {}, t("faults.lead")), ...Object.entries(faults).map(row));
    if (focused) panel.querySelector(`[data-fault="${CSS.escape(focused)}"]`)?.focus();
  };
  return { node: h("div", { class: "popup-place" }, button, panel), draw };
}

/** Which of the two forms Chat speaks: a menu where the server can switch while it runs, else only its name. */
function dialectSwitch(app) {
  const place = h("div", { class: "popup-place dialect" });
  const become = async (dialect) => {
    const answer = await app.attempt(() => server.setDialect(dialect));
    if (answer) app.toast(t("dialect.is", { dialect: t(`dialect.${answer.dialect}`) }));
    app.refresh();
  };
  const items = ["classic", "addon"].map((key) => ({
    label: t(`dialect.${key}`),
    detail: t(`dialect.${key}-hint`),
    data: { "data-dialect": key, "data-action": `dialect ${key}` },
    act: () => become(key),
  }));
  let drawn = "";
  const draw = () => {
    const now = app.view?.dialect;
    const state = `${now} ${app.offers("dialect")}`;
    if (state === drawn) return;
    drawn = state;
    const name = now ? t(`dialect.${now}`) : "";
    const title = t("dialect.title");
    const said = spoken(`${title}: `);
    if (!app.offers("dialect")) {
      place.replaceChildren(h("span", { class: "tag", title }, said, name));
      return;
    }
    const words = [said, name, icon("expand", 16)];
    const button = h("button", { type: "button", class: "quiet", title, "data-action": "Dialect" }, words);
    place.replaceChildren(button, menuButton(button, items, title));
  };
  return { node: place, draw };
}

/** Ask before everything that was made is thrown away. */
function reset(app, clear) {
  const dialog = h("dialog", { class: "plain-dialog", "aria-label": t("school.reset") });
  const go = async () => {
    dialog.close();
    if (!(await app.attempt(() => server.reset()))) return;
    clear();
    app.toast(t("school.was-reset"));
    app.refresh();
  };
  const button = (kind, words, action, click) =>
    h("button", { type: "button", class: kind, "data-action": action, on: { click } }, words);
  dialog.append(
    h("h2", {}, t("school.reset")),
    h("p", { class: "lead" }, t("school.reset-sure")),
    h(
      "div",
      { class: "actions" },
      button("outlined", t("school.reset-no"), "Toch niet", () => dialog.close()),
      button("filled", t("school.reset"), "Echt opnieuw beginnen", go),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function keepFile(address) {
  const anchor = h("a", { href: address, download: "" });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}

/** What can be done with the demo school as a whole; only what this server offers is in the menu. */
function schoolMenu(app, clear) {
  const all = [
    ["reset", "Opnieuw beginnen", () => reset(app, clear)],
    ["scenario", "Scenario downloaden", () => keepFile(server.FILES.scenario)],
    ["recording", "Opname downloaden", () => keepFile(server.FILES.recording)],
    ["coverage", "Wat hier nagemaakt is", () => location.assign("/page/coverage.html")],
  ];
  const place = h("div", { class: "popup-place school" });
  let drawn = "";
  const draw = () => {
    const offered = all.filter(([key]) => app.offers(key));
    const state = offered.map(([key]) => key).join();
    if (state === drawn) return;
    drawn = state;
    const items = offered.map(([key, action, act]) => ({
      label: t(`school.${key}`),
      detail: t(`school.${key}-hint`),
      data: { "data-action": action },
      act,
    }));
    const button = h(
      "button",
      { type: "button", class: "quiet", "data-action": "Proefschool" },
      icon("school", 18),
      h("span", {}, t("school.title")),
    );
    place.replaceChildren(...(items.length ? [button, menuButton(button, items, t("school.title"))] : []));
  };
  return { node: place, draw };
}

function languageSwitch() {
  return h(
    "button",
    {
      type: "button",
      class: "quiet language",
      title: other.name,
      "aria-label": other.name,
      lang: other.code,
      "data-action": "Taal",
      on: { click: () => speak(other.code) },
    },
    icon("language", 18),
    other.code.toUpperCase(),
  );
}

/** The panel at the right: one view at a time, opened and closed by its button. */
function createPanel(container, views) {
  let open = null;
  const buttons = views.map(({ title, action, sign }, at) =>
    h(
      "button",
      {
        type: "button",
        class: "quiet",
        "data-action": action,
        "aria-pressed": "false",
        on: { click: () => set(open === at ? null : at) },
      },
      icon(sign, 18),
      h("span", {}, title),
    ),
  );
  const close = () => {
    const button = buttons[open];
    set(null);
    (button.checkVisibility() ? button : document.getElementById("more")).focus();
  };
  const set = (at) => {
    open = at;
    buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(index === at)));
    container.hidden = at === null;
    if (at === null) return;
    const { title, node } = views[at];
    const heading = h("h2", { tabindex: "-1" }, title);
    const label = `${title}: ${t("page.close")}`;
    const shut = h(
      "button",
      { type: "button", class: "icon-button", "aria-label": label, on: { click: close } },
      icon("close"),
    );
    container.replaceChildren(
      h("div", { class: "panel-bar" }, heading, shut),
      h("div", { class: "panel-body", tabindex: "0", role: "group", "aria-label": title }, node),
    );
    heading.focus();
    views[at].draw();
  };
  container.addEventListener("keydown", (event) => event.key === "Escape" && open !== null && close());
  return { buttons, draw: () => open !== null && views[open].draw() };
}

/** Fill the workshop's switches and its panel. Returns {draw()}. */
export function createWorkshop(app, container, switches) {
  const inspector = createInspector(app);
  const panel = createPanel(container, [createLockScreen(app), inspector]);
  const parts = [dialectSwitch(app), faultMenu(app), schoolMenu(app, inspector.clear)];
  const [dialect, faults, school] = parts;
  switches.append(dialect.node, faults.node, ...panel.buttons, school.node, languageSwitch());
  return { draw: () => [...parts, panel].forEach((one) => one.draw()) };
}
