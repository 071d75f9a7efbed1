/** Lists of options under a text field, for the slash menu and for picking several items: arrows, Enter, Escape, screen reader. */

import { icon } from "./icons.js";
import { freshId, h } from "./nodes.js";
import { t } from "./words.js";

const SLOW_DOWN_MS = 180;

function optionNode(item, { render, data, take }) {
  const press = (event) => {
    event.preventDefault();
    take(item);
  };
  return h("div", { role: "option", id: freshId("option"), ...data(item), on: { pointerdown: press } }, render(item));
}

function markOption(input, list, at) {
  [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
  list.children[at]?.scrollIntoView({ block: "nearest" });
  if (at >= 0) input.setAttribute("aria-activedescendant", list.children[at].id);
  else input.removeAttribute("aria-activedescendant");
}

/**
 * A list under `input`. `render(item)` gives an option's content, `data(item)` its attributes, `pick(item)` takes the choice;
 * `first` is the option that is marked at once (-1: none). Returns {list, offer(items), close(), key(event)}.
 */
export function optionList(input, { kind = "", label, render, data, pick, first = -1 }) {
  const id = freshId("options");
  const list = h("div", {
    class: `options ${kind}`,
    role: "listbox",
    id,
    "aria-label": label,
    hidden: true,
    // It scrolls, so it can be reached; Tab in the field takes the marked option or closes the list first.
    tabindex: "0",
  });
  let items = [];
  let at = -1;
  const mark = (to) => {
    at = to;
    markOption(input, list, to);
  };
  const show = (open) => {
    list.hidden = !open;
    if (input.role === "combobox") input.setAttribute("aria-expanded", String(open));
    mark(open ? first : -1);
  };
  const take = (item) => {
    show(false);
    pick(item);
  };
  const option = (item) => optionNode(item, { render, data, take });
  const key = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (list.hidden) return false;
    if (step) mark((at + step + items.length) % items.length);
    else if (event.key === "Escape") show(false);
    else if (at >= 0 && ["Enter", "Tab"].includes(event.key) && !event.shiftKey) take(items[at]);
    else {
      if (event.key === "Tab") show(false);
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const offer = (given) => {
    items = given;
    list.replaceChildren(...items.map(option));
    show(items.length > 0);
    if (items.length) list.scrollIntoView({ block: "nearest" });
  };
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  return { list, offer, key, close: () => show(false) };
}

/** Where the suggestions of a multi-select come from: its own items, the people here, or the app. */
function sourceOf(widget, { people, fetchItems, attempt }) {
  const platform =
    widget.platformDataSource ?? widget.dataSourceConfigs?.find((one) => one.platformDataSource)?.platformDataSource;
  const fits = (query) => (item) => item.text.toLowerCase().includes(query.toLowerCase());
  return async (query) => {
    const fixed = (widget.items ?? []).filter(fits(query));
    const users =
      platform?.commonDataSource === "USER"
        ? people
            .map((person) => ({ text: person.displayName, value: person.user, bottomText: person.email }))
            .filter(fits(query))
        : [];
    const fetched = fetchItems && query ? await attempt(() => fetchItems(query)) : null;
    return [...fixed, ...users, ...(fetched?.items ?? [])];
  };
}

/** What was picked, as chips with a button to take each away. */
function pickedChips(widget, tell) {
  const chosen = new Map(
    (widget.items ?? []).filter(({ selected }) => selected).map(({ value, text }) => [value, text]),
  );
  const node = h("ul", { class: "picked" });
  const remove = (value) => {
    tell(t("field.removed", { text: chosen.get(value) }));
    chosen.delete(value);
    draw();
  };
  const add = (item) => {
    chosen.set(item.value, item.text);
    tell(t("field.picked", { text: item.text }));
    draw();
  };
  const chip = ([value, text]) =>
    h(
      "li",
      { "data-value": value },
      text,
      h(
        "button",
        { type: "button", "aria-label": t("field.remove", { text }), on: { click: () => remove(value) } },
        icon("close", 16),
      ),
    );
  const draw = () => {
    node.replaceChildren(...[...chosen].map(chip));
    node.hidden = chosen.size === 0;
    node.dispatchEvent(new CustomEvent("picked"));
  };
  draw();
  return { node, chosen, add, removeLast: () => chosen.size && remove([...chosen.keys()].at(-1)) };
}

/** Ask `find` a little after the last key; an answer that comes too late is dropped. */
function slowly(find, show) {
  let timer = 0;
  let asked = 0;
  const ask = async (query) => {
    const question = ++asked;
    const found = await find(query);
    if (question === asked) show(found);
  };
  const drop = () => {
    asked += 1;
    clearTimeout(timer);
  };
  const later = (query) => {
    drop();
    timer = setTimeout(() => ask(query), SLOW_DOWN_MS);
  };
  return { ask, later, drop };
}

function searchField(id, least) {
  return h("input", {
    id,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    "aria-expanded": "false",
    placeholder: least ? t("field.letters", { count: least }) : t("field.search"),
  });
}

/** Let typing search, leaving close, and Backspace in an empty field take the last one away. */
function listen(input, { least, search, options, chips }) {
  const query = () => input.value.trim();
  const stop = () => {
    search.drop();
    options.close();
  };
  input.addEventListener("input", () => (query().length < least ? stop() : search.later(query())));
  input.addEventListener("focus", () => least === 0 && search.ask(query()));
  input.addEventListener("blur", stop);
  input.addEventListener("keydown", (event) => {
    if (!options.key(event) && event.key === "Backspace" && !input.value) chips.removeLast();
  });
}

/** The field that searches and picks several. Returns {input, wrap(frame), values()}; `changed` is called at each change. */
export function multiSelect(widget, { id, people, fetchItems, attempt, changed }) {
  const most = widget.multiSelectMaxSelectedItems ?? 3;
  const least = widget.multiSelectMinQueryLength ?? (widget.items?.length ? 0 : 3);
  const news = h("span", { class: "spoken", role: "status" });
  const chips = pickedChips(widget, (text) => {
    news.textContent = text;
  });
  const input = searchField(id, least);
  const options = optionList(input, {
    label: widget.label || widget.name,
    data: (item) => ({ "data-value": item.value }),
    render: (item) => [item.text, item.bottomText ? h("small", {}, item.bottomText) : null],
    pick: (item) => {
      input.value = "";
      chips.add(item);
    },
  });
  const search = slowly(sourceOf(widget, { people, fetchItems, attempt }), (found) => {
    const full = chips.chosen.size >= most;
    const left = full ? [] : found.filter(({ value }) => !chips.chosen.has(value));
    options.offer(left);
    news.textContent = full ? t("field.full", { count: most }) : t("field.found", { count: left.length });
  });
  listen(input, { least, search, options, chips });
  chips.node.addEventListener("picked", () => {
    input.focus();
    changed();
  });
  return {
    input,
    values: () => [...chips.chosen.keys()],
    wrap: (frame) => {
      input.after(options.list, news);
      input.before(chips.node);
      frame.classList.add("many");
    },
  };
}

/** Suggestions under a free text field: `first` fits what was typed, `fetchItems` asks the app. Nothing need be taken. */
export function suggestUnder(input, frame, { first, fetchItems, attempt }) {
  const news = h("span", { class: "spoken", role: "status" });
  const options = optionList(input, {
    kind: "under",
    label: t("field.suggestions"),
    data: (item) => ({ "data-value": item.value ?? item.text }),
    render: (item) => [item.text],
    pick: (item) => {
      input.value = item.text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
      options.close();
    },
  });
  const find = async (query) => {
    const fitting = first.filter(({ text }) => text.toLowerCase().includes(query.toLowerCase()) && text !== query);
    const fetched = fetchItems && query ? await attempt(() => fetchItems(query)) : null;
    return [...fitting, ...(fetched?.items ?? [])];
  };
  const search = slowly(find, (found) => {
    const here = document.activeElement === input;
    options.offer(here ? found : []);
    news.textContent = here && found.length ? t("field.found", { count: found.length }) : "";
  });
  if (input.tagName === "INPUT") {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
  }
  input.addEventListener("input", () => search.later(input.value.trim()));
  input.addEventListener("focus", () => search.ask(input.value.trim()));
  input.addEventListener("keydown", (event) => options.key(event));
  input.addEventListener("blur", () => {
    search.drop();
    options.close();
  });
  input.after(options.list, news);
  frame.classList.add("many");
}
