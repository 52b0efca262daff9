// The page 404: the pages whose address looks like the one that was asked for, and the search with
// its words already in it. The doors below are there without this.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var place = document.getElementById("proches");
  if (!site || !site.addresses || !place) return;

  // Said to nobody: they tell sorts of pages apart, not pages.
  var COMMON = { index: 1, html: 1, htm: 1, pdf: 1, telechargements: 1, participant: 1, animateur: 1, de: 1, du: 1, la: 1, le: 1, les: 1, des: 1, l: 1, d: 1, et: 1, a: 1 };
  var ENOUGH = 0.42;
  var CLOSE = 0.7;
  var MOST = 4;

  function fold(text) {
    return text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function words(text) {
    return fold(text).split(/[^a-z0-9]+/).filter(function (word) {
      return word && !COMMON[word];
    });
  }

  // What two texts share, from 0 to 1: their pairs of letters (Dice).
  function pairs(text) {
    var found = {};
    for (var i = 0; i < text.length - 1; i += 1) {
      var pair = text.slice(i, i + 2);
      found[pair] = (found[pair] || 0) + 1;
    }
    return found;
  }
  function alike(a, b) {
    if (a === b) return 1;
    if (a.length < 2 || b.length < 2) return 0;
    var left = pairs(a);
    var right = pairs(b);
    var shared = 0;
    Object.keys(left).forEach(function (pair) {
      shared += Math.min(left[pair], right[pair] || 0);
    });
    return (2 * shared) / (a.length + b.length - 2);
  }

  // Each word that was asked for, against the nearest word of a page.
  function near(asked, known) {
    if (!asked.length || !known.length) return 0;
    var sum = 0;
    asked.forEach(function (word) {
      var best = 0;
      known.forEach(function (other) {
        best = Math.max(best, alike(word, other));
      });
      sum += best * word.length;
    });
    return sum / asked.join("").length;
  }

  function path() {
    var here = location.href.split(/[?#]/)[0];
    if (here.indexOf(site.root) === 0) here = here.slice(site.root.length);
    else here = location.pathname.slice(1);
    try {
      return decodeURIComponent(here);
    } catch (unreadable) {
      return here;
    }
  }

  // The parts of an address that say something.
  function telling(address) {
    return address.split("/").filter(function (part) {
      return words(part).length;
    });
  }

  var asked = path();
  // The last part names the page, what precedes the shelf it was on.
  var name = words(telling(asked).pop() || "");
  var all = words(asked);

  var found = site.addresses.map(function (row) {
    var last = words(telling(row[0]).pop() || "");
    var own = words(row[0]).concat(words(row[1]));
    // A paper is named after its page: « se-proteger-econome.pdf ».
    var ofPage = last.length && (name.join("-") + "-").indexOf(last.join("-") + "-") === 0;
    var score = (ofPage ? 0.2 : 0) + 0.45 * near(name, own) + 0.35 * alike(name.join(""), last.join("")) + 0.2 * near(all, own);
    return { score: fold(row[0]) === fold(asked) ? 2 : score, title: row[1], url: row[2] || row[0] };
  });
  var seen = {};
  found.sort(function (a, b) {
    return b.score - a.score;
  });
  // What is far behind the first is only noise beside it.
  var least = Math.max(ENOUGH, found.length ? Math.min(1, found[0].score) * CLOSE : 0);
  found = found.filter(function (one) {
    return one.score >= least;
  }).filter(function (one) {
    var fresh = !seen[one.url];
    seen[one.url] = true;
    return fresh;
  }).slice(0, MOST);

  if (found.length) {
    var list = place.querySelector("ul");
    found.forEach(function (one) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = site.url(one.url);
      link.textContent = one.title;
      item.appendChild(link);
      list.appendChild(item);
    });
    place.hidden = false;
  }

  var field = document.querySelector('[role="search"] input[name="q"]');
  if (field && !field.value && name.length) field.value = name.join(" ");
})();
