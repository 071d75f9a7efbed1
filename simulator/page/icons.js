/** Small line drawings for buttons and cards, made here: the page loads no font and no picture from anywhere. */

const SVG = "http://www.w3.org/2000/svg";

/** One path each, on a field of 24 by 24, drawn with a line in the colour of the text around it. */
const SHAPES = {
  add: "M12 5v14M5 12h14",
  alternate_email: "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-4 7.5",
  apps: "M5 5h4v4H5zM15 5h4v4h-4zM5 15h4v4H5zM15 15h4v4h-4z",
  arrow_back: "M20 12H5M11 5l-7 7 7 7",
  arrow_forward: "M4 12h15M13 5l7 7-7 7",
  bell: "M6 17h12M8 17v-6a4 4 0 0 1 8 0v6M10.5 20a1.8 1.8 0 0 0 3 0M12 7V4.5",
  book: "M12 6.5C10 5 7 4.8 4 5v13c3-.2 6 0 8 1.5 2-1.5 5-1.7 8-1.5V5c-3-.2-6 0-8 1.5zM12 6.5v13",
  bookmark: "M7 4h10v16l-5-4-5 4z",
  call: "M6 4h3l1.5 4L8.500 9.500a12 12 0 0 0 6 6l1.500-2 4 1.500v3c0 1-1 2-2 2C11 20 4 13 4 6c0-1 1-2 2-2z",
  chat: "M5 5h14a1.500 1.500 0 0 1 1.500 1.500v8a1.500 1.500 0 0 1-1.500 1.500H11l-4.500 4v-4H5a1.500 1.500 0 0 1-1.500-1.500v-8A1.500 1.500 0 0 1 5 5z",
  check: "M5 12.500l4.500 4.500L19 7.500",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.500l3 2",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v11H9zM5 15V4h10",
  delete: "M5 7h14M9 7V4.500h6V7M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5",
  description: "M6 3.500h8l4 4v13H6zM14 3.500v4h4M9 12h6M9 16h6",
  download: "M12 4v11M7 10.500l5 5 5-5M5 19.500h14",
  edit: "M5 19l1-4L16.500 4.500l3 3L9 18z",
  expand: "M6 9.500l6 6 6-6",
  eye: "M2.500 12S6 6 12 6s9.500 6 9.500 6-3.500 6-9.500 6-9.500-6-9.500-6zM12 9.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5z",
  group:
    "M9 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3 19c0-3.500 3-5 6-5s6 1.500 6 5M16 5.500a3 3 0 0 1 0 5.500M17.500 14.500c2 .600 3.500 2 3.500 4.500",
  help: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.700.300-1 .800-1 1.700M12 16.500v.400",
  home: "M4 11.500L12 4.500l8 7M6.500 10v9.500h11V10M10 19.500v-5h4v5",
  info: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM12 11v6M12 7.300v.400",
  inspect: "M4 5h16v14H4zM4 9h16M8 13l2 2-2 2M13 17h4",
  invite: "M10 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM4 19c0-3.500 3-5 6-5 1.500 0 2.800.300 3.900 1M18 13v6M15 16h6",
  language:
    "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM3.500 12h17M12 3.500c5 5.500 5 11.500 0 17M12 3.500c-5 5.500-5 11.500 0 17",
  link: "M10 14a4 4 0 0 0 6 .500l3-3a4 4 0 0 0-5.700-5.700L12 7M14 10a4 4 0 0 0-6-.500l-3 3a4 4 0 0 0 5.700 5.700L12 17",
  location:
    "M12 21s6.500-6.500 6.500-11a6.500 6.500 0 0 0-13 0C5.500 14.500 12 21 12 21zM12 7.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5z",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3M12 14.500v2",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
  more: "M12 5v.100M12 12v.100M12 19v.100",
  person: "M12 4.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7zM5 20c0-4 3.500-6 7-6s7 2 7 6",
  phone:
    "M8 3h8a1.500 1.500 0 0 1 1.500 1.500v15A1.500 1.500 0 0 1 16 21H8a1.500 1.500 0 0 1-1.500-1.500v-15A1.500 1.500 0 0 1 8 3zM11 18h2",
  play: "M8 5l11 7-11 7z",
  reply: "M9 6l-5 5 5 5M4.500 11H14c3.500 0 6 2.500 6 7",
  replay: "M5 5v5h5M5.500 10A7.500 7.500 0 1 1 5 14.500",
  schedule: "M4 6h16v14H4zM4 10h16M8 3.500V7M16 3.500V7M8 14h3",
  school: "M12 5l9.500 4.500L12 14 2.500 9.500zM6 11.500V17c3.500 2.500 8.500 2.500 12 0v-5.500",
  search: "M10.500 4.500a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l5 5",
  send: "M4 4.500L21 12 4 19.500l2.500-7.500zM6.500 12H13",
  share: "M14 5l6 6-6 6M19.500 11H12c-4 0-7 2.500-8 7",
  star: "M12 4l2.500 5.200 5.500.700-4 4 1 5.600-5-2.700-5 2.700 1-5.600-4-4 5.500-.700z",
  swap: "M4 9h14M14 5l4 4-4 4M20 16H6M10 12l-4 4 4 4",
  task: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM8 12.500l3 3 5-6",
  warning: "M12 4L2.500 20h19zM12 10v4.500M12 17.200v.300",
  widget: "M4 5h16v14H4zM4 10h16M9 14h6",
  wrench:
    "M14.500 6.500a4.500 4.500 0 0 1 5.500-2l-3 3 .500 2 2 .500 3-3a4.500 4.500 0 0 1-6 5.500L9 20l-4-4 7.500-7.500a4.500 4.500 0 0 1 2-2z",
};

/** The names that Google's icon sets use for what is drawn here under another name. */
const ALSO = {
  access_time: "clock",
  account_circle: "person",
  arrow_right_alt: "arrow_forward",
  bolt: "warning",
  bug_report: "warning",
  calendar_month: "schedule",
  calendar_today: "schedule",
  cancel: "close",
  check_circle: "check",
  clear: "close",
  confirmation_number: "bookmark",
  contacts: "person",
  content_copy: "copy",
  done: "check",
  email: "mail",
  error: "warning",
  event: "schedule",
  event_seat: "task",
  expand_more: "expand",
  favorite: "star",
  forum: "chat",
  gavel: "book",
  groups: "group",
  launch: "link",
  map_pin: "location",
  menu_book: "book",
  message: "chat",
  multiple_people: "group",
  notifications: "bell",
  open_in_new: "link",
  people: "group",
  person_add: "invite",
  place: "location",
  priority_high: "warning",
  refresh: "replay",
  save: "download",
  settings: "wrench",
  smartphone: "phone",
  ticket: "bookmark",
  today: "schedule",
  undo: "reply",
  visibility: "eye",
};

/** Whether there is a drawing for this name, in Google's spelling or ours. */
export function knows(name) {
  const plain = String(name).toLowerCase();
  return plain in SHAPES || plain in ALSO;
}

/** The drawing of this name, silent for a screen reader; null when there is none. */
export function icon(name, size = 20) {
  const plain = String(name).toLowerCase();
  const shape = SHAPES[plain] ?? SHAPES[ALSO[plain]];
  if (!shape) return null;
  const drawing = document.createElementNS(SVG, "svg");
  const given = { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true", class: "drawing" };
  for (const [key, value] of Object.entries(given)) drawing.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", shape);
  drawing.append(path);
  return drawing;
}
