// What every page gains from JavaScript. Without it they are complete.
(function () {
  "use strict";

  var site = window.ressourcerie;

  // The menu is folded on narrow screens; wide ones always show it.
  var menu = document.querySelector(".menu");
  var narrow = site.below(79);
  addEventListener("resize", function () {
    if (narrow === site.below(79)) return;
    narrow = !narrow;
    menu.open = !narrow;
  });
  menu.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && narrow && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // Where a narrow screen lays the rows of a table out as cards, some browsers forget that it is one.
  // (The roles are not in the HTML: there they repeat what it says, and checkers refuse them.)
  var ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  function spell() {
    document.querySelectorAll("main table").forEach(function (table) {
      var row = table.querySelector("tbody tr");
      if (!row || table.hasAttribute("role") || getComputedStyle(row).display === "table-row") return;
      [table].concat(Array.from(table.querySelectorAll("thead, tbody, tr, th, td"))).forEach(function (part) {
        var heading = part.scope === "row" || part.scope === "rowgroup" ? "rowheader" : "columnheader";
        part.setAttribute("role", ROLES[part.tagName] || heading);
      });
    });
  }
  spell();
  addEventListener("resize", spell);

  // « Aller à la recherche » puts the cursor in the field.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest(".skip[href='#recherche']");
    var field = link && document.querySelector("#recherche input");
    if (!field) return;
    event.preventDefault();
    field.focus();
  });

  // A table wider than its box must be reachable, and scrolled, with the keyboard.
  function reach() {
    document.querySelectorAll(".table").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth + 1) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", "Tableau à faire défiler");
      } else {
        ["tabindex", "role", "aria-label"].forEach(function (name) {
          box.removeAttribute(name);
        });
      }
    });
  }
  reach();
  addEventListener("resize", reach);

  // « Imprimer maintenant »: the PDF is loaded out of sight and printed at once. Where the browser
  // shows no PDF, or lets no page print it, the link does what a link does: it opens the file.
  var frame = null;
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.print-now");
    var plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || !navigator.pdfViewerEnabled || link.origin !== location.origin) return;
    event.preventDefault();
    if (frame) frame.remove();
    frame = document.createElement("iframe");
    frame.className = "print-frame";
    frame.title = link.textContent;
    frame.tabIndex = -1;
    frame.setAttribute("aria-hidden", "true");
    link.setAttribute("aria-busy", "true");
    frame.addEventListener("load", function () {
      link.removeAttribute("aria-busy");
      try {
        this.contentWindow.print();
      } catch (refused) {
        location.assign(link.href);
      }
    });
    frame.src = link.href;
    document.body.append(frame);
  });

  // Paper has nothing to unfold.
  addEventListener("beforeprint", function () {
    document.querySelectorAll("article details:not([open])").forEach(function (details) {
      details.open = true;
      details.dataset.printed = "";
    });
  });
  addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-printed]").forEach(function (details) {
      details.open = false;
      delete details.dataset.printed;
    });
  });
})();
