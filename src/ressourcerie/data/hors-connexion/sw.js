// The site without a connection. The build writes before this what it knows: `build.version`,
// which changes with any file of the site, and `build.frame`, what the page « Hors connexion » needs.
//
// Three stores, all named after this site, for others may share its origin:
//   the frame    put there with each version, so that « Hors connexion » always opens;
//   asked        what the reader asked to keep: the page does that, and may be stopped;
//   read         what was read, or opened, and can go when room is short.
"use strict";

const SCOPE = self.registration.scope;
const NAME = "ressourcerie " + SCOPE + " ";
const FRAME = NAME + "cadre " + build.version;
const ASKED = NAME + "garde";
const READ = NAME + "lu";
const FALLBACK = "hors-connexion/";

const PATIENCE = 3000; // milliseconds a page waits for a slow network, when it is kept here
const LARGEST = 25e6; // bytes of a file that is kept for having been opened
const MOST = 600; // files read

const FINGERPRINT = /-[0-9a-f]{10}(?=\.\w+$)/;
const NEVER_KEPT = /\.(?:zip|gz|xml)$|\/(?:sw\.js|hors-connexion\.json)$/;
const SELDOM_CHANGES = /\.(?:svg|png|jpe?g|webp|avif|gif|woff2?|ico)$/;

// One key a file, whatever was asked of it: no search, no fragment, no name of index.
function keyOf(address) {
  const url = new URL(address);
  return url.origin + url.pathname.replace(/\/index\.html$/, "/");
}

const frame = build.frame.map((path) => new URL(path, SCOPE).href);

self.addEventListener("install", (event) => {
  event.waitUntil(fillFrame().then(() => self.skipWaiting()));
});

// One file missing, and the former version stays: a site half sent to its server breaks nothing.
async function fillFrame() {
  const store = await caches.open(FRAME);
  await store.addAll(
    frame.map((href) => new Request(href, { cache: FINGERPRINT.test(href) ? "default" : "no-cache" }))
  );
}

self.addEventListener("activate", (event) => {
  event.waitUntil(settle());
});

async function settle() {
  const names = await caches.keys();
  const former = names.filter((name) => name.startsWith(NAME + "cadre ") && name !== FRAME);
  await Promise.all(former.map((name) => caches.delete(name)));
  await Promise.all([ASKED, READ].map(dropFormerAssets));
  await trim(MOST);
  if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
  await self.clients.claim();
  // Said once a version, and only to those who keep a copy that is no longer the last.
  if (former.length && names.includes(ASKED)) await sayToAll({ type: "new-version" });
}

// A page kept for long asks for a style sheet that is gone: its heir will do. See `heir`.
async function dropFormerAssets(name) {
  if (!(await caches.has(name))) return;
  const store = await caches.open(name);
  for (const { url } of await store.keys()) {
    if (FINGERPRINT.test(url) && !frame.includes(url) && (await heir(url))) await store.delete(url);
  }
}

async function trim(most) {
  if (!(await caches.has(READ))) return;
  const store = await caches.open(READ);
  const keys = await store.keys();
  // The oldest come first.
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await store.delete(key);
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  if (request.cache === "only-if-cached" && request.mode !== "same-origin") return;
  // The page « Hors connexion » keeps what it asks for by itself.
  if (request.cache === "no-store") return;
  const navigates = request.mode === "navigate";
  const { pathname } = new URL(request.url);
  if (NEVER_KEPT.test(pathname) && !navigates) return;
  const answer = request.headers.has("range") ? part(request) : choose(pathname)(event);
  // Whatever goes wrong here, the reader gets what there would be without this script.
  event.respondWith(answer.catch(() => (navigates ? fallback(request) : fetch(request))));
});

function choose(pathname) {
  if (FINGERPRINT.test(pathname)) return keptFirst;
  return SELDOM_CHANGES.test(pathname) ? keptThenRenewed : freshFirst;
}

// Its address changes with it: what is kept is right for ever.
async function keptFirst(event) {
  const key = keyOf(event.request.url);
  const kept = await find(key);
  if (kept) return kept;
  const response = await ask(event, key).catch(() => null);
  if (response && response.ok) return response;
  return (await heir(key)) || response || Response.error();
}

async function keptThenRenewed(event) {
  const key = keyOf(event.request.url);
  const kept = await find(key);
  const fresh = ask(event, key);
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return kept;
}

