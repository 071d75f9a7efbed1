/** The one door from text to the page: every node is built here, so that no text of bot or user ever becomes markup. */

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

const SPACED = "(?<![\\p{L}\\p{N}])",
  UNSPACED = "(?![\\p{L}\\p{N}])";
const paired = (mark) => `${SPACED}[${mark}](?=[^\\s${mark}])([^\\n]*?[^\\s${mark}])[${mark}]${UNSPACED}`;
const INLINE = [
  { pattern: /`([^`\n]+)`/u, make: ([, code]) => h("code", {}, code) },
  { pattern: /<(users\/[\w.-]+)>/u, make: ([, user], name) => h("span", { class: "mention" }, `@${name(user)}`) },
  {
    pattern: /<((?:https?:\/\/|mailto:|tel:)[^|>\s]+)(?:\|([^>\n]+))?>/u,
    make: ([, url, label]) => link(url, label ?? url),
  },
  { pattern: /https?:\/\/[^\s<>]*[^\s<>.,;:!?)'"]/u, make: ([url]) => link(url, url) },
  { pattern: new RegExp(paired("*"), "u"), make: ([, inner], name) => h("strong", {}, inline(inner, name)) },
  { pattern: new RegExp(paired("_"), "u"), make: ([, inner], name) => h("em", {}, inline(inner, name)) },
  { pattern: new RegExp(paired("~"), "u"), make: ([, inner], name) => h("s", {}, inline(inner, name)) },
];

function inline(text, name) {
  const found = INLINE.map(({ pattern, make }) => ({ make, match: pattern.exec(text) }))
    .filter(({ match }) => match)
    .sort((a, b) => a.match.index - b.match.index)[0];
  if (!found) return [text];
  const { match, make } = found;
  return [text.slice(0, match.index), make(match, name), ...inline(text.slice(match.index + match[0].length), name)];
}

const LINE_KINDS = [
  ["quote", /^>\s?/],
  ["list", /^[*-]\s+/],
];

function kindOf(line) {
  const found = LINE_KINDS.find(([, pattern]) => pattern.test(line));
  return found ? { kind: found[0], text: line.replace(found[1], "") } : { kind: "plain", text: line };
}

function block({ kind, lines }, name) {
  if (kind === "list")
    return h(
      "ul",
      {},
      lines.map((line) => h("li", {}, inline(line, name))),
    );
  const joined = lines.flatMap((line, index) => [index ? h("br") : null, ...inline(line, name)]);
  return h(kind === "quote" ? "blockquote" : "p", {}, joined);
}

/** Chat's own text markup (*b* _i_ ~s~ `code` ``` > lists links mentions) as nodes; name(user) gives a display name. */
export function chatText(text, name) {
  return text.split(/```\n?([\s\S]*?)```/u).flatMap((part, index) => {
    if (index % 2) return [h("pre", { tabindex: "0" }, part)];
    const blocks = [];
    for (const line of part.replace(/^\n|\n$/gu, "").split("\n")) {
      const { kind, text: rest } = kindOf(line);
      if (blocks.at(-1)?.kind === kind) blocks.at(-1).lines.push(rest);
      else blocks.push({ kind, lines: [rest] });
    }
    return blocks.filter(({ lines }) => lines.join("").trim()).map((one) => block(one, name));
  });
}

/** Chat's text as a lock screen would show it: bare words without marks. */
export function plainText(text, name) {
  const whole = h(
    "div",
    {},
    chatText(text, name).flatMap((node) => [node, " "]),
  );
  whole.querySelectorAll("li, br").forEach((end) => end.after(" "));
  return whole.textContent.replace(/\s+/gu, " ").trim();
}

const CARD_TAGS = {
  B: "strong",
  STRONG: "strong",
  I: "em",
  EM: "em",
  U: "u",
  S: "s",
  STRIKE: "s",
  DEL: "s",
  BR: "br",
  TIME: "span",
  CODE: "code",
  PRE: "pre",
  UL: "ul",
  OL: "ol",
  LI: "li",
  P: "p",
};
const BLOCKS = new Set(["UL", "OL", "LI", "PRE", "P"]);

function fontNode(source, children) {
  const colour = source.getAttribute("color") ?? "";
  const node = h("span", {}, children);
  if (!/^#[0-9a-f]{3}(?:[0-9a-f]{3})?$/iu.test(colour)) return node;
  node.className = "coloured";
  node.style.setProperty("--given", colour);
  return node;
}

function cardNodes(source) {
  return [...source.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const between =
        !node.data.trim() && (BLOCKS.has(node.nextSibling?.nodeName) || BLOCKS.has(node.previousSibling?.nodeName));
      return between || (!node.data.trim() && BLOCKS.has(source.nodeName)) ? [] : [node.data];
    }
    if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE"].includes(node.nodeName)) return [];
    const children = cardNodes(node);
    if (node.nodeName === "A") return [link(node.getAttribute("href") ?? "", ...children)];
    if (node.nodeName === "FONT") return [fontNode(node, children)];
    return node.nodeName in CARD_TAGS ? [h(CARD_TAGS[node.nodeName], {}, children)] : children;
  });
}

/** The HTML subset of Chat's cards, rebuilt node by node from an inert document; other tags lose their tag. */
export function cardText(text) {
  return cardNodes(new DOMParser().parseFromString(String(text ?? ""), "text/html").body);
}

/** A round portrait with initials, or the bot's own mark. */
export function portrait(name, isBot) {
  if (isBot) return h("span", { class: "portrait bot", "aria-hidden": "true" }, "§");
  const words = name.split(/\s+/u).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "").join("");
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 6, 7);
  return h("span", { class: `portrait hue-${hue}`, "aria-hidden": "true" }, initials.toUpperCase());
}
