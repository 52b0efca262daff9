"""Reads and checks a whole project: ours, with its resources, or any MkDocs documentation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ressourcerie import silences
from ressourcerie import source as source_files
from ressourcerie.checks import docs_links
from ressourcerie.diagnostics import Diagnostic, Family
from ressourcerie.docs import project
from ressourcerie.docs.pages import study_doc
from ressourcerie.docs.tree import DocFile
from ressourcerie.external import Occurrence
from ressourcerie.memory import Memory
from ressourcerie.mkdocs_yml import Config, read_config
from ressourcerie.settings import Settings, read_settings
from ressourcerie.source import Source
from ressourcerie.study import Study, studies, undisturbed

if TYPE_CHECKING:
    from ressourcerie.library import Library

_PLUGIN: Final = "ressourcerie"
_MEMORY: Final = "etudes.txt"
# Gives the files that the plugins of a project make up, or None when they cannot be run.
Inventor = Callable[[Path], tuple[DocFile, ...] | None]


@dataclass(frozen=True)
class Examined:
    """What was found; there is no `library` in a project without resources of ours."""

    diagnostics: tuple[Diagnostic, ...] = ()
    library: Library | None = None
    sources: tuple[Source, ...] = ()
    web: tuple[Occurrence, ...] = ()


def examine_file(
    config_file: Path, *, web: bool = False, inventor: Inventor | None = None
) -> tuple[Examined, Settings | None]:
    """Examine the project of a `mkdocs.yml`; `web` to list the addresses of the web too."""
    config, found = read_config(config_file)
    settings, wrong = read_settings(config_file)
    if config is None or settings is None:
        return Examined(tuple(sorted({*found, *wrong}))), None
    if _PLUGIN in project.plugins(config):
        examined = examine(settings, web=web)
    else:
        examined = _examine_docs(config, settings, web=web, inventor=inventor)
    said = tuple(sorted({*wrong, *examined.diagnostics}))
    return replace(examined, diagnostics=said), settings


def examine(settings: Settings, *, web: bool = False) -> Examined:
    """Examine a project with resources."""
    # A project without any needs not wait for what knows them.
    from ressourcerie import load
    from ressourcerie.checks import links, suite

    memory = Memory(settings.cache / _MEMORY)
    listed = tuple(load.files(settings.root))
    texts = {}
    for path, inside in listed:
        if path.endswith(".md"):
            data, _ = source_files.read_bytes(settings.root, path, inside=inside)
            if data is not None:
                texts[path] = data
    known = studies(texts, suite.study_text, settings, memory)

    def read(path: str) -> tuple[Source | None, list[Diagnostic]]:
        if path in known:
            return known[path].source, list(known[path].reading)
        return source_files.read(settings.root, path)

    with undisturbed():
        library, found = load.load(settings.root, read, listed)
        found = [*found, *suite.run(library, settings, known, memory)]
    memory.save()
    addresses = tuple(links.external(library, known)) if web else ()
    return Examined(tuple(sorted(set(found))), library, library.sources, addresses)


def _examine_docs(
    config: Config, settings: Settings, *, web: bool, inventor: Inventor | None
) -> Examined:
    invented: tuple[DocFile, ...] | None = ()
    if inventor and (names := project.inventive_plugins(config)):
        invented = inventor(config.file)
    docs = project.read_docs(config, settings, invented or ())
    memory = Memory(settings.cache / _MEMORY)
    texts, found = project.texts(docs)
    known = studies(texts, study_doc, docs.settings, memory)
    if invented is None:
        message = f"Greffons qui n’ont pas pu être lancés : {', '.join(names)}."
        found.append(project.UNKNOWN_PAGES.at(config.place("plugins"), message))
    found += project.unknown_extensions(docs)
    found += (d for study in known.values() for d in (*study.reading, *study.checks))
    found += docs_links.check(docs, known, memory)
    memory.save()
    found = silences.apply(found, _sources(known), settings.policy, checked={Family.LINKS})
    listed = tuple(docs_links.external(docs, known)) if web else ()
    return Examined(tuple(sorted(set(found))), None, _sources(known), listed)


def _sources(known: Mapping[str, Study]) -> tuple[Source, ...]:
    return tuple(study.source for study in known.values() if study.source)
