/** Where a person types: the text box, the slash menu, the "+" menu of quick commands and the mention of the bot. */

import { icon } from "./icons.js";
import { h, menuButton, spoken } from "./nodes.js";
import { optionList } from "./options.js";
import { isBotChat, spaceName } from "./view.js";
import { t } from "./words.js";
import * as server from "./server.js";

const HIGHEST_PX = 160;

/** The menu that opens on "/" and narrows with each letter. Returns {list, news, offer(), key(event), close()}. */
function createSlashMenu(box, commands, pick) {
  const news = h("span", { class: "spoken", role: "status" });
  const menu = optionList(box, {
    kind: "slash",
    label: t("compose.commands"),
    first: 0,
    pick,
    data: (command) => ({ "data-command": command.id, "data-action": command.name }),
    render: (command) => [h("strong", {}, command.name), h("span", {}, command.description)],
  });
  const offer = () => {
    const typed = /^\/\S*$/u.test(box.value) ? box.value.toLowerCase() : null;
    const fitting = typed ? commands.filter(({ name }) => name.toLowerCase().startsWith(typed)) : [];
    menu.offer(fitting);
    if (fitting.length) news.textContent = t("compose.fitting", { count: fitting.length });
  };
  return { ...menu, news, offer };
}

function threadNote(app) {
  const clear = () => app.answerIn(null);
  return h(
    "p",
    { class: "in-thread" },
    icon("reply", 16),
    t("compose.replying"),
    h("strong", {}, app.thread.title),
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": t("compose.stop-replying"),
        on: { click: clear },
      },
      icon("close", 16),
    ),
  );
}

function quickMenu(app, space, commands) {
  if (!commands.length) return null;
  const button = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      title: t("compose.quick"),
      "aria-label": t("compose.quick"),
      "data-action": "+",
    },
    icon("add"),
  );
  const items = commands.map((command) => ({
    label: command.name,
    detail: command.description,
    data: { "data-command": command.id },
    act: () => app.perform(() => server.command({ as: app.me, space: space.name, commandId: command.id })),
  }));
  return h("div", { class: "popup-place" }, button, menuButton(button, items, t("compose.quick")));
}

function growToFit(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, HIGHEST_PX)}px`;
}

/** The text box with its slash menu; `send(text)` tells whether the text was taken. Returns {box, slash, fill(text), submit()}. */
function createBox(commands, withBot, draft, send) {
  const box = h("textarea", {
    id: "composer",
    rows: 1,
    value: draft,
    autocomplete: "off",
    placeholder: t(withBot ? "compose.with-bot" : "compose.without-bot"),
  });
  const grow = () => growToFit(box);
  const fill = (text) => {
    box.value = text;
    grow();
    slash.offer();
    box.focus();
  };
  const submit = async () => {
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    grow();
    if (!(await send(text)) && !box.value) fill(text);
  };
  const pick = (command) => {
    const ready = command.opensDialog || box.value === command.name;
    fill(ready ? command.name : `${command.name} `);
    slash.close();
    if (ready) submit();
  };
  const slash = createSlashMenu(box, commands, pick);
  box.addEventListener("input", () => {
    grow();
    slash.offer();
  });
  box.addEventListener("blur", () => slash.close());
  box.addEventListener("keydown", (event) => {
    if (slash.key(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  queueMicrotask(grow);
  return { box, slash, fill, submit };
}

function mentionButton(bot, box, fill) {
  const mention = () => {
    const [start, end] = [box.selectionStart, box.selectionEnd];
    const gap = start && !/\s$/u.test(box.value.slice(0, start)) ? " " : "";
    box.setRangeText(`${gap}@${bot} `, start, end, "end");
    fill(box.value);
  };
  return h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "data-action": "Noem de bot",
      title: t("compose.mention", { bot }),
      "aria-label": t("compose.mention", { bot }),
      on: { click: mention },
    },
    icon("alternate_email"),
  );
}

function sendButton() {
  const title = t("compose.send");
  return h("button", { type: "submit", class: "send", title, "data-action": "Verstuur" }, icon("send"), spoken(title));
}

/** The composer for one person in one space. Returns {node, draw(), fill(text), focus(), text()}; `draft` is what stood there before. */
export function createComposer(app, space, draft) {
  const withBot = space.botMember || isBotChat(app, space);
  const commands = (type) => (withBot ? app.view.commands.filter((command) => command.type === type) : []);
  const name = spaceName(app, space);
  const send = async (text) => {
    const thread = app.thread?.name;
    const outcome = await app.perform(() =>
      server.type({ as: app.me, space: space.name, text, ...(thread ? { thread } : {}) }),
    );
    if (outcome) app.answerIn(null);
    return Boolean(outcome);
  };
  const { box, slash, fill, submit } = createBox(commands("SLASH"), withBot, draft, send);
  const note = h("div", {});
  const onSubmit = (event) => {
    event.preventDefault();
    submit();
  };
  const node = h(
    "form",
    { class: "composer", "aria-label": t("compose.form", { name }), on: { submit: onSubmit } },
    note,
    slash.list,
    slash.news,
    h(
      "div",
      { class: "row" },
      quickMenu(app, space, commands("QUICK")),
      h("label", { for: "composer", class: "spoken" }, t("compose.label", { name })),
      box,
      space.type === "DIRECT_MESSAGE" ? null : mentionButton(app.view.bot.displayName, box, fill),
      sendButton(),
    ),
  );
  const draw = () => note.replaceChildren(...(app.thread ? [threadNote(app)] : []));
  return { node, draw, fill, focus: () => box.focus(), text: () => box.value };
}
