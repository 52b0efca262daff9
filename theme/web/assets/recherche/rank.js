// What an answer is made of: pages in order, the passage that speaks of the question with its words
// marked, the definition when a term is asked for, near words when nothing is found. A function
// that needs nothing around it but what engine.js and french.js give.
window.ressourcerie.searchRank = function (engine, french, makeNear) {
  "use strict";

  // A synonym is a little less than the word that was typed.
  var SYNONYM = 0.7;
  var WEAK = 0.15;
  var KINDS = { terme: 1.2, atelier: 1.05, chapitre: 1.05, parcours: 1, livret: 0.85, page: 0.85 };
  // Words that say which kind of page is wanted, more than what it speaks of.
  var HINTS = {
    ateli: "atelier", fich: "atelier", seanc: "atelier", activit: "atelier",
    definit: "terme", definition: "terme", glossair: "terme",
    livret: "livret", brochur: "livret", parcour: "parcours", guid: "chapitre", chapitr: "chapitre"
  };
  var READ = 30;
  var PASSAGE = 170;
  var bags = new Map();
  var near = makeNear(engine, french);

  // Page → what it is worth for one span of the question.
  function worth(span) {
    var found = new Map();
    var strong = span.words.filter(function (word) {
      return !word.weak;
    });
    var counted = strong.length ? strong : span.words;
    span.words.forEach(function (word) {
      engine.lookFor(word).forEach(function (hit, id) {
        var old = found.get(id) || { score: 0, met: 0, terms: [] };
        var light = strong.length && word.weak;
        old.score += hit.score * (light ? WEAK : 1);
        old.met += light ? 0 : 1 / counted.length;
        old.terms = old.terms.concat(hit.terms);
        found.set(id, old);
      });
    });
    found.forEach(function (hit) {
      hit.score *= hit.met;
    });
    span.others.forEach(function (form) {
      engine.allOf(form).forEach(function (hit, id) {
        var old = found.get(id) || { score: 0, met: 0, terms: [] };
        var score = hit.score * (span.joined ? 1 : SYNONYM);
        if (score > old.score) {
          old.score = score;
          old.met = 1;
        }
        old.terms = old.terms.concat(hit.terms);
        found.set(id, old);
      });
    });
    return found;
  }

  function rank(query) {
    var spans = engine.spansOf(query).filter(function (span) {
      return span.words.length || span.others.length;
    });
    var wanted = spans.map(kindOf).filter(Boolean)[0] || "";
    // What must be met: everything, but for words of questions and of kinds.
    var weights = spans.map(function (span) {
      var light = span.words.every(function (word) {
        return word.weak;
      });
      return light || (wanted && kindOf(span)) ? 0 : span.words.length || 1;
    });
    var total = sum(weights);
    if (!total) {
      weights = spans.map(function () {
        return 1;
      });
      total = spans.length;
    }
    var found = new Map();
    spans.forEach(function (span, at) {
      worth(span).forEach(function (hit, id) {
        var old = found.get(id) || { id: id, score: 0, met: 0, terms: [] };
        old.score += hit.score * (weights[at] ? 1 : WEAK);
        old.met += (hit.met * weights[at]) / total;
        old.terms = old.terms.concat(hit.terms);
        found.set(id, old);
      });
    });
    var asked = engine.stems(query);
    var hits = Array.from(found.values()).filter(function (hit) {
      return hit.met > 0;
    });
    hits.forEach(function (hit) {
      var page = engine.pages[hit.id];
      hit.score *= Math.pow(hit.met, 1.5) * (KINDS[page.kind] || 1) * titled(page, asked);
      if (wanted && page.kind === wanted) hit.score *= 1.5;
    });
    hits.sort(byScore);
    hits.slice(0, READ).forEach(function (hit) {
      hit.section = bestSection(hit, spans);
      hit.score *= 0.7 + 0.6 * hit.section.met + (hit.section.headed ? 0.5 * hit.section.headed : 0);
    });
    hits.sort(byScore);
    // What holds a small part of the question only is noise once something holds all of it.
    var best = hits.length ? hits[0].met : 0;
    return hits.filter(function (hit) {
      return hit.met >= best * 0.45;
    });
  }

  function byScore(one, other) {
    return other.score - one.score || one.id - other.id;
  }
  function sum(numbers) {
    return numbers.reduce(function (all, one) {
      return all + one;
    }, 0);
  }
  function kindOf(span) {
    return (span.words.length === 1 && HINTS[span.words[0].stem]) || "";
  }

  // How much a title, or a synonym, is what was typed.
  function titled(page, asked) {
    var best = 0;
    page.stems.forEach(function (name) {
      if (!name.length || !asked.length) return;
      var same = name.filter(function (stem) {
        return asked.indexOf(stem) >= 0;
      }).length;
      var share = (same / name.length) * (same / asked.length);
      best = Math.max(best, share);
    });
    return 1 + best * (best === 1 ? 2 : 0.8);
  }

  // The section that holds most of the question, and how much of it stands in its heading.
  function bestSection(hit, spans) {
    var best = { at: -1, met: 0, headed: 0 };
    var page = engine.pages[hit.id];
    var wanted = new Set(hit.terms);
    var strong = 0;
    spans.forEach(function (span) {
      strong += span.words.length;
    });
    bagsOf(page).forEach(function (bag, at) {
      var met = share(bag.text, wanted);
      var headed = share(bag.heading, wanted);
      var worthIt = met + 2 * headed;
      if (worthIt > best.worth || best.at < 0) {
        best = { at: at, worth: worthIt, met: met, headed: headed };
      }
    });
    var all = Math.max(strong, 1);
    best.met = Math.min(1, best.met / all);
    best.headed = Math.min(1, best.headed / all);
    return best;
  }

  function share(bag, wanted) {
    var met = 0;
    bag.forEach(function (stem) {
      if (wanted.has(stem)) met += 1;
    });
    return met;
  }

  function bagsOf(page) {
    var known = bags.get(page);
    if (!known) {
      if (bags.size > 300) bags.clear();
      known = page.sections.map(function (section) {
        return {
          heading: new Set(french.tokens(section[1], false)),
          text: new Set(french.tokens(section[1] + " " + section[2], false))
        };
      });
      if (page.sections.length) bags.set(page, known);
    }
    return known;
  }

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
    return french.tokens(word, false).some(function (stem) {
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

  function shown(hit) {
    var page = engine.pages[hit.id];
    var wanted = new Set(hit.terms);
    var section = hit.section && hit.section.at >= 0 && page.sections[hit.section.at];
    var inSummary = engine.stems(page.summary).some(function (stem) {
      return wanted.has(stem);
    });
    var result = { url: page.url, kind: page.kind, title: mark(page.title, wanted), heading: "" };
    if (!section || !hit.section.met || (inSummary && !hit.section.headed)) {
      result.text = passage(page.summary, wanted);
    } else {
      result.text = passage(section[2] || page.summary, wanted);
      result.heading = section[1];
      if (section[0]) result.url += "#" + section[0];
    }
    return result;
  }

  // The entry of the glossary that is asked for, if the question is nothing but its name.
  function definition(query) {
    var all = french.pieces(query);
    var from = 0;
    var to = all.length;
    while (from < to) {
      var key = all.slice(from, to).map(stemOf).join(" ");
      if (engine.entries.has(key)) return engine.pages[engine.entries.get(key)];
      var first = all[from].word;
      if (!french.isStop(first) && !french.isWeak(first) && !HINTS[french.stem(first)]) return null;
      from += 1;
    }
    return null;
  }
  function stemOf(piece) {
    return french.stem(piece.word);
  }

  return {
    // The `limit` best pages for a question; all of them are counted.
    answer: function (query, limit) {
      var hits = rank(query);
      var entry = definition(query);
      if (entry) {
        hits = hits.filter(function (hit) {
          return engine.pages[hit.id] !== entry;
        });
      }
      return {
        query: query,
        count: hits.length + (entry ? 1 : 0),
        definition: entry ? { url: entry.url, title: entry.title, text: entry.summary } : null,
        results: hits.slice(0, limit).map(shown),
        near: entry || hits.length ? [] : near(query)
      };
    }
  };
};
