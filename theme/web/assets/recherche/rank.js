// What an answer is made of: pages in order, the definition when a term is asked for. A function
// that needs nothing around it but what the other files of this folder give.
window.ressourcerie.searchRank = function (engine, french, passages, near) {
  "use strict";

  // A synonym is a little less than the word that was typed.
  var SYNONYM = 0.85;
  var PHRASE = 1.2;
  var WEAK = 0.15;
  // An entry whose name was typed is shown first anyway; a path repeats the words of its workshops.
  var KINDS = { terme: 0.9, atelier: 1.1, chapitre: 1.1, parcours: 0.85, livret: 0.95, page: 0.7 };
  // Words that say which kind of page is wanted, more than what it speaks of.
  var HINTS = {
    ateli: "atelier", fich: "atelier", seanc: "atelier", activit: "atelier",
    definit: "terme", definition: "terme", glossair: "terme",
    livret: "livret", brochur: "livret", parcour: "parcours", guid: "chapitre", chapitr: "chapitre"
  };
  var READ = 30;
  var bags = new Map();

  // How rare a form is among the pages: the rarer, the more it says.
  function rarity(size) {
    var all = engine.pages.length;
    return Math.log(1 + (all - Math.min(size, all) + 0.5) / (size + 0.5));
  }

  // Page → what it is worth for one span of the question.
  function worth(span) {
    var forms = span.others.map(function (key) {
      return { hits: engine.exactly(key), weight: SYNONYM };
    });
    if (span.phrase) forms.push({ hits: engine.exactly(span.phrase), weight: PHRASE });
    var known = forms.some(function (form) {
      return form.hits.size > 0;
    });
    var found = new Map();
    var strong = span.words.filter(isStrong);
    var counted = strong.length || span.words.length;
    span.words.forEach(function (word) {
      var light = strong.length > 0 && word.weak;
      engine.lookFor(word, known).forEach(function (hit, id) {
        var old = found.get(id) || { score: 0, met: 0, terms: [] };
        old.score += hit.score * (light ? WEAK : 1);
        old.met += light ? 0 : 1 / counted;
        old.terms = old.terms.concat(hit.terms);
        found.set(id, old);
      });
    });
    // A word and its synonyms are one idea: a form is not worth more for being rarely written.
    var pages = new Set(span.phrase ? [] : found.keys());
    forms.forEach(function (form) {
      form.hits.forEach(function (hit, id) {
        pages.add(id);
      });
    });
    var idea = known && !span.phrase ? rarity(pages.size) / rarity(found.size) : 1;
    found.forEach(function (hit) {
      hit.score *= hit.met * idea;
      // The words of a phrase, apart from each other, are not the phrase.
      if (span.phrase && known) {
        hit.score *= 0.35;
        hit.met *= 0.6;
      }
    });
    forms.forEach(function (form) {
      var weight = form.weight * Math.max(span.words.length, 1);
      weight *= rarity(pages.size) / rarity(form.hits.size);
      form.hits.forEach(function (hit, id) {
        var old = found.get(id) || { score: 0, met: 0, terms: [] };
        old.score = Math.max(old.score, hit.score * weight);
        old.met = 1;
        old.terms = old.terms.concat(hit.terms);
        found.set(id, old);
      });
    });
    return found;
  }
  function isStrong(word) {
    return !word.weak;
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
      return light ? 0 : span.words.length || 1;
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
        old.score += hit.score * (kindOf(span) ? 0.25 : weights[at] ? 1 : WEAK);
        old.met += (hit.met * weights[at]) / total;
        old.own = old.own || {};
        old.own[at] = true;
        old.terms = old.terms.concat(hit.terms);
        found.set(id, old);
      });
    });
    // A page of the wanted kind says so without the word.
    spans.forEach(function (span, at) {
      if (!kindOf(span)) return;
      found.forEach(function (hit, id) {
        if (engine.pages[id].kind === wanted && hit.met && !hit.kinds) {
          hit.kinds = true;
          hit.met = Math.min(1, hit.met + (hit.own && hit.own[at] ? 0 : weights[at] / total));
        }
      });
    });
    var asked = engine.stems(query);
    var hits = Array.from(found.values()).filter(function (hit) {
      return hit.met > 0;
    });
    hits.forEach(function (hit) {
      var page = engine.pages[hit.id];
      hit.score *= Math.pow(hit.met, 2) * (KINDS[page.kind] || 1) * titled(page, asked);
      if (wanted && page.kind === wanted) hit.score *= 1.6;
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
      return hit.met >= best * 0.62;
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
    var stems = span.words.length === 1 ? [span.words[0].stem] : [];
    return stems.concat(span.others).map(hint).filter(Boolean)[0] || "";
  }
  function hint(stem) {
    return HINTS[stem];
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
    var best = { at: -1, met: 0, headed: 0, worth: -1 };
    var terms = new Set(hit.terms);
    bagsOf(engine.pages[hit.id]).forEach(function (bag, at) {
      var met = share(bag.text, spans, terms);
      var headed = share(bag.heading, spans, terms);
      if (met + 2 * headed > best.worth) {
        best = { at: at, worth: met + 2 * headed, met: met, headed: headed };
      }
    });
    return best;
  }

  // How much of the question a bag of words holds, from 0 to 1.
  function share(bag, spans, terms) {
    var met = 0;
    var all = 0;
    spans.forEach(function (span) {
      var words = span.words.some(isStrong) ? span.words.filter(isStrong) : span.words;
      var size = words.length || 1;
      var own = words.filter(function (word) {
        return bag.has(word.stem) || (!span.others.length && slipped(bag, word, terms));
      }).length;
      if (span.phrase) own = bag.has(span.phrase) ? size : own * 0.6;
      var other = span.others.some(function (key) {
        return bag.has(key);
      });
      all += size;
      met += Math.max(own, other ? size * 0.85 : 0);
    });
    return all ? met / all : 0;
  }

  // Whether a bag holds what the index took for a word: its end, or its right spelling.
  function slipped(bag, word, terms) {
    var start = word.word.slice(0, 2);
    var found = false;
    terms.forEach(function (term) {
      if (!found && term.slice(0, 2) === start && bag.has(term)) found = true;
    });
    return found;
  }

  function bagsOf(page) {
    var known = bags.get(page);
    if (!known) {
      if (bags.size > 300) bags.clear();
      known = page.sections.map(function (section) {
        return {
          heading: new Set(engine.tokens(section[1], false)),
          text: new Set(engine.tokens(section[1] + " ; " + section[2], false))
        };
      });
      if (page.sections.length) bags.set(page, known);
    }
    return known;
  }

  function shown(hit) {
    var page = engine.pages[hit.id];
    // The words of a phrase are marked one by one.
    var wanted = new Set(hit.terms.join(" ").split(" "));
    var section = hit.section && hit.section.at >= 0 && page.sections[hit.section.at];
    var inSummary = engine.stems(page.summary).some(function (stem) {
      return wanted.has(stem);
    });
    var result = { url: page.url, kind: page.kind, title: passages.mark(page.title, wanted), heading: null };
    if (!section || !hit.section.met || (inSummary && !hit.section.headed)) {
      result.text = passages.cut(page.summary, wanted);
    } else {
      result.text = passages.cut(section[2] || page.summary, wanted);
      result.heading = section[1] ? passages.mark(section[1], wanted) : null;
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
