// The file of answers, both ways. One row a person; the columns never change their names.
// A questionnaire is { slug, title, questions: [{ name, text, type, answers, more }] }, where `more`
// says that an answer may be followed by words of one’s own.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var file = (site.surveyFile = {});
  // Names of questions have no underscore: these can never be theirs.
  var FIXED = ["fiche_questionnaire", "fiche_numero", "fiche_jour", "fiche_seance"];
  var SEVERAL = "plusieurs";
  var BETWEEN = " | ";

  file.columns = function (survey) {
    var names = FIXED.slice();
    survey.questions.forEach(function (question) {
      names.push(question.name);
      if (question.more) names.push(question.name + "_autre");
    });
    return names;
  };

  // Sheets of one questionnaire → the text of a CSV file.
  file.write = function (survey, sheets) {
    var names = file.columns(survey);
    var rows = sheets.map(function (sheet) {
      return names.map(function (name, index) {
        var fixed = [survey.slug, sheet.id, sheet.day, sheet.session];
        var value = index < FIXED.length ? fixed[index] : sheet.answers[name];
        return Array.isArray(value) ? value.join(BETWEEN) : value || "";
      });
    });
    return site.csv.write([names].concat(rows));
  };

  // The text of a file → { sheets: { slug: [sheet] }, notes: [words], fault: words or "" }.
  file.read = function (name, text, surveys) {
    var found = { sheets: {}, notes: [], fault: "" };
    var read = site.csv.parse(text);
    function refuse(line, words) {
      found.sheets = {};
      found.fault = "«\u00a0" + name + "\u00a0»" + (line ? ", ligne\u00a0" + line : "") + "\u00a0: " + words;
      return found;
    }
    if (text.slice(0, 2) === "PK") {
      return refuse(0, "c’est un classeur. Ouvrez-le dans le tableur, puis enregistrez-le au format CSV.");
    }
    if (text.indexOf("\u0000") >= 0) return refuse(0, "ce n’est pas un fichier de texte.");
    if (!read.rows.length && !read.fault) return refuse(0, "ce fichier est vide.");
    var heads = read.rows.length
      ? read.rows[0].cells.map(function (head) {
          return head.trim();
        })
      : [];
    // A stray mark in a file that is none of ours would be a riddle to explain.
    if (heads.indexOf(FIXED[0]) < 0) {
      return refuse(
        read.rows.length ? read.rows[0].line : 1,
        "ce fichier ne vient pas du questionnaire à l’écran. Il y manque la colonne «\u00a0" + FIXED[0] + "\u00a0»."
      );
    }
    if (read.fault) return refuse(read.fault.line, read.fault.words + ".");
    var twin = heads.filter(function (head, index) {
      return head && heads.indexOf(head) !== index;
    })[0];
    if (twin) return refuse(read.rows[0].line, "la colonne «\u00a0" + twin + "\u00a0» est là deux fois.");
    if (read.rows.length === 1) return refuse(0, "il n’y a aucune fiche dans ce fichier.");

    for (var index = 1; index < read.rows.length; index += 1) {
      var row = read.rows[index];
      var extra = row.cells.slice(heads.length).join("").trim();
      if (row.cells.length < heads.length || extra) {
        return refuse(
          row.line,
          row.cells.length + " cases au lieu de " + heads.length + ". Une ligne a été coupée ou collée."
        );
      }
      var cells = {};
      heads.forEach(function (head, column) {
        cells[head] = site.csv.plain(row.cells[column]).trim();
      });
      var survey = surveys[cells[FIXED[0]]];
      if (!survey) {
        return refuse(row.line, "ce site n’a pas de questionnaire «\u00a0" + cells[FIXED[0]] + "\u00a0».");
      }
      (found.sheets[survey.slug] = found.sheets[survey.slug] || []).push(sheetOf(survey, cells));
      if (index === 1) found.notes = unread(name, survey, heads);
    }
    return found;
  };

  function sheetOf(survey, cells) {
    var answers = {};
    survey.questions.forEach(function (question) {
      var said = cells[question.name] || "";
      answers[question.name] = question.type === SEVERAL ? split(said, question.answers) : said;
      if (question.more) answers[question.name + "_autre"] = cells[question.name + "_autre"] || "";
    });
    return {
      id: cells[FIXED[1]] || "",
      day: cells[FIXED[2]] || "",
      session: cells[FIXED[3]] || "",
      answers: answers,
    };
  }

  function split(said, known) {
    if (!said) return [];
    if (known.indexOf(said) >= 0) return [said];
    return said.split("|").map(function (part) {
      return part.trim();
    }).filter(Boolean);
  }

  // What the file and the questionnaire do not share: said, never guessed.
  function unread(name, survey, heads) {
    var ours = file.columns(survey);
    var more = heads.filter(function (head) {
      return head && ours.indexOf(head) < 0;
    });
    var less = ours.filter(function (column) {
      return heads.indexOf(column) < 0;
    });
    var list = function (names) {
      return names
        .map(function (one) {
          return "«\u00a0" + one + "\u00a0»";
        })
        .join(", ");
    };
    var notes = [];
    var start = "«\u00a0" + name + "\u00a0»\u00a0: ";
    if (more.length) notes.push(start + "colonnes inconnues, non lues\u00a0: " + list(more) + ".");
    if (less.length) notes.push(start + "colonnes absentes, comptées sans réponse\u00a0: " + list(less) + ".");
    return notes;
  }
})();
