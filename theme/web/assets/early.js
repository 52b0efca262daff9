// What must be known before the page is drawn: where the site is, which colours, what is folded.
(function () {
  "use strict";

  var html = document.documentElement;
  var site = (window.ressourcerie = {});
  html.classList.add("js");

  // The site may live in any folder, on a server or on a disk: this script knows where it lies.
  site.root = new URL("..", document.currentScript.src).href;
  site.local = location.protocol === "file:";
  // On a disk nobody turns the address of a folder into that of its page.
  site.url = function (path) {
    var address = new URL(path, site.root);
    if (site.local && address.pathname.slice(-1) === "/") address.pathname += "index.html";
    return address.href;
  };

  // What the reader has chosen stays on the device. A browser may refuse to keep anything.
  site.read = function (key, fallback) {
    try {
      var kept = localStorage.getItem("ressourcerie:" + key);
      return kept === null ? fallback : JSON.parse(kept);
    } catch (refused) {
      return fallback;
    }
  };
  site.write = function (key, value) {
    try {
      localStorage.setItem("ressourcerie:" + key, JSON.stringify(value));
      return true;
    } catch (refused) {
      return false;
    }
  };

  // Colours: those of the device, until the reader has said otherwise.
  var device = matchMedia("(prefers-color-scheme: dark)");
  site.paint = function () {
    var chosen = site.read("couleurs", "");
    var scheme = chosen || (device.matches ? "dark" : "light");
    html.setAttribute("data-scheme", scheme);
    document.getElementById("dark-colours").media = scheme === "dark" ? "screen" : "not all";
  };
  site.paint();
  if (device.addEventListener) device.addEventListener("change", site.paint);

  // Open in the source, so that they work without JavaScript; narrow screens fold them at once.
  var folds = { ".menu": "(max-width: 72.99em)", ".contents details": "(max-width: 71.99em)" };
  var waiting = Object.keys(folds).filter(function (selector) {
    return matchMedia(folds[selector]).matches;
  });
  function fold() {
    waiting = waiting.filter(function (selector) {
      var found = document.querySelector(selector);
      if (found) found.open = false;
      return !found;
    });
  }
  var watch = new MutationObserver(fold);
  watch.observe(html, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", function () {
    watch.disconnect();
    fold();
  });
})();
