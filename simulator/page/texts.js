/** Chat's two text languages as nodes: the marks of a message and the small HTML of a card; never markup from outside. */

import { h, link } from "./nodes.js";

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

/** Google's MARKDOWN syntax of a paragraph, as far as people write it: bold, links, headings, lists, code. */
export function markdownText(text) {
  const asChat = String(text ?? "")
    .replace(/^#{1,6}\s+(.+)$/gmu, "*$1*")
    .replace(/\*\*(.+?)\*\*/gu, "*$1*")
    .replace(/\[([^\]\n]+)\]\(((?:https?:|mailto:|tel:)[^)\s]+)\)/gu, "<$2|$1>");
  return chatText(asChat, (user) => user);
}
