// The word of the day: the words take turns, one a day, by the clock of the device. Nothing is asked
// of anyone, and nothing is kept.
(function () {
  "use strict";

  var box = document.getElementById("mot-du-jour");
  if (!box) return;
  var words = JSON.parse(document.getElementById("mots-du-jour").textContent);
  var now = new Date();
  // Whole days, counted where the reader is: the word changes at midnight, summer time or not.
  var days = Math.round(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86400000);
  var word = words[((days % words.length) + words.length) % words.length];
  var link = box.querySelector(".daily__word a");
  link.href = window.ressourcerie.url(word[0]);
  link.textContent = word[1];
  box.querySelector(".daily__gloss").textContent = word[2];
})();
