/** Cards as Chat shows them: header, sections, widgets and footer. What is not known here is named, never left out silently. */

import { freshId, h, menuButton, safeAddress } from "./nodes.js";
import { iconNode, picture, unknown } from "./parts.js";
import { cardText, markdownText } from "./texts.js";
import { FIELDS, handIn, switchControl } from "./widgets.js";
import { t } from "./words.js";

/** Only paragraphs, the main text of a decorated text and section headers hold HTML in Chat; all else is bare text. */
const paragraph = (text, kind) => h("div", { class: kind }, cardText(text));

function textParagraph(widget) {
  const markdown = widget.textSyntax === "MARKDOWN";
  const text = markdown
    ? h("div", { class: "paragraph" }, markdownText(widget.text))
    : paragraph(widget.text, "paragraph");
  if (!widget.maxLines) return text;
  text.classList.add("clamped");
  text.style.setProperty("--lines", widget.maxLines);
  const more = h("button", { type: "button", class: "link", hidden: true, "aria-expanded": "false" }, t("card.more"));
  more.addEventListener("click", () => {
    const open = text.classList.toggle("clamped") === false;
    more.textContent = t(open ? "card.less" : "card.more");
    more.setAttribute("aria-expanded", String(open));
  });
  new ResizeObserver(() => {
    if (text.classList.contains("clamped")) more.hidden = text.scrollHeight <= text.clientHeight + 1;
  }).observe(text);
  return h("div", {}, text, more);
}

/** What a click on `onClick` does, as {href} or {act(button)} or {items} or {unknown}. */
function effectOf(onClick, context, extra = []) {
  if (onClick?.action)
    return { act: (button) => handIn(onClick.action, context, { button, extra }), action: onClick.action };
  if (onClick?.openLink) return { href: safeAddress(onClick.openLink.url) };
  if (onClick?.overflowMenu) return { items: onClick.overflowMenu.items ?? [] };
  return { unknown: `onClick.${Object.keys(onClick ?? {})[0] ?? "-"}`, given: onClick };
}

