// « Où en suis-je ? »: one question at a time, kept on the device; the advice is copied from the table
// of the page, by the rule that the table gives for doing it by hand. No score is ever made.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var tools = site.tools;
  var make = tools.element;
  var form = document.querySelector("[data-assessment]");
  if (!form) return;
  var asks = Array.from(form.querySelectorAll(".ask"));
  var parts = Array.from(form.querySelectorAll(".asked__part"));
  var state = form.querySelector(".asked__state");
  var next = form.querySelector("[type=submit] span");
  var back = form.querySelector("[data-do=back]");
  var whole = form.querySelector("[data-do=all]");
  var result = document.getElementById("conseils");
  var body = result.querySelector(".advised__body");
  var table = document.querySelector(".by-hand");
  var key = "positionnement:" + form.getAttribute("data-assessment");
  var at = 0;
  var all = false;
  // More would be a wall: the workshops that follow are named, without their reasons.
  var FIRST = 3;

  function chosen(ask) {
    return ask.querySelector("input:checked");
  }

  function keep(done) {
    var answers = {};
    asks.forEach(function (ask) {
      if (chosen(ask)) answers[ask.getAttribute("data-question")] = chosen(ask).value;
    });
    if (!site.write(key, { answers: answers, at: at, done: Boolean(done) })) {
      state.textContent = "Cet appareil ne garde pas les réponses\u00a0: allez au bout sans fermer la page.";
    }
  }

  function draw() {
    asks.forEach(function (ask, index) {
      tools.show(ask, all || index === at);
    });
    parts.forEach(function (part) {
      tools.show(part, Boolean(part.querySelector(".ask:not([hidden])")));
    });
    form.classList.toggle("asked--one", !all);
    back.disabled = all || at === 0;
    tools.show(back, !all);
    next.textContent = all || at === asks.length - 1 ? "Voir mes conseils" : "Suivante";
    whole.setAttribute("aria-pressed", String(all));
  }

  function go(index) {
    at = Math.max(0, Math.min(asks.length - 1, index));
    draw();
    keep();
    asks[at].focus();
  }

  // The row of the table that says what a question leads to.
  function row(ask) {
    return table.querySelector('tr[data-question="' + ask.getAttribute("data-question") + '"]');
  }
  function gesture(ask) {
    return row(ask).querySelector(".advice-table__what").textContent;
  }
  function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }
  function copies(from, selector) {
    return Array.from(from.querySelectorAll(selector), function (found) {
      return found.cloneNode(true);
    });
  }
  // Each once, whatever part of the advice it stands in.
  function unique(links, seen) {
    return links.filter(function (link) {
      var fresh = !seen[link.href];
      seen[link.href] = true;
      return fresh;
    });
  }
  function list(className, items) {
    var made = make("ul", className);
    items.forEach(function (nodes) {
      var item = make("li");
      item.append.apply(item, [].concat(nodes));
      made.append(item);
    });
    return made;
  }
  function section(title, content) {
    var made = make("section", "advised__part");
    made.append(make("h3", "", title), content);
    body.append(made);
  }

  // Gives the workshops that are shown with their reasons.
  function workshops(wanted) {
    var list = make("ol", "advised__workshops");
    var then = make("ul", "advised__then");
    var slugs = [];
    table.querySelectorAll(".advice-order li").forEach(function (known) {
      var slug = known.getAttribute("data-workshop");
      var why = wanted.filter(function (ask) {
        return row(ask).querySelector('[data-workshop="' + slug + '"]');
      });
      if (!why.length) return;
      var item = make("li");
      if (slugs.length >= FIRST) {
        slugs.push(slug);
        var link = known.querySelector("a").cloneNode(true);
        link.textContent = link.textContent.split("\u00a0: ")[0];
        item.append(link);
        then.append(item);
        return;
      }
      var title = make("p", "advised__title");
      title.append.apply(title, Array.from(known.cloneNode(true).childNodes));
      if (!slugs.length) title.append(" ", make("strong", "advised__first", "Pour commencer"));
      var reasons = why.map(function (ask) {
        return gesture(ask);
      });
      item.append(title, make("p", "advised__why", "Pour\u00a0: " + reasons.join(", ") + "."));
      var done = copies(row(why[0]), ".advice-table__why")[0];
      if (done) {
        done.className = "advised__how";
        item.append(done);
      }
      var before = known.getAttribute("data-before").split(" ").filter(function (one) {
        return one && slugs.indexOf(one) < 0;
      });
      copies(table, ".advice-order li").forEach(function (other) {
        if (before.indexOf(other.getAttribute("data-workshop")) < 0) return;
        var line = make("p", "advised__how", "Il vient d’habitude après\u00a0: ");
        line.append(other.querySelector("a"));
        item.append(line);
      });
      slugs.push(slug);
      list.append(item);
    });
    var first = slugs.slice(0, FIRST);
    if (!first.length) return first;
    section(slugs.length > 1 ? "Des ateliers pour vous" : "Un atelier pour vous", list);
    if (then.children.length) {
      body.lastElementChild.append(make("p", "", "Et plus tard, si vous voulez\u00a0:"), then);
    }
    var path = nearest(first);
    if (path) {
      var line = make("p", "advised__path", "Plusieurs de ces ateliers se suivent dans un parcours\u00a0: ");
      line.append(path, ".");
      body.lastElementChild.append(line);
    }
    return first;
  }

  // The path that holds most of these workshops, two at least; then the one that holds least besides.
  function nearest(slugs) {
    var best = null;
    var most = 2;
    var length = Infinity;
    table.querySelectorAll(".advice-path").forEach(function (path) {
      var steps = path.getAttribute("data-workshops").split(" ");
      var held = steps.filter(function (slug) {
        return slugs.indexOf(slug) >= 0;
      }).length;
      if (held < most || (held === most && steps.length >= length)) return;
      best = path.querySelector("a").cloneNode(true);
      most = held;
      length = steps.length;
    });
    return best;
  }

  function advise() {
    var answered = asks.filter(chosen);
    var wanted = answered.filter(function (ask) {
      return chosen(ask).hasAttribute("data-more");
    });
    var known = answered.filter(function (ask) {
      return chosen(ask).value === "sais";
    });
    body.textContent = "";
    if (!wanted.length) {
      body.append(
        make(
          "p",
          "",
          known.length
            ? "Vous savez faire tout ce que vous avez choisi. Vous pourriez le montrer à quelqu’un\u00a0: c’est ainsi que l’on apprend le mieux."
            : "Vous n’avez rien choisi, et c’est permis. Revenez quand vous voulez, ou parlez-en avec la personne qui vous accueille."
        )
      );
    }
    var first = workshops(wanted);
    var seen = {};
    var alone = wanted.filter(function (ask) {
      return !row(ask).querySelector("[data-workshop]");
    });
    if (alone.length) {
      section(
        "Pas encore d’atelier chez nous, mais de quoi lire",
        list("advised__list", alone.map(function (ask) {
          var links = copies(row(ask), "[data-passage] a, [data-word]");
          unique(links, seen);
          return [capital(gesture(ask)) + "\u00a0: "].concat(between(links));
        }))
      );
    }
    // What to read goes with the workshops to begin with.
    var rest = wanted.filter(function (ask) {
      return first.some(function (slug) {
        return row(ask).querySelector('[data-workshop="' + slug + '"]');
      });
    });
    var read = unique([].concat.apply([], rest.map(function (ask) {
      return copies(row(ask), "[data-passage] a");
    })), seen);
    if (read.length) section("À lire dans le guide", list("advised__list", read));
    var words = unique([].concat.apply([], rest.map(function (ask) {
      return copies(row(ask), "[data-word]");
    })), seen);
    if (words.length) {
      var line = make("p");
      line.append.apply(line, between(words));
      section("Des mots à découvrir", line);
    }
    if (known.length) {
      section("Ce que je sais déjà faire", make("p", "", capital(known.map(gesture).join(", ")) + "."));
    }
  }

  function between(nodes) {
    return nodes.reduce(function (made, node, index) {
      return made.concat(index ? [", ", node] : [node]);
    }, []);
  }

  function finish(focus) {
    advise();
    keep(true);
    tools.show(form, false);
    tools.show(result, true);
    document.documentElement.classList.add("prints-result");
    if (focus) document.getElementById("mes-conseils").focus();
  }

  function reopen() {
    tools.show(result, false);
    tools.show(form, true);
    document.documentElement.classList.remove("prints-result");
  }

  form.addEventListener("change", function () {
    state.textContent = "";
    keep();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (all || at === asks.length - 1) finish(true);
    else go(at + 1);
  });

  var acts = {
    back: function () {
      go(at - 1);
    },
    all: function () {
      all = !all;
      draw();
      whole.focus();
    },
    show: function () {
      finish(true);
    },
    again: function () {
      reopen();
      go(0);
    },
    print: function () {
      window.print();
    },
    erase: function () {
      if (!window.confirm("Effacer toutes vos réponses de cet appareil\u00a0?")) return;
      form.reset();
      body.textContent = "";
      at = 0;
      reopen();
      draw();
      tools.forget(key);
      state.textContent = "Tout est effacé de cet appareil.";
      asks[0].focus();
    },
  };
  document.querySelectorAll("[data-do]").forEach(function (button) {
    button.addEventListener("click", acts[button.getAttribute("data-do")]);
  });

  var begun = site.read(key, null);
  if (begun && begun.answers) {
    asks.forEach(function (ask) {
      var answer = begun.answers[ask.getAttribute("data-question")];
      ask.querySelectorAll("input").forEach(function (input) {
        input.checked = input.value === answer;
      });
    });
    at = Math.max(0, Math.min(asks.length - 1, Number(begun.at) || 0));
    if (asks.some(chosen)) state.textContent = "Vous aviez commencé\u00a0: vos réponses sont là.";
  }
  draw();
  tools.fold(table);
  if (begun && begun.done) finish(false);
})();
