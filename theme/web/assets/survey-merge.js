// « Dépouiller »: files chosen on the device, read here, put together without counting one twice.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var tools = site.tools;
  var make = tools.element;
  var input = document.getElementById("fichiers");
  if (!input) return;
  var gather = document.querySelector(".gather");
  var drop = gather.querySelector(".gather__drop");
  var said = gather.querySelector(".gather__said");
  var listed = gather.querySelector(".gather__files");
  var faults = gather.querySelector(".gather__faults");
  var section = document.querySelector(".tallied");
  var body = section.querySelector(".tallied__body");
  var surveys = site.surveyReport.surveys();
  // A file of answers weighs a few thousand letters.
  var HEAVIEST = 5000000;
  // { name, text, sheets: { slug: [sheet] } }, in the order they came.
  var files = [];

  function quoted(name) {
    return "«\u00a0" + name + "\u00a0»";
  }

  // Text of a file → files or a fault; the words to show, or "".
  function take(name, text, notes) {
    var twin = files.filter(function (file) {
      return file.text === text;
    })[0];
    if (twin) {
      var as = twin.name === name ? "" : ", sous le nom " + quoted(twin.name);
      return quoted(name) + "\u00a0: ce fichier est déjà là" + as + ".";
    }
    var found = site.surveyFile.read(name, text, surveys);
    if (found.fault) return found.fault;
    files.push({ name: name, text: text, sheets: found.sheets });
    found.notes.forEach(function (note) {
      notes.push(note);
    });
    return "";
  }

  function read(file) {
    return new Promise(function (resolve) {
      if (file.size > HEAVIEST) {
        resolve({ name: file.name, fault: quoted(file.name) + "\u00a0: ce fichier est trop lourd pour des réponses." });
        return;
      }
      var reader = new FileReader();
      reader.onload = function () {
        resolve({ name: file.name, text: site.csv.decode(reader.result) });
      };
      reader.onerror = function () {
        resolve({ name: file.name, fault: quoted(file.name) + "\u00a0: ce fichier ne se laisse pas lire." });
      };
      reader.readAsArrayBuffer(file);
    });
  }

  function add(chosen) {
    Promise.all(Array.from(chosen, read)).then(function (texts) {
      var wrong = [];
      var notes = [];
      texts.forEach(function (one) {
        var fault = one.fault || take(one.name, one.text, notes);
        if (fault) wrong.push(fault);
      });
      draw(wrong, notes);
    });
  }

  // Every sheet once: its number tells it from the others, whichever files hold it.
  function gathered() {
    var found = { surveys: {}, twins: 0, sheets: 0 };
    var seen = {};
    files.forEach(function (file) {
      Object.keys(file.sheets).forEach(function (slug) {
        file.sheets[slug].forEach(function (sheet) {
          var mark = sheet.id && slug + " " + sheet.id;
          if (mark && seen[mark]) {
            found.twins += 1;
            return;
          }
          if (mark) seen[mark] = true;
          found.sheets += 1;
          (found.surveys[slug] = found.surveys[slug] || []).push(sheet);
        });
      });
    });
    return found;
  }

  function draw(wrong, notes) {
    var found = gathered();
    listed.textContent = "";
    files.forEach(function (file) {
      var number = Object.keys(file.sheets).reduce(function (sum, slug) {
        return sum + file.sheets[slug].length;
      }, 0);
      var item = make("li", "", file.name + "\u00a0: " + tools.count(number, "fiche") + " ");
      var away = tools.button("link", "Retirer", function () {
        files.splice(files.indexOf(file), 1);
        draw([], []);
        input.focus();
      });
      away.append(make("span", "sr-only", " " + file.name));
      item.append(away);
      listed.append(item);
    });
    faults.textContent = "";
    wrong.forEach(function (words) {
      faults.append(make("li", "gather__fault", words));
    });
    notes.forEach(function (words) {
      faults.append(make("li", "", words));
    });

    var words = [];
    if (files.length) {
      words.push(tools.count(files.length, "fichier lu", "fichiers lus") + ", " + tools.count(found.sheets, "fiche") + ".");
    }
    if (found.twins) {
      words.push(
        tools.count(found.twins, "fiche était", "fiches étaient") +
          " en double\u00a0: chacune n’est comptée qu’une fois."
      );
    }
    if (wrong.length) words.push(tools.count(wrong.length, "fichier refusé", "fichiers refusés") + "\u00a0: voyez pourquoi ci-dessous.");
    said.textContent = words.join(" ");

    body.textContent = "";
    Object.keys(surveys).forEach(function (slug) {
      var sheets = found.surveys[slug];
      if (!sheets) return;
      var drawn = site.surveyReport.draw(surveys[slug], sheets);
      var save = tools.button("button button--quiet", "Enregistrer ces réponses réunies (CSV)", function () {
        tools.save(slug + "-reunies-" + tools.today() + ".csv", site.surveyFile.write(surveys[slug], sheets));
      });
      var line = make("p", "asked__moves");
      line.append(save);
      drawn.append(line);
      body.append(drawn);
    });
    tools.show(section, found.sheets > 0);
    document.documentElement.classList.toggle("prints-result", found.sheets > 0);
  }

  input.addEventListener("change", function () {
    add(input.files);
    // So that the same file may be chosen again, once mended.
    input.value = "";
  });

  // Dropping is an extra: the button above does the same.
  gather.addEventListener("dragover", function (event) {
    event.preventDefault();
    drop.classList.add("gather__drop--over");
  });
  gather.addEventListener("dragleave", function () {
    drop.classList.remove("gather__drop--over");
  });
  gather.addEventListener("drop", function (event) {
    event.preventDefault();
    drop.classList.remove("gather__drop--over");
    if (event.dataTransfer) add(event.dataTransfer.files);
  });

  // Sheets this very device keeps need no file.
  var here = gather.querySelector(".gather__kept");
  function kept(slug) {
    var found = site.read("questionnaire:" + slug, null);
    return Array.isArray(found) ? found : [];
  }
  var number = Object.keys(surveys).reduce(function (sum, slug) {
    return sum + kept(slug).length;
  }, 0);
  if (number) {
    tools.show(here, true);
    here.firstElementChild.textContent = "Ajouter " + tools.count(number, "fiche gardée", "fiches gardées") + " sur cet appareil";
  }

  var acts = {
    kept: function () {
      var wrong = [];
      Object.keys(surveys).forEach(function (slug) {
        if (!kept(slug).length) return;
        var fault = take("Cet appareil", site.surveyFile.write(surveys[slug], kept(slug)), []);
        if (fault) wrong.push(fault);
      });
      draw(wrong, []);
    },
    print: function () {
      window.print();
    },
    forget: function () {
      files = [];
      draw([], []);
      said.textContent = "Tout est retiré.";
      input.focus();
    },
  };
  document.querySelectorAll("[data-do]").forEach(function (button) {
    button.addEventListener("click", acts[button.getAttribute("data-do")]);
  });
  tools.fold(document.querySelector(".by-hand"));
})();
