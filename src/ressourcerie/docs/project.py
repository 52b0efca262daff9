"""Any MkDocs project, with resources of ours or without: its pages, its files, what they hold.

Read without MkDocs, which stops at the first fault, and whose plugins may not be there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from ressourcerie import source as source_files
from ressourcerie.diagnostics import Diagnostic, Family, Place, Severity, rule
from ressourcerie.docs.pages import renderer
from ressourcerie.docs.theme import Theme
from ressourcerie.docs.theme import plugins as plugins
from ressourcerie.docs.tree import DocFile, DocsTree, read_tree
from ressourcerie.markdown import MarkdownSettings
from ressourcerie.mkdocs_yml import NO_SETTINGS, Config
from ressourcerie.settings import Settings

UNKNOWN_EXTENSION = rule(
    "extension-absente",
    "Une extension Markdown nommée dans mkdocs.yml n’est pas installée ici",
    "Installez-la dans le même environnement : sans elle, des ancres peuvent manquer.",
    Severity.WARNING,
    Family.LINKS,
)


TWIN_NAMES = rule(
    "noms-jumeaux",
    "Deux fichiers ont presque le même nom",
    "Renommez l’un des deux : sur bien des ordinateurs, l’un efface l’autre.",
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
    def theme(self) -> Theme:
        """What draws the pages."""
        return Theme(self.config)

    @cached_property
    def docs_dir(self) -> str:
        """The folder of the documentation, relative to the project."""
        return Path(os.path.relpath(docs_folder(self.config), self.config.root)).as_posix()

    def path(self, file: DocFile) -> str:
        """The path of a file relative to the project."""
        return f"{self.docs_dir}/{file.src}"

    @property
    def knows_anchors(self) -> bool:
        """Whether anchors are made here as MkDocs makes them."""
        return all(option != "slugify" for _, option in renderer(self.settings).refused)

    def read(self, file: DocFile) -> bytes | None:
        """The bytes of a file, None when they cannot be had."""
        return source_files.read_bytes(self.config.root, self.path(file), inside=file.readable)[0]

    def why_strange(self, src: str) -> Diagnostic:
        """Why a file, or a folder, is not read."""
        path = f"{self.docs_dir}/{src}"
        if Path(self.config.root, path).is_dir():
            if os.access(Path(self.config.root, path), os.R_OK | os.X_OK):
                return source_files.outside(path)
            return source_files.UNREADABLE.at(Place(path), "Le dossier ne peut pas être lu.")
        _, found = source_files.read_bytes(self.config.root, path)
        return found[0] if found else source_files.outside(path)


UNKNOWN_PAGES = rule(
    "greffons-non-suivis",
    "Des greffons de mkdocs.yml n’ont pas pu être lancés",
    "Installez-les dans le même environnement : sans eux, un lien vers une page qu’ils fabriquent "
    "peut être dit introuvable à tort.",
    Severity.WARNING,
    Family.LINKS,
)
_NOWHERE: Final = ".rien"
# They make no page, nor change what pages say.
_QUIET_PLUGINS: Final = frozenset(
    {"search", "material/search", "offline", "material/offline", "minify", "info", "privacy"}
    | {"material/info", "material/privacy", "git-revision-date-localized", "glightbox"}
)


def inventive_plugins(config: Config) -> tuple[str, ...]:
    """Those of its plugins and hooks that may make up pages of which no file is there."""
    hooks = config.data.get("hooks") or []
    names = (*plugins(config), *(map(str, hooks) if isinstance(hooks, list) else ()))
    return tuple(name for name in names if name not in _QUIET_PLUGINS)


def read_docs(config: Config, settings: Settings, generated: Iterable[DocFile] = ()) -> Docs:
    """List the files of a documentation, and those that its plugins have `generated`."""
    folder = docs_folder(config)
    inside = f"{os.path.realpath(folder)}/".startswith(f"{config.root}/")
    tree = read_tree(
        folder,
        # The documentation of another folder is a project by itself.
        config.root if inside else folder,
        use_directory_urls=config.data.get("use_directory_urls") is not False,
        absolute_links="relative_to_docs" in _validation(config),
        exclude="\n".join(str(config.data.get(k) or "") for k in ("exclude_docs", "draft_docs")),
    )
    added = tuple(file for file in generated if file.src not in tree.by_src)
    listed = replace(settings, markdown=_markdown(config))
    return Docs(config, listed, replace(tree, files=(*tree.files, *added)))


def docs_folder(config: Config) -> Path:
    """The folder of the documentation, one that is not there if it would hold the whole project."""
    folder = config.root / str(config.data.get("docs_dir") or "docs")
    holds = config.root.is_relative_to(os.path.realpath(folder))
    return config.root / _NOWHERE if holds else folder


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
        for name, options in (item if isinstance(item, dict) else {str(item): None}).items():
            names.append(str(name))
            configs[str(name)] = dict(options) if isinstance(options, dict) else {}
    return MarkdownSettings(tuple(names), configs)


def unknown_extensions(docs: Docs) -> Iterator[Diagnostic]:
    """The extensions that are not there, at their place in `mkdocs.yml`."""
    names = list(docs.settings.markdown.extensions)
    made = renderer(docs.settings)
    for name in made.unknown:
        place = docs.config.place("markdown_extensions", names.index(name))
        yield UNKNOWN_EXTENSION.at(place, f"L’extension « {name} » n’a pas pu être chargée.")
    for name, option in made.refused:
        place = docs.config.place("markdown_extensions", names.index(name))
        message = (
            f"L’option « {option} » de « {name} » nomme un programme, qui n’est pas lancé ici."
        )
        yield UNKNOWN_EXTENSION.at(place, message, "Les ancres qu’il fait ne sont pas vérifiées.")
    for name in made.misused:
        place = docs.config.place("markdown_extensions", names.index(name))
        message = f"Les options de l’extension « {name} » ne sont pas acceptées."
        yield UNKNOWN_EXTENSION.at(place, message, "Relisez-les dans sa documentation.")


def texts(docs: Docs) -> tuple[Mapping[str, bytes], list[Diagnostic]]:
    """The bytes of every page, by path relative to the project, and those that cannot be read."""
    found: dict[str, bytes] = {}
    wrong: list[Diagnostic] = []
    for first, second in docs.tree.twins():
        message = f"Ce nom ne diffère de « {first.src} » que par ses majuscules ou par ses accents."
        wrong.append(TWIN_NAMES.at(Place(docs.path(second)), message))
    if not os.access(docs_folder(docs.config), os.R_OK | os.X_OK):
        named = docs.config.data.get("docs_dir") or "docs"
        message = (
            f"Le dossier des textes, « {named} », ne peut pas être lu, ou contient mkdocs.yml."
        )
        hint = "Donnez dans « docs_dir » le nom d’un dossier qui n’a que les textes."
        return {}, [NO_SETTINGS.at(docs.config.place("docs_dir"), message, hint)]
    root = docs.config.root
    for page in docs.tree.pages:
        if page.content is not None:
            found[docs.path(page)] = page.content
            continue
        path = docs.path(page)
        data, problems = source_files.read_bytes(root, path, inside=page.readable)
        wrong += problems
        if data is not None:
            found[path] = data
    return found, wrong
