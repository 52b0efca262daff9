// A questionnaire that goes from hand to hand: one sheet a person, kept on the device without a name
// until it is saved in a file or erased.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var tools = site.tools;
  var form = document.querySelector("[data-survey]");
  if (!form) return;
  var thanks = document.querySelector(".thanks");
  var keeper = document.querySelector(".keeper");
  var session = document.getElementById("seance");
  var count = document.querySelector(".keeper__count");
  var said = document.querySelector(".thanks__said");
  var state = form.querySelector(".asked__state");
  var key = "questionnaire:" + form.getAttribute("data-survey");
  var draft = key + ":brouillon";
  // Used when the device refuses to keep anything.
  var inMemory = [];
  var survey = {
    slug: form.getAttribute("data-survey"),
    questions: Array.from(form.querySelectorAll("[data-question]")).map(function (ask) {
      return {
        name: ask.getAttribute("data-question"),
        type: ask.getAttribute("data-type"),
        more: Boolean(ask.querySelector("[data-with]")),
      };
    }),
  };

  // Read anew each time: another tab may have added a sheet.
  function sheets() {
    var kept = site.read(key, null);
    return (Array.isArray(kept) ? kept : []).concat(inMemory);
  }

  function answers() {
    var found = {};
    Array.from(form.elements).forEach(function (field) {
      if (!field.name) return;
      if (field.type === "checkbox") {
        if (field.checked) (found[field.name] = found[field.name] || []).push(field.value);
      } else if (field.type === "radio") {
        if (field.checked) found[field.name] = field.value;
      } else if (field.value.trim()) {
        found[field.name] = field.value.trim();
      }
    });
    return found;
  }

  function fill(found) {
    Array.from(form.elements).forEach(function (field) {
      var value = field.name && found[field.name];
      if (!value) return;
      if (field.type === "radio" || field.type === "checkbox") {
        field.checked = [].concat(value).indexOf(field.value) >= 0;
      } else {
        field.value = value;
      }
    });
  }

  // « Autre chose : laquelle ? » is only asked of who has ticked it, or has begun to say.
  function others() {
    form.querySelectorAll("[data-with]").forEach(function (field) {
      var box = Array.from(form.elements).filter(function (one) {
        return one.value === field.getAttribute("data-with") && one.name + "_autre" === field.name;
      })[0];
      tools.show(field.closest(".ask__other"), box.checked || field.value !== "");
    });
  }

  function random() {
    var bytes = new Uint8Array(8);
    if (window.crypto) crypto.getRandomValues(bytes);
    return Array.from(bytes, function (byte) {
      return (byte + 256).toString(16).slice(1);
    }).join("");
  }

  function tell(words) {
    var number = sheets().length;
    var told = number
      ? tools.count(number, "fiche gardée", "fiches gardées") + " sur cet appareil."
      : "Aucune fiche sur cet appareil.";
    count.textContent = words ? told + " " + words : told;
    keeper.querySelectorAll("button").forEach(function (button) {
      button.disabled = !number;
    });
  }

  function blank() {
    form.reset();
    tools.forget(draft);
    state.textContent = "";
    others();
  }

  form.addEventListener("input", function () {
    others();
    site.write(draft, answers());
  });

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var found = answers();
    if (Object.keys(found).length) {
      var sheet = { id: random(), day: tools.today(), session: session.value.trim(), answers: found };
      var kept = site.read(key, null);
      if (!site.write(key, (Array.isArray(kept) ? kept : []).concat(sheet))) {
        inMemory.push(sheet);
        said.textContent =
          "Cet appareil ne veut rien garder. Enregistrez les réponses avant de fermer cette page.";
      } else {
        said.textContent = "Vos réponses sont gardées, sans votre nom.";
      }
    } else {
      said.textContent = "Vous n’avez rien écrit\u00a0: c’est permis, et rien n’est gardé.";
    }
    // The next person must find nothing of this one.
    blank();
    tools.show(form, false);
    tools.show(thanks, true);
    document.getElementById("merci").focus();
    tell("");
  });

  function start() {
    blank();
    tools.show(thanks, false);
    tools.show(form, true);
    document.getElementById("titre-questionnaire").focus();
  }

  var acts = {
    next: start,
    restart: start,
    export: function () {
      var name = session.value.trim();
      var all = sheets().map(function (sheet) {
        return { id: sheet.id, day: sheet.day, session: sheet.session || name, answers: sheet.answers };
      });
      tools.save(survey.slug + "-" + tools.today() + ".csv", site.surveyFile.write(survey, all));
      tell("Le fichier est enregistré\u00a0: ouvrez-le pour vérifier, puis effacez les réponses d’ici.");
    },
    erase: function () {
      var asked = "Effacer de cet appareil " + tools.count(sheets().length, "fiche") + "\u00a0? On ne pourra pas les retrouver.";
      if (!window.confirm(asked)) return;
      inMemory = [];
      tools.forget(key);
      tell("Tout est effacé.");
    },
  };
  document.querySelectorAll("[data-do]").forEach(function (button) {
    button.addEventListener("click", acts[button.getAttribute("data-do")]);
  });

  session.value = site.read(key + ":seance", "") || "";
  session.addEventListener("input", function () {
    if (session.value.trim()) site.write(key + ":seance", session.value);
    else tools.forget(key + ":seance");
  });

  keeper.open = false;
  var begun = site.read(draft, null);
  if (begun && typeof begun === "object" && Object.keys(begun).length) {
    fill(begun);
    state.textContent =
      "Une feuille était commencée\u00a0: la voici. «\u00a0Effacer ma feuille\u00a0» en donne une blanche.";
  }
  others();
  tell("");
})();
