/** The page's own words in the language that was chosen (Dutch at first); what the bot says is never translated here. */

import { en } from "./words.en.js";
import { nl } from "./words.nl.js";

const TABLES = { nl, en };
const KEPT_AS = "proefomgeving.language";

function chosen() {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(KEPT_AS);
  return asked in TABLES ? asked : "nl";
}

/** The language of the page: "nl" or "en". */
export const language = chosen();

/** The locale for dates and numbers. */
export const locale = { nl: "nl-NL", en: "en-GB" }[language];

/** The other language, for the switch: {code, name}. */
export const other = language === "nl" ? { code: "en", name: "English" } : { code: "nl", name: "Nederlands" };

/** The words for `key`, with {names} filled in; a pair of words is one and many, chosen by `count`. */
export function t(key, values = {}) {
  const found = TABLES[language][key];
  if (found === undefined) throw new Error(`No words for ${key}`);
  const words = Array.isArray(found) ? found[values.count === 1 ? 0 : 1] : found;
  return words.replace(/\{(\w+)\}/gu, (whole, name) => values[name] ?? whole);
}

/** Whether there are words for `key`. */
export const has = (key) => key in TABLES[language];

/** Keep the choice and show the whole page in that language. */
export function speak(code) {
  localStorage.setItem(KEPT_AS, code);
  const bare = new URL(location.href);
  bare.searchParams.delete("lang");
  if (bare.href === location.href) location.reload();
  else location.replace(bare);
}

/** Put words in the fixed parts of the page: `data-word` for the text, `data-word-label` for the spoken name. */
export function fillIn(root) {
  document.documentElement.lang = language;
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  for (const node of root.querySelectorAll("[data-word-label]"))
    node.setAttribute("aria-label", t(node.dataset.wordLabel));
}
