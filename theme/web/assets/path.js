// A path: which of its sessions are done. Kept on the device, counted by nobody, with no score.
(function () {
  "use strict";

  var kept = window.ressourcerie;
  var done = kept.read("seances-faites", []);
  if (!Array.isArray(done)) done = [];

  function has(slug) {
    return done.indexOf(slug) >= 0;
  }

  // In the list of paths, a word after the sessions done.
  document.querySelectorAll(".thread[data-path] [data-slug]").forEach(function (item) {
    if (!has(item.dataset.slug)) return;
    var mark = document.createElement("span");
    mark.className = "thread__done";
    mark.textContent = "faite";
    item.append(" ", mark);
  });

  var list = document.querySelector(".cards--path[data-path]");
  if (!list) return;
  var stages = Array.from(list.querySelectorAll(".stage"));
  var go = document.getElementById("suite");
  var words = go.querySelector("span");
  var first = { href: go.href, text: words.textContent };
  var said = document.querySelector(".path-top__done");
  var clear = document.querySelector('[data-do="clear"]');

  function box(stage) {
    return stage.querySelector("input");
  }
  function show() {
    var ticked = stages.filter(function (stage) {
      var yes = has(stage.dataset.slug);
      box(stage).checked = yes;
      stage.classList.toggle("is-done", yes);
      return yes;
    });
    // The first one not done: sessions may be done in another order.
    var next = stages.filter(function (stage) { return !has(stage.dataset.slug); })[0];
    clear.hidden = !ticked.length;
    if (!ticked.length) {
      go.href = first.href;
      words.textContent = first.text;
      said.textContent = "";
    } else if (next) {
      var link = next.querySelector(".card__link");
      go.href = link.href;
      words.textContent = "Continuer par la séance\u00a0" + (stages.indexOf(next) + 1);
      said.textContent = ticked.length + (ticked.length > 1 ? "\u00a0séances faites" : "\u00a0séance faite") + " sur " + stages.length + ".";
    } else {
      go.href = first.href;
      words.textContent = "Revoir la première séance";
      said.textContent = "Toutes les séances sont faites.";
    }
  }

  list.addEventListener("change", function (event) {
    var stage = event.target.closest(".stage");
    if (!stage) return;
    var slug = stage.dataset.slug;
    done = done.filter(function (other) { return other !== slug; });
    if (event.target.checked) done.push(slug);
    kept.write("seances-faites", done);
    show();
  });
  clear.addEventListener("click", function () {
    var here = stages.map(function (stage) { return stage.dataset.slug; });
    done = done.filter(function (slug) { return here.indexOf(slug) < 0; });
    kept.write("seances-faites", done);
    show();
    box(stages[0]).focus();
  });
  show();
})();
