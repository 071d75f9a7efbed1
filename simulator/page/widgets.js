/** The fields of a card, what somebody filled in, and handing that in with a click or a change. */

import { fromWallClock, wallClock } from "./clock.js";
import { freshId, h } from "./nodes.js";
import { multiSelect, suggestUnder } from "./options.js";
import { t } from "./words.js";
import * as server from "./server.js";

/** The fields of one message, dialog or home page; `root` is set by whoever draws it. */
export function createForm() {
  const fields = [];
  const inputs = () =>
    Object.fromEntries(fields.map((field) => [field.name, field.read()]).filter(([, value]) => value));
  const accept = (action) => {
    const required = (field) => action.allWidgetsAreRequired || (action.requiredWidgets ?? []).includes(field.name);
    const wrong = fields.filter((field) => {
      const problem = (required(field) && field.isEmpty() ? t("field.required") : null) ?? field.problem();
      field.showProblem(problem);
      return problem;
    });
    wrong[0]?.focus();
    return wrong.length === 0;
  };
  return {
    root: null,
    busy: false,
    add: (field) => fields.push(field),
    inputs,
    accept,
    first: () => fields[0],
    fields,
  };
}

/** Fill in again what was there before, for the fields whose name still exists (Action.persistValues). */
export function restore(form, inputs) {
  for (const field of form.fields) if (inputs[field.name]) field.write(inputs[field.name]);
}

/** Send an action with what is filled in. A button first checks required and limited fields, a change does not. */
export async function handIn(action, context, { button = null, widget = undefined, extra = [] } = {}) {
  const { form, target, app } = context;
  if (form.busy || (button && !form.accept(action))) return;
  const inputs = form.inputs();
  form.busy = true;
  form.root?.setAttribute("aria-busy", "true");
  if (button && action.loadIndicator !== "NONE") button.classList.add("spinning");
  try {
    await app.perform(
      () =>
        server.click({
          as: app.me,
          ...target,
          function: action.function ?? "",
          parameters: [...(action.parameters ?? []), ...extra],
          inputs,
          interaction: action.interaction,
          widget,
        }),
      { keep: action.persistValues ? inputs : {}, inDialog: context.inDialog },
    );
  } finally {
    form.busy = false;
    form.root?.removeAttribute("aria-busy");
    button?.classList.remove("spinning");
  }
}

const strings = (values) => ({ kind: "string", values });

/** A field's frame: label, control, hint, and the place where a problem is told. */
function frame({ name, label, hint, control, group = false }) {
  const problem = h("p", { class: "problem", id: freshId("problem") });
  const hintNode = hint ? h("p", { class: "hint", id: freshId("hint") }, hint) : null;
  const described = [hintNode?.id, problem.id].filter(Boolean).join(" ");
  const focusable = group ? control.querySelector("input") : control;
  (group ? control : focusable).setAttribute("aria-describedby", described);
  const node = h(
    "div",
    { class: "field", "data-field": name },
    group ? null : h("label", { for: control.id, class: label ? null : "spoken" }, label || hint || name),
    control,
    hintNode,
    problem,
  );
  const showProblem = (text) => {
    problem.textContent = text ?? "";
    node.classList.toggle("wrong", Boolean(text));
    const marked = group ? control.querySelectorAll("input") : [focusable];
    marked.forEach((input) =>
      text ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid"),
    );
  };
  node.addEventListener("input", () => showProblem(null));
  return { node, showProblem, focus: () => focusable?.focus() };
}

const INPUT_KINDS = {
  INTEGER: { mode: "numeric", pattern: /^-?\d+$/u, problem: "field.integer" },
  FLOAT: { mode: "decimal", pattern: /^-?\d+(?:[.,]\d+)?$/u, problem: "field.float" },
  EMAIL: { mode: "email", pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/u, problem: "field.email" },
};

function textProblem(value, { characterLimit, inputType } = {}) {
  if (characterLimit && value.length > characterLimit)
    return t("field.too-long", { length: value.length, limit: characterLimit });
  const kind = INPUT_KINDS[inputType];
  return value && kind && !kind.pattern.test(value) ? t(kind.problem) : null;
}

function letterCount(control, limit) {
  const count = h("p", { class: "count" });
  const show = () => {
    count.textContent = `${control.value.length} / ${limit}`;
    count.classList.toggle("over", control.value.length > limit);
  };
  control.addEventListener("input", show);
  show();
  return count;
}

