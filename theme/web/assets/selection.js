// « Ma sélection »: the buttons of cards and workshop pages, and the count of the link. The list is
// kept by this browser alone; where it keeps nothing, the link carries it in its address.
(function () {
  "use strict";

  var KEY = "selection";
  var site = window.ressourcerie;

  function clean(value) {
    if (!Array.isArray(value)) return [];
    return value.filter(function (slug, place) {
      return typeof slug === "string" && /^[a-z0-9-]+$/.test(slug) && value.indexOf(slug) === place;
    });
  }

  var chosen = clean(site.read(KEY, []));
  var kept = true;
  var listeners = [];

  // What a status says is heard only if it was there, empty, before.
  var status = document.createElement("p");
  status.className = "sr-only";
  status.setAttribute("role", "status");
  document.body.append(status);

  function save(list) {
    chosen = clean(list);
    kept = site.write(KEY, chosen);
    draw();
    listeners.forEach(function (listener) {
      listener(chosen, kept);
    });
  }

  function plural(number, noun) {
    return number + "\u00a0" + noun + (number > 1 ? "s" : "");
  }

  function draw() {
    document.querySelectorAll("[data-select]").forEach(function (button) {
      var on = chosen.indexOf(button.dataset.select) >= 0;
      var word = on ? "Retirer de ma sélection" : "Ajouter à ma sélection";
      button.classList.toggle("select-button--on", on);
      button.querySelector("[data-select-word]").textContent = word;
    });
    document.querySelectorAll("[data-selection-link]").forEach(function (link) {
      // On a disk, nobody turns a folder into its page.
      if (!link.dataset.base) link.dataset.base = site.local ? link.href.replace(/[/]$/, "/index.html") : link.href;
      link.hidden = !chosen.length;
      link.href = link.dataset.base + (kept ? "" : "?ateliers=" + chosen.join(","));
      link.querySelector("[data-selection-count]").textContent = "(" + chosen.length + ")";
    });
  }

  function tell(on) {
    var said = on ? "Ajouté. " : "Retiré. ";
    said += chosen.length ? plural(chosen.length, "atelier") + " dans votre sélection." : "Votre sélection est vide.";
    status.textContent = said;
    if (kept) return;
    // Said plainly, and once, where one looks.
    status.className = "selection-refused";
    status.textContent =
      said +
      " Ce navigateur refuse de la garder (navigation privée, réglage ou clé protégée)\u00a0: " +
      "elle disparaîtra en quittant cette page, sauf si vous ouvrez le lien «\u00a0Ma sélection\u00a0».";
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-select]");
    if (!button) return;
    var slug = button.dataset.select;
    var on = chosen.indexOf(slug) < 0;
    save(
      on
        ? chosen.concat(slug)
        : chosen.filter(function (other) {
            return other !== slug;
          })
    );
    tell(on);
  });

  // Another window of the same site, or a page found again by « Précédent ».
  function again() {
    var now = clean(site.read(KEY, []));
    if (!kept || String(now) === String(chosen)) return;
    chosen = now;
    draw();
    listeners.forEach(function (listener) {
      listener(chosen, kept);
    });
  }
  addEventListener("storage", again);
  addEventListener("pageshow", again);

  site.selection = {
    get: function () {
      return chosen.slice();
    },
    set: save,
    isKept: function () {
      return kept;
    },
    listen: function (listener) {
      listeners.push(listener);
    },
    clean: clean,
    plural: plural,
  };
  draw();
})();
