// Without a connection: starts the worker that keeps what is read, and says honestly what is shown.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var script = document.currentScript;
  var workers = navigator.serviceWorker;
  // On a stick, everything is there; over plain HTTP, browsers have no worker.
  if (site.local || !window.isSecureContext || !workers) return;

  var address = script.getAttribute("data-worker");
  var name = "ressourcerie " + site.root + " ";
  site.offline = { name: name, leave: leave, start: start };

  // A preview, a site that wants no worker, a reader who wants nothing kept: nothing stays behind.
  function leave() {
    // It serves this page until it is closed: it must keep nothing more.
    if (workers.controller) workers.controller.postMessage({ type: "leave" });
    var gone = workers.getRegistrations().then(function (all) {
      return Promise.all(
        all.map(function (one) {
          return one.scope === site.root && one.unregister();
        })
      );
    });
    var emptied = window.caches
      ? caches.keys().then(function (names) {
          return Promise.all(
            names.map(function (one) {
              return one.indexOf(name) === 0 && caches.delete(one);
            })
          );
        })
      : null;
    return Promise.all([gone, emptied]).catch(function () {});
  }

  function start() {
    var asked = { scope: site.root, updateViaCache: "none" };
    return workers.register(new URL(address, location.href).href, asked).then(function () {
      return workers.ready;
    });
  }

  // The page was read before the worker was there: it is told what it is made of.
  function tell(registration) {
    var loaded = performance.getEntriesByType("resource").map(function (entry) {
      return entry.name;
    });
    var ours = [location.href].concat(loaded).filter(function (one) {
      return one.indexOf(site.root) === 0;
    });
    registration.active.postMessage({ type: "read", addresses: ours });
    // iPhones read it from the page; nothing else needs it before.
    var link = document.createElement("link");
    link.rel = "manifest";
    link.href = site.url("manifest.webmanifest");
    document.head.appendChild(link);
  }

  // Reading comes first: the worker waits for the page to be whole, and for a quiet moment.
  function later(work) {
    var quiet = window.requestIdleCallback || setTimeout;
    if (document.readyState === "complete") quiet(work);
    else addEventListener("load", function () {
      quiet(work);
    });
  }
  later(function () {
    if (!address || site.read("rien-garder", false)) leave();
    else start().then(tell).catch(function () {
      // Private browsing, a setting, a server that answers badly: the site works without.
    });
  });

  // One line above the page, that pushes nothing around once it is read: it stays until it is untrue.
  var line = document.createElement("div");
  line.className = "offline-line";
  line.setAttribute("role", "status");
  var main = document.querySelector("main");
  if (main) main.parentNode.insertBefore(line, main);

  function say(text, link) {
    line.textContent = "";
    if (!text) return;
    var words = document.createElement("p");
    words.textContent = text + " ";
    var more = document.createElement("a");
    more.href = site.url("hors-connexion/");
    more.textContent = link;
    words.appendChild(more);
    line.appendChild(words);
  }

  var told = "";
  function show() {
    // The page « Hors connexion » says all of it itself.
    if (document.getElementById("keep")) return;
    if (!navigator.onLine) say("Vous êtes hors connexion. Les pages gardées sur cet appareil restent lisibles.", "Voir lesquelles");
    else if (told === "kept") say("Le réseau ne répond pas : voici la page gardée sur cet appareil.", "Voir ce qui est gardé");
    else if (told === "new-version") say("Une nouvelle version est prête pour ce que vous gardez.", "Mettre à jour");
    else say("");
  }
  addEventListener("online", function () {
    if (told === "kept") told = "";
    show();
  });
  addEventListener("offline", show);
  workers.addEventListener("message", function (event) {
    var type = event.data && event.data.type;
    if (type !== "kept" && type !== "new-version") return;
    told = type;
    show();
  });
  if (workers.startMessages) workers.startMessages();
  show();
})();
