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

  // Colours: those of the device, until the reader has said otherwise. High contrast is dark, more so.
  var device = matchMedia("(prefers-color-scheme: dark)");
  site.paint = function () {
    var chosen = site.read("couleurs", "");
    var high = chosen === "contrast";
    var scheme = high ? "dark" : /^(dark|light)$/.test(chosen) ? chosen : device.matches ? "dark" : "light";
    html.setAttribute("data-scheme", scheme);
    html.classList.toggle("high-contrast", high);
    document.getElementById("dark-colours").media = scheme === "dark" ? "screen" : "not all";
  };

  // The comfort of reading: each choice is an attribute of <html>, which reading.css knows.
  var CHOICES = {
    text: /^(125|150|175|200)$/,
    lines: /^[12]$/,
    letters: /^[12]$/,
    words: /^[12]$/,
    font: /^(dys|device)$/,
    ruler: /^on$/,
    motion: /^none$/,
  };
  var scale = 1;
  // Is the window narrower than so many em of the text as the reader wants it? Media queries only
  // know of the device’s own size.
  site.below = function (em) {
    return matchMedia("(max-width: " + (em - 0.01) * scale + "em)").matches;
  };
  site.comfort = function () {
    var kept = site.read("confort", {}) || {};
    Object.keys(CHOICES).forEach(function (name) {
      var value = String(kept[name]);
      if (CHOICES[name].test(value)) html.setAttribute("data-" + name, value);
      else html.removeAttribute("data-" + name);
    });
    scale = Number(html.getAttribute("data-text") || 100) / 100;
    squeeze();
  };
  // Large letters in a wide window: the frame is then that of a narrow one.
  function squeeze() {
    html.classList.toggle("cramped", scale > 1 && site.below(79));
    html.classList.toggle("tiny", scale > 1 && site.below(18));
  }
  site.calm = function () {
    return html.getAttribute("data-motion") === "none" || matchMedia("(prefers-reduced-motion: reduce)").matches;
  };

  function dress() {
    site.paint();
    site.comfort();
  }
  dress();
  if (device.addEventListener) device.addEventListener("change", site.paint);
  addEventListener("resize", squeeze);
  // Chosen in another tab, or before this page was left and came back.
  addEventListener("storage", dress);
  addEventListener("pageshow", function (event) {
    if (event.persisted) dress();
  });

  // Open in the source, so that they work without JavaScript; narrow screens fold them at once.
  var folds = { ".menu": 79, ".contents details": 72, ".finder__more": 60 };
  var waiting = Object.keys(folds).filter(function (selector) {
    return site.below(folds[selector]);
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
