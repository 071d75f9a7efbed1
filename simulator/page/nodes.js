/** The one door to the page: every element is built here, so that no text of bot or user ever becomes markup. */

/** Build an element. `on` holds listeners; null, false and undefined attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") Object.entries(value).forEach(([event, listener]) => node.addEventListener(event, listener));
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Replace the children; focus stays on the element with the same data-key, and the scroll position is kept. */
export function replaceKeepingFocus(container, ...children) {
  const focused = container.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const top = container.scrollTop;
  container.replaceChildren(...children.flat(3).filter(Boolean));
  container.scrollTop = top;
  if (focused !== undefined) container.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

/** A page-unique id, for labels and descriptions. */
export function freshId(prefix) {
  return `${prefix}-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
}

/** Text that only a screen reader reads. */
export const spoken = (text) => h("span", { class: "spoken" }, text);

/** Let a button open and close a panel; Escape and a click elsewhere close it. Returns close(). */
export function disclose(button, panel, { onOpen = () => {} } = {}) {
  const outside = (event) => {
    if (!panel.contains(event.target) && !button.contains(event.target)) set(false);
  };
  const escape = (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    set(false);
    button.focus();
  };
  const set = (open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    document[open ? "addEventListener" : "removeEventListener"]("pointerdown", outside);
    if (open) onOpen();
  };
  button.addEventListener("click", () => set(panel.hidden));
  for (const node of [button, panel]) node.addEventListener("keydown", escape);
  set(false);
  return () => set(false);
}

/** A button that opens a menu of {label, detail?, disabled?, act, data?}; arrows, Home, End, Enter and Escape work. */
export function menuButton(button, items, label) {
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, hidden: true });
  const choices = items.map((item) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabindex: "-1",
        disabled: item.disabled,
        "data-action": item.label,
        ...item.data,
        on: {
          click: () => {
            close();
            button.focus();
            item.act();
          },
        },
      },
      h("strong", {}, item.label),
      item.detail ? h("span", {}, item.detail) : null,
    ),
  );
  menu.append(...choices);
  button.setAttribute("aria-haspopup", "menu");
  const close = disclose(button, menu, { onOpen: () => choices.find((choice) => !choice.disabled)?.focus() });
  menu.addEventListener("keydown", (event) => {
    const enabled = choices.filter((choice) => !choice.disabled);
    const at = enabled.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Tab") close();
    if (to === undefined) return;
    event.preventDefault();
    enabled.at(to % enabled.length)?.focus();
  });
  return menu;
}

/** The address when it is one a reader may follow (web, mail, telephone), else null. */
export function safeAddress(address) {
  try {
    const url = new URL(address);
    return ["https:", "http:", "mailto:", "tel:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens in a new tab, or its bare text when the address is not to be trusted. */
export function link(address, ...children) {
  const href = safeAddress(address);
  return href
    ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children)
    : h("span", {}, ...children);
}

/** A space's sign: its first letter. */
export const groupSign = (name) => h("span", { class: "portrait group", "aria-hidden": "true" }, [...name][0]);

/** A round portrait with initials; an app's is square and holds its first letter. */
export function portrait(name, isBot) {
  if (isBot) return h("span", { class: "portrait bot", "aria-hidden": "true" }, [...name][0]);
  const words = name.split(/\s+/u).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "").join("");
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 6, 7);
  return h("span", { class: `portrait hue-${hue}`, "aria-hidden": "true" }, initials.toUpperCase());
}
