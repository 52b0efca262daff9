// The way out: published in the place of the worker when `extra.hors_connexion` says no. Every
// device that had one lets go of it, and of all that was kept.
"use strict";

const NAME = "ressourcerie " + self.registration.scope + " ";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((n) => n.startsWith(NAME)).map((n) => caches.delete(n))))
      .then(() => self.registration.unregister())
  );
});
