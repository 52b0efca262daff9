// The steps of a session, taken from the page that shows them.
(function () {
  "use strict";

  // A step as the page shows it: its heading, and all that follows down to the next heading.
  function read(bar) {
    var link = bar.querySelector("a");
    var heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    var parts = [];
    var node = heading && heading.tagName === "H3" ? heading.nextElementSibling : null;
    for (; node && !/^H[1-3]$/.test(node.tagName); node = node.nextElementSibling) parts.push(node);
    return {
      title: bar.querySelector(".strip__title").textContent,
      minutes: Number(bar.dataset.minutes),
      shape: bar.className.replace("strip__bar ", "live__part ").replace(" strip__bar--break", ""),
      parts: parts
    };
  }

  // Copies carry no id, and words of the glossary are plain words: one does not leave by mistake.
  function copies(nodes) {
    return nodes.map(function (node) {
      var copy = node.cloneNode(true);
      [copy].concat(Array.from(copy.querySelectorAll("*"))).forEach(function (part) {
        part.removeAttribute("id");
        if (part.tagName !== "A") return;
        if (part.classList.contains("term")) part.replaceWith.apply(part, Array.from(part.childNodes));
        else part.target = "_blank";
      });
      return copy;
    });
  }
  // What the room may read: the words written for participants, as on their own page.
  function forRoom(nodes) {
    var found = [];
    copies(nodes).forEach(function (copy) {
      var blocks = copy.matches(".participant") ? [copy] : Array.from(copy.querySelectorAll(".participant"));
      blocks.forEach(function (block) {
        Array.from(block.children).forEach(function (child) {
          if (!child.matches(".admonition-title, summary")) found.push(child);
        });
      });
    });
    return found;
  }

  window.LiveSteps = {
    all: function () { return Array.from(document.querySelectorAll(".strip__bar")).map(read); },
    copies: copies,
    forRoom: forRoom
  };
})();
