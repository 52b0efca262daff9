// The only part of the search that every page loads: it fetches the rest when a reader is about to
// type. Ctrl+K leads to the field; no bare key does (WCAG 2.1.4).
(function () {
  "use strict";

  var site = window.ressourcerie;
  var input = document.querySelector(".search__input");
  var names = ["client", "results", "box"];
  if (!input) return;

  // On a disk, the address of a folder leads nowhere.
  input.form.action = site.url("recherche/");

  function load() {
    input.removeEventListener("focus", load);
    names.forEach(function (name) {
      var script = document.createElement("script");
      script.src = new URL("assets/recherche/" + name + ".js", site.root).href;
      // In the order they are listed.
      script.async = false;
      document.head.append(script);
    });
  }
  input.addEventListener("focus", load);
  if (document.activeElement === input) load();

  document.addEventListener("keydown", function (event) {
    var held = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!held || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
