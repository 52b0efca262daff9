// The list of the glossary: the bar marks the letter being read, and a field keeps only the words
// that are typed.
(function () {
  "use strict";

  var field = document.getElementById("filtre-mots");
  var count = document.getElementById("filtre-mots-nombre");
  var bar = document.querySelector(".letters");
  var letters = Array.prototype.slice.call(document.querySelectorAll(".letter"));
  var beside = document.querySelectorAll("[data-beside]");
  var links = {};
  bar.querySelectorAll("a").forEach(function (link) {
    links[decodeURIComponent(link.hash.slice(1))] = link;
  });

  // « Œuvre numérique » → « oeuvre numerique »: what is typed without accents is found too.
  function fold(text) {
    return text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
  }

  var entries = [];
  letters.forEach(function (section) {
    section.querySelectorAll(".entries > li").forEach(function (item) {
      var name = item.querySelector("h3");
      entries.push({ item: item, section: section, entry: !!name, words: " " + fold((name || item).textContent), all: " " + fold(item.textContent) });
    });
  });

  // Every word typed must begin a word of the name; failing that, of the definition.
  function matches(text, typed) {
    return typed.every(function (word) {
      return text.indexOf(" " + word) >= 0;
    });
  }

  function filter() {
    var typed = fold(field.value).split(" ").filter(Boolean);
    var key = entries.some(function (one) { return matches(one.words, typed); }) ? "words" : "all";
    var found = 0;
    entries.forEach(function (one) {
      one.item.hidden = !matches(one[key], typed);
      if (!one.item.hidden) found += 1;
    });
    letters.forEach(function (section) {
      section.hidden = !section.querySelector(".entries > li:not([hidden])");
      var link = links[section.querySelector("h2").id];
      link.parentElement.hidden = section.hidden;
    });
    // What stands above the list would hide it while one types.
    beside.forEach(function (one) { one.hidden = typed.length > 0; });
    // Said once the typing rests.
    clearTimeout(filter.timer);
    filter.timer = setTimeout(function () {
      if (!typed.length) count.textContent = "";
      else if (!found) lead(field.value);
      else count.textContent = found === 1 ? "1\u00a0réponse" : found + "\u00a0réponses";
    }, 250);
    mark();
  }

  // The search of the site knows mistakes and other words; the list does not.
  function lead(words) {
    var link = document.createElement("a");
    link.href = window.ressourcerie.url("recherche/") + "?q=" + encodeURIComponent(words);
    link.textContent = "Chercher sur tout le site";
    count.textContent = "Aucun mot ne correspond. ";
    count.appendChild(link);
  }

  field.addEventListener("input", filter);
  field.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && field.value) {
      event.preventDefault();
      field.value = "";
      filter();
    }
  });

  // The letter at the top of the window, under the bar.
  var current = null;
  function mark() {
    var line = Math.max(0, bar.getBoundingClientRect().bottom) + 40;
    var found = null;
    letters.forEach(function (section) {
      if (section.hidden) return;
      var box = section.getBoundingClientRect();
      if (box.top <= line && box.bottom > line) found = links[section.querySelector("h2").id];
    });
    if (found === current) return;
    if (current) current.removeAttribute("aria-current");
    current = found;
    if (!current) return;
    current.setAttribute("aria-current", "true");
    // On a narrow screen the bar slides, and it alone.
    var row = bar.querySelector("ul");
    var at = current.getBoundingClientRect();
    var around = row.getBoundingClientRect();
    if (at.left < around.left || at.right > around.right) {
      row.scrollLeft += at.left - around.left - (around.width - at.width) / 2;
    }
  }

  var waiting = false;
  function later() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () {
      waiting = false;
      mark();
    });
  }
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  // A browser that goes back puts the words back in the field.
  if (field.value) filter();
  mark();
})();
