// The page « Ma sélection »: puts the chosen workshops in order, lists their kits, and lays out the
// programme that the print style keeps. All it knows is in the block of data of the page.
(function () {
  "use strict";

  var page = document.querySelector("[data-series]");
  if (!page) return;
  var site = window.ressourcerie;
  var selection = site.selection;
  var sheets = JSON.parse(document.getElementById("series-sheets").textContent);
  var NBSP = "\u00a0";

  function one(name) {
    return page.querySelector("[data-" + name + "]");
  }
  var list = one("list");
  var said = one("said");
  var name = one("name");
  var undo = page.querySelector('[data-do="undo"]');

  function known(slug) {
    return Object.prototype.hasOwnProperty.call(sheets, slug);
  }

  // ---- Which list: the reader’s own, or one that an address brings ----------------------------
  var given = new URLSearchParams(location.search).get("ateliers");
  var shared = given === null ? null : selection.clean(given.split(","));
  if (shared && (!shared.filter(known).length || String(shared) === String(selection.get()))) shared = null;
  var before = null;

  function current() {
    return (shared || selection.get()).filter(known);
  }
  var here = location.href.replace(/[?#].*$/, "");
  function address(slugs) {
    return here + "?ateliers=" + slugs.join(",");
  }
  function change(slugs) {
    if (!shared) {
      selection.set(slugs);
      return;
    }
    shared = slugs;
    rewrite(address(slugs));
    draw();
  }
  function rewrite(href) {
    try {
      history.replaceState(null, "", href);
    } catch (refused) {
      // Some browsers let no file:// page change its address: the list is right all the same.
    }
  }
  function leaveShared() {
    shared = null;
    rewrite(here);
  }

  // ---- Words ----------------------------------------------------------------------------------
  function duration(minutes) {
    var hours = Math.floor(minutes / 60);
    var rest = minutes % 60;
    if (!hours) return rest + NBSP + "min";
    return hours + NBSP + "h" + (rest ? NBSP + (rest < 10 ? "0" : "") + rest : "");
  }
  function weight(size) {
    if (size < 999500) return Math.max(1, Math.round(size / 1000)) + NBSP + "Ko";
    return (size / 1000000).toFixed(1).replace(".", ",") + NBSP + "Mo";
  }
  function sum(slugs) {
    var minutes = slugs.reduce(function (all, slug) {
      return all + sheets[slug].minutes;
    }, 0);
    return selection.plural(slugs.length, "séance") + ", " + duration(minutes) + " en tout";
  }
  function quoted(slug) {
    return "«" + NBSP + sheets[slug].title + NBSP + "»";
  }
  function people(group) {
    if (group[0] === group[1]) return selection.plural(group[0], "personne");
    return group[0] + " à " + selection.plural(group[1], "personne");
  }

  // ---- Drawing --------------------------------------------------------------------------------
  function copy(template) {
    return document.getElementById(template).content.firstElementChild.cloneNode(true);
  }
  function fill(parent, texts) {
    texts.forEach(function (text) {
      var item = document.createElement("li");
      item.textContent = text;
      parent.append(item);
    });
  }

  function row(slug, place, slugs) {
    var sheet = sheets[slug];
    var made = copy("series-row");
    var title = document.createElement("a");
    made.dataset.slug = slug;
    made.querySelector(".series__what").prepend(title);
    title.className = "series__title";
    title.textContent = sheet.title;
    title.href = site.url(sheet.url);
    made.querySelector("[data-facts]").textContent = duration(sheet.minutes) + " · " + people(sheet.group);
    made.querySelectorAll("[data-label]").forEach(function (label) {
      label.textContent += " " + quoted(slug);
    });
    made.querySelector('[data-do="up"]').disabled = !place;
    made.querySelector('[data-do="down"]').disabled = place === slugs.length - 1;
    var late = sheet.before.filter(function (other) {
      return known(other) && slugs.slice(0, place).indexOf(other) < 0;
    });
    var note = made.querySelector("[data-before]");
    note.hidden = !late.length;
    note.textContent = "À faire avant, de préférence" + NBSP + ": " + late.map(quoted).join(", ");
    return made;
  }

  function session(slug) {
    var sheet = sheets[slug];
    var made = copy("series-session");
    made.querySelector("[data-title]").textContent = sheet.title;
    made.querySelector("[data-minutes]").textContent = duration(sheet.minutes);
    fill(made.querySelector("[data-goals]"), sheet.goals);
    var devices = "Par personne" + NBSP + ": " + sheet.devices.charAt(0).toLowerCase() + sheet.devices.slice(1);
    var tasks = [devices].concat(sheet.internet || [], sheet.room, sheet.papers);
    fill(made.querySelector("[data-tasks]"), tasks);
    return made;
  }

  function drawKits(slugs) {
    var kits = [];
    slugs.forEach(function (slug) {
      sheets[slug].kits.forEach(function (kit) {
        kits.push({ slug: slug, url: kit.url, size: kit.size });
        size += kit.size;
      });
    });
    var size = 0;
    one("kits").hidden = !kits.length;
    one("kits-total").textContent =
      selection.plural(kits.length, "kit") + ", " + weight(size) + " en tout. Chaque kit réunit tous les documents d’une séance dans un dossier zip.";
    one("files").textContent = "";
    kits.forEach(function (kit) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      var detail = document.createElement("span");
      link.href = site.root + kit.url;
      link.download = "";
      link.type = "application/zip";
      link.textContent = sheets[kit.slug].title;
      detail.textContent = "zip · " + weight(kit.size);
      item.append(link, " ", detail);
      one("files").append(item);
    });
  }

  function drawNotices() {
    var mine = selection.get().filter(known).length;
    one("shared").hidden = !shared;
    one("replaces").hidden = !mine;
    one("mine").textContent = mine ? "Revenir à ma sélection (" + mine + ")" : "Fermer cette liste";
    one("refused").hidden = selection.isKept() || Boolean(shared);
    var lost = (shared || selection.get()).filter(function (slug) {
      return !known(slug);
    });
    one("unknown").hidden = !lost.length;
    one("unknown").textContent = (lost.length > 1 ? "Des fiches de cette liste n’existent" : "Une fiche de cette liste n’existe") + " plus sur ce site" + NBSP + ": " + lost.join(", ") + ".";
  }

  function drawName() {
    one("heading").textContent = name.value.trim() || name.placeholder;
  }

  function draw() {
    var slugs = current();
    document.documentElement.classList.toggle("has-programme", slugs.length > 0);
    one("empty").hidden = slugs.length > 0;
    page.querySelectorAll("[data-full]").forEach(function (section) {
      section.hidden = !slugs.length && !(before && section.contains(undo));
    });
    undo.hidden = !before;
    list.textContent = "";
    one("sessions").textContent = "";
    slugs.forEach(function (slug, place) {
      list.append(row(slug, place, slugs));
      one("sessions").append(session(slug));
    });
    var total = slugs.length ? sum(slugs) + "." : "";
    one("total").textContent = total;
    one("sum").textContent = total;
    one("link").value = address(slugs);
    one("end").textContent = site.local ? "" : "Les fiches" + NBSP + ": " + address(slugs);
    drawName();
    drawKits(slugs);
    drawNotices();
  }

  // ---- What one can do ------------------------------------------------------------------------
  function rowOf(slug) {
    return Array.from(list.children).filter(function (made) {
      return made.dataset.slug === slug;
    })[0];
  }

  function move(slug, step) {
    var slugs = current();
    var place = slugs.indexOf(slug);
    slugs.splice(place, 1);
    slugs.splice(place + step, 0, slug);
    before = null;
    change(slugs);
    // The focus stays on the arrow, or goes to the other when this one has nowhere left to go.
    var arrow = rowOf(slug).querySelector('[data-do="' + (step < 0 ? "up" : "down") + '"]');
    if (arrow.disabled) arrow = rowOf(slug).querySelector('[data-do="' + (step < 0 ? "down" : "up") + '"]');
    arrow.focus();
    said.textContent = quoted(slug) + NBSP + ": séance " + (place + step + 1) + " sur " + slugs.length + ".";
  }

  function take(gone) {
    var slugs = current();
    var place = slugs.indexOf(gone[0]);
    before = slugs;
    change(
      slugs.filter(function (slug) {
        return gone.indexOf(slug) < 0;
      })
    );
    var next = list.children[Math.min(place, list.children.length - 1)];
    (next ? next.querySelector('[data-do="remove"]') : undo).focus();
    said.textContent = "Retiré. Le bouton «" + NBSP + "Annuler le retrait" + NBSP + "» le remet.";
  }

  var actions = {
    up: function (slug) {
      move(slug, -1);
    },
    down: function (slug) {
      move(slug, 1);
    },
    remove: function (slug) {
      take([slug]);
    },
    clear: function () {
      take(current());
    },
    undo: function () {
      var back = before;
      before = null;
      change(back);
      said.textContent = "Remis.";
      page.querySelector("#les-seances").focus();
    },
    keep: function () {
      var slugs = shared;
      leaveShared();
      selection.set(slugs);
      said.textContent = selection.isKept() ? "La liste est gardée sur cet appareil." : "";
      page.querySelector("#les-seances").focus();
    },
    mine: function () {
      leaveShared();
      draw();
      (list.children.length ? page.querySelector("#les-seances") : one("empty").querySelector("a")).focus();
    },
    path: function (slug, button) {
      change(button.dataset.slugs.split(","));
      page.querySelector("#les-seances").focus();
    },
    copy: function () {
      one("link").select();
      var done = function () {
        said.textContent = "Le lien est copié.";
      };
      // Without the right to copy, the link is selected: the keys of the device do the rest.
      if (navigator.clipboard) navigator.clipboard.writeText(one("link").value).then(done, function () {});
      else if (document.execCommand("copy")) done();
    },
    print: function () {
      window.print();
    },
  };

  page.addEventListener("click", function (event) {
    var button = event.target.closest("[data-do]");
    if (!button) return;
    var made = button.closest("[data-slug]");
    actions[button.dataset.do](made ? made.dataset.slug : "", button);
  });
  name.placeholder = "Nos ateliers";
  name.value = String(site.read("titre-du-programme", ""));
  name.addEventListener("input", function () {
    site.write("titre-du-programme", name.value);
    drawName();
  });
  one("share-online").hidden = site.local;
  one("share-local").hidden = !site.local;
  selection.listen(draw);
  draw();
})();
