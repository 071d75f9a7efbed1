/** Dialogs that the bot opens: modal, with a title, a close icon and Escape; only the icon reaches the bot, as in Chat. */

import { cardNode } from "./cards.js";
import { icon } from "./icons.js";
import { freshId, h, portrait } from "./nodes.js";
import { createForm, restore } from "./widgets.js";
import { t } from "./words.js";
import * as server from "./server.js";

const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex='0']";

/** Keep Tab inside the dialog, also where a browser would step out to its own bars. */
function trap(dialog, event) {
  if (event.key !== "Tab") return;
  const stops = [...dialog.querySelectorAll(FOCUSABLE)].filter((node) => node.checkVisibility());
  const [first, last] = [stops[0], stops.at(-1)];
  const inside = stops.includes(document.activeElement);
  const leaving = event.shiftKey ? !inside || document.activeElement === first : document.activeElement === last;
  if (!leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/** An empty dialog; `leave` is called for Escape, `tidy` after it closed for whatever reason. */
function emptyDialog(leave, tidy) {
  const node = h("dialog", { class: "card-dialog" });
  node.addEventListener("cancel", (event) => {
    if (event.target !== node) return;
    event.preventDefault();
    leave("escape");
  });
  node.addEventListener("close", tidy);
  node.addEventListener("keydown", (event) => trap(node, event));
  document.body.append(node);
  return node;
}

function bar(name, closeIcon) {
  return h(
    "div",
    { class: "dialog-bar" },
    portrait(name, true),
    h("span", {}, name),
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": t("page.close"),
        "data-action": "Sluiten",
        on: { click: closeIcon },
      },
      icon("close"),
    ),
  );
}

/** Put a card in the dialog and focus on its first field, or on its title when it has none. */
function fill(app, current, { id, card }, keep, closeIcon) {
  const titleId = freshId("title");
  const context = {
    app,
    form: createForm(),
    target: { space: app.space, dialog: id },
    inDialog: true,
    heading: 2,
    titleId,
  };
  const name = app.view.bot.displayName;
  const nameless = card.header?.title ? null : h("h2", { id: titleId, class: "spoken", tabindex: "-1" }, name);
  const error = h("p", { class: "dialog-error", role: "alert" });
  current.node.replaceChildren(
    bar(name, closeIcon),
    h("div", { class: "dialog-body" }, nameless ?? [], cardNode(card, context)),
    error,
  );
  current.node.setAttribute("aria-labelledby", titleId);
  current.node.dataset.dialog = id;
  context.form.root = current.node;
  restore(context.form, keep);
  Object.assign(current, { id, as: app.me, error });
  if (!current.node.open) current.node.showModal();
  const first = context.form.first();
  if (first) first.focus();
  else current.node.querySelector("h2").focus();
}

/** Returns {show({id, card}, keep), close(), tell(error), open()}; one dialog at a time, as in Chat. */
export function createDialogs(app) {
  let current = null;

  const tidy = () => {
    if (!current || current.node.open) return;
    const { node, before } = current;
    current = null;
    node.remove();
    if (before?.isConnected && before !== document.body) before.focus();
    else app.focusComposer();
  };

  const leave = async (how) => {
    if (!current?.node.open) return;
    const { id, as, node } = current;
    node.close();
    await app.perform(() => server.cancel({ as, dialog: id, how }));
  };

  return {
    show(dialog, keep = {}) {
      current ??= { node: emptyDialog(leave, tidy), before: document.activeElement };
      fill(app, current, dialog, keep, () => leave("icon"));
    },
    close: () => current?.node.open && current.node.close(),
    tell: (error) => {
      current.error.textContent = error;
    },
    open: () => current !== null,
  };
}
