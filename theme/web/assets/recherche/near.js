// The words of titles and headings that look like what was typed, for when nothing is found. A
// function that needs nothing around it but what engine.js and french.js give.
window.ressourcerie.searchNear = function (engine, french) {
  "use strict";

  var MOST = 3;
  // Folded word → as it is written.
  var shown = null;

  function gather() {
    shown = new Map();
    engine.pages.forEach(function (page) {
      var texts = [page.title].concat(page.names);
      page.sections.forEach(function (section) {
        texts.push(section[1]);
      });
      texts.forEach(function (text) {
        (text.match(/[\p{L}]{4,}/gu) || []).forEach(function (word) {
          var name = french.fold(word);
          if (!shown.has(name) && !french.isStop(name)) shown.set(name, word.toLowerCase());
        });
      });
    });
  }

  // How many letters to add, drop, change or swap; more than `most` is not counted further.
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    var before = [];
    var last = [];
    var row = [];
    for (var j = 0; j <= other.length; j += 1) last[j] = j;
    for (var i = 1; i <= one.length; i += 1) {
      row = [i];
      var least = i;
      for (j = 1; j <= other.length; j += 1) {
        var change = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
        if (row[j] < least) least = row[j];
      }
      if (least > most) return most + 1;
      before = last;
      last = row;
    }
    return last[other.length];
  }

  return function (query) {
    gather();
    var found = [];
    french.pieces(query).forEach(function (piece) {
      var word = piece.word;
      if (word.length < 4 || french.isStop(word)) return;
      var most = word.length < 7 ? 2 : 3;
      shown.forEach(function (written, name) {
        var far = distance(word, name, most);
        // The beginning of a word is what people get right.
        if (name[0] !== word[0]) far += 0.5;
        if (far <= most) found.push({ far: far, word: written });
      });
    });
    found.sort(function (one, other) {
      return one.far - other.far || one.word.localeCompare(other.word, "fr");
    });
    return found.slice(0, MOST).map(function (one) {
      return one.word;
    });
  };
};
