// The page of results: what the address asks (`?q=…`) is answered in full, and typing here answers
// as one goes, the address following.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var show = site.searchShow;
  var input = document.getElementById("resultats-mots");
  var count = document.getElementById("resultats-compte");
  var said = document.getElementById("resultats-dits");
  var list = document.getElementById("resultats-liste");
  var title = document.title;
  var LIMIT = 200;
  var pause = 0;
  var speech = 0;

  input.form.action = site.url("recherche/");

  function quoted(text) {
    return "«\u00a0" + text.trim() + "\u00a0»";
  }

  // The count is seen at once, and said once the reader has stopped typing.
  function say(text) {
    count.textContent = text;
    clearTimeout(speech);
    speech = setTimeout(function () {
      if (said.textContent !== text) said.textContent = text;
    }, 700);
  }

  function link(href, text) {
    var made = show.element("a", "", text);
    made.href = href;
    return made;
  }

  function draw(answer) {
    list.textContent = "";
    document.title = show.count(answer.count) + " pour " + quoted(answer.query) + " – " + title;
    if (!answer.count) {
      drawNone(answer);
      return;
    }
    say(show.count(answer.count) + " pour " + quoted(answer.query));
    var entry = answer.definition;
    if (entry) {
      var card = show.element("div", "hit--definition");
      var name = show.element("h2", "hit__title");
      name.append(link(show.address(entry.url), entry.title));
      card.append(name, show.element("p", "hit__text", entry.text));
      list.append(card);
    }
    show.grouped(answer, LIMIT).forEach(function (kind) {
      list.append(show.element("h2", "", kind.label));
      var items = show.element("ol");
      kind.results.forEach(function (result) {
        var item = show.element("li", "hit");
        show.fill(item, result, kind.mixed, "h3");
        // The title is the link: one short name for one place.
        var heading = item.querySelector(".hit__title");
        var anchor = link(show.address(result.url), "");
        heading.parentNode.insertBefore(anchor, heading);
        anchor.append(heading);
        items.append(item);
      });
      list.append(items);
    });
  }

  function drawNone(answer) {
    say("Aucun résultat pour " + quoted(answer.query));
    list.append(show.element("p", "", "Essayez un seul mot, ou une de ces pistes."));
    if (answer.near.length) {
      list.append(show.element("h2", "", "Mots proches"));
      ways(
        answer.near.map(function (word) {
          return link(show.all(word), word);
        })
      );
    }
    list.append(show.element("h2", "", "Parcourir"));
    ways(
      show.doors.map(function (door) {
        return link(show.address(door[0]), door[1]);
      })
    );
  }

  function ways(links) {
    var items = show.element("ul", "results__ways");
    links.forEach(function (one) {
      var item = show.element("li");
      item.append(one);
      items.append(item);
    });
    list.append(items);
  }

  function ask() {
    if (input.value.trim()) site.search(input.value, LIMIT, draw);
    else {
      list.textContent = "";
      say("");
      document.title = title;
    }
  }

  function follow() {
    var query = input.value.trim();
    var address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address.href);
    ask();
  }

  input.addEventListener("focus", site.search.prepare);
  input.addEventListener("input", function () {
    clearTimeout(pause);
    pause = setTimeout(follow, 150);
  });
  input.form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(pause);
    follow();
    count.scrollIntoView({ block: "nearest" });
  });

  input.value = new URL(location.href).searchParams.get("q") || "";
  ask();
})();
