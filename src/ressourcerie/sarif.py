"""What was found, as SARIF 2.1.0: the format by which analysers speak to forges and editors.

Source: OASIS, « Static Analysis Results Interchange Format (SARIF) Version 2.1.0 ».
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from itertools import accumulate
from typing import Any, Final
from urllib.parse import quote

from ressourcerie import data
from ressourcerie.diagnostics import RULES, Diagnostic, Rule, Severity
from ressourcerie.reporting import PLAIN, Display

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# The root of the sources, for whoever reads the file.
_ROOT: Final = "%SRCROOT%"


def render_sarif(diagnostics: Iterable[Diagnostic], display: Display = PLAIN) -> str:
    """One run, with every rule of the program and the changes that are certain."""
    rules = [RULES[code] for code in sorted(RULES)]
    index = {rule.code: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "ressourcerie",
                "version": version("ressourcerie"),
                "language": "fr",
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "language": "fr",
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, index, display) for d in diagnostics],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    told = data.rule_docs(rule.family).get(rule.code, {})
    why = " ".join(str(told.get("pourquoi", "")).split())
    return {
        "id": rule.code,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": why or f"{rule.title}."},
        "help": {"text": rule.hint, "markdown": _markdown(rule, why, told)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _markdown(rule: Rule, why: str, told: dict[str, str]) -> str:
    parts = [why, rule.hint]
    for label, key in (("Mauvais", "mauvais"), ("Bon", "bon")):
        if extract := str(told.get(key, "")).rstrip():
            parts.append(f"{label} :\n\n~~~~markdown\n{extract}\n~~~~")
    return "\n\n".join(part for part in parts if part)


def _result(diagnostic: Diagnostic, index: dict[str, int], display: Display) -> dict[str, Any]:
    d = diagnostic
    file = {"uri": _uri(display.folder + d.place.path), "uriBaseId": _ROOT}
    region = {"startLine": d.place.line, "startColumn": d.place.column}
    result: dict[str, Any] = {"ruleId": d.code}
    if d.code in index:
        result["ruleIndex"] = index[d.code]
    result |= {
        "level": _LEVELS[d.severity],
        "message": {"text": f"{d.message} {d.hint}".strip()},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
    }
    lines = display.lines(d.place.path) if d.edit else ()
    if d.edit and lines:
        replacement = {
            "deletedRegion": _region(lines, d.edit.start, d.edit.end),
            "insertedContent": {"text": d.edit.text},
        }
        change = {"artifactLocation": file, "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": d.hint}, "artifactChanges": [change]}]
    return result


def _region(lines: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Offsets in a text whose ends of line count for one, as lines and columns that all share."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]

    def position(offset: int) -> tuple[int, int]:
        line = min(bisect_right(starts, offset), len(lines))
        return line, offset - starts[line - 1] + 1

    (first, column), (last, end_column) = position(start), position(end)
    return {"startLine": first, "startColumn": column, "endLine": last, "endColumn": end_column}


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
