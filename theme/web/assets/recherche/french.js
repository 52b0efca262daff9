// French as people type it: accents, ligatures, elisions, plurals, compounds. A function that needs
// nothing around it, so that its text can be handed to a worker; src/ressourcerie/inflection.py
// knows far more, and has the time for it.
window.ressourcerie.searchFrench = function () {
  "use strict";

  // Words that say nothing of what is looked for; never indexed.
  var STOP = new Set(
    ("a ai ainsi alors au aussi autre autres aux avec c car ce ceci cela celle celles celui ces cet " +
      "cette ceux chez ci comme d dans de des donc du elle elles en entre es est et etait ete etre " +
      "eu eux h ici il ils j je l la le les leur leurs lui m ma mais me meme memes mes moi mon n ne " +
      "ni nos notre nous on ont or ou oui par pas plus pour qu que quel quelle quelles quels qui s " +
      "sa se sera ses si soi son sont sous sur t ta te tes toi ton tous tout toute toutes tu un une " +
      "vers vos votre vous y ca etes suis sommes the of and").split(" ")
  );
  // Words of a whole question: they count for little, unless there is nothing else.
  var WEAK = new Set(
    ("aller apprendre avoir besoin bien bon bonne chose choses comment combien connaitre dire doit " +
      "dois faire fait faut font marche montrer peut peux peuvent possible pourquoi pourrais puis " +
      "quand quoi quelque quelqu quelle savoir sait sert servir signifie site trouver trouve utiliser utilise vais " +
      "veut veux voudrais voir aide aider aidez simple simplement mieux vrai meilleur gens numerique informatique " +
      "difference marcher definition definir sens explication expliquer cherche chercher petit petite sans").split(" ")
  );
  var ELISION = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=.)/;
  var WORD = /[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu;
  // Endings, longest first, and what is left of them. Applied alike to texts and to queries, an
  // ending only has to bring the forms of one word together; « é » and « e » are one by then.
  var ENDINGS = [
    [/(.{3,})trices?$/, "$1t"],
    [/(.{3,})teu[rs]e?$/, "$1t"],
    [/(.{3,})eu[rs]e?$/, "$1eu"],
    [/(.{2,})ienne?$/, "$1ien"],
    [/(.{2,})enne?$/, "$1en"],
    [/(.{2,})onne$/, "$1on"],
    [/(.{2,})elle$/, "$1el"],
    [/(.{2,})ette$/, "$1et"],
    [/(.{2,})ive$/, "$1if"],
    [/(.{2,})ique$/, "$1ic"],
    [/(.{3,})(?:ees?|er|ez)$/, "$1"],
    [/(.{3,})e$/, "$1"]
  ];
  var IRREGULAR = {
    travaux: "travail", yeux: "oeil", baux: "bail", vitraux: "vitrail",
    deux: "2", trois: "3", quatre: "4", cinq: "5", six: "6", sept: "7", huit: "8", neuf: "9", dix: "10"
  };
  var known = new Map();

  // Lower case, without accents, ligatures, or the second half of « médiateur·rice ».
  function fold(text) {
    return text
      .toLowerCase()
      .replace(/[\u00ad\u200b\u2060]/g, "")
      .replace(/œ/g, "oe")
      .replace(/æ/g, "ae")
      .replace(/[’‘ʼ`´]/g, "'")
      .replace(/[\u2010\u2011]/g, "-")
      .replace(/[·•][a-zà-ÿ]{1,8}(?:[·•]s)?/g, "")
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "");
  }

  // The form that the numbers and genders of a folded word share.
  function stem(word) {
    var found = known.get(word);
    if (found !== undefined) return found;
    found = word;
    if (IRREGULAR[word]) found = IRREGULAR[word];
    else if (word.length > 3 && !/\d/.test(word)) {
      // Number first, then gender, then a last mute vowel.
      found = found.replace(/(eau|eu|ou)x$/, "$1");
      if (found === word) found = found.replace(/(..)aux$/, "$1al");
      if (found === word) found = found.replace(/([^s])s$/, "$1");
      for (var i = 0; i < ENDINGS.length; i += 1) {
        var next = found.replace(ENDINGS[i][0], ENDINGS[i][1]);
        if (next !== found) {
          found = next;
          break;
        }
      }
    }
    if (known.size > 200000) known.clear();
    known.set(word, found);
    return found;
  }

  // The pieces of a text, in order: elisions are gone, compounds are cut, and say so: `glued` is
  // true for a piece that a hyphen or an apostrophe ties to the one before it.
  function pieces(text) {
    var found = [];
    var words = fold(text).match(WORD) || [];
    for (var i = 0; i < words.length; i += 1) {
      var word = words[i];
      while (ELISION.test(word)) word = word.replace(ELISION, "");
      if (word === "aujourd'hui") word = "aujourdhui";
      if (word.indexOf("-") < 0 && word.indexOf("'") < 0) {
        found.push({ word: word, glued: false });
        continue;
      }
      word.split(/['-]/).forEach(function (part, rank) {
        found.push({ word: part, glued: rank > 0 });
      });
    }
    return found;
  }

  // What goes into the index of the pieces of a text: stems, and compounds in one word too. `names`
  // also gives the joined neighbours of a title: « tiers lieu » is found by « tierslieu ».
  function tokens(all, names) {
    var found = [];
    var run = "";
    for (var i = 0; i < all.length; i += 1) {
      var piece = all[i];
      if (!piece.glued && run) {
        found.push(stem(run));
        run = "";
      }
      if (i + 1 < all.length && all[i + 1].glued) run += piece.word;
      else if (piece.glued) run += piece.word;
      if (!STOP.has(piece.word)) found.push(stem(piece.word));
    }
    if (run) found.push(stem(run));
    if (names) {
      for (var j = 0; j + 1 < all.length; j += 1) {
        if (all[j + 1].glued || STOP.has(all[j].word) || STOP.has(all[j + 1].word)) continue;
        found.push(stem(all[j].word + all[j + 1].word));
      }
      if (all.length > 2 && all.length < 5) found.push(stem(all.map(wordOf).join("")));
    }
    return found;
  }

  function wordOf(piece) {
    return piece.word;
  }

  // The name under which a form of a synonym is known: its stems, small words included.
  function key(text) {
    return pieces(text)
      .map(function (piece) {
        return stem(piece.word);
      })
      .join(" ");
  }

  return {
    fold: fold,
    stem: stem,
    pieces: pieces,
    tokens: tokens,
    key: key,
    isStop: function (word) {
      return STOP.has(word);
    },
    isWeak: function (word) {
      return WEAK.has(word);
    }
  };
};
