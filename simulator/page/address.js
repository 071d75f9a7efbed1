/** The choice that the page's address carries: who, which conversation, which tab; so that a link or a reload keeps it. */

/** What the address says: {as, space, tab}; tab is "home" or "chat". */
export function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  return { as: given.get("as"), space: given.get("space"), tab: given.get("tab") === "home" ? "home" : "chat" };
}

/** The address of a choice, such as "#as=users/101&space=spaces/AAA". */
export function addressOf({ as, space, tab }) {
  const parts = [
    ["as", as],
    ["space", space],
    ["tab", tab === "home" ? "home" : null],
  ];
  const encode = (value) => encodeURIComponent(value).replaceAll("%2F", "/");
  return `#${parts
    .filter(([, value]) => value)
    .map(([key, value]) => `${key}=${encode(value)}`)
    .join("&")}`;
}
