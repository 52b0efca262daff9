// The page « Hors connexion »: what this device keeps, and the buttons that change it.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var box = document.getElementById("keep");
  if (!box) return;
  function the(name) {
    return document.getElementById("keep-" + name);
  }
  var state = the("state");
  var papers = the("papers");
  var all = the("all");
  var stop = the("stop");
  var REFUSED =
    "Ce navigateur ne permet pas de garder des pages : navigation privée, réglage ou version ancienne. L’édition clé USB fonctionne partout.";
  var stopper = null;
  var now = null;

  function weight(bytes) {
    var big = bytes >= 999500;
    var number = big ? (bytes / 1e6).toFixed(1).replace(".", ",") : Math.max(1, Math.round(bytes / 1e3));
    return number + (big ? " Mo" : " Ko");
  }
  function plural(count, word) {
    return count + " " + word + (count > 1 ? "s" : "");
  }
  // A status is read aloud: the same words are not said twice.
  function say(text) {
    if (state.textContent !== text) state.textContent = text;
  }
  function show(element, visible) {
    element.hidden = !visible;
  }

  // Sent here by the worker, for want of the page that was asked.
  (function () {
    var asked = new URLSearchParams(location.search).get("page");
    if (asked === null) return;
    var target = new URL(asked, site.root);
    if (target.href.indexOf(site.root) !== 0) return;
    var path = decodeURI(target.pathname.slice(new URL(site.root).pathname.length));
    the("missing-name").textContent = path || "l’accueil";
    the("again").href = target.href;
    show(the("missing"), true);
    the("missing").insertAdjacentElement("afterend", the("list"));
    the("list").open = true;
  })();

  if (!site.kept) {
    say(REFUSED);
    return;
  }

  function refresh(done) {
    return Promise.all([site.kept.index(), site.kept.ledger(), site.kept.keptIndex()]).then(function (found) {
      var first = !now;
      now = { index: found[0], ledger: found[1] };
      if (first && now.ledger) papers.checked = now.ledger.papers;
      return site.kept.pages(found[0] || found[2]).then(function (pages) {
        list(pages);
        draw(pages, done);
      });
    });
  }

  function draw(pages, done) {
    var nothing = site.read("rien-garder", false);
    var planned = now.index && site.kept.plan(now.index, now.ledger, papers.checked);
    now.plan = planned;
    the("nothing").checked = nothing;
    show(the("room"), true);
    show(the("remove"), pages.length > 0);
    show(the("choice"), Boolean(planned) && !nothing);
    var idle = !planned || nothing || (!planned.missing.length && !planned.toDrop.length);
    show(all, !idle);
    if (now.index) the("papers-weight").textContent = "(" + weight(weigh(now.index.papers)) + ")";
    if (planned) all.textContent = verb(planned);
    say((done ? done + " " : "") + summary(pages, planned, nothing));
  }

  function weigh(files) {
    return files.reduce(function (sum, file) {
      return sum + file[1];
    }, 0);
  }

  function verb(planned) {
    var ledger = now.ledger;
    var size = " (" + weight(planned.toFetch) + ")";
    if (!planned.missing.length) return ledger.papers && !planned.papers ? "Retirer les documents à imprimer" : "Faire le ménage";
    if (!ledger) return "Tout garder" + size;
    if (ledger.version !== planned.version) return "Mettre à jour" + size;
    if (planned.papers && !ledger.papers) return "Ajouter les documents à imprimer" + size;
    return "Reprendre" + size;
  }

  function summary(pages, planned, nothing) {
    if (nothing) return "Cet appareil ne garde rien de ce site, comme vous l’avez demandé.";
    var here = pages.length
      ? "Cet appareil garde " + plural(pages.length, "page") + "."
      : "Cet appareil ne garde encore aucune page.";
    if (!planned) return "Vous êtes hors connexion. " + here;
    if (!now.ledger) return here + " Le site entier y prendrait " + weight(planned.weight) + ".";
    if (!planned.missing.length) {
      return "Tout le site est gardé sur cet appareil : " + plural(planned.count, "fichier") + ", " + weight(planned.weight) + ".";
    }
    var rest = plural(planned.missing.length, "fichier") + " à prendre.";
    return now.ledger.version === planned.version
      ? "Une partie du site est gardée : il reste " + rest
      : "Une nouvelle version est prête : " + rest;
  }

  function list(pages) {
    var place = the("pages");
    var lines = document.createElement("ul");
    pages.forEach(function (page) {
      var line = document.createElement("li");
      var link = document.createElement("a");
      link.href = page.href;
      link.textContent = page.title;
      line.appendChild(link);
      line.appendChild(document.createTextNode(" " + weight(page.size)));
      lines.appendChild(line);
    });
    place.textContent = "";
    place.appendChild(lines);
    the("list-count").textContent = plural(pages.length, "page");
    show(the("list"), pages.length > 0);
  }

  function progress(files, bytes) {
    var planned = now.plan;
    the("bar").value = planned.toFetch ? bytes / planned.toFetch : 1;
    the("count").textContent = files + " sur " + plural(planned.missing.length, "fichier") + ", " + weight(bytes);
  }

  function working(busy) {
    show(the("progress"), busy);
    show(stop, busy);
    [papers, the("nothing"), the("remove"), all].forEach(function (control) {
      control.disabled = busy;
    });
    if (busy) {
      show(all, false);
      stop.focus();
    }
  }

  function fault(error) {
    if (error.name === "AbortError") return "Arrêté. Ce qui est déjà pris reste gardé.";
    if (error.name === "QuotaExceededError") {
      return "La place manque sur cet appareil. Ce qui est déjà pris reste gardé.";
    }
    return "La connexion s’est interrompue. Ce qui est déjà pris reste gardé.";
  }

  all.addEventListener("click", function () {
    var planned = now.plan;
    site.kept.room().then(function (room) {
      if (planned.toFetch > room) {
        say("La place manque : il faut " + weight(planned.toFetch) + ", il reste " + weight(room) + " pour ce site.");
        return null;
      }
      stopper = new AbortController();
      working(true);
      progress(0, 0);
      say("On garde le site. Laissez cette page ouverte jusqu’à la fin.");
      // So that the browser forgets this last when the device is full; it may say no.
      if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(function () {});
      return site.offline
        .start()
        .then(function () {
          return site.kept.carryOut(planned, stopper.signal, progress);
        })
        .then(function (refused) {
          if (stopper.signal.aborted) return fault({ name: "AbortError" });
          if (refused) return "Il manque " + plural(refused, "fichier") + " : réessayez plus tard.";
          return "C’est fait.";
        }, fault)
        .then(finish);
    });
  });

  function finish(said) {
    working(false);
    return refresh(said).then(function () {
      if (all.hidden) the("list").querySelector("summary").focus();
      else all.focus();
    });
  }

  stop.addEventListener("click", function () {
    stopper.abort();
  });

  the("remove").addEventListener("click", function () {
    site.kept.remove().then(function () {
      return refresh("C’est fait.");
    }).then(function () {
      if (!all.hidden) all.focus();
      else the("nothing").focus();
    });
  });

  papers.addEventListener("change", function () {
    refresh();
  });

  the("nothing").addEventListener("change", function () {
    var nothing = the("nothing").checked;
    site.write("rien-garder", nothing);
    (nothing ? site.offline.leave() : site.offline.start()).then(function () {
      return refresh();
    }).catch(function () {
      say(REFUSED);
    });
  });

  addEventListener("online", function () {
    if (!stopper || stop.hidden) refresh("La connexion est revenue.");
  });
  addEventListener("offline", function () {
    if (stop.hidden) refresh();
  });

  refresh().catch(function () {
    say(REFUSED);
  });
})();
