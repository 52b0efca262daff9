// Loads the search and asks it: `ressourcerie.search(query, limit, then)`. Nothing is loaded before
// the first question, or before `ressourcerie.search.prepare()`. A worker made from the text of our
// own functions, since a page opened from a disk may start no other; without one, the page itself
// works, a little at a time.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var CODE = ["minisearch", "french", "engine", "near", "passages", "rank", "desk"];
  var started = false;
  var send = null;
  var unsent = [];
  var then = null;
  var number = 0;
  var answered = 0;

  function load(name, done, failed) {
    var script = document.createElement("script");
    script.src = new URL("assets/recherche/" + name + ".js", site.root).href;
    script.onload = done;
    script.onerror = failed || null;
    document.head.append(script);
  }

  function start() {
    if (started) return;
    started = true;
    var left = CODE.length + 1;
    function arrived() {
      left -= 1;
      if (left) return;
      open(function () {
        post({ heads: site.searchHeads });
        load("texts", function () {
          post({ texts: site.searchTexts });
          // Kept by the worker: no need of it twice.
          site.searchTexts = "";
        });
      });
    }
    CODE.concat("heads").forEach(function (name) {
      load(name, arrived);
    });
  }

  function gathered() {
    return {
      miniSearch: site.miniSearch,
      french: site.searchFrench,
      engine: site.searchEngine,
      near: site.searchNear,
      passages: site.searchPassages,
      rank: site.searchRank
    };
  }

  function source() {
    var named = gathered();
    var parts = Object.keys(named).map(function (name) {
      return name + ":" + named[name].toString();
    });
    return (
      "var window=self,receive=(" + site.searchDesk.toString() + ")({" + parts.join(",") +
      "},function(m){postMessage(m)},50);onmessage=function(e){receive(e.data)};"
    );
  }

  function open(ready) {
    function alone() {
      send = site.searchDesk(gathered(), receive, 8);
      ready();
      flush();
    }
    var worker;
    try {
      var address = URL.createObjectURL(new Blob([source()], { type: "text/javascript" }));
      worker = new Worker(address);
    } catch (refused) {
      alone();
      return;
    }
    var speaks = false;
    worker.onmessage = function (event) {
      speaks = true;
      receive(event.data);
    };
    worker.onerror = function () {
      worker.terminate();
      if (!speaks) alone();
    };
    send = function (message) {
      worker.postMessage(message);
    };
    ready();
    flush();
  }

  function post(message) {
    if (send) send(message);
    else unsent.push(message);
  }
  function flush() {
    var messages = unsent;
    unsent = [];
    messages.forEach(post);
  }

  function receive(message) {
    if (message.ready || message.whole === true && !message.query) {
      site.search.state = message.ready ? "ready" : "whole";
      return;
    }
    // An answer to what is no longer asked is no answer.
    if (message.id !== number || !then) return;
    answered = message.id;
    then(message);
  }

  site.search = function (query, limit, callback) {
    number += 1;
    then = callback;
    start();
    post({ id: number, query: query, limit: limit });
  };
  site.search.prepare = start;
  site.search.state = "asleep";
  site.search.isAnswered = function () {
    return answered === number;
  };
})();
