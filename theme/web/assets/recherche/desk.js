// Who receives the corpus and the questions, and gives the answers: the same in a worker and on the
// page. A function that needs nothing around it; `parts` are what the other files of this folder
// give, `post` is where the answers go, `slice` for how long it may work without a pause, in ms.
window.ressourcerie.searchDesk = function (parts, post, slice) {
  "use strict";

  var french = parts.french();
  var engine = parts.engine(parts.miniSearch(), french);
  var rank = parts.rank(engine, french, parts.passages(french), parts.near(engine, french));
  var waiting = [];
  var whole = false;
  var last = null;

  function work() {
    var end = Date.now() + slice;
    while (waiting.length && Date.now() < end) {
      var row = waiting.pop();
      engine.addText(row[0], row[1]);
    }
    if (waiting.length) {
      setTimeout(work, 0);
      return;
    }
    whole = true;
    engine.grown();
    post({ whole: true });
    if (last) answer(last);
  }

  function answer(message) {
    var found = rank.answer(message.query, message.limit);
    found.id = message.id;
    found.whole = whole;
    post(found);
  }

  return function (message) {
    if (message.heads) {
      engine.addHeads(JSON.parse(message.heads));
      post({ ready: true });
    } else if (message.texts) {
      waiting = JSON.parse(message.texts).reverse();
      work();
    } else {
      // Asked before all is read: answered now, and again when it is.
      last = whole ? null : message;
      answer(message);
    }
  };
};
