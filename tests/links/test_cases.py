"""Links are judged as a real browser judges them (`scripts/judge-links` is how it was asked)."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from link_cases import HERE, Case, Row, all_cases, checked
from loopback import serving

from ressourcerie.examine import examine_file
from ressourcerie.external import Options, check_external

INTERNAL = [case for case in all_cases() if not case.is_external]
EXTERNAL = [case for case in all_cases() if case.is_external]
SUGGESTION = re.compile(r"Vouliez-vous dire « (.*) » \?$", re.DOTALL)
INCLUDED = "inclus à cette ligne"
QUICK = Options(
    allow_private=True, timeout=1, per_address=2, total_seconds=15, rate=10_000, backoff=0.01
)


def pair(row: Row) -> tuple[str, str]:
    """The file of a link, relative to the documentation, and the link as typed."""
    return row["path"].removeprefix("docs/"), row["link"]


def judged(case: Case, rows: list[Row]) -> dict[str, set[tuple[str, str]]]:
    """How what is said differs from what the browser does; nothing at all when all is well."""
    about = [row for row in rows if row["link"] is not None]
    errors = {pair(row) for row in about if row["severity"] == "error"}
    said = {pair(row) for row in about}
    found = {
        "missed": set(case.broken - errors),
        "false alarms": said - case.broken - case.policy,
        "fine, yet reported": (said & case.fine) - case.broken,
        "too severe": (errors & case.policy) - case.broken,
    }
    return {words: pairs for words, pairs in found.items() if pairs}


def test_there_are_cases_enough() -> None:
    ours = all_cases(HERE / "more-cases.json")
    assert len({case.id for case in all_cases()}) == len(all_cases())
    assert len(ours) >= 250
    assert sum(len(case.broken) for case in ours) >= 400


@pytest.mark.parametrize("case", INTERNAL, ids=lambda case: case.id)
def test_what_the_browser_cannot_follow_is_said_and_nothing_else(
    case: Case, tmp_path: Path
) -> None:
    config_file = case.write(tmp_path)
    rows = checked(config_file)
    assert judged(case, rows) == {}
    for row in rows:
        if row["link"]:
            assert_placed(row, tmp_path)
    assert_suggestions_lead_somewhere(rows, config_file)


def assert_placed(row: Row, root: Path) -> None:
    """The line and the column of a link are those where it is typed."""
    text = read(root / row["path"])
    lines = text.split("\n")
    assert 1 <= row["line"] <= len(lines)
    here = "\n".join(lines[row["line"] - 1 :])[row["column"] - 1 :]
    if INCLUDED in row["message"]:
        # Typed elsewhere: the place is that of the name of the file.
        name = re.search(r"écrit dans « (.*?) »", row["message"])
        assert name
        assert here.startswith(name[1])
    elif not here.startswith(row["link"]):
        # Written with entities, backslashes, or among other things.
        plain = unescape(here).replace("\\", "")
        assert row["link"].replace("\\", "") in plain[: len(row["link"]) + 40]


def read(file: Path) -> str:
    """A text, as the checks read it."""
    text = file.read_bytes().decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def assert_suggestions_lead_somewhere(rows: list[Row], config_file: Path) -> None:
    """A link written as suggested is not reported any more."""
    wanted = [(row, SUGGESTION.search(row["hint"])) for row in rows]
    texts = map(read, config_file.parent.glob("docs/**/*.md"))
    if not any(match for _, match in wanted) or any("8<--" in text for text in texts):
        # What is right in a text may be wrong in those that include it.
        return
    # The last first: the places of the others do not move.
    for row, match in sorted(wanted, key=lambda one: (one[0]["line"], one[0]["column"]))[::-1]:
        if match:
            replace_at(config_file.parent / row["path"], row, match[1])
    left = {pair(row) for row in checked(config_file) if row["link"] is not None}
    assert left <= {pair(row) for row, match in wanted if not match}


def replace_at(file: Path, row: Row, new: str) -> None:
    """Write another link where one is typed."""
    lines = read(file).split("\n")
    line, at = lines[row["line"] - 1], row["column"] - 1
    assert line.startswith(row["link"], at)
    lines[row["line"] - 1] = line[:at] + new + line[at + len(row["link"]) :]
    file.write_text("\n".join(lines), "utf-8")


def test_the_same_link_is_placed_each_time_it_is_typed(tmp_path: Path) -> None:
    text = """\
# Page rien.md

Le fichier rien.md, `[a](rien.md)` ou <!-- [b](rien.md) --> non ; [c](rien.md) oui.

    [d](rien.md)

```
[e](rien.md)
```

- <a href='rien.md'>f</a> et [g](<rien.md> "rien.md") et [h][ref]

[ref]: rien.md
"""
    case = Case("places", {"index.md": text}, INTERNAL[0].settings)
    rows = [row for row in checked(case.write(tmp_path)) if row["link"] == "rien.md"]
    assert [(row["line"], row["column"]) for row in rows] == [(3, 71), (11, 12), (11, 35), (13, 8)]


@pytest.mark.parametrize("case", EXTERNAL, ids=lambda case: case.id)
def test_links_to_other_sites_are_asked_for(case: Case, tmp_path: Path) -> None:
    with serving(case.server) as names:
        written = with_names(case, names)
        examined, _ = examine_file(written.write(tmp_path), web=True)
        found = check_external(examined.web, QUICK, tmp_path / "liens.json")
    said = [*examined.diagnostics, *found]
    rows = [{"path": d.place.path, "link": d.link, "severity": str(d.severity)} for d in said]
    assert judged(written, rows) == {}


def with_names(case: Case, names: dict[str, str]) -> Case:
    """A case in which a real server has taken the place of its name."""

    def named(text: str) -> str:
        for name, address in names.items():
            text = text.replace(name, address)
        return text

    files = {p: named(c) if isinstance(c, str) else c for p, c in case.files.items()}
    groups = (case.broken, case.fine, case.policy)
    broken, fine, policy = (frozenset((f, named(link)) for f, link in group) for group in groups)
    return replace(case, files=files, broken=broken, fine=fine, policy=policy)
