// On the map, a word under the pointer or with the focus shows what it is tied to.
(function () {
  "use strict";

  function light(map, slug) {
    var near = {};
    near[slug] = true;
    map.querySelectorAll("[data-ends]").forEach(function (arc) {
      var ends = arc.getAttribute("data-ends").split(" ");
      var tied = ends.indexOf(slug) >= 0;
      arc.classList.toggle("is-near", tied);
      if (tied) ends.forEach(function (end) { near[end] = true; });
    });
    map.querySelectorAll("[data-word]").forEach(function (word) {
      word.classList.toggle("is-near", near[word.getAttribute("data-word")] === true);
    });
    map.classList.toggle("is-lit", slug !== "");
  }

  document.querySelectorAll(".word-map").forEach(function (map) {
    function on(event) {
      var word = event.target.closest("[data-word]");
      if (word) light(map, word.getAttribute("data-word"));
    }
    function off() {
      light(map, "");
    }
    map.addEventListener("pointerover", on);
    map.addEventListener("pointerleave", off);
    map.addEventListener("focusin", on);
    map.addEventListener("focusout", off);
    // Escape puts the whole map back, the focus staying where it is.
    map.addEventListener("keydown", function (event) {
      if (event.key === "Escape") off();
    });
  });
})();
