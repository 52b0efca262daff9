// The page of a workshop: the list of material counted for the group, and copied as plain words.
(function () {
  "use strict";

  var kept = window.ressourcerie;

  // The times of each step in detail: open in the source, folded where the screen is narrow.
  var details = document.querySelector(".schedule__details");
  if (details && matchMedia("(max-width: 47.99em)").matches) details.open = false;

  var section = document.querySelector(".material");
  if (!section) return;
  var people = section.querySelector("input");
  var said = section.querySelector(".material__said");
  var area = section.querySelector("textarea");

  // The size of one’s own group is the same from one sheet to the next: it is kept on this device.
  var usual = kept.read("personnes", null);
  if (Number.isInteger(usual) && usual > 0 && usual < 100) people.value = usual;

  function participants() {
    var number = Math.round(Number(people.value));
    return number >= 1 && number <= 99 ? number : 0;
  }

  // « 1 par personne » is followed by « (8 en tout) », which the page and the copy both show.
  function count() {
    var number = participants();
    section.querySelectorAll(".counted").forEach(function (place) {
      var each = Number(place.dataset.count);
      var total = each * Math.ceil(number / Number(place.dataset.people));
      place.textContent = number ? " (" + total + " en tout)" : "";
    });
    said.textContent = "";
    area.hidden = true;
  }

  function words(node) {
    return node.textContent.replace(/[ \n\t]+/g, " ").trim();
  }

  // What one pastes in a message, or reads in the storeroom.
  function list() {
    var number = participants();
    var group = number ? ", " + number + (number > 1 ? "\u00a0personnes" : "\u00a0personne") : "";
    var lines = [section.dataset.title, "Durée\u00a0: " + section.dataset.length + group];
    section.querySelectorAll(".material__list h3, .material__list li, .material__list p").forEach(function (node) {
      if (node.tagName === "H3") lines.push("", words(node));
      else lines.push((node.tagName === "LI" ? "- " : "") + words(node));
    });
    return lines.join("\n") + "\n";
  }

  function copied() {
    said.textContent = "Liste copiée.";
    area.hidden = true;
  }

  // Where the page may not write to the clipboard: the browser’s own command, from a field on the
  // page; where that fails too, the field stays, and its words are already chosen.
  function copyByHand(text) {
    var focused = document.activeElement;
    var done = false;
    area.value = text;
    area.hidden = false;
    area.focus();
    area.select();
    try {
      done = document.execCommand("copy");
    } catch (refused) {
      done = false;
    }
    if (done) {
      focused.focus();
      copied();
    } else {
      said.textContent = "Votre navigateur ne permet pas de copier d’ici. Copiez ce texte\u00a0:";
    }
  }

  section.querySelector("button").addEventListener("click", function () {
    var text = list();
    if (!navigator.clipboard || !navigator.clipboard.writeText) return copyByHand(text);
    navigator.clipboard.writeText(text).then(copied, function () {
      copyByHand(text);
    });
  });
  people.addEventListener("input", function () {
    if (participants()) kept.write("personnes", participants());
    count();
  });
  count();
})();
