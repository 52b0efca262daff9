// Sheets → a report to read and to print: counts and bars, always with how many people they rest on.
// No mean and no mark: on a few people they would say more than is known.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var make = site.tools.element;
  var plural = site.tools.count;
  var report = (site.surveyReport = {});
  var SVG = "http://www.w3.org/2000/svg";
  var MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre";
  // Below, what a few people say is no trend.
  var FEW = 10;

  // The questionnaires of the page, learnt from its sheets to count by hand.
  report.surveys = function () {
    var found = {};
    document.querySelectorAll(".tally").forEach(function (sheet) {
      var slug = sheet.getAttribute("data-survey");
      found[slug] = {
        slug: slug,
        title: sheet.querySelector("h3").textContent,
        questions: Array.from(sheet.querySelectorAll(".tally__question"), function (block) {
          var rows = Array.from(block.querySelectorAll("[data-answer]"));
          return {
            name: block.getAttribute("data-question"),
            type: block.getAttribute("data-type"),
            text: block.querySelector(".tally__text").textContent,
            answers: rows.map(function (row) {
              return row.getAttribute("data-answer");
            }),
            more: rows.some(function (row) {
              return row.hasAttribute("data-more");
            }),
          };
        }),
      };
    });
    return found;
  };

  // One question → { people, rows: [[answer, number]], words: [text] }.
  report.count = function (question, sheets) {
    var rows = question.answers.map(function (answer) {
      return [answer, 0];
    });
    var found = { people: 0, rows: rows, words: [], others: [] };
    sheets.forEach(function (sheet) {
      var value = sheet.answers[question.name];
      var given = [].concat(value || []);
      var other = sheet.answers[question.name + "_autre"];
      if (given.length || other) found.people += 1;
      if (other) found.others.push(other);
      if (question.type === "texte") {
        found.words = found.words.concat(given);
        return;
      }
      given.forEach(function (answer, index) {
        if (given.indexOf(answer) !== index) return;
        var row = rows.filter(function (one) {
          return one[0] === answer;
        })[0];
        // Asked in other words once, or typed by hand: shown as it is, not thrown away.
        if (row) row[1] += 1;
        else rows.push([answer, 1, true]);
      });
    });
    return found;
  };

  report.draw = function (survey, sheets) {
    var drawn = make("div", "tallied__survey");
    drawn.append(make("h3", "", survey.title), make("p", "tallied__who", who(sheets)));
    if (sheets.length < FEW) {
      drawn.append(
        make(
          "p",
          "note",
          "Peu de fiches\u00a0: chaque avis compte, mais ces nombres ne disent pas une tendance. Avant d’afficher ce bilan, relisez les réponses libres\u00a0: dans un petit groupe, on reconnaît quelqu’un."
        )
      );
    }
    survey.questions.forEach(function (question, index) {
      drawn.append(block(question, index + 1, report.count(question, sheets), sheets.length));
    });
    return drawn;
  };

  function who(sheets) {
    var said = plural(sheets.length, "fiche") + ".";
    var sessions = {};
    var days = [];
    sheets.forEach(function (sheet) {
      var name = sheet.session || "sans nom";
      sessions[name] = (sessions[name] || 0) + 1;
      if (/^\d{4}-\d\d-\d\d$/.test(sheet.day)) days.push(sheet.day);
    });
    var names = Object.keys(sessions);
    if (names.length > 1 || names[0] !== "sans nom") {
      said += (names.length > 1 ? " Séances\u00a0: " : " Séance\u00a0: ");
      said += names
        .map(function (name) {
          return name + " (" + sessions[name] + ")";
        })
        .join(", ") + ".";
    }
    days.sort();
    if (days.length) {
      var last = days[days.length - 1];
      said += days[0] === last ? " Le " + day(last) + "." : " Du " + day(days[0]) + " au " + day(last) + ".";
    }
    return said;
  }

  function day(iso) {
    var parts = iso.split("-").map(Number);
    var number = parts[2] === 1 ? "1er" : String(parts[2]);
    return number + "\u00a0" + (MONTHS.split(" ")[parts[1] - 1] || parts[1]) + "\u00a0" + parts[0];
  }

  function block(question, rank, counted, all) {
    var made = make("section", "tallied__question");
    var title = make("h4", "", rank + ". " + question.text);
    var silent = all - counted.people;
    var base = plural(counted.people, "personne a répondu", "personnes ont répondu") + " sur " + all + ".";
    if (!counted.people) base = "Personne n’a répondu.";
    if (question.type === "plusieurs") base += " Plusieurs réponses étaient possibles.";
    made.append(title, make("p", "tallied__base", base));
    if (question.type === "texte") {
      if (counted.words.length) made.append(listed(counted.words));
      return made;
    }
    if (silent < all) made.append(table(question, counted));
    if (counted.others.length) {
      made.append(make("p", "tallied__base", "En toutes lettres\u00a0:"), listed(counted.others));
    }
    return made;
  }

  function listed(texts) {
    var list = make("ul", "tallied__words");
    texts.forEach(function (text) {
      list.append(make("li", "", text));
    });
    return list;
  }

  function table(question, counted) {
    var made = make("table", "tallied__table");
    made.append(make("caption", "sr-only", question.text));
    var head = make("tr");
    ["Réponse", "Dessin", "Nombre"].forEach(function (word) {
      var cell = make("th", "", word);
      cell.scope = "col";
      head.append(cell);
    });
    var top = make("thead");
    top.append(head);
    var body = make("tbody");
    counted.rows.forEach(function (row) {
      var line = make("tr");
      var name = make("th", "", row[0] + (row[2] ? " (hors liste)" : ""));
      name.scope = "row";
      var drawing = make("td", "tallied__bar");
      drawing.append(bar(row[1], counted.people));
      line.append(name, drawing, make("td", "tallied__number", row[1] + " sur " + counted.people));
      body.append(line);
    });
    made.append(top, body);
    var box = make("div", "table");
    box.append(made);
    return box;
  }

  // The number is written beside it: the drawing alone says nothing to a screen reader.
  function bar(number, people) {
    var svg = document.createElementNS(SVG, "svg");
    var set = function (element, values) {
      Object.keys(values).forEach(function (name) {
        element.setAttribute(name, values[name]);
      });
      return element;
    };
    set(svg, { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" });
    var whole = set(document.createElementNS(SVG, "rect"), { class: "bar__whole", width: 100, height: 10 });
    var part = set(document.createElementNS(SVG, "rect"), {
      class: "bar__part",
      width: people ? (100 * number) / people : 0,
      height: 10,
    });
    svg.append(whole, part);
    return svg;
  }
})();
