// The panel « Confort de lecture » and its ruler. early.js has applied the choices already.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var button = document.querySelector(".reading-button");
  var panel = document.getElementById("confort");
  var form = panel.querySelector("form");
  var said = panel.querySelector("[role=status]");
  var NAMES = ["text", "font", "lines", "letters", "words", "ruler", "motion"];

  // Show in the form what is applied, whoever has chosen it.
  function show() {
    var colours = site.read("couleurs", "");
    NAMES.concat("colours").forEach(function (name) {
      var inputs = form.querySelectorAll("[name=confort-" + name + "]");
      var wanted = name === "colours" ? String(colours) : document.documentElement.getAttribute("data-" + name) || "";
      if (inputs[0].type === "radio") inputs[0].checked = true;
      Array.prototype.forEach.call(inputs, function (input) {
        if (input.value === wanted) input.checked = true;
        else if (input.type === "checkbox") input.checked = false;
      });
    });
  }

  // Keep and apply what the form says.
  function apply() {
    var chosen = {};
    NAMES.forEach(function (name) {
      var input = form.querySelector("[name=confort-" + name + "]:checked");
      if (input && input.value) chosen[name] = input.value;
    });
    var colours = form.querySelector("[name=confort-colours]:checked").value;
    var kept = site.write("confort", chosen) && site.write("couleurs", colours);
    site.paint();
    site.comfort();
    // Whoever measures the page must do it again.
    dispatchEvent(new Event("resize"));
    rule();
    said.textContent = kept ? "" : "Ce navigateur ne garde rien : vos choix ne peuvent pas être retenus.";
  }

  function open() {
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
    show();
  }
  function close(back) {
    if (panel.hidden) return;
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    said.textContent = "";
    if (back) button.focus();
  }

  button.addEventListener("click", function () {
    if (panel.hidden) open();
    else close(false);
  });
  form.addEventListener("change", apply);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    Array.prototype.forEach.call(form.elements, function (input) {
      if (input.name) input.checked = input.type === "radio" && !input.value;
    });
    apply();
    said.textContent = "Tout est comme à l’origine.";
  });
  panel.querySelector("[data-close]").addEventListener("click", function () {
    close(true);
  });
  document.addEventListener("keydown", function (event) {
    var here = panel.contains(document.activeElement) || document.activeElement === button;
    if (event.key === "Escape" && !panel.hidden && here) {
      event.stopPropagation();
      close(true);
    }
  });
  // It hangs over the page: it must not hide what the reader turns to.
  function leave(event) {
    if (!panel.contains(event.target) && !button.contains(event.target)) close(false);
  }
  document.addEventListener("focusin", leave);
  document.addEventListener("pointerdown", leave);

  // The ruler: a clear band as wide as the window, the rest dimmed. It follows what points.
  var ruler = null;
  function move(y) {
    if (!ruler) return;
    var half = ruler.offsetHeight / 2;
    var top = Math.max(0, Math.min(y - half, window.innerHeight - 2 * half));
    ruler.style.transform = "translateY(" + Math.round(top) + "px)";
  }
  function follow(event) {
    if (event.type === "focusin") {
      var box = event.target.getBoundingClientRect();
      // A tall box is read from its top.
      move(box.top + Math.min(box.height, ruler.offsetHeight) / 2);
    } else {
      move(event.clientY);
    }
  }
  function rule() {
    var wanted = document.documentElement.getAttribute("data-ruler") === "on";
    if (wanted === Boolean(ruler)) return;
    if (wanted) {
      ruler = document.createElement("div");
      ruler.className = "ruler";
      ruler.setAttribute("aria-hidden", "true");
      document.body.appendChild(ruler);
      move(window.innerHeight * 0.4);
    } else {
      document.body.removeChild(ruler);
      ruler = null;
    }
    ["pointermove", "pointerdown", "focusin"].forEach(function (name) {
      document[wanted ? "addEventListener" : "removeEventListener"](name, follow, { passive: true });
    });
  }
  rule();
  addEventListener("storage", function () {
    show();
    rule();
  });
})();