async function freshFirst(event) {
  const request = event.request;
  const key = keyOf(request.url);
  const fresh = ask(event, key);
  event.waitUntil(fresh.catch(() => {}));
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([fresh.catch(() => null), patience]);
  // A server in trouble is no better than no server.
  if (first && first.status < 500) return first;
  const kept = await find(key);
  if (!kept) return fresh;
  if (request.mode === "navigate") event.waitUntil(sayTo(event, { type: "kept" }));
  return kept;
}

async function ask(event, key) {
  const early = event.preloadResponse ? await event.preloadResponse.catch(() => null) : null;
  const response = early || (await fetch(event.request));
  if (isWhole(response)) event.waitUntil(keep(key, response.clone()));
  else if (response.status === 404 || response.status === 410) event.waitUntil(forget(key));
  return response;
}

// Neither an error, nor a part, nor the end of a redirection, nor what came from elsewhere.
function isWhole(response) {
  return (
    response.status === 200 &&
    response.type === "basic" &&
    !response.redirected &&
    !(Number(response.headers.get("content-length")) > LARGEST)
  );
}

async function find(key) {
  for (const name of [FRAME, ASKED, READ]) {
    if (!(await caches.has(name))) continue;
    const found = await (await caches.open(name)).match(key, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

// The same file under another fingerprint, in the frame of this version.
async function heir(key) {
  const stem = key.replace(FINGERPRINT, "");
  const href = frame.find((one) => FINGERPRINT.test(one) && one.replace(FINGERPRINT, "") === stem);
  return href ? find(href) : undefined;
}

// The reader wants nothing kept, and this worker goes when the last of its pages is closed.
let left = false;

async function keep(key, response) {
  if (left || frame.includes(key) || NEVER_KEPT.test(key)) return;
  try {
    const asked = (await caches.has(ASKED)) && (await caches.open(ASKED));
    const store = asked && (await asked.match(key)) ? asked : await caches.open(READ);
    await store.put(key, response);
  } catch (full) {
    // Room is short: what was read longest ago makes some, for next time.
    await trim(MOST / 4);
  }
}

async function forget(key) {
  for (const name of [ASKED, READ]) {
    if (await caches.has(name)) await (await caches.open(name)).delete(key);
  }
}

// A reader of PDF asks for parts of a file: the network knows best, then what is kept is cut.
async function part(request) {
  try {
    return await fetch(request);
  } catch (unreachable) {
    const kept = await find(keyOf(request.url));
    if (!kept) throw unreachable;
    return slice(await kept.blob(), request.headers.get("range"), kept.headers.get("content-type"));
  }
}

function slice(blob, range, type) {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  const last = blob.size - 1;
  let start = 0;
  let end = last;
  if (asked && asked[1]) {
    start = Number(asked[1]);
    end = asked[2] ? Math.min(Number(asked[2]), last) : last;
  } else if (asked && asked[2]) {
    start = Math.max(0, blob.size - Number(asked[2]));
  }
  if (!asked || (!asked[1] && !asked[2]) || start > end) {
    return new Response(null, { status: 416, headers: { "Content-Range": "bytes */" + blob.size } });
  }
  const headers = {
    "Content-Type": type || "application/octet-stream",
    "Content-Range": "bytes " + start + "-" + end + "/" + blob.size,
    "Content-Length": String(end - start + 1),
    "Accept-Ranges": "bytes",
  };
  return new Response(blob.slice(start, end + 1), { status: 206, headers });
}

// The page that says what is kept, under its own address so that its links lead somewhere.
async function fallback(request) {
  const key = new URL(FALLBACK, SCOPE).href;
  if (keyOf(request.url) === key || !(await find(key))) return Response.error();
  const missing = request.url.slice(SCOPE.length);
  return Response.redirect(key + "?page=" + encodeURIComponent(missing), 302);
}

// The first page was read before this script was there: it says what it is made of.
self.addEventListener("message", (event) => {
  const said = event.data || {};
  if (said.type === "leave") left = true;
  if (said.type === "read") event.waitUntil(Promise.all((said.addresses || []).map(keepRead)));
});

async function keepRead(address) {
  const key = keyOf(address);
  if (!key.startsWith(SCOPE) || NEVER_KEPT.test(key) || (await find(key))) return;
  try {
    // From the cache of the browser, that has just shown it: nothing is asked twice.
    const response = await fetch(key, { cache: "force-cache" });
    if (isWhole(response)) await keep(key, response);
  } catch (unreachable) {
    // Next time.
  }
}

async function sayTo(event, message) {
  const client = await self.clients.get(event.resultingClientId || event.clientId);
  if (client) client.postMessage(message);
}

async function sayToAll(message) {
  const clients = await self.clients.matchAll();
  clients.forEach((client) => client.postMessage(message));
}
