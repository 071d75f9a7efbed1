/** What tells a person something besides the conversation: alarms, toasts, and messages that came in somewhere else. */

import { addressOf } from "./address.js";
import { icon } from "./icons.js";
import { groupSign, h, portrait } from "./nodes.js";
import { plainText } from "./texts.js";
import { isBotChat, spaceName } from "./view.js";
import { t } from "./words.js";
import * as server from "./server.js";

const TOAST_MS = 7000;
const NOTICE_MS = 9000;
const NOTICES_AT_MOST = 3;

const closing = (click) =>
  h(
    "button",
    { type: "button", class: "icon-button", "aria-label": t("page.dismiss"), on: { click } },
    icon("close", 18),
  );

/** Lines at the bottom of the page; an alarm stays until closed, a toast goes by itself. */
export function createNotices(alarmPlace, toastPlace) {
  let timer = 0;
  const toast = (text) => {
    clearTimeout(timer);
    toastPlace.textContent = text;
    timer = setTimeout(() => {
      toastPlace.textContent = "";
    }, TOAST_MS);
  };
  const calm = () => [alarmPlace, toastPlace].forEach((place) => place.replaceChildren());
  const alarm = (text) => alarmPlace.replaceChildren(icon("warning"), h("span", {}, text), closing(calm));
  return { toast, alarm, calm };
}

/** One notice: {name, bot, group, title, text, href, link}; it goes by itself, but not while somebody is at it. */
function noticeNode({ name, bot, group, title, text, href, link }) {
  const gone = () => node.remove();
  const body = [h("strong", {}, title), text ? h("p", {}, text) : null, h("a", { href, on: { click: gone } }, link)];
  const node = h(
    "div",
    { class: "notice", "data-notice": true },
    group ? groupSign(name) : portrait(name, bot),
    h("div", {}, body),
    closing(gone),
  );
  const leave = () => setTimeout(() => (node.matches(":hover, :focus-within") ? leave() : gone()), NOTICE_MS);
  leave();
  return node;
}

/** The newest message of a space, as a notice; without its words where a look would count as reading. */
async function messageNotice(app, space) {
  const messages = app.offers("peek") ? await server.peek(app.me, space.name) : [];
  const last = messages.filter(({ sender, deleted }) => sender.name !== app.me && !deleted).at(-1);
  const place = spaceName(app, space);
  const name = last ? app.nameOf(last.sender.name) : place;
  const direct = space.type === "DIRECT_MESSAGE";
  return {
    name,
    group: !last && !direct,
    bot: last ? last.sender.type === "BOT" : isBotChat(app, space),
    title: direct || !last ? t("notice.message", { sender: name }) : `${place} · ${name}`,
    text: last ? plainText(last.text || last.fallbackText || "", app.nameOf) : "",
    href: addressOf({ as: app.me, space: space.name }),
    link: t("notice.open"),
  };
}

function someoneNotice(person) {
  const name = person.displayName;
  return {
    name,
    bot: false,
    title: t("notice.someone", { name }),
    href: addressOf({ as: person.user }),
    link: t("notice.be", { name }),
  };
}

const rose = (before, now, name) => before.has(name) && now.get(name) > before.get(name);

/** Watches who has more to read than before. Returns {look()}, to be called after each refresh. */
export function createWatch(app, place) {
  let me = null;
  let mine = new Map();
  let others = new Map();
  const show = (notice) => {
    if (!notice) return;
    place.prepend(noticeNode(notice));
    while (place.children.length > NOTICES_AT_MOST) place.lastChild.remove();
  };
  const look = async () => {
    if (!app.view) return;
    const mineNow = new Map(app.view.spaces.map(({ name, unread }) => [name, Number(unread)]));
    const othersNow = new Map(app.people.map(({ user, waiting }) => [user, Number(waiting ?? 0)]));
    const same = me === app.me;
    const spaces = same ? app.view.spaces.filter(({ name }) => name !== app.space && rose(mine, mineNow, name)) : [];
    const people = same ? app.people.filter(({ user }) => user !== app.me && rose(others, othersNow, user)) : [];
    [me, mine, others] = [app.me, mineNow, othersNow];
    if (!same) place.replaceChildren();
    people.map(someoneNotice).forEach(show);
    for (const space of spaces) show(await app.attempt(() => messageNotice(app, space)));
  };
  return { look };
}
