// « Écouter »: the browser reads the page with a French voice of its own; without one, no button.
//
// Sentences are said one by one: long ones are cut off by Chrome after fifteen seconds, and a pause
// that starts its sentence again is the only one that every browser and phone understands.
(function () {
  "use strict";

  var speech = window.speechSynthesis;
  var box = document.querySelector(".read-aloud");
  if (!box || !speech || !window.SpeechSynthesisUtterance) return;

  var site = window.ressourcerie;
  var play = box.querySelector(".read-aloud__play");
  var stop = box.querySelector(".read-aloud__stop");
  var rate = box.querySelector("select");
  var LONGEST = 180;
  var BLOCKS = "p, li, h2, h3, h4, dt, dd, td, th, summary, .admonition-title";
  var SILENT = "[aria-hidden='true'], .sr-only, .copies, .write-lines, code, pre, svg, script, button, input, textarea";

  var voice = null;
  var pieces = []; // what is left to say: { block, text }
  var next = 0;
  var state = "idle"; // idle, speaking, paused
  var turn = 0; // an utterance of an earlier turn has nothing to say any more
  var lit = null;

  // A voice of the device first: one from the network is sent the text.
  function choose() {
    var french = speech.getVoices().filter(function (one) {
      return /^fr\b/i.test(one.lang.replace("_", "-"));
    });
    function rank(one) {
      return (one.localService ? 0 : 4) + (/^fr[-_]FR/i.test(one.lang) ? 0 : 2) + (one.default ? 0 : 1);
    }
    french.sort(function (a, b) {
      return rank(a) - rank(b);
    });
    voice = french[0] || null;
    box.hidden = !voice;
    box.querySelector(".read-aloud__far").hidden = !voice || voice.localService;
  }

  function textOf(block) {
    var text = "";
    block.childNodes.forEach(function (node) {
      if (node.nodeType === 3) text += node.data;
      else if (node.nodeType === 1 && !node.matches(SILENT) && !node.matches("ul, ol, dl, table") && !node.matches(BLOCKS)) text += textOf(node);
    });
    return text;
  }

  // « M. Martin », « art. 5 » are not the end of a sentence.
  function sentences(text) {
    var plain = text.replace(/[\s\u00a0\u202f]+/g, " ").trim();
    var found = plain.match(/.+?(?:[.!?…]+(?=[ »)]|$)[ »)]*|$)/g) || [];
    var joined = [];
    found.forEach(function (part) {
      var last = joined[joined.length - 1];
      if (last && /(?:^| )(?:M|Mme|art|chap|vol|p|s|d|n°)\. *$/.test(last)) joined[joined.length - 1] = last + part;
      else joined.push(part);
    });
    return joined;
  }

  // A sentence too long is cut after a comma, else between two words.
  function shorten(sentence) {
    var parts = [];
    var left = sentence.trim();
    while (left.length > LONGEST) {
      var head = left.slice(0, LONGEST);
      var at = Math.max(head.lastIndexOf(", "), head.lastIndexOf("; "), head.lastIndexOf(": "));
      if (at < LONGEST / 3) at = head.lastIndexOf(" ");
      if (at <= 0) at = LONGEST - 1;
      parts.push(left.slice(0, at + 1).trim());
      left = left.slice(at + 1).trim();
    }
    if (left) parts.push(left);
    return parts;
  }

  function collect() {
    var found = [];
    var roots = Array.prototype.slice.call(document.querySelectorAll("[data-aloud], article .prose"));
    roots.forEach(function (root) {
      var blocks = root.matches(BLOCKS) ? [root] : Array.prototype.slice.call(root.querySelectorAll(BLOCKS));
      blocks.forEach(function (block) {
        // What is folded, hidden, or set aside, is not read.
        if (block.closest("nav, [hidden], [aria-hidden='true'], details:not([open]) > :not(summary)")) return;
        sentences(textOf(block)).forEach(function (sentence) {
          shorten(sentence).forEach(function (text) {
            if (/[\wÀ-ÿ]/.test(text)) found.push({ block: block, text: text });
          });
        });
      });
    });
    return found;
  }

  function light(block) {
    if (lit === block) return;
    if (lit) lit.classList.remove("is-read-aloud");
    lit = block;
    if (!block) return;
    block.classList.add("is-read-aloud");
    var place = block.getBoundingClientRect();
    if (place.top >= 0 && place.bottom <= innerHeight) return;
    var still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    block.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  }

  function say() {
    var mine = turn;
    var piece = pieces[next];
    if (!piece) return end();
    var words = new SpeechSynthesisUtterance(piece.text);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = Number(rate.value);
    words.onend = function () {
      if (mine !== turn) return;
      next += 1;
      say();
    };
    words.onerror = function () {
      if (mine === turn) end();
    };
    light(piece.block);
    speech.speak(words);
  }

  function show(wanted) {
    state = wanted;
    play.querySelector("span").textContent = { idle: "Écouter", speaking: "Pause", paused: "Reprendre" }[state];
    stop.hidden = state === "idle";
  }

  function hush() {
    turn += 1;
    speech.cancel();
  }

  function end() {
    var focused = document.activeElement === stop;
    hush();
    light(null);
    show("idle");
    if (focused) play.focus();
  }

  play.addEventListener("click", function () {
    if (state === "speaking") {
      hush();
      show("paused");
      return;
    }
    if (state === "idle") {
      pieces = collect();
      next = 0;
    }
    hush();
    show("speaking");
    say();
  });
  stop.addEventListener("click", end);

  rate.value = String(site.read("debit-de-lecture", 1));
  if (rate.selectedIndex < 0) rate.value = "1";
  rate.addEventListener("change", function () {
    site.write("debit-de-lecture", Number(rate.value));
    if (state !== "speaking") return;
    hush();
    say();
  });

  // A voice must not go on by itself when the page is left.
  addEventListener("pagehide", end);
  if (speech.addEventListener) speech.addEventListener("voiceschanged", choose);
  else speech.onvoiceschanged = choose;
  choose();
})();
