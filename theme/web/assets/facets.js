// The page « Ateliers »: the boxes filter the cards, count what is left, and write the address.
// All it knows is in the page: the answers of a workshop are in the data-facets of its card.
(function () {
  "use strict";

  var finder = document.querySelector("[data-finder]");
  var form = finder && finder.querySelector("form");
  if (!form) return;
  var list = finder.querySelector("[data-cards]");
  var total = finder.querySelector("[data-total]");
  var chosenBar = finder.querySelector("[data-chosen]");
  var none = finder.querySelector("[data-none]");
  var ways = finder.querySelector("[data-ways]");
  var help = finder.querySelector("[data-none-help]");
  var sort = finder.querySelector("#tri");
  var heading = finder.querySelector("#les-ateliers");
  var more = finder.querySelector(".finder__more");

  // ---- What the page holds, read once --------------------------------------------------------
  var places = {};
  var facets = Array.from(form.querySelectorAll("[data-facet]")).map(function (fieldset, rank) {
    var folded = fieldset.closest("details.facet");
    places[fieldset.dataset.facet] = rank;
    return {
      key: fieldset.dataset.facet,
      every: fieldset.hasAttribute("data-every"),
      folded: folded,
      said: folded && folded.querySelector("[data-chosen-in]"),
      chosen: 0,
    };
  });
  var ranks = {};
  var boxes = Array.from(form.querySelectorAll("input[type=checkbox]")).map(function (input, rank) {
    var label = input.closest("label");
    ranks[input.name + ":" + input.value] = rank;
    return {
      input: input,
      facet: places[input.name],
      label: label.children[1].textContent,
      choice: label,
      count: label.querySelector("[data-count]"),
      shown: -1,
    };
  });
  var cards = Array.from(list.children).map(function (card, rank) {
    return {
      card: card,
      hidden: false,
      rank: rank,
      title: Number(card.dataset.titleRank),
      minutes: Number(card.dataset.minutes),
      made: card.dataset.made,
      boxes: card.dataset.facets.split(" ").map(function (token) {
        return ranks[token];
      }),
    };
  });

  list.classList.toggle("cards--many", cards.length > 60);

  // ---- Counting ------------------------------------------------------------------------------
  function zero() {
    return 0;
  }

  // How many workshops hold with the boxes ticked, and how many each box would leave: one walk
  // through the cards. A card that fails one facet alone still counts for the boxes of that facet.
  function count(ticked, each) {
    var wanted = facets.map(zero);
    ticked.forEach(function (on, rank) {
      if (on) wanted[boxes[rank].facet] += 1;
    });
    var counts = boxes.map(zero);
    var found = 0;
    cards.forEach(function (card) {
      var has = wanted.map(zero);
      card.boxes.forEach(function (rank) {
        if (ticked[rank]) has[boxes[rank].facet] += 1;
      });
      var failing = -1;
      var failures = 0;
      facets.forEach(function (facet, rank) {
        if (facet.every ? has[rank] < wanted[rank] : wanted[rank] && !has[rank]) {
          failures += 1;
          failing = rank;
        }
      });
      if (!failures) found += 1;
      if (each) each(card, !failures);
      if (failures > 1) return;
      card.boxes.forEach(function (rank) {
        if (!failures || (boxes[rank].facet === failing && !facets[failing].every)) {
          counts[rank] += 1;
        }
      });
    });
    return { found: found, counts: counts };
  }

  function plural(number, noun) {
    return number + "\u00a0" + noun + (number > 1 ? "s" : "");
  }

  // ---- Drawing -------------------------------------------------------------------------------
  function show() {
    var ticked = boxes.map(function (box) {
      return box.input.checked;
    });
    var result = count(ticked, function (card, kept) {
      if (card.hidden === !kept) return;
      card.hidden = !kept;
      card.card.hidden = !kept;
    });
    facets.forEach(function (facet) {
      facet.chosen = 0;
    });
    boxes.forEach(function (box, rank) {
      if (ticked[rank]) facets[box.facet].chosen += 1;
      if (box.shown === result.counts[rank]) return;
      box.shown = result.counts[rank];
      box.count.textContent = box.shown;
      box.choice.classList.toggle("facet__choice--none", !box.shown);
    });
    var folded = 0;
    facets.forEach(function (facet) {
      if (!facet.said) return;
      folded += facet.chosen;
      facet.said.textContent = facet.chosen ? " (" + facet.chosen + ")" : "";
    });
    more.querySelector("[data-more]").textContent = folded ? " (" + folded + ")" : "";
    var said = plural(result.found, "atelier");
    if (result.found < cards.length) said += " sur " + cards.length;
    if (total.textContent !== said) total.textContent = said;
    showChosen(ticked);
    none.hidden = result.found > 0;
    if (!result.found) showWays(ticked);
  }

  function button(className, text, label) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.textContent = text;
    if (label) made.setAttribute("aria-label", label);
    return made;
  }

  function showChosen(ticked) {
    chosenBar.textContent = "";
    boxes.forEach(function (box, rank) {
      if (!ticked[rank]) return;
      var remove = button("finder__tag", box.label, "Enlever\u00a0: " + box.label);
      remove.dataset.rank = rank;
      chosenBar.append(remove);
    });
    chosenBar.hidden = !chosenBar.children.length;
    if (!chosenBar.hidden) {
      var clear = button("finder__clear", "Tout effacer");
      clear.dataset.clear = "";
      chosenBar.append(clear);
    }
  }

  // Nothing is left: which choice to give up, and what each would bring.
  function showWays(ticked) {
    ways.textContent = "";
    var offers = [];
    ticked.forEach(function (on, rank) {
      if (!on) return;
      var others = ticked.slice();
      others[rank] = false;
      offers.push({ rank: rank, found: count(others).found });
    });
    offers = offers
      .filter(function (offer) {
        return offer.found;
      })
      .sort(function (a, b) {
        return b.found - a.found || a.rank - b.rank;
      });
    help.hidden = !offers.length;
    offers.concat({ found: cards.length }).forEach(function (offer) {
      var one = "rank" in offer;
      var text = one ? "Sans «\u00a0" + boxes[offer.rank].label + "\u00a0»" : "Tout effacer";
      var way = button("button button--quiet", text + "\u00a0: " + plural(offer.found, "atelier"));
      way.dataset[one ? "rank" : "clear"] = one ? offer.rank : "";
      var item = document.createElement("li");
      item.append(way);
      ways.append(item);
    });
  }

  // ---- Order ---------------------------------------------------------------------------------
  var orders = {
    "": function (a, b) {
      return a.rank - b.rank;
    },
    titre: function (a, b) {
      return a.title - b.title;
    },
    duree: function (a, b) {
      return a.minutes - b.minutes || a.title - b.title;
    },
    nouveaute: function (a, b) {
      return b.made.localeCompare(a.made) || a.title - b.title;
    },
  };
  var drawnOrder = "";
  function arrange() {
    if (sort.value === drawnOrder) return;
    drawnOrder = sort.value;
    // Out of the page, a thousand cards change places at no cost.
    var place = document.createComment("");
    list.replaceWith(place);
    cards
      .slice()
      .sort(orders[drawnOrder])
      .forEach(function (card) {
        list.append(card.card);
      });
    place.replaceWith(list);
  }

  // ---- The address ---------------------------------------------------------------------------
  // « ?duree=60,90&sans=internet&tri=titre »: what one ticks can be sent, kept, and gone back to.
  function write() {
    var parts = facets
      .map(function (facet) {
        var values = boxes
          .filter(function (box) {
            return box.input.checked && facets[box.facet] === facet;
          })
          .map(function (box) {
            return box.input.value;
          });
        return values.length ? facet.key + "=" + values.join(",") : "";
      })
      .concat(sort.value ? "tri=" + sort.value : "")
      .filter(Boolean);
    var search = parts.length ? "?" + parts.join("&") : "";
    if (search === location.search) return;
    try {
      history.pushState(null, "", location.pathname + search);
    } catch (refused) {
      // Some browsers let no file:// page change its address: the filter works all the same.
    }
  }

  function read() {
    var asked = new URLSearchParams(location.search);
    boxes.forEach(function (box) {
      var values = (asked.get(box.input.name) || "").split(",");
      box.input.checked = values.indexOf(box.input.value) >= 0;
    });
    sort.value = asked.get("tri") || "";
    if (sort.selectedIndex < 0) sort.value = "";
    arrange();
    show();
  }

  function changed() {
    arrange();
    show();
    write();
  }

  form.addEventListener("change", changed);
  sort.addEventListener("change", changed);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  finder.addEventListener("click", function (event) {
    var pressed = event.target.closest("[data-rank], [data-clear]");
    if (!pressed) return;
    var next = pressed.nextElementSibling && chosenBar.contains(pressed);
    var place = Array.from(chosenBar.children).indexOf(pressed);
    boxes.forEach(function (box, rank) {
      if ("clear" in pressed.dataset || rank === Number(pressed.dataset.rank)) box.input.checked = false;
    });
    changed();
    // The button is gone: the focus goes to the next one, or to the results.
    var other = next && chosenBar.children[place];
    (other && !chosenBar.hidden ? other : heading).focus();
  });
  addEventListener("popstate", read);

  // early.js has folded the other questions on narrow screens; a screen that is turned follows.
  var narrow = matchMedia("(max-width: 59.99em)");
  function fold() {
    more.open = !narrow.matches;
  }
  if (narrow.addEventListener) narrow.addEventListener("change", fold);

  read();
  // An address that asks for something shows where: its box must not be folded away.
  facets.forEach(function (facet) {
    if (facet.folded && facet.chosen) facet.folded.open = true;
  });
})();
