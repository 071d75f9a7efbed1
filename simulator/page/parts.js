/** What stands inside a card in many places: icons, pictures, and the outline of whatever this page does not know yet. */

import { icon, knows } from "./icons.js";
import { h } from "./nodes.js";
import { t } from "./words.js";

/** The outline of an unknown part: its name and all that the app sent of it. Never left out. */
export function unknown(name, content) {
  const json = content === undefined ? null : JSON.stringify(content, null, 2);
  return h(
    "div",
    { class: "unknown", "data-unknown": name },
    h("p", {}, icon("widget", 18), h("span", {}, t("card.unknown", { name }))),
    json
      ? h(
          "details",
          {},
          h("summary", {}, t("card.unknown-json")),
          h("pre", { tabindex: "0", "aria-label": t("card.unknown-json") }, json),
        )
      : null,
  );
}

/** A picture. Only one that came along is shown: nothing is ever fetched from elsewhere, so that names where it is from. */
export function picture(address, alt, kind) {
  const missing = (words) => h("span", { class: `no-picture ${kind ?? ""}` }, words || t("card.picture"));
  if (!address?.startsWith("data:image/")) {
    const host = URL.canParse(address ?? "") ? new URL(address).host : "";
    if (!host) return missing(alt);
    return missing(t("card.picture-not-loaded", { alt: alt || t("card.picture"), host }));
  }
  const image = h("img", { src: address, alt, class: kind, loading: "lazy" });
  image.addEventListener("error", () => image.replaceWith(missing(alt)));
  return image;
}

/** An icon of a card (a known one, one of Google's material icons, or a picture); one without drawing shows its name. */
export function iconNode(given) {
  if (!given) return null;
  const words = given.altText ?? "";
  if (given.iconUrl) {
    const round = given.imageType === "CIRCLE" ? "circle" : "";
    if (given.iconUrl.startsWith("data:image/")) return picture(given.iconUrl, words, `icon ${round}`);
    return h("span", { class: `icon sign ${round}`, title: given.iconUrl }, icon("apps"));
  }
  const name = given.knownIcon ?? given.materialIcon?.name ?? "";
  const spelled = words || name.toLowerCase().replaceAll("_", " ");
  const drawn = knows(name);
  return h(
    "span",
    { class: drawn ? "icon sign" : "icon word", title: spelled, role: "img", "aria-label": spelled },
    drawn ? icon(name) : spelled,
  );
}
