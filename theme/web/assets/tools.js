// Small tools of the pages that are filled in. Nothing here asks anything of the network.
(function () {
  "use strict";

  var site = window.ressourcerie;
  var tools = (site.tools = {});
  var SPACE = "\u00a0";

  tools.element = function (name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  tools.button = function (className, text, act) {
    var made = tools.element("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  // « 1 fiche », « 3 fiches »: in French, 0 and 1 are singular.
  tools.count = function (number, one, many) {
    return number + SPACE + (number < 2 ? one : many || one + "s");
  };

  // Taken off the device for good, rather than written over.
  tools.forget = function (key) {
    try {
      localStorage.removeItem("ressourcerie:" + key);
    } catch (refused) {
      site.write(key, null);
    }
  };

  // A file made here, handed to the browser as if it had been downloaded.
  tools.save = function (name, text) {
    var address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    var link = tools.element("a");
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    // Some phones read the file well after the click.
    setTimeout(function () {
      URL.revokeObjectURL(address);
    }, 60000);
  };

  // The day of the device: the one people know, not that of Greenwich.
  tools.today = function () {
    var now = new Date();
    var two = function (number) {
      return (number < 10 ? "0" : "") + number;
    };
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  };

  tools.show = function (element, shown) {
    element.hidden = !shown;
  };

  // What serves by hand is open in the source; a screen folds it, and paper shows it again.
  tools.fold = function (details) {
    if (!details) return;
    details.open = false;
    window.addEventListener("beforeprint", function () {
      details.setAttribute("data-was", details.open ? "open" : "");
      details.open = true;
    });
    window.addEventListener("afterprint", function () {
      details.open = details.getAttribute("data-was") === "open";
    });
  };
})();
