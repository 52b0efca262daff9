// The sentences of « mode animation »: times as one says them in French.
(function () {
  "use strict";

  var SPACE = "\u00a0";
  var MINUTE = 60000;
  var words = (window.LiveWords = {});

  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }

  // 754000 → « 12:34 », 4354000 → « 1:12:34 ».
  words.digits = function (time) {
    var seconds = Math.max(0, Math.floor(time / 1000));
    var hours = Math.floor(seconds / 3600);
    var minutes = Math.floor(seconds / 60) % 60;
    return (hours ? hours + ":" + two(minutes) : minutes) + ":" + two(seconds % 60);
  };
  // Minutes begun and not finished do not count: 754000 → « 12 min », 5400000 → « 1 h 30 ».
  words.length = function (time) {
    var minutes = Math.max(0, Math.floor(time / MINUTE));
    var rest = minutes % 60;
    if (minutes < 60) return minutes + SPACE + "min";
    return Math.floor(minutes / 60) + SPACE + "h" + (rest ? SPACE + two(rest) : "");
  };
  // « sur 25 min, reste 13 min »: a minute begun is still there.
  words.plan = function (planned, spent) {
    var left = Math.ceil((planned - spent) / MINUTE) * MINUTE;
    return "sur " + words.length(planned) + (left > 0 && left < planned ? ", reste " + words.length(left) : "");
  };
  // The hour on the wall.
  words.hour = function (time) {
    var date = new Date(time);
    return date.getHours() + SPACE + "h" + SPACE + two(date.getMinutes());
  };
  // What a field of time holds, on the day of `now`; null when it holds nothing.
  words.onDay = function (value, now) {
    var parts = /^(\d{1,2}):(\d{2})/.exec(value);
    return parts ? new Date(now).setHours(Number(parts[1]), Number(parts[2]), 0, 0) : null;
  };
  words.field = function (time) {
    var date = new Date(time);
    return two(date.getHours()) + ":" + two(date.getMinutes());
  };
  // « on-time », « late » or « ahead », and how it is said.
  words.pace = function (lateness) {
    var minutes = Math.floor(Math.abs(lateness) / MINUTE);
    if (!minutes) return ["on-time", "À l’heure"];
    if (lateness > 0) return ["late", "En retard de " + words.length(lateness)];
    return ["ahead", "En avance de " + words.length(-lateness)];
  };
  words.next = function (step) {
    if (!step) return "C’est la dernière étape.";
    return "Ensuite" + SPACE + ": " + step.title + (step.minutes ? " (" + step.minutes + SPACE + "min)" : "");
  };
})();
