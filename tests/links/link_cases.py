"""The cases on which links are judged: projects of a few files, and what a browser makes of them.

The fields are explained at the top of `cases.json`.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

Row = dict[str, Any]
HERE = Path(__file__).parent
FILES = (HERE / "cases.json", HERE / "more-cases.json")
_TOC = "toc: {permalink: true}"
_UNICODE = "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}"
_SNIPPETS = "  - pymdownx.snippets: {base_path: [docs], check_paths: true}\n"


@dataclass(frozen=True)
class Case:
    """A project; `broken`, `fine` and `policy` are pairs of a file and a link typed in it."""

    id: str
    files: dict[str, str | bytes]
    settings: str
    broken: frozenset[tuple[str, str]] = frozenset()
    fine: frozenset[tuple[str, str]] = frozenset()
    policy: frozenset[tuple[str, str]] = frozenset()
    server: dict[str, Any] = field(default_factory=dict)
    by_hand: str = ""

    @property
    def is_external(self) -> bool:
        """Whether it needs a server."""
        return any("{{" in link for _, link in self.broken | self.fine | self.policy)

    def write(self, root: Path) -> Path:
        """Write the project, and give its `mkdocs.yml`."""
        for path, content in self.files.items():
            file = root / "docs" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        config = root / "mkdocs.yml"
        config.write_text(self.settings, "utf-8")
        return config


def checked(config_file: Path) -> list[Row]:
    """What `ressourcerie check` says of a project, in JSON."""
    from click.testing import CliRunner

    from ressourcerie.cli import commands

    options = ["--config-file", str(config_file), "--only", "links", "--format", "json"]
    result = CliRunner().invoke(commands, ["check", *options])
    assert isinstance(result.exception, SystemExit | None), result.exception
    rows: list[Row] = json.loads(result.stdout)
    assert result.exit_code == any(row["severity"] == "error" for row in rows)
    return rows


@cache
def all_cases(*files: Path) -> tuple[Case, ...]:
    """The cases of some files of cases, those given and ours when none is named."""
    return tuple(case for file in files or FILES for case in _cases(file))


def _cases(file: Path) -> Iterator[Case]:
    data = json.loads(file.read_text("utf-8"))
    for case in data["cases"]:
        yield Case(
            case["id"],
            {path: _content(content) for path, content in case["files"].items()},
            _settings(data["mkdocs_yml"], dict(case.get("mkdocs") or {})),
            *(
                frozenset((link["file"], link["link"]) for link in case[name])
                for name in ("expected_broken", "expected_ok", "policy")
            ),
            case.get("server") or {},
            case.get("by_hand", ""),
        )


def _content(content: str | dict[str, str]) -> str | bytes:
    return content if isinstance(content, str) else base64.b64decode(content["base64"])


def _settings(text: str, changed: dict[str, Any]) -> str:
    if changed.pop("slug", None) == "unicode":
        text = text.replace(_TOC, f"{_TOC[:-1]}, slugify: {_UNICODE}}}")
    if changed.pop("snippets", None):
        text = text.replace("  - abbr\n", f"  - abbr\n{_SNIPPETS}")
    for key, value in changed.items():
        # A key goes with its indented lines.
        text = re.sub(rf"^{key}:.*\n(?:[ ]+.*\n)*", "", text, flags=re.MULTILINE)
        text += f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
    return text
