// What a device may have, and « mode animation » does without: a full screen, a screen that stays
// awake, a sound. Each asks, and says nothing when it is refused.
(function () {
  "use strict";

  var device = (window.LiveDevice = {});
  var html = document.documentElement;

  // A promise may be refused, or not be one (old Safari).
  function quietly(ask) {
    try {
      var answer = ask();
      if (answer && answer.catch) answer.catch(function () {});
    } catch (refused) {
      // As if there were none.
    }
  }

  device.canFill = Boolean(html.requestFullscreen || html.webkitRequestFullscreen);
  device.filled = function () {
    return document.fullscreenElement || document.webkitFullscreenElement || null;
  };
  device.fill = function (element) {
    quietly(function () {
      return element.requestFullscreen ? element.requestFullscreen() : element.webkitRequestFullscreen();
    });
  };
  device.unfill = function () {
    if (!device.filled()) return;
    quietly(function () {
      return document.exitFullscreen ? document.exitFullscreen() : document.webkitExitFullscreen();
    });
  };
  device.onFill = function (react) {
    document.addEventListener("fullscreenchange", react);
    document.addEventListener("webkitfullscreenchange", react);
  };

  // The lock is lost each time the page is hidden: it is asked for again when it comes back.
  var wanted = false;
  var lock = null;
  function hold() {
    if (!wanted || lock || !navigator.wakeLock || document.hidden) return;
    quietly(function () {
      return navigator.wakeLock.request("screen").then(function (held) {
        if (!wanted) return held.release();
        lock = held;
        held.addEventListener("release", function () {
          lock = null;
        });
      });
    });
  }
  document.addEventListener("visibilitychange", hold);
  device.stayAwake = function (yes) {
    wanted = yes;
    if (yes) return hold();
    if (lock) quietly(lock.release.bind(lock));
    lock = null;
  };

  // Two soft notes. A browser lets a page sound only after a gesture: the switch is one.
  var Audio = window.AudioContext || window.webkitAudioContext;
  var sound = null;
  device.canSound = Boolean(Audio);
  device.readySound = function () {
    if (!Audio) return;
    quietly(function () {
      sound = sound || new Audio();
      return sound.resume();
    });
  };
  device.chime = function () {
    if (!sound || sound.state !== "running") return;
    [523.25, 659.25].forEach(function (pitch, rank) {
      var from = sound.currentTime + rank * 0.35;
      var voice = sound.createOscillator();
      var loudness = sound.createGain();
      voice.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.0001, from);
      loudness.gain.exponentialRampToValueAtTime(0.2, from + 0.05);
      loudness.gain.exponentialRampToValueAtTime(0.0001, from + 0.9);
      voice.connect(loudness);
      loudness.connect(sound.destination);
      voice.start(from);
      voice.stop(from + 1);
    });
  };
})();
