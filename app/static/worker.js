// Service worker: keeps the emergency cards of each language that somebody opened one in, and nothing else.
// The server writes KEPT above this line: {language: {name, offline, pages: [addresses], files: [addresses]}}.
// The name holds a stamp of the words; a new stamp is a new cache, fetched whole before the old one goes.
const LANGUAGES = Object.keys(KEPT);
const FILES = new Set(LANGUAGES.flatMap((code) => KEPT[code].files));
const OURS = "cards ";
const PATIENCE = 4000; // milliseconds after which a kept card stands in for a slow network

const path = (address) => new URL(address).pathname;
const languageOf = (address) => LANGUAGES.find((code) => KEPT[code].pages.includes(path(address)));
const held = (address) => caches.match(address, { ignoreVary: true });
const late = () => new Promise((_, fail) => setTimeout(fail, PATIENCE));

async function fetched(address, isPage) {
  const answer = await fetch(address, { cache: isPage ? "no-cache" : "default", redirect: "error" });
  const caching = answer.headers.get("Cache-Control") || "no-store";
  if (!answer.ok || /no-store|private/.test(caching)) throw new Error(address);
  return [address, answer];
}

async function store({ name, pages, files }) {
  if (await caches.has(name)) return;
  const answers = await Promise.all([
    ...pages.map((address) => fetched(address, true)),
    ...files.map((address) => fetched(address, false)),
  ]);
  const cache = await caches.open(name);
  try {
    await Promise.all(answers.map(([address, answer]) => cache.put(address, answer)));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  const windows = await clients.matchAll({ includeUncontrolled: true });
  windows.forEach((each) => each.postMessage(name));
}

const storing = new Map();
function keep(code) {
  if (!storing.has(code)) storing.set(code, store(KEPT[code]).finally(() => storing.delete(code)));
  return storing.get(code);
}

addEventListener("install", (event) => event.waitUntil((async () => {
  const [names, windows] = await Promise.all([
    caches.keys(), clients.matchAll({ type: "window", includeUncontrolled: true }),
  ]);
  await Promise.all(LANGUAGES.filter((code) =>
    names.some((name) => name.startsWith(`${OURS}${code} `)) || windows.some((each) => languageOf(each.url) === code),
  ).map(keep));
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  const names = new Set(LANGUAGES.map((code) => KEPT[code].name));
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && !names.has(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  if (registration.navigationPreload) await registration.navigationPreload.enable();
  await clients.claim();
})()));

async function instead(address) {
  const first = LANGUAGES.find((code) => path(address).startsWith(KEPT[code].offline.replace(/[^/]*$/, "")));
  for (const code of [first, ...LANGUAGES]) {
    const page = code && await held(KEPT[code].offline);
    if (page) return page;
  }
  return Response.error();
}

async function page(event) {
  const address = event.request.url;
  const network = (async () => (await event.preloadResponse) || fetch(event.request))();
  const code = languageOf(address);
  const card = code && await held(path(address));
  try {
    const answer = await (card ? Promise.race([network, late()]) : network);
    if (card && answer.status >= 500) return card;
    if (code) event.waitUntil(keep(code).catch(() => {}));
    return answer;
  } catch {
    network.catch(() => {});
    return card || instead(address);
  }
}

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || !url.startsWith(location.origin + "/")) return;
  if (mode === "navigate") event.respondWith(page(event));
  else if (FILES.has(path(url))) event.respondWith(held(path(url)).then((file) => file || fetch(event.request)));
});
