// The field and the list under it: the combobox of the ARIA practices. The focus stays in the
// field; `aria-activedescendant` says which option the arrows have reached. Options are links.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var show = site.searchShow;
  var input = document.querySelector(".search__input");
  var panel = document.getElementById("search-panel");
  var list = document.getElementById("search-list");
  var note = document.getElementById("search-note");
  var status = document.getElementById("search-status");
  var options = [];
  var active = -1;
  var asked = "";
  var speech = 0;
  var LIMIT = 60;
  var OF_A_KIND = 3;

  site.search.prepare();

  function open() {
    panel.hidden = false;
    input.setAttribute("aria-expanded", String(options.length > 0));
  }
  function close() {
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    reach(-1);
  }

  function reach(rank) {
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = rank;
    var option = options[rank];
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  // Said once the reader has stopped typing, and once only.
  function say(text) {
    clearTimeout(speech);
    speech = setTimeout(function () {
      if (status.textContent !== text) status.textContent = text;
    }, 700);
  }

  function option(href, name) {
    var link = show.element("a", "hit" + (name ? " hit--" + name : ""));
    link.id = "search-option-" + options.length;
    link.href = href;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    options.push(link);
    return link;
  }

  function group(label) {
    var box = show.element("div", "search__group");
    var title = show.element("div", "search__kind", label);
    title.id = "search-group-" + list.childElementCount;
    title.setAttribute("role", "presentation");
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", title.id);
    box.append(title);
    list.append(box);
    return box;
  }

  function draw(answer) {
    // An answer made whole must not move what the reader has already reached.
    if (active >= 0 && answer.query === asked && options.length) return;
    asked = answer.query;
    list.textContent = "";
    note.textContent = "";
    options = [];
    active = -1;
    input.removeAttribute("aria-activedescendant");
    if (answer.count) drawFound(answer);
    else drawNone(answer);
    open();
  }

  function drawFound(answer) {
    var entry = answer.definition;
    if (entry) {
      var box = group("Définition");
      var link = option(show.address(entry.url), "definition");
      link.append(show.element("span", "hit__title", entry.title));
      link.append(show.element("span", "hit__text", entry.text));
      box.append(link);
    }
    show.grouped(answer, OF_A_KIND).forEach(function (kind) {
      var box = group(kind.label);
      kind.results.forEach(function (result) {
        var link = option(show.address(result.url));
        show.fill(link, result, kind.mixed, "");
        box.append(link);
      });
    });
    var shown = options.length;
    if (answer.count > shown) {
      var more = group("Et aussi");
      var all = option(show.all(answer.query), "all");
      all.textContent = "Voir les " + show.count(answer.count);
      more.append(all);
    }
    var told = show.count(answer.count);
    if (entry) told += ", dont la définition de «\u00a0" + entry.title + "\u00a0»";
    say(told + ". Flèches haut et bas pour les parcourir.");
  }

  function drawNone(answer) {
    note.textContent =
      "Aucun résultat pour «\u00a0" + answer.query + "\u00a0». Essayez un seul mot, ou une de ces pistes.";
    if (answer.near.length) {
      var words = group("Mots proches");
      answer.near.forEach(function (word) {
        var link = option(show.all(word), "word");
        link.textContent = word;
        link.dataset.query = word;
        words.append(link);
      });
    }
    var doors = group("Parcourir");
    show.doors.forEach(function (door) {
      var link = option(show.address(door[0]), "door");
      link.textContent = door[1];
      doors.append(link);
    });
    var near = answer.near.length ? " Mots proches\u00a0: " + answer.near.join(", ") + "." : "";
    say("Aucun résultat." + near + " " + options.length + "\u00a0pistes dans la liste.");
  }

  function ask() {
    var query = input.value.trim();
    if (!query) {
      site.search("", 0, function () {});
      clearTimeout(speech);
      status.textContent = "";
      close();
      return;
    }
    site.search(input.value, LIMIT, draw);
  }

  // A near word is tried at once, without leaving the page.
  list.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-query]");
    if (link) {
      event.preventDefault();
      input.value = link.dataset.query + " ";
      reach(-1);
      ask();
      return;
    }
    // On the page one is already on, a result only moves it.
    if (event.target.closest("a")) close();
  });
  // The focus stays in the field while an option is pressed.
  list.addEventListener("mousedown", function (event) {
    event.preventDefault();
  });

  var keys = {
    ArrowDown: function (event) {
      if (panel.hidden) ask();
      else if (!event.altKey) reach((active + 1) % options.length);
    },
    ArrowUp: function (event) {
      if (event.altKey) close();
      else if (panel.hidden) ask();
      else reach(active <= 0 ? options.length - 1 : active - 1);
    },
    Home: function () {
      if (active < 0) return false;
      reach(0);
    },
    End: function () {
      if (active < 0) return false;
      reach(options.length - 1);
    },
    Enter: function () {
      if (active < 0) return false;
      options[active].click();
    },
    Escape: function () {
      if (!panel.hidden) close();
      else if (input.value) {
        input.value = "";
        ask();
      } else return false;
    }
  };
  input.addEventListener("keydown", function (event) {
    var act = keys[event.key];
    if (!act || event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (act(event) !== false) event.preventDefault();
  });
  input.addEventListener("input", function () {
    reach(-1);
    ask();
  });
  input.addEventListener("click", function () {
    if (panel.hidden && input.value.trim()) ask();
  });
  input.form.addEventListener("reset", function () {
    // The field is emptied after this event.
    setTimeout(function () {
      ask();
      input.focus();
    }, 0);
  });
  document.addEventListener("focusin", function (event) {
    if (!input.form.contains(event.target)) close();
  });
  document.addEventListener("pointerdown", function (event) {
    if (!input.form.contains(event.target)) close();
  });

  if (input.value.trim() && document.activeElement === input) ask();
})();