/** Suggestions under a text field: those that came with the card, and those that the app gives while somebody types. */
function suggestFor(widget, context, control, frameNode) {
  const first = widget.initialSuggestions?.items ?? [];
  const action = widget.autoCompleteAction;
  if (!first.length && !action) return;
  const ask = (query) =>
    server.suggest({
      as: context.app.me,
      ...context.target,
      function: action.function,
      parameters: action.parameters ?? [],
      query,
    });
  suggestUnder(control, frameNode, { first, fetchItems: action ? ask : null, attempt: context.app.attempt });
}

function textInput(widget, context) {
  const multiple = widget.type === "MULTIPLE_LINE";
  const limit = widget.validation?.characterLimit;
  const control = h(multiple ? "textarea" : "input", {
    id: freshId("text"),
    name: widget.name,
    placeholder: widget.placeholderText,
    rows: multiple ? 4 : null,
    autocomplete: "off",
    value: widget.value ?? "",
    inputmode: INPUT_KINDS[widget.validation?.inputType]?.mode,
  });
  const made = frame({ name: widget.name, label: widget.label, hint: widget.hintText, control });
  suggestFor(widget, context, control, made.node);
  if (limit) made.node.append(letterCount(control, limit));
  control.addEventListener(
    "change",
    () => widget.onChangeAction && handIn(widget.onChangeAction, context, { widget: widget.name }),
  );
  context.form.add({
    ...made,
    name: widget.name,
    read: () => strings([control.value]),
    isEmpty: () => !control.value.trim(),
    problem: () => textProblem(control.value, widget.validation),
    write: ({ values }) => {
      control.value = values?.[0] ?? "";
      control.dispatchEvent(new Event("input"));
    },
  });
  return made.node;
}

function choiceLabel(item, box) {
  const words = h("span", {}, item.text, item.bottomText ? h("small", {}, item.bottomText) : null);
  return h("label", { "data-value": item.value }, box, words);
}

function choices(widget, context) {
  const kind = { RADIO_BUTTON: "radio", SWITCH: "switch" }[widget.type] ?? "checkbox";
  const group = freshId("choice");
  const boxes = (widget.items ?? []).map((item) => ({
    item,
    box: h("input", {
      type: kind === "radio" ? "radio" : "checkbox",
      name: group,
      role: kind === "switch" ? "switch" : null,
      checked: item.selected,
    }),
  }));
  const control = h(
    "fieldset",
    { class: `choices ${kind}`, role: kind === "radio" ? "radiogroup" : null },
    h("legend", { class: widget.label ? null : "spoken" }, widget.label || widget.name),
    boxes.map(({ item, box }) => choiceLabel(item, box)),
  );
  const made = frame({ name: widget.name, hint: widget.hintText, control, group: true });
  const values = () => boxes.filter(({ box }) => box.checked).map(({ item }) => item.value ?? "");
  control.addEventListener("change", () => {
    made.showProblem(null);
    if (widget.onChangeAction) handIn(widget.onChangeAction, context, { widget: widget.name });
  });
  context.form.add({
    ...made,
    name: widget.name,
    read: () => strings(values()),
    isEmpty: () => values().length === 0,
    problem: () => null,
    write: ({ values: kept = [] }) =>
      boxes.forEach(({ item, box }) => {
        box.checked = kept.includes(item.value ?? "");
      }),
  });
  return made.node;
}

function dropdown(widget, context) {
  const items = widget.items ?? [];
  const blank = items.some(({ selected }) => selected) ? null : h("option", { value: "" }, t("field.choose"));
  const control = h(
    "select",
    { id: freshId("select"), name: widget.name },
    blank,
    items.map((item, index) => h("option", { value: `item ${index}`, "data-value": item.value }, item.text)),
  );
  control.selectedIndex = blank ? 0 : items.findIndex(({ selected }) => selected);
  const made = frame({ name: widget.name, label: widget.label, hint: widget.hintText, control });
  const chosen = () => items[control.selectedIndex - (blank ? 1 : 0)];
  control.addEventListener(
    "change",
    () => widget.onChangeAction && handIn(widget.onChangeAction, context, { widget: widget.name }),
  );
  context.form.add({
    ...made,
    name: widget.name,
    read: () => strings(chosen() ? [chosen().value ?? ""] : []),
    isEmpty: () => !chosen(),
    problem: () => null,
    write: ({ values = [] }) => {
      const at = items.findIndex((item) => values.includes(item.value ?? ""));
      if (at >= 0) control.selectedIndex = at + (blank ? 1 : 0);
    },
  });
  return made.node;
}

