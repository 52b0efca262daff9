"""A tiny project, whole and faultless, that tests write over; and terms made from nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ressourcerie.checks import suite
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.library import Library
from ressourcerie.load import load
from ressourcerie.model import Term
from ressourcerie.settings import Settings, read_settings
from ressourcerie.source import Source

REPOSITORY = Path(__file__).parents[1]
TINY = Path(__file__).parent / "tiny"


@dataclass(frozen=True)
class Project:
    """A project on disk: `tests/tiny/`, the settings and the theme of the repository."""

    root: Path

    @property
    def config_file(self) -> Path:
        return self.root / "mkdocs.yml"

    @property
    def settings(self) -> Settings:
        settings, _ = read_settings(self.config_file)
        assert settings is not None
        return settings

    def path(self, path: str) -> Path:
        return self.root / path

    def read(self, path: str) -> str:
        return self.path(path).read_text("utf-8")

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file, and the folders it needs."""
        file = self.path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def edit(self, path: str, old: str, new: str) -> Path:
        """Replace the one occurrence of `old`."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        return self.write(path, text.replace(old, new))

    def load(self) -> tuple[Library, list[Diagnostic]]:
        return load(self.root)

    def check(self) -> list[Diagnostic]:
        """All that `ressourcerie check` would say."""
        library, found = self.load()
        return sorted({*found, *suite.run(library, self.settings)})


def term(slug: str, *forms: str, sauf: Iterable[str] = ()) -> Term:
    title, *others = forms
    front: dict[str, Any] = {
        "titre": title,
        "glose": "Un mot.",
        "groupe": "competences",
        "synonymes": others,
        "sauf": list(sauf),
        "sources": [{"auteurs": "A", "annee": 2020, "titre": "B"}],
        "auteurs": ["A"],
        "cree_le": "2026-01-02",
        "relu_le": "2026-01-02",
    }
    source = Source(f"glossary/{slug}.md", front, "", 1)
    return Term.model_validate(front, context={"source": source, "slug": slug})
