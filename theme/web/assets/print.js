// The chooser of the page « Imprimer ». All it knows is in the tables of the page, which stay.
(function () {
  "use strict";

  var form = document.querySelector(".chooser");
  if (!form) return;
  var select = form.querySelector("select");
  var people = form.querySelector("input[type=number]");
  var result = form.querySelector(".result");
  var groups = Array.from(document.querySelectorAll(".print-group"));

  function rows(anchor) {
    return Array.from(document.getElementById(anchor).querySelectorAll("tbody tr"));
  }
  function label(row) {
    return row.querySelector(".print-table__link").textContent;
  }
  function element(name, className, text) {
    var made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  // One question: a radio button a value, the one wanted checked when it is there.
  function ask(name, values, wanted) {
    var fieldset = form.querySelector('[data-choice="' + name + '"]');
    var chosen = values.indexOf(wanted) < 0 ? values[0] : wanted;
    fieldset.querySelectorAll("label").forEach(function (old) {
      old.remove();
    });
    values.forEach(function (value) {
      var choice = element("label", "choice");
      var radio = element("input", "choice__mark");
      radio.type = "radio";
      radio.name = name;
      radio.value = value;
      radio.checked = value === chosen;
      choice.append(radio, element("span", "", value));
      fieldset.append(choice);
    });
  }
  function answer(name) {
    var radio = form.querySelector('input[name="' + name + '"]:checked');
    return radio ? radio.value : "";
  }
  function distinct(values) {
    return values.filter(function (value, index) {
      return values.indexOf(value) === index;
    });
  }

  // The card: drawn once, then filled, so that screen readers hear its one living sentence.
  var title = element("p", "result__of");
  var heading = element("h3", "result__label");
  var purpose = element("p", "result__purpose");
  var count = element("p", "result__count");
  var named = element("span", "sr-only");
  var counted = element("span", "");
  count.setAttribute("role", "status");
  count.append(named, counted);
  var links = element("p", "result__links");
  var advice = element("div", "result__advice");
  var words = element("div", "result__text");
  var picture = element("div", "result__picture");
  words.append(title, heading, purpose, count, links, advice);
  result.append(picture, words);

  function plural(number, noun) {
    return number + "\u00a0" + noun + (number > 1 ? "s" : "");
  }

  function tell(row) {
    var copies = Math.min(999, Math.max(1, Math.round(Number(people.value)) || 1));
    var sheets = Number(row.dataset.sheets);
    var said = "Aucune feuille\u00a0: le document reste à l’écran.";
    if (sheets) {
      sheets = sheets * copies - row.dataset.once * (copies - 1);
      said = plural(sheets, "feuille") + (row.dataset.sides ? " " + row.dataset.sides : "");
      said += " pour " + plural(copies, "personne") + ".";
    }
    named.textContent = label(row) + "\u00a0: ";
    counted.textContent = said;
  }

  function show(row) {
    var source = row.querySelector(".print-table__link");
    var told = row.querySelector(".print-table__purpose");
    var now = row.querySelector(".print-now");
    title.textContent = select.selectedOptions[0].textContent;
    heading.textContent = label(row);
    purpose.textContent = told ? told.textContent : "";
    var open = source.cloneNode(false);
    open.className = "button";
    open.textContent = "Ouvrir le fichier";
    var detail = element("span", "result__weight", row.querySelector(".print-table__weight").textContent);
    open.append(" ", detail);
    links.replaceChildren(open);
    if (now) {
      now = now.cloneNode(true);
      now.className = "button button--quiet print-now";
      links.append(now);
    }
    advice.replaceChildren(row.querySelector(".advice").cloneNode(true));
    var image = row.querySelector("img");
    picture.hidden = !image;
    if (image) {
      image = image.cloneNode(false);
      image.className = "result__image";
      image.removeAttribute("loading");
      picture.replaceChildren(image);
    }
    tell(row);
  }

  function askEdition(wanted) {
    var fit = rows(select.value).filter(function (row) {
      return row.dataset.paper === answer("paper");
    });
    ask("edition", distinct(fit.map(label)), wanted);
    show(chosen());
  }
  function askPaper(paper, edition) {
    var papers = rows(select.value).map(function (row) {
      return row.dataset.paper;
    });
    // What an office printer holds, unless the reader has said otherwise.
    ask("paper", distinct(papers), papers.indexOf(paper) < 0 ? "Papier A4" : paper);
    askEdition(edition);
  }
  function chosen() {
    return rows(select.value).filter(function (row) {
      return row.dataset.paper === answer("paper") && label(row) === answer("edition");
    })[0];
  }

  // An address may name a document, or one of its files: « imprimer/#atelier-embarquer ».
  function follow() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var group = target && target.closest(".print-group");
    if (!group) return false;
    select.value = group.id;
    var row = target.closest("tr");
    askPaper(row ? row.dataset.paper : "", row ? label(row) : "");
    return true;
  }

  form.hidden = false;
  groups.forEach(function (group) {
    group.open = false;
  });
  if (follow()) form.scrollIntoView();
  else askPaper("", "");
  addEventListener("hashchange", function () {
    if (follow()) form.scrollIntoView();
  });

  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  form.addEventListener("change", function (event) {
    if (event.target === select) askPaper(answer("paper"), answer("edition"));
    else if (event.target.name === "paper") askEdition(answer("edition"));
    else if (event.target.name === "edition") show(chosen());
  });
  people.addEventListener("input", function () {
    tell(chosen());
  });
})();