function severalFromMany(widget, context) {
  const id = freshId("many");
  const suggest = (query) =>
    server.suggest({
      as: context.app.me,
      ...context.target,
      function: external(widget).function,
      parameters: external(widget).parameters ?? [],
      query,
    });
  const picker = multiSelect(widget, {
    id,
    people: context.app.people,
    fetchItems: external(widget) ? suggest : null,
    attempt: context.app.attempt,
    changed: () => {
      made.showProblem(null);
      if (widget.onChangeAction) handIn(widget.onChangeAction, context, { widget: widget.name });
    },
  });
  const made = frame({ name: widget.name, label: widget.label, hint: widget.hintText, control: picker.input });
  picker.wrap(made.node);
  context.form.add({
    ...made,
    name: widget.name,
    read: () => strings(picker.values()),
    isEmpty: () => picker.values().length === 0,
    problem: () => null,
    write: () => {},
  });
  return made.node;
}

const external = (widget) =>
  widget.externalDataSource ?? widget.dataSourceConfigs?.find((one) => one.remoteDataSource)?.remoteDataSource;

function selectionInput(widget, context) {
  if (widget.type === "DROPDOWN") return dropdown(widget, context);
  return widget.type === "MULTI_SELECT" ? severalFromMany(widget, context) : choices(widget, context);
}

const two = (number) => String(number).padStart(2, "0");
const PICKERS = {
  DATE_ONLY: {
    type: "date",
    show: (ms) => new Date(ms).toISOString().slice(0, 10),
    read: (text) => Date.parse(`${text}T00:00:00Z`),
  },
  TIME_ONLY: {
    type: "time",
    show: (ms) => new Date(ms).toISOString().slice(11, 16),
    read: (text) => Date.parse(`1970-01-01T${text}:00Z`),
  },
  DATE_AND_TIME: {
    type: "datetime-local",
    show: (ms) => {
      const { year, month, day, hour, minute } = wallClock(ms);
      return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
    },
    read: (text) => fromWallClock(...text.split(/[-T:]/u).slice(0, 5).map(Number)),
  },
};

function dateTimePicker(widget, context) {
  const picker = PICKERS[widget.type] ?? PICKERS.DATE_AND_TIME;
  const control = h("input", {
    id: freshId("date"),
    name: widget.name,
    type: picker.type,
    value: widget.valueMsEpoch ? picker.show(Number(widget.valueMsEpoch)) : "",
  });
  const made = frame({ name: widget.name, label: widget.label, control });
  control.addEventListener(
    "change",
    () => widget.onChangeAction && handIn(widget.onChangeAction, context, { widget: widget.name }),
  );
  context.form.add({
    ...made,
    name: widget.name,
    isEmpty: () => !control.value,
    problem: () => null,
    read: () => (control.value ? { kind: "date", ms: picker.read(control.value) } : null),
    write: ({ ms }) => {
      if (ms !== undefined) control.value = picker.show(ms);
    },
  });
  return made.node;
}

/** The switch or checkbox at the end of a decorated text; `label` is the row's own text. */
export function switchControl(widget, context, label) {
  const kind = ["CHECKBOX", "CHECK_BOX"].includes(widget.controlType) ? null : "switch";
  const box = h("input", {
    type: "checkbox",
    role: kind,
    checked: widget.selected,
    "aria-label": label || widget.name,
    "data-field": widget.name,
  });
  box.addEventListener(
    "change",
    () => widget.onChangeAction && handIn(widget.onChangeAction, context, { widget: widget.name }),
  );
  context.form.add({
    name: widget.name,
    read: () => strings(box.checked ? [widget.value ?? ""] : []),
    isEmpty: () => !box.checked,
    problem: () => null,
    showProblem: (text) => (text ? box.setAttribute("aria-invalid", "true") : box.removeAttribute("aria-invalid")),
    focus: () => box.focus(),
    write: ({ values = [] }) => {
      box.checked = values.length > 0;
    },
  });
  return h("span", { class: kind ? "switch-control" : "box-control" }, box);
}

/** The fields by the name of their widget in the card. */
export const FIELDS = { textInput, selectionInput, dateTimePicker };
