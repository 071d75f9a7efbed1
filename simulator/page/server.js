/** Calls the simulator's control API; the only module of the page that speaks HTTP. */

import { t } from "./words.js";

/** The simulator refused a request or cannot be reached; the message is fit to show. */
export class ServerError extends Error {}

async function call(path, body) {
  const request =
    body === undefined
      ? { headers: { Accept: "application/json" }, cache: "no-store" }
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let response;
  let answer;
  try {
    response = await fetch(`/_sim${path}`, request);
    answer = await response.json();
  } catch (cause) {
    throw new ServerError(response ? t("server.no-json", { status: response.status }) : t("server.gone"), { cause });
  }
  if (!response.ok) throw new ServerError(answer.error ?? t("server.refused", { status: response.status }));
  return answer;
}

const query = (values) => `?${new URLSearchParams(values)}`;

export const people = () => call("/people");
export const view = (as) => call(`/view${query({ as })}`);
export const messages = (as, space) => call(`/messages${query({ as, space })}`);
/** The same, but nothing counts as read by it. */
export const peek = (as, space) => call(`/messages${query({ as, space, peek: 1 })}`);
export const changes = (since) => call(`/changes${query({ since })}`);
export const log = (since) => call(`/log${query({ since })}`);

export const type = (request) => call("/type", request);
export const command = (request) => call("/command", request);
export const click = (request) => call("/click", request);
export const cancel = (request) => call("/dialog/cancel", request);
export const suggest = (request) => call("/suggest", request);
export const home = (as) => call("/home", { as });

export const setBot = (as, space, member) => call("/bot", { as, space, member });
export const makeSpace = (as, displayName, members) => call("/spaces", { as, displayName, members });
export const setClock = (change) => call("/clock", change);
export const runJob = (name) => call(`/jobs/${encodeURIComponent(name)}`, {});
export const setFault = (name, on) => call("/faults", { name, on });
export const setDelay = (name, value) => call("/faults", { name, on: value > 0, value });
export const setDialect = (dialect) => call("/dialect", { dialect });
export const replay = (id, how) => call(`/replay/${encodeURIComponent(id)}`, { how });
export const reset = () => call("/reset", {});
export const coverage = () => call("/coverage");

/** Addresses of files to keep. */
export const FILES = { scenario: "/_sim/scenario", recording: "/_sim/recording" };
