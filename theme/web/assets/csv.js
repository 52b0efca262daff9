// CSV, both ways (RFC 4180): what we write opens in any spreadsheet without running anything, and
// what a spreadsheet has written again is read, whatever its separator and its letters.
(function () {
  "use strict";

  var csv = (window.ressourcerie.csv = {});
  var MARK = "\ufeff";
  // What a spreadsheet takes for a formula: it would run it on opening (CSV injection).
  var FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

  // An apostrophe before a formula makes text of it; `plain` takes it off again.
  csv.neutral = function (text) {
    return FORMULA.test(text) ? "'" + text : text;
  };
  csv.plain = function (text) {
    return text.charAt(0) === "'" && FORMULA.test(text) ? text.slice(1) : text;
  };

  // Every cell is quoted: a comma within cannot open another cell where commas separate.
  csv.write = function (rows) {
    var lines = rows.map(function (cells) {
      return cells
        .map(function (cell) {
          return '"' + csv.neutral(String(cell)).replace(/"/g, '""') + '"';
        })
        .join(";");
    });
    return MARK + lines.join("\r\n") + "\r\n";
  };

  // Bytes → text. Old spreadsheets write neither UTF-8 nor a mark that says what they write.
  csv.decode = function (buffer) {
    var bytes = new Uint8Array(buffer);
    var wide = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "";
    if (bytes[0] === 0xfe && bytes[1] === 0xff) wide = "utf-16be";
    if (wide) return new TextDecoder(wide).decode(bytes);
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch (notUtf8) {
      return new TextDecoder("windows-1252").decode(bytes);
    }
  };

  // The sign that cuts the first line into the most cells.
  csv.separator = function (text) {
    var best = ";";
    var most = 0;
    [";", ",", "\t"].forEach(function (sign) {
      var read = parse(text, sign, 1);
      var width = read.rows.length ? read.rows[0].cells.length : 0;
      if (width > most) {
        most = width;
        best = sign;
      }
    });
    return best;
  };

  // { rows: [{ line, cells }], fault: null or { line, words } }. Empty lines are passed over.
  csv.parse = function (text) {
    var whole = text.charAt(0) === MARK ? text.slice(1) : text;
    var told = /^sep=(.)\r?\n/i.exec(whole);
    if (!told) return parse(whole, csv.separator(whole), Infinity);
    var read = parse(whole.slice(told[0].length), told[1], Infinity);
    read.rows.forEach(function (row) {
      row.line += 1;
    });
    if (read.fault) read.fault.line += 1;
    return read;
  };

  function parse(text, sign, most) {
    var rows = [];
    var cells = [];
    var cell = "";
    var line = 1;
    var start = 1;
    var opened = 0;
    var at = 0;

    function endCell() {
      cells.push(cell);
      cell = "";
    }
    function endRow() {
      endCell();
      if (cells.length > 1 || cells[0].trim() !== "") rows.push({ line: start, cells: cells });
      cells = [];
      start = line;
    }
    function fault(where, words) {
      return { rows: rows, fault: { line: where, words: words } };
    }
    function isBreak(letter) {
      return letter === "\n" || letter === "\r";
    }

    while (at < text.length && rows.length < most) {
      var letter = text.charAt(at);
      if (letter === '"' && cell === "") {
        // A quoted cell, up to its closing mark; two marks are one that was written.
        opened = line;
        at += 1;
        for (;;) {
          if (at >= text.length) return fault(opened, "un guillemet s’ouvre et ne se ferme pas");
          letter = text.charAt(at);
          if (letter === '"' && text.charAt(at + 1) === '"') at += 1;
          else if (letter === '"') break;
          else if (letter === "\n" || (letter === "\r" && text.charAt(at + 1) !== "\n")) line += 1;
          cell += letter;
          at += 1;
        }
        at += 1;
        letter = text.charAt(at);
        if (letter !== "" && letter !== sign && !isBreak(letter)) {
          return fault(line, "un guillemet se ferme au milieu d’une réponse");
        }
        // So that a cell written as "" is not taken for the beginning of another.
        if (cell === "" && letter === "") break;
      }
      if (letter === sign) {
        endCell();
      } else if (isBreak(letter)) {
        if (letter === "\r" && text.charAt(at + 1) === "\n") at += 1;
        line += 1;
        endRow();
      } else {
        cell += letter;
      }
      at += 1;
    }
    if (cell !== "" || cells.length) endRow();
    return { rows: rows, fault: null };
  }
})();
