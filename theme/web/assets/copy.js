// « Copier »: the line beside the button, with the address of the page when the line has none.
(function () {
  "use strict";

  function copy(text, line) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    // On a disk, or over plain http: the old way, on what is selected.
    var range = document.createRange();
    range.selectNodeContents(line);
    var selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject();
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), function (button) {
    var line = document.getElementById(button.getAttribute("data-copy"));
    var status = button.parentNode.querySelector("[role=status]");
    if (button.hasAttribute("data-copy-address") && location.protocol.indexOf("http") === 0) {
      line.textContent += ", " + location.origin + location.pathname;
    }
    button.addEventListener("click", function () {
      status.textContent = "";
      copy(line.textContent.trim(), line).then(
        function () { status.textContent = "Copié."; },
        function () { status.textContent = "Sélectionnez la ligne, puis copiez-la."; }
      );
    });
  });
})();