function paint(node, colour) {
  const channels = ["red", "green", "blue"].map((name) => Math.round((colour[name] ?? 0) * 255));
  const [r, g, b] = channels.map((value) =>
    value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  node.style.setProperty("--fill", `rgb(${channels.join(" ")})`);
  node.style.setProperty("--on-fill", 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff");
  node.classList.add("painted");
}

const BUTTON_KINDS = { FILLED: "filled", FILLED_TONAL: "tonal", BORDERLESS: "borderless", OUTLINED: "outlined" };

function overflow(items, context, trigger) {
  const menu = menuButton(
    trigger,
    items.map((item) => {
      const effect = effectOf(item.onClick, context);
      const act = () =>
        effect.act ? effect.act(trigger) : effect.href && window.open(effect.href, "_blank", "noopener,noreferrer");
      return { label: item.text, disabled: item.disabled, act };
    }),
    t("card.choices"),
  );
  return h("span", { class: "popup-place" }, trigger, menu);
}

function buttonNode(button, context, fallbackKind = "outlined") {
  const effect = effectOf(button.onClick, context);
  if (effect.unknown) return unknown(effect.unknown, button);
  const kind = BUTTON_KINDS[button.type] ?? (button.color ? "filled" : fallbackKind);
  const label = button.text ?? button.altText ?? button.icon?.altText ?? t("card.button");
  const common = {
    class: kind,
    "aria-label": button.altText || (button.text ? null : label),
    "data-action": label,
    "data-function": effect.action?.function,
  };
  const content = [
    button.icon ? h("span", { "aria-hidden": button.text ? "true" : null }, iconNode(button.icon)) : null,
    button.text ? h("span", {}, button.text) : null,
  ];
  const node =
    effect.href && !button.disabled
      ? h("a", { ...common, href: effect.href, target: "_blank", rel: "noopener noreferrer" }, content)
      : h("button", { ...common, type: "button", disabled: button.disabled }, content);
  if (button.color && kind === "filled") paint(node, button.color);
  if (effect.act) node.addEventListener("click", () => effect.act(node));
  return effect.items ? overflow(effect.items, context, node) : node;
}

function buttonList(widget, context) {
  return h(
    "div",
    { class: "buttons" },
    (widget.buttons ?? []).map((button) => buttonNode(button, context)),
  );
}

/** The row of an accessory widget below a message; only button lists exist there. */
export function buttonRow(widget, context) {
  return widget.buttonList
    ? buttonList(widget.buttonList, context)
    : unknown(`accessoryWidgets.${Object.keys(widget)[0] ?? "-"}`, widget);
}

/** Make any content do what its onClick says: a link, a button, or just the content. */
function clickable(onClick, context, kind, extra, ...content) {
  if (!onClick) return h("div", { class: kind }, ...content);
  const effect = effectOf(onClick, context, extra);
  if (effect.href)
    return h(
      "a",
      { class: `${kind} clickable`, href: effect.href, target: "_blank", rel: "noopener noreferrer" },
      ...content,
    );
  if (!effect.act) return h("div", { class: kind }, ...content, unknown(effect.unknown ?? "onClick", onClick));
  const node = h(
    "button",
    { type: "button", class: `${kind} clickable`, "data-function": effect.action.function },
    ...content,
  );
  node.dataset.action = node.textContent.trim();
  node.addEventListener("click", () => effect.act(node));
  return node;
}

function decoratedText(widget, context) {
  const line = (text, rich, kind, draw) => {
    if (rich) return h("div", { class: kind }, textParagraph(rich));
    return text ? draw(text, kind) : null;
  };
  const bare = (text, kind) => h("div", { class: kind }, text);
  const main = line(widget.text, widget.contentText, `main ${widget.wrapText ? "" : "one-line"}`, paragraph);
  const label = main?.textContent ?? "";
  const lines = clickable(
    widget.onClick,
    context,
    "lines",
    [],
    line(widget.topLabel, widget.topLabelText, "top-label one-line", bare),
    main,
    line(widget.bottomLabel, widget.bottomLabelText, "bottom-label", bare),
  );
  return h(
    "div",
    { class: "decorated" },
    iconNode(widget.startIcon ?? widget.icon),
    lines,
    widget.button ? buttonNode(widget.button, context) : null,
    widget.switchControl ? switchControl(widget.switchControl, context, label) : null,
    iconNode(widget.endIcon),
  );
}

function image(widget, context) {
  return clickable(widget.onClick, context, "image", [], picture(widget.imageUrl, widget.altText ?? "", ""));
}

function grid(widget, context) {
  const node = h(
    "div",
    { class: "grid" },
    (widget.items ?? []).map((item) =>
      clickable(
        widget.onClick,
        context,
        "cell",
        [{ key: "grid_item_identifier", value: item.id ?? "" }],
        item.image
          ? picture(
              item.image.imageUri,
              item.image.altText ?? "",
              item.image.cropStyle?.type === "CIRCLE" ? "circle" : "",
            )
          : null,
        item.title ? h("strong", {}, item.title) : null,
        item.subtitle ? h("span", {}, item.subtitle) : null,
      ),
    ),
  );
  node.style.setProperty("--columns", widget.columnCount || 2);
  return h("div", {}, widget.title ? h("p", { class: "grid-title" }, widget.title) : null, node);
}

function chipList(widget, context) {
  const chips = (widget.chips ?? []).map((chip) =>
    buttonNode(
      {
        text: chip.label,
        altText: chip.altText,
        icon: chip.icon,
        onClick: chip.onClick,
        disabled: chip.disabled || chip.enabled === false,
      },
      context,
      "chip",
    ),
  );
  return h("div", { class: `chips ${widget.layout === "HORIZONTAL_SCROLLABLE" ? "scrolls" : ""}` }, chips);
}

function columns(widget, context) {
  return h(
    "div",
    { class: "columns" },
    (widget.columnItems ?? []).map((column) =>
      h(
        "div",
        {
          class: column.horizontalSizeStyle === "FILL_MINIMUM_SPACE" ? "least" : null,
          "data-align": column.horizontalAlignment?.toLowerCase(),
          "data-valign": column.verticalAlignment?.toLowerCase(),
        },
        (column.widgets ?? []).map((inner) => widgetNode(inner, context)),
      ),
    ),
  );
}

function carousel(widget, context) {
  const cards = (widget.carouselCards ?? []).map(({ widgets = [], footerWidgets = [] }) =>
    h(
      "div",
      { class: "slide" },
      [...widgets, ...footerWidgets].map((inner) => widgetNode(inner, context)),
    ),
  );
  return h("div", { class: "carousel", role: "group", tabindex: "0", "aria-label": t("card.carousel") }, cards);
}

const WIDGETS = {
  textParagraph,
  buttonList,
  decoratedText,
  image,
  grid,
  chipList,
  columns,
  carousel,
  divider: () => h("hr"),
  ...FIELDS,
};
const ABOUT_WIDGETS = new Set(["horizontalAlignment", "id", "visibility", "eventActions"]);

function widgetNode(widget, context) {
  const nodes = Object.entries(widget)
    .filter(([name]) => !ABOUT_WIDGETS.has(name))
    .map(([name, content]) => (WIDGETS[name] ? WIDGETS[name](content, context) : unknown(name, content)));
  return h(
    "div",
    {
      class: "widget",
      "data-align": widget.horizontalAlignment?.toLowerCase(),
      hidden: widget.visibility === "HIDDEN",
    },
    nodes.length ? nodes : unknown(t("card.empty-widget"), widget),
  );
}

function collapse(section, widgets) {
  const kept = section.uncollapsibleWidgetsCount ?? 0;
  if (!section.collapsible || kept >= widgets.length) return widgets;
  const rest = h("div", { id: freshId("rest"), class: "rest" }, widgets.slice(kept));
  const { collapseButton = {}, expandButton = {} } = section.collapseControl ?? {};
  const toggle = h("button", { type: "button", class: "link collapse", "aria-controls": rest.id });
  const set = (open) => {
    rest.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent =
      (open ? collapseButton.text : expandButton.text) ??
      t(open ? "card.less-widgets" : "card.more-widgets", { count: widgets.length - kept });
    toggle.dataset.action = toggle.textContent;
  };
  toggle.addEventListener("click", () => set(rest.hidden));
  set(false);
  return [...widgets.slice(0, kept), rest, toggle];
}

function sectionNode(section, context) {
  const widgets = (section.widgets ?? []).map((widget) => widgetNode(widget, context));
  const title = section.header
    ? h(`h${context.heading + 1}`, { class: "section-header" }, cardText(section.header))
    : null;
  return h("section", { class: "card-section" }, title, collapse(section, widgets));
}

function header(card, context) {
  if (!card.header) return null;
  const { title, subtitle, imageUrl, imageType, imageAltText } = card.header;
  return h(
    "div",
    { class: "card-header" },
    imageUrl ? picture(imageUrl, imageAltText ?? "", imageType === "CIRCLE" ? "circle" : "") : null,
    h(
      "div",
      {},
      h(`h${context.heading}`, { id: context.titleId, tabindex: context.titleId ? "-1" : null }, title ?? ""),
      subtitle ? h("p", {}, subtitle) : null,
    ),
  );
}

function footer(card, context) {
  if (!card.fixedFooter) return null;
  if (!context.inDialog) return unknown(t("card.footer-in-message"), card.fixedFooter);
  const { primaryButton, secondaryButton } = card.fixedFooter;
  return h(
    "div",
    { class: "fixed-footer" },
    secondaryButton ? buttonNode(secondaryButton, context, "outlined") : null,
    primaryButton ? buttonNode(primaryButton, context, "filled") : null,
  );
}

const NOT_SHOWN = ["cardActions", "expressionData", "peekCardHeader"];

/** A card; context is {app, form, target: {space, message? | dialog?}, inDialog, heading: level of its title, titleId?}. */
export function cardNode(card, context) {
  const missing = NOT_SHOWN.filter((name) => card[name]).map((name) => unknown(name, card[name]));
  return h(
    "div",
    {
      class: "card",
      "data-dividers": card.sectionDividerStyle === "NO_DIVIDER" ? "none" : null,
      role: context.inDialog ? null : "group",
      "aria-label": context.inDialog ? null : (card.header?.title ?? t("card.label")),
    },
    header(card, context),
    h(
      "div",
      { class: "sections" },
      (card.sections ?? []).map((section) => sectionNode(section, context)),
      missing,
    ),
    footer(card, context),
  );
}
