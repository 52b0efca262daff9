// An answer as the reader meets it, in the box under the field and on the page of results: the
// best pages first, then the others by kind.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var KINDS = [
    ["terme", "Glossaire", "Glossaire"],
    ["atelier", "Ateliers", "Atelier"],
    ["chapitre", "Guide", "Guide"],
    ["parcours", "Parcours", "Parcours"],
    ["livret", "Livrets", "Livret"],
    ["page", "Pages", "Page"]
  ];
  var BEST = 3;
  var labels = {};
  KINDS.forEach(function (kind) {
    labels[kind[0]] = kind[2];
  });

  // « 1 résultat », « 3 résultats », « aucun résultat ».
  function count(number) {
    if (!number) return "Aucun résultat";
    return number + "\u00a0résultat" + (number > 1 ? "s" : "");
  }

  // The best pages, then the others under the name of their kind, `most` of each.
  function grouped(answer, most) {
    var best = answer.definition ? BEST - 1 : BEST;
    var groups = [];
    if (answer.results.length) {
      groups.push({ label: "Les plus proches", mixed: true, results: answer.results.slice(0, best) });
    }
    KINDS.forEach(function (kind) {
      var same = answer.results.slice(best).filter(function (result) {
        return result.kind === kind[0];
      });
      if (same.length) groups.push({ label: kind[1], mixed: false, results: same.slice(0, most) });
    });
    return groups;
  }

  function element(tag, name, text) {
    var made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  // [plain, marked, plain…] → text and <mark>, never HTML.
  function marked(parent, parts) {
    parts.forEach(function (part, rank) {
      if (!part) return;
      parent.append(rank % 2 ? element("mark", "", part) : document.createTextNode(part));
    });
    return parent;
  }

  // What a result says: its title, its kind where kinds are mixed, where and what the passage is.
  function fill(parent, result, mixed, heading) {
    var title = marked(element("span", "hit__title"), result.title);
    var box = heading ? element(heading, "hit__heading") : parent;
    if (heading) parent.append(box);
    box.append(title);
    if (mixed) box.append(" ", element("span", "hit__kind", labels[result.kind]));
    var text = element("span", "hit__text");
    if (result.heading) text.append(marked(element("span", "hit__section"), result.heading), " ");
    marked(text, result.text);
    parent.append(text);
  }

  // Where to look when nothing is found.
  var DOORS = [
    ["glossaire/", "Le glossaire, de A à Z"],
    ["ateliers/", "Tous les ateliers"],
    ["guide/", "Le guide"],
    ["recherche/#index", "Toutes les pages, de A à Z"],
    ["contribuer/", "Proposer un mot"]
  ];

  site.searchShow = {
    best: BEST,
    count: count,
    doors: DOORS,
    element: element,
    fill: fill,
    grouped: grouped,
    address: function (path) {
      var parts = path.split("#");
      return site.url(parts[0]) + (parts[1] ? "#" + parts[1] : "");
    },
    all: function (query) {
      return site.url("recherche/") + "?q=" + encodeURIComponent(query);
    }
  };
})();
