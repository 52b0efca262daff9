// The part of a text that speaks of a question, its words marked. A function that needs nothing
// around it but what french.js gives.
window.ressourcerie.searchPassages = function (french) {
  "use strict";

  var PASSAGE = 170;

  // A text as [plain, marked, plain, marked…]: never as HTML.
  function mark(text, wanted) {
    var parts = [""];
    var at = 0;
    var word = /[\p{L}\p{N}\u0300-\u036f]+(?:[-\u2010\u2011][\p{L}\p{N}]+)*/gu;
    var match;
    function push(piece, marked) {
      if ((parts.length % 2 === 0) === marked) parts[parts.length - 1] += piece;
      else parts.push(piece);
    }
    while ((match = word.exec(text))) {
      push(text.slice(at, match.index), false);
      push(match[0], isWanted(match[0], wanted));
      at = match.index + match[0].length;
    }
    push(text.slice(at), false);
    return parts;
  }

  function isWanted(word, wanted) {
    return french.tokens(french.pieces(word), false).some(function (stem) {
      return wanted.has(stem);
    });
  }

  // The part of a text where most of the words stand together, cut between words.
  function passage(text, wanted) {
    if (text.length <= PASSAGE) return mark(text, wanted);
    var words = text.match(/\S+\s*|\s+/g) || [];
    return mark(cut(text, words, wanted), wanted);
  }

  function cut(text, words, wanted) {
    var starts = [];
    var at = 0;
    words.forEach(function (word) {
      if (isWanted(word, wanted)) starts.push(at);
      at += word.length;
    });
    var best = starts[0] || 0;
    var most = 0;
    starts.forEach(function (start) {
      var near = starts.filter(function (other) {
        return other >= start && other < start + PASSAGE - 30;
      }).length;
      if (near > most) {
        most = near;
        best = start;
      }
    });
    // From the beginning of the sentence when it is near, else a few words before.
    var from = best;
    var sentence = text.lastIndexOf(". ", best);
    if (sentence >= 0 && best - sentence < 70) from = sentence + 2;
    else if (best < 70) from = 0;
    else from = text.indexOf(" ", best - 45) + 1;
    var to = from + PASSAGE;
    if (to >= text.length) return (from ? "… " : "") + text.slice(from);
    to = text.lastIndexOf(" ", to);
    return (from ? "… " : "") + text.slice(from, to) + " …";
  }

  return { mark: mark, cut: passage };
};
