// A word of the glossary shows what it means on hover, on focus, and at the first tap (WCAG 1.4.13):
// Escape closes, the pointer may go onto the bubble, and nothing closes it but the reader.
// The meaning is in the page, under « Les mots de cette page »: screen readers are told of it there,
// by the description of the link, and the bubble is for the eyes.
(function () {
  "use strict";

  var GAP = 6;
  var EDGE = 8;
  // Long enough to cross words without a flash, and to go from the word to its bubble.
  var OPEN_AFTER = 120;
  var CLOSE_AFTER = 300;

  var bubble = null;
  var text = null;
  var link = null;
  var word = null; // the word explained now
  var row = null; // which of its lines the pointer is on: a word may be cut at the end of a line
  var timer = 0;
  var finger = false;

  function slug(anchor) {
    return decodeURIComponent(anchor.pathname).replace(/(index\.html)?$/, "").replace(/\/+$/, "").split("/").pop();
  }

  function meaning(anchor) {
    return document.getElementById("glose-" + slug(anchor));
  }

  function build() {
    bubble = document.createElement("div");
    bubble.className = "bubble";
    text = document.createElement("p");
    text.className = "bubble__text";
    link = document.createElement("a");
    link.className = "bubble__link";
    bubble.append(text, link);
    bubble.addEventListener("pointerenter", keep);
    bubble.addEventListener("pointerleave", leave);
    (document.querySelector("main") || document.body).append(bubble);
  }

  // Under the word or above it, wherever it holds whole; never out of the page.
  function place() {
    var rows = word.getClientRects();
    var at = rows[Math.min(row, rows.length - 1)];
    if (!at) return close();
    var width = document.documentElement.clientWidth;
    bubble.style.left = "0px";
    bubble.style.top = "0px";
    var origin = bubble.getBoundingClientRect();
    var left = Math.max(EDGE, Math.min(at.left, width - EDGE - origin.width));
    var under = at.bottom + GAP;
    var above = at.top - GAP - origin.height;
    var top = under + origin.height <= innerHeight - EDGE || above < EDGE ? under : above;
    bubble.style.left = left - origin.left + "px";
    bubble.style.top = top - origin.top + "px";
  }

  function open(anchor, line, tapped) {
    var found = meaning(anchor);
    clearTimeout(timer);
    if (!found) return;
    if (!bubble) build();
    word = anchor;
    row = line;
    text.textContent = "";
    var name = document.createElement("strong");
    name.textContent = found.getAttribute("data-word");
    text.append(name, " ", found.textContent);
    link.href = anchor.href;
    link.textContent = "Lire la fiche";
    var about = document.createElement("span");
    about.className = "sr-only";
    about.textContent = "\u00a0: " + name.textContent;
    link.append(about);
    // With the keyboard the word itself is the link, and says what it means: one stop is enough.
    // A finger needs the second one.
    link.tabIndex = tapped ? 0 : -1;
    bubble.setAttribute("aria-hidden", String(!tapped));
    bubble.hidden = false;
    place();
  }

  function close() {
    clearTimeout(timer);
    word = null;
    if (bubble) bubble.hidden = true;
  }

  function keep() {
    clearTimeout(timer);
  }

  // The pointer goes; the bubble stays when the focus is on its word.
  function leave(event) {
    if (event && event.pointerType === "touch") return;
    clearTimeout(timer);
    if (!word || word === document.activeElement) return;
    timer = setTimeout(close, CLOSE_AFTER);
  }

  function lineUnder(anchor, event) {
    var rows = anchor.getClientRects();
    for (var i = 0; i < rows.length; i++) {
      if (event.clientY >= rows[i].top - 1 && event.clientY <= rows[i].bottom + 1) return i;
    }
    return 0;
  }

  function watch(anchor) {
    var found = meaning(anchor);
    if (!found) return;
    anchor.setAttribute("aria-describedby", found.id);
    anchor.addEventListener("pointerenter", function (event) {
      if (event.pointerType === "touch") return;
      clearTimeout(timer);
      if (word === anchor) return;
      var line = lineUnder(anchor, event);
      timer = setTimeout(function () {
        open(anchor, line, false);
      }, OPEN_AFTER);
    });
    anchor.addEventListener("pointerleave", leave);
    anchor.addEventListener("pointerdown", function (event) {
      finger = event.pointerType === "touch";
    });
    anchor.addEventListener("pointercancel", function () {
      finger = false;
    });
    anchor.addEventListener("focus", function () {
      // A finger’s focus comes just before its click, which decides.
      if (!finger && word !== anchor) open(anchor, 0, false);
    });
    anchor.addEventListener("blur", function (event) {
      finger = false;
      if (word === anchor && !(bubble && bubble.contains(event.relatedTarget)) && !anchor.matches(":hover")) close();
    });
    anchor.addEventListener("click", function (event) {
      // First tap: what it means. Second tap: the entry. A click made by a screen reader or by a
      // keyboard comes from no finger, and follows the link.
      var tapped = finger && event.detail > 0;
      finger = false;
      if (!tapped || (word === anchor && !bubble.hidden)) return;
      event.preventDefault();
      open(anchor, lineUnder(anchor, event), true);
    });
  }

  document.querySelectorAll("a.term").forEach(watch);

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !word) return;
    var inside = bubble.contains(document.activeElement);
    var back = word;
    event.stopPropagation();
    close();
    // From the link of the bubble the focus goes back to the word, and opens nothing.
    if (inside) {
      finger = true;
      back.focus();
      finger = false;
    }
  }, true);
  document.addEventListener("pointerdown", function (event) {
    if (word && !word.contains(event.target) && !bubble.contains(event.target)) close();
  });
  addEventListener("resize", function () {
    if (word) place();
  });
})();
