"""Any MkDocs project, with resources of ours or without: its pages, its files, what they hold.

Read without MkDocs, which stops at the first fault, and whose plugins may not be there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ressourcerie import source as source_files
from ressourcerie.diagnostics import Diagnostic, Family, Severity, rule
from ressourcerie.docs.pages import renderer
from ressourcerie.docs.tree import ALWAYS, DocFile, DocsTree, read_tree
from ressourcerie.markdown import MarkdownSettings
from ressourcerie.mkdocs_yml import Config
from ressourcerie.settings import Settings

UNKNOWN_EXTENSION = rule(
    "extension-absente",
    "Une extension Markdown nommée dans mkdocs.yml n’est pas installée ici",
    "Installez-la dans le même environnement : sans elle, des ancres peuvent manquer.",
    Severity.WARNING,
    Family.LINKS,
)


@dataclass(frozen=True)
class Docs:
    """A documentation: its settings, its files, and where `mkdocs.yml` says all this."""

    config: Config
    settings: Settings
    tree: DocsTree

    @cached_property
    def docs_dir(self) -> str:
        """The folder of the documentation, relative to the project."""
        return str(self.config.data.get("docs_dir") or "docs").rstrip("/")

    def theme_has(self, path: str) -> bool:
        """Whether the theme publishes a file besides the pages: a style, a script, an image."""
        parts = Path(path).parts
        if any(part.startswith(".") for part in parts) or path.endswith((".html", ".py", ".md")):
            return path in ALWAYS
        return path in ALWAYS or any(Path(f, *parts).is_file() for f in self.theme_folders)

    @property
    def custom_dir(self) -> Path | None:
        """The folder where the project overrides its theme."""
        named = self.config.get("theme", "custom_dir")
        folder = self.config.root / str(named) if named else None
        return folder if folder and folder.is_dir() else None

    @property
    def theme_folders(self) -> tuple[Path, ...]:
        """Where the theme keeps its files, the project’s own first."""
        theme = self.config.data.get("theme") or "mkdocs"
        name = theme.get("name", "") if isinstance(theme, dict) else str(theme)
        own = (self.custom_dir,) if self.custom_dir else ()
        return (*own, *_installed_theme(str(name)))

    @property
    def prefix(self) -> str:
        """The path under which the site will lie: « / », or « /depot/ »."""
        path = urlsplit(self.settings.site_url).path
        return f"/{path.strip('/')}/" if path.strip("/") else "/"

    def path(self, file: DocFile) -> str:
        """The path of a file relative to the project."""
        return f"{self.docs_dir}/{file.src}"


@cache
def _installed_theme(name: str) -> tuple[Path, ...]:
    """The folder of an installed theme, found without running any of it."""
    for entry in entry_points(group="mkdocs.themes"):
        if entry.name == name:
            spec = find_spec(entry.value.partition(".")[0])
            top = Path(next(iter(spec.submodule_search_locations or ()), "")) if spec else Path()
            return (top.joinpath(*entry.value.split(".")[1:]),)
    return ()


def read_docs(config: Config, settings: Settings) -> Docs:
    """List the files of a documentation."""
    folder = config.root / str(config.data.get("docs_dir") or "docs")
    tree = read_tree(
        folder,
        config.root,
        use_directory_urls=config.data.get("use_directory_urls") is not False,
        absolute_links="relative_to_docs" in _validation(config),
        exclude="\n".join(str(config.data.get(k) or "") for k in ("exclude_docs", "draft_docs")),
    )
    listed = replace(settings, markdown=_markdown(config))
    return Docs(config, listed, tree)


def _validation(config: Config) -> Iterator[Any]:
    """The ways to ask for `relative_to_docs`, which MkDocs accepts at two levels."""
    yield config.get("validation", "absolute_links")
    yield config.get("validation", "links", "absolute_links")


def _markdown(config: Config) -> MarkdownSettings:
    """The extensions listed, nothing more: `docs_markdown` adds those of MkDocs."""
    listed = config.data.get("markdown_extensions") or []
    items = [{n: listed[n]} for n in listed] if isinstance(listed, dict) else listed
    names: list[str] = []
    configs: dict[str, dict[str, Any]] = {}
    for item in items if isinstance(items, list) else ():
        for name, options in (item if isinstance(item, dict) else {item: None}).items():
            names.append(str(name))
            configs[str(name)] = dict(options) if isinstance(options, dict) else {}
    return MarkdownSettings(tuple(names), configs)


def unknown_extensions(docs: Docs) -> Iterator[Diagnostic]:
    """The extensions that are not there, at their place in `mkdocs.yml`."""
    names = list(docs.settings.markdown.extensions)
    for name in renderer(docs.settings).unknown:
        place = docs.config.place("markdown_extensions", names.index(name))
        yield UNKNOWN_EXTENSION.at(place, f"L’extension « {name} » n’a pas pu être chargée.")


def texts(docs: Docs) -> tuple[Mapping[str, bytes], list[Diagnostic]]:
    """The bytes of every page, by path relative to the project, and those that cannot be read."""
    found: dict[str, bytes] = {}
    wrong: list[Diagnostic] = []
    for page in docs.tree.pages:
        data, problems = source_files.read_bytes(docs.config.root, docs.path(page))
        wrong += problems
        if data is not None:
            found[docs.path(page)] = data
    return found, wrong
