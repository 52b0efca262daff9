// A page that has moved: go on at once, to the very place that was asked for. The link is enough
// without this.
(function () {
  "use strict";

  var address = new URL(document.getElementById("suite").href);
  address.search = location.search;
  address.hash = location.hash;
  // On a disk nobody turns the address of a folder into that of its page.
  if (location.protocol === "file:" && address.pathname.slice(-1) === "/") {
    address.pathname += "index.html";
  }
  location.replace(address.href);
})();
