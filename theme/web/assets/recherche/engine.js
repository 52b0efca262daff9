// The search itself: a corpus, a question, an answer. A function that needs nothing around it but
// MiniSearch and what french.js knows, so that its text can be handed to a worker.
//
// Two indexes: titles, synonyms and summaries are small and there at once; texts follow. Each word
// is looked for by itself, exactly, by its beginning when it is the last one, and with faults when
// nobody writes it so; a page is worth what it holds of the question.
window.ressourcerie.searchEngine = function (MiniSearch, french) {
  "use strict";

  var HEADS = { title: 6, names: 6, summary: 2, labels: 2 };
  var TEXTS = { headings: 3, text: 1 };
  var pages = [];
  var byUrl = new Map();
  // Key of a form → the keys of its synonyms. A key is what a form is indexed under: the stem of a
  // word, or the stems of a phrase with spaces between them.
  var groups = new Map();
  // First stem of a phrase → the phrases, each as its stems.
  var phrases = new Map();
  // Every word of the corpus, folded: what is not there may be a slip.
  var written = new Set();
  var entries = new Map();
  var heads = index(Object.keys(HEADS), true);
  var texts = index(Object.keys(TEXTS), false);

  function index(fields, joined) {
    return new MiniSearch({
      fields: fields,
      tokenize: function (text, field) {
        if (!joined || (field !== "title" && field !== "names")) return tokens(text, false);
        // Each name by itself: neighbours are joined, but not those of two names.
        return text.split("\n").reduce(function (all, name) {
          return all.concat(tokens(name, true));
        }, []);
      },
      processTerm: function (term) {
        return term;
      }
    });
  }

  // What a text is indexed under: its words, and the phrases that have synonyms.
  function tokens(text, names) {
    var all = french.pieces(text);
    var found = french.tokens(all, names);
    for (var at = 0; at < all.length; at += 1) {
      written.add(all[at].word);
      var starting = phrases.get(french.stem(all[at].word));
      if (starting) followed(all, at, starting, found);
    }
    return found;
  }
  function followed(all, at, starting, found) {
    starting.forEach(function (phrase) {
      for (var i = 1; i < phrase.length; i += 1) {
        if (at + i >= all.length || french.stem(all[at + i].word) !== phrase[i]) return;
      }
      found.push(phrase.join(" "));
    });
  }
  function stemOf(piece) {
    return french.stem(piece.word);
  }

  function stems(text) {
    return french
      .pieces(text)
      .filter(function (piece) {
        return !french.isStop(piece.word);
      })
      .map(stemOf);
  }

  function addHeads(corpus) {
    corpus.groups.forEach(function (forms) {
      var keys = forms.map(french.key);
      forms.forEach(function (form, rank) {
        var key = keys[rank];
        var stems = key.split(" ");
        if (stems.length > 1) phrases.set(stems[0], (phrases.get(stems[0]) || []).concat([stems]));
        // « motdepasse » is « mot de passe » too.
        var joined = french.stem(french.pieces(form).map(wordOf).join(""));
        new Set([key, joined]).forEach(function (name) {
          var others = groups.get(name) || new Set();
          keys.forEach(function (other) {
            if (other && other !== name) others.add(other);
          });
          groups.set(name, others);
        });
      });
    });
    corpus.pages.forEach(function (row, id) {
      var page = {
        url: row[0], kind: row[1], title: row[2], summary: row[3],
        names: row[4], labels: row[5], sections: []
      };
      page.stems = [page.title].concat(page.names).map(stems);
      pages.push(page);
      byUrl.set(page.url, id);
      heads.add({
        id: id, title: page.title, names: page.names.join("\n"),
        summary: page.summary, labels: page.labels
      });
      if (page.kind === "terme") {
        [page.title].concat(page.names).forEach(function (name) {
          var key = french.key(name);
          if (!entries.has(key)) entries.set(key, id);
          key = french.stem(french.pieces(name).map(wordOf).join(""));
          if (!entries.has(key)) entries.set(key, id);
        });
      }
    });
  }

  // `sections` are those of one page: [anchor, heading, text].
  function addText(url, sections) {
    var id = byUrl.get(url);
    if (id === undefined || pages[id].sections.length) return;
    pages[id].sections = sections;
    texts.add({
      id: id,
      headings: sections.map(second).join("\n"),
      text: sections.map(third).join("\n")
    });
  }

  function wordOf(piece) {
    return piece.word;
  }
  function second(row) {
    return row[1];
  }
  function third(row) {
    return row[2];
  }

  // The question cut in spans: words that a group of synonyms knows together, or single words.
  function spansOf(query) {
    var all = french.pieces(query);
    var typing = !/[\s?!.]$/.test(query);
    var stemmed = all.map(stemOf);
    var spans = [];
    var at = 0;
    while (at < all.length) {
      var span = knownSpan(stemmed, at) || joinedSpan(all, at) || { size: 1, phrase: "", others: [] };
      span.words = [];
      for (var i = at; i < at + span.size; i += 1) {
        var word = all[i].word;
        var last = typing && i === all.length - 1;
        // « mot de pas » may be on its way to « mot de passe ».
        var growing = last && i > 0 && word.length > 2;
        if (french.isStop(word) && !growing) continue;
        if (word.length < 2 && all.length > 1 && !/\d/.test(word)) continue;
        span.words.push({
          word: word,
          stem: stemmed[i],
          // A phrase is complete: its last word goes no further.
          last: last && !span.phrase,
          weak: french.isWeak(word)
        });
      }
      spans.push(span);
      at += span.size;
    }
    return spans;
  }

  function knownSpan(stemmed, at) {
    for (var size = Math.min(6, stemmed.length - at); size > 0; size -= 1) {
      var key = stemmed.slice(at, at + size).join(" ");
      if (groups.has(key)) {
        return { size: size, phrase: size > 1 ? key : "", others: Array.from(groups.get(key)) };
      }
    }
    return null;
  }
  // Two words that the corpus writes in one: « wi fi ».
  function joinedSpan(all, at) {
    if (at + 1 === all.length) return null;
    var joined = french.stem(all[at].word + all[at + 1].word);
    return hasTerm(joined) ? { size: 2, phrase: joined, others: [] } : null;
  }

  var terms = new Map();
  function hasTerm(stem) {
    if (!terms.has(stem)) terms.set(stem, run(stem, {}).size > 0);
    return terms.get(stem);
  }

  // Page → score and the words of the index that were met, for one word.
  function run(term, how) {
    var found = new Map();
    [[heads, HEADS], [texts, TEXTS]].forEach(function (pair) {
      var options = {
        boost: pair[1],
        prefix: Boolean(how.prefix),
        fuzzy: how.fuzzy || false,
        maxFuzzy: 2,
        weights: { prefix: 0.5, fuzzy: 0.35 },
        tokenize: function (text) {
          return [text];
        },
        processTerm: function (text) {
          return text;
        }
      };
      pair[0].search(term, options).forEach(function (hit) {
        var old = found.get(hit.id) || { score: 0, terms: [] };
        old.score += hit.score;
        old.terms = old.terms.concat(hit.terms);
        found.set(hit.id, old);
      });
    });
    return found;
  }

  // How many faults a word of that length may hold.
  function faults(word) {
    return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  }

  // `strict` when a synonym is there: a word that nobody writes is no slip then.
  function lookFor(word, strict) {
    var how = { prefix: word.last && word.word.length > 1 };
    var found = run(word.stem, how);
    if (how.prefix && word.word !== word.stem) merge(found, run(word.word, how));
    if (!strict && !written.has(word.word) && !/\d/.test(word.word)) {
      var slips = faults(word.word);
      // A word that nobody writes so, and whose beginning leads nowhere either.
      if (slips && (!found.size || !hasTerm(word.stem))) {
        merge(found, run(word.stem, { fuzzy: slips }), found.size ? 0.5 : 1);
        if (word.word !== word.stem) merge(found, run(word.word, { fuzzy: slips }), 0.8);
      }
    }
    return found;
  }

  function merge(into, other, weight) {
    other.forEach(function (hit, id) {
      var old = into.get(id);
      var score = hit.score * (weight || 1);
      if (!old) into.set(id, { score: score, terms: hit.terms });
      else {
        old.score = Math.max(old.score, score);
        old.terms = old.terms.concat(hit.terms);
      }
    });
  }

  return {
    addHeads: addHeads,
    addText: addText,
    spansOf: spansOf,
    lookFor: lookFor,
    // Page → score, for what stands in the index just so.
    exactly: function (key) {
      return run(key, {});
    },
    stems: stems,
    tokens: tokens,
    pages: pages,
    // Key of a name → the entry of the glossary it leads to.
    entries: entries,
    // The words of the corpus, folded.
    written: written,
    // Call it when the corpus has grown.
    grown: function () {
      terms.clear();
    }
  };
};
