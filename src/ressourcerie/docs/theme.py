"""What draws the pages of a documentation: its files, found without running any of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ressourcerie.mkdocs_yml import Config
from ressourcerie.source import is_inside

# What every site has, whatever its theme.
_ALWAYS: Final = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz"})
_SEARCH: Final = "search/search_index.json"
# What the theme « material » puts in every page.
_MATERIAL: Final = frozenset({"__drawer", "__search", "__toc", "__palette_0", "__palette_1"})
# Never published: templates, code, notes.
_KEPT: Final = (".html", ".py", ".pyc", ".md")


@dataclass(frozen=True)
class Theme:
    """The theme that a `mkdocs.yml` asks for."""

    config: Config

    @cached_property
    def custom_dir(self) -> Path | None:
        """The folder where the project overrides its theme."""
        named = self.config.get("theme", "custom_dir")
        folder = self.config.root / str(named) if named else None
        return (
            folder if folder and folder.is_dir() and is_inside(self.config.root, folder) else None
        )

    @property
    def name(self) -> str:
        """Its name, « mkdocs » when none is asked for."""
        theme = self.config.data.get("theme") or "mkdocs"
        return str(theme.get("name") or "") if isinstance(theme, dict) else str(theme)

    @property
    def anchors(self) -> frozenset[str]:
        """Those of every page, besides those of its text."""
        return _MATERIAL if self.name == "material" else frozenset()

    @cached_property
    def folders(self) -> tuple[Path, ...]:
        """Where the theme keeps its files, the project’s own first."""
        own = (self.custom_dir,) if self.custom_dir else ()
        return (*own, *_installed(self.name))

    def has(self, path: str) -> bool:
        """Whether the theme publishes a file besides the pages: a style, a script, an image."""
        if path in _ALWAYS or (path == _SEARCH and self._searches):
            return True
        parts = Path(path).parts
        hidden = any(part.startswith(".") for part in parts) or path.endswith(_KEPT)
        try:
            return not hidden and any(Path(f, *parts).is_file() for f in self.folders)
        except OSError:
            # A name so long that no file can have it.
            return False

    @cached_property
    def _searches(self) -> bool:
        # A project that lists no plugin has that one.
        listed = "plugins" not in self.config.data or plugins(self.config)
        return listed is True or any(name.endswith("search") for name in listed)


def plugins(config: Config) -> tuple[str, ...]:
    """The plugins that a project lists."""
    listed = config.data.get("plugins") or []
    items = list(listed) if isinstance(listed, list | dict) else []
    names = [n for item in items for n in (item if isinstance(item, dict) else [item])]
    return tuple(map(str, names))


def prefix(site_url: str) -> str:
    """The path under which a site will lie: « / », or « /depot/ »."""
    try:
        path = urlsplit(site_url).path.strip("/")
    except ValueError:
        return "/"
    return f"/{path}/" if path else "/"


@cache
def _installed(name: str) -> tuple[Path, ...]:
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    for entry in entry_points(group="mkdocs.themes"):
        if entry.name == name:
            module, *inner = entry.value.split(".")
            spec = find_spec(module)
            homes = (spec.submodule_search_locations or []) if spec else []
            return tuple(Path(home, *inner) for home in homes)
    return ()
