// The time of a session against its plan: no page, no timer, only figures. All in milliseconds.
//
// What is kept: `base`, the time already run; `since`, when the clock was last started, or null
// when it stands still; `spent`, the time passed in each step left; `at`, the time of the session
// when the current step was entered. A session may be started at an hour yet to come.
(function () {
  "use strict";

  var MINUTE = 60000;
  // A session forgotten on a table is not offered again the next day.
  var STALE = 12 * 60 * MINUTE;

  // `plan`: minutes of each step; 0 for one that has no time of its own.
  function LiveClock(plan, saved) {
    this.plan = plan;
    this.state = readable(saved, plan.length) ? saved : blank(plan.length);
  }

  function blank(count) {
    var spent = [];
    while (spent.length < count) spent.push(0);
    return { step: 0, base: 0, since: null, at: 0, spent: spent, begun: null, done: false };
  }

  function readable(saved, count) {
    return Boolean(
      saved && Array.isArray(saved.spent) && saved.spent.length === count &&
      saved.spent.every(Number.isFinite) && Number.isFinite(saved.base) && Number.isFinite(saved.at) &&
      Number.isInteger(saved.step) && saved.step >= 0 && saved.step < count &&
      (saved.since === null || Number.isFinite(saved.since)) &&
      (saved.begun === null || Number.isFinite(saved.begun))
    );
  }

  var does = LiveClock.prototype;

  does.started = function () {
    return this.state.begun !== null;
  };
  does.running = function () {
    return this.state.since !== null;
  };
  // What is worth offering to resume.
  does.worthResuming = function (now) {
    return this.started() && !this.state.done && now - this.state.begun < STALE;
  };

  does.start = function (begun) {
    this.state = Object.assign(blank(this.plan.length), { step: this.state.step, begun: begun, since: begun });
  };
  // The step is kept: one may stop the clock before it starts, and start it again.
  does.toggle = function (now) {
    if (this.running()) {
      // The hour was still to come: nothing has run.
      this.state.base += Math.max(0, now - this.state.since);
      this.state.since = null;
    } else {
      this.state.since = now;
    }
  };

  // Time run since the beginning, pauses left out; negative before the hour.
  does.elapsed = function (now) {
    return this.state.base + (this.running() ? now - this.state.since : 0);
  };
  does.inStep = function (now) {
    return this.state.spent[this.state.step] + Math.max(0, this.elapsed(now)) - this.state.at;
  };
  does.go = function (step, now) {
    var last = this.plan.length - 1;
    var target = Math.max(0, Math.min(last, step));
    if (target === this.state.step) return false;
    this.state.spent[this.state.step] = this.inStep(now);
    this.state.at = Math.max(0, this.elapsed(now));
    this.state.step = target;
    return true;
  };
  does.finish = function (now) {
    this.state.spent[this.state.step] = this.inStep(now);
    this.state.at = Math.max(0, this.elapsed(now));
    if (this.running()) this.toggle(now);
    this.state.done = true;
  };

  does.planned = function (step) {
    return this.plan[step] * MINUTE;
  };
  // When the plan would have the step begin.
  does.plannedStart = function (step) {
    return this.plan.slice(0, step).reduce(function (sum, minutes) { return sum + minutes; }, 0) * MINUTE;
  };
  does.total = function () {
    return this.plannedStart(this.plan.length);
  };
  // Late: the plan has already left this step. Ahead (negative): it has not reached it yet.
  does.lateness = function (now) {
    var elapsed = Math.max(0, this.elapsed(now));
    var start = this.plannedStart(this.state.step);
    var end = start + this.planned(this.state.step);
    return elapsed > end ? elapsed - end : elapsed < start ? elapsed - start : 0;
  };
  does.isOver = function (now) {
    var planned = this.planned(this.state.step);
    return this.started() && planned > 0 && this.inStep(now) >= planned;
  };
  // The hour at which all will be over if each step to come keeps to its time.
  does.end = function (now) {
    var left = Math.max(0, this.planned(this.state.step) - this.inStep(now));
    for (var step = this.state.step + 1; step < this.plan.length; step += 1) left += this.planned(step);
    return now + Math.max(0, -this.elapsed(now)) + left;
  };

  window.LiveClock = LiveClock;
})();
