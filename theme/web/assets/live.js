// « Mode animation »: the session on the whole screen, one step at a time, against the clock.
// All it shows is in the page. What it keeps stays on the device.
(function () {
  "use strict";

  var stage = document.querySelector(".live");
  var opener = document.querySelector("[data-live]");
  if (!stage || !opener || !window.LiveClock) return;
  var kept = window.ressourcerie;
  var device = window.LiveDevice;
  var words = window.LiveWords;
  var offer = document.querySelector(".resume");
  var reader = window.LiveSteps;
  var steps = reader.all();
  var clock = new window.LiveClock(steps.map(function (step) { return step.minutes; }), kept.read(stage.dataset.key, null));
  var choices = kept.read("animation", {}) || {};
  var timer = null;
  var warned = -1;
  var back = null;

  function one(selector) {
    return stage.querySelector(selector);
  }
  function all(selector) {
    return Array.from(stage.querySelectorAll(selector));
  }

  function say(text) {
    var place = one("[data-say]");
    place.textContent = "";
    setTimeout(function () { place.textContent = text; }, 50);
  }
  function keep() {
    kept.write(stage.dataset.key, clock.started() ? clock.state : null);
  }

  // The step: drawn when it changes.
  function draw() {
    var at = clock.state.step;
    var step = steps[at];
    var room = reader.forRoom(step.parts);
    one(".live__count").textContent = "Étape " + (at + 1) + " sur " + steps.length;
    one(".live__title").textContent = step.title;
    one(".live__notes").replaceChildren.apply(one(".live__notes"), reader.copies(step.parts));
    one(".live__room").replaceChildren.apply(one(".live__room"), room);
    one(".live__next").textContent = words.next(steps[at + 1]);
    all(".live__progress li").forEach(function (bar, rank) {
      bar.classList.toggle("is-done", rank < at || clock.state.done);
      bar.classList.toggle("is-here", rank === at && !clock.state.done);
    });
    one('[data-do="previous"]').disabled = at === 0;
    one('[data-do="next"] span').textContent = at + 1 < steps.length ? "Étape suivante" : "Finir la séance";
    one(".live__main").scrollTop = 0;
    stage.scrollTop = 0;
    tick();
  }

  // The time: drawn each second, and said only when something ends.
  function tick() {
    var now = Date.now();
    var started = clock.started();
    var step = steps[clock.state.step];
    one(".live__start").hidden = started;
    one(".live__clock").hidden = !started;
    one('[data-do="pause"]').disabled = !started || clock.state.done;
    one('[data-do="pause"] [data-word]').textContent = started && !clock.running() ? "Reprendre" : "Pause";
    stage.classList.toggle("is-paused", started && !clock.running());
    if (!started) return;
    var elapsed = clock.elapsed(now);
    var over = clock.isOver(now);
    var pace = words.pace(clock.lateness(now));
    if (elapsed < 0) pace = ["on-time", "Début à " + words.hour(clock.state.begun)];
    else if (!clock.running()) pace[1] = "En pause. " + pace[1];
    one(".live__digits").textContent = elapsed < 0 ? "−" + words.digits(999 - elapsed) : words.digits(clock.inStep(now));
    put(".live__planned", step.minutes && elapsed >= 0 ? words.plan(step.minutes * 60000, clock.inStep(now)) : "");
    one(".live__pace").dataset.pace = pace[0];
    put(".live__pace", pace[1]);
    put(".live__elapsed", words.length(elapsed) + " sur " + words.length(clock.total()));
    put(".live__end", words.hour(clock.end(now)));
    stage.classList.toggle("is-over", over);
    one(".live__over").hidden = !over;
    put(".live__over span", "Temps prévu écoulé");
    if (over && warned !== clock.state.step && clock.running()) {
      warned = clock.state.step;
      say("Le temps prévu pour cette étape est écoulé. " + words.next(steps[clock.state.step + 1]));
      if (choices.sound) device.chime();
    }
  }
  function put(selector, text) {
    var place = one(selector);
    if (place.textContent !== text) place.textContent = text;
  }

  function go(step) {
    if (!clock.go(step, Date.now())) return;
    warned = clock.isOver(Date.now()) ? clock.state.step : -1;
    keep();
    draw();
    say("Étape " + (clock.state.step + 1) + " sur " + steps.length + "\u00a0: " + steps[clock.state.step].title);
  }
  function next() {
    if (clock.state.step + 1 < steps.length) go(clock.state.step + 1);
    else if (clock.started()) finish();
    else leave();
  }
  function pause() {
    if (!clock.started() || clock.state.done) return;
    clock.toggle(Date.now());
    keep();
    tick();
    say(clock.running() ? "La pendule repart." : "La pendule est en pause.");
  }

  // What the session took, step by step: useful for the next one, kept nowhere.
  function finish() {
    clock.finish(Date.now());
    keep();
    draw();
    showFinish();
  }
  function showFinish() {
    var rows = steps.map(function (step, rank) {
      var row = document.createElement("tr");
      [step.title, words.length(step.minutes * 60000), words.length(clock.state.spent[rank])].forEach(function (text, cell) {
        var made = document.createElement(cell ? "td" : "th");
        if (!cell) made.scope = "row";
        made.textContent = text;
        row.append(made);
      });
      return row;
    });
    var body = one(".live__finish tbody");
    body.replaceChildren.apply(body, rows);
    one(".live__sum").textContent = "Durée\u00a0: " + words.length(clock.state.base) + ". Prévu\u00a0: " + words.length(clock.total()) + ".";
    turn(true);
    one("#animation-bilan").focus();
  }
  function turn(finished) {
    stage.classList.toggle("is-finished", finished);
    one(".live__finish").hidden = !finished;
    one(".live__step").hidden = finished;
    one(".live__side").hidden = finished;
    one(".live__controls").hidden = finished;
  }

  // Opened, the rest of the page is out of reach; closed, the focus goes back where it was.
  function open(from) {
    back = from;
    Array.from(document.body.children).forEach(function (other) {
      if (other !== stage) {
        other.inert = true;
        other.setAttribute("aria-hidden", "true");
      }
    });
    stage.hidden = false;
    document.documentElement.classList.add("is-live");
    if (!one("#animation-heure").value) one("#animation-heure").value = words.field(Date.now());
    if (clock.state.done) showFinish();
    else turn(false);
    draw();
    if (!clock.state.done) one(".live__title").focus({ preventScroll: true });
    timer = setInterval(tick, 1000);
    device.stayAwake(true);
    if (choices.sound) device.readySound();
    if (device.canFill) device.fill(stage);
  }
  function leave() {
    if (stage.hidden) return;
    stage.hidden = true;
    clearInterval(timer);
    device.stayAwake(false);
    device.unfill();
    document.documentElement.classList.remove("is-live");
    Array.from(document.body.children).forEach(function (other) {
      if (other !== stage) {
        other.inert = false;
        other.removeAttribute("aria-hidden");
      }
    });
    tell();
    giveBack();
  }
  // Nothing else can be focused while a part of the page fills the screen: once it no longer does,
  // this is tried again.
  function giveBack() {
    if (!back || !stage.hidden) return;
    var target = back.offsetParent ? back : opener;
    target.focus();
    if (document.activeElement === target) back = null;
  }

  // A session begun is offered again, after a reload or a mistake.
  function tell() {
    offer.hidden = !clock.worthResuming(Date.now());
    offer.querySelector(".resume__what").textContent = "Une séance est en cours\u00a0: étape " + (clock.state.step + 1) +
      " sur " + steps.length + ", commencée à " + words.hour(clock.state.begun) + ".";
  }
  function forget() {
    clock = new window.LiveClock(clock.plan, null);
    warned = -1;
    keep();
    tell();
  }

  function press(name) {
    choices[name] = !choices[name];
    kept.write("animation", choices);
    if (name === "sound" && choices.sound) {
      device.readySound();
      setTimeout(device.chime, 200);
    }
    show();
  }
  function show() {
    var hidden = Boolean(choices.notes);
    one('[data-do="notes"]').setAttribute("aria-pressed", String(hidden));
    one('[data-do="sound"]').setAttribute("aria-pressed", String(Boolean(choices.sound)));
    one('[data-do="sound"]').hidden = !device.canSound;
    one('[data-do="screen"]').hidden = !device.canFill;
    one('[data-do="screen"]').setAttribute("aria-pressed", String(Boolean(device.filled())));
    stage.classList.toggle("live--room", hidden);
    one(".live__notes").hidden = hidden;
    one(".live__room").hidden = !hidden;
  }

  var does = {
    notes: function () { press("notes"); },
    sound: function () { press("sound"); },
    screen: function () { if (device.filled()) { ours = true; device.unfill(); } else device.fill(stage); },
    leave: leave,
    previous: function () { go(clock.state.step - 1); },
    next: next,
    pause: pause,
    back: function () { clock.state.done = false; clock.toggle(Date.now()); keep(); turn(false); draw(); one(".live__title").focus({ preventScroll: true }); },
    close: function () { forget(); leave(); }
  };
  // Leaving the full screen by the keyboard or a gesture of the device leaves the mode too.
  var ours = false;
  var was = null;
  device.onFill(function () {
    var filled = device.filled();
    if (was === stage && !filled && !ours) leave();
    ours = false;
    was = filled;
    giveBack();
    show();
  });

  stage.addEventListener("click", function (event) {
    var button = event.target.closest("[data-do]");
    if (!button) return;
    does[button.dataset.do]();
    // Pressed with a pointer, a button gives the keys back to the session: « Espace » pauses.
    if (event.detail && button.closest(".live__controls") && !stage.hidden && !clock.state.done) one(".live__title").focus({ preventScroll: true });
  });
  one(".live__start").addEventListener("submit", function (event) {
    event.preventDefault();
    var begun = words.onDay(one("#animation-heure").value, Date.now());
    if (begun === null) return;
    // The field has no seconds: « now » is now.
    if (words.field(Date.now()) === one("#animation-heure").value) begun = Date.now();
    clock.start(begun);
    keep();
    draw();
    one(".live__title").focus({ preventScroll: true });
    say("La pendule est lancée.");
  });
  stage.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var busy = event.target.closest("input, button, summary, a, .table");
    if (event.key === "Escape") leave();
    else if (event.key === "Tab") return hold(event);
    else if (event.target.closest("input") || clock.state.done) return;
    else if (event.key === "ArrowRight" || event.key === "PageDown") next();
    else if (event.key === "ArrowLeft" || event.key === "PageUp") go(clock.state.step - 1);
    else if (event.key === " " && !busy) pause();
    else return;
    event.preventDefault();
  });
  // Where `inert` is not known, the focus turns round all the same.
  function hold(event) {
    var stops = all("button, input, a[href], summary, [tabindex]").filter(function (stop) {
      return stop.tabIndex >= 0 && !stop.disabled && stop.getClientRects().length;
    });
    var edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    var outside = stops.indexOf(document.activeElement) < 0 && event.shiftKey;
    if (document.activeElement !== edge && !outside) return;
    event.preventDefault();
    stops[event.shiftKey ? stops.length - 1 : 0].focus();
  }

  steps.forEach(function (step) {
    var bar = document.createElement("li");
    bar.className = step.shape;
    one(".live__progress").append(bar);
  });
  show();
  tell();
  opener.addEventListener("click", function () { open(opener); });
  offer.querySelector('[data-do="resume"]').addEventListener("click", function () { open(this); });
  offer.querySelector('[data-do="forget"]').addEventListener("click", function () { forget(); opener.focus(); });
})();
