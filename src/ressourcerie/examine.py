"""Reads and checks a whole project: ours, with its resources, or any MkDocs documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ressourcerie import checks, load
from ressourcerie import source as source_files
from ressourcerie.checks import docs_links, links
from ressourcerie.diagnostics import Diagnostic, Place
from ressourcerie.docs import project
from ressourcerie.docs.pages import study_doc
from ressourcerie.library import Library
from ressourcerie.memory import Memory
from ressourcerie.mkdocs_yml import Config, read_config
from ressourcerie.settings import Settings, read_settings
from ressourcerie.source import Source
from ressourcerie.study import Study, studies
from ressourcerie.survey.text import Placed

_PLUGIN = "ressourcerie"


@dataclass(frozen=True)
class WebAddress:
    """An address of the web that a text leads to: asked as `url`, typed as `typed` at `place`."""

    url: str
    typed: str
    place: Place


@dataclass(frozen=True)
class Examined:
    """What was found; `library` is empty for a project without resources of ours."""

    diagnostics: tuple[Diagnostic, ...] = ()
    library: Library = field(default_factory=Library)
    sources: tuple[Source, ...] = ()
    web: tuple[WebAddress, ...] = ()


def examine_file(config_file: Path, *, web: bool = False) -> tuple[Examined, Settings | None]:
    """Examine the project of a `mkdocs.yml`; `web` to list the addresses of the web too."""
    config, found = read_config(config_file)
    settings, wrong = read_settings(config_file)
    if config is None or settings is None:
        return Examined(tuple(sorted({*found, *wrong}))), None
    if has_resources(config):
        return examine(settings, web=web), settings
    return _examine_docs(config, settings, web=web), settings


def has_resources(config: Config) -> bool:
    """Whether a project uses our plugin."""
    plugins = config.data.get("plugins") or []
    names = (
        plugins
        if isinstance(plugins, dict)
        else [name for item in plugins for name in (item if isinstance(item, dict) else [item])]
    )
    return _PLUGIN in names


def examine(settings: Settings, *, web: bool = False) -> Examined:
    """Examine a project with resources."""
    memory = Memory(settings.cache / "etudes.json")
    texts = {}
    for path in load.files(settings.root):
        if path.endswith(".md"):
            data, _ = source_files.read_bytes(settings.root, path)
            if data is not None:
                texts[path] = data
    known = studies(texts, checks.study_text, settings, memory)

    def read(path: str) -> tuple[Source | None, list[Diagnostic]]:
        if path in known:
            return known[path].source, list(known[path].reading)
        return source_files.read(settings.root, path)

    library, found = load.load(settings.root, read)
    found = [*found, *checks.run(library, settings, known)]
    memory.save()
    listed = tuple(_web(links.external(library, known))) if web else ()
    return Examined(tuple(sorted(set(found))), library, library.sources, listed)


def _examine_docs(config: Config, settings: Settings, *, web: bool) -> Examined:
    docs = project.read_docs(config, settings)
    memory = Memory(settings.cache / "etudes.json")
    texts, found = project.texts(docs)
    known = studies(texts, study_doc, docs.settings, memory)
    memory.save()
    found += project.unknown_extensions(docs)
    found += (d for study in known.values() for d in (*study.reading, *study.checks))
    found += docs_links.check(docs, known)
    listed = tuple(_web(docs_links.external(docs, known))) if web else ()
    return Examined(tuple(sorted(set(found))), Library(), _sources(known), listed)


def _sources(known: Mapping[str, Study]) -> tuple[Source, ...]:
    return tuple(study.source for study in known.values() if study.source)


def _web(found: Iterator[tuple[str, Placed, str]]) -> Iterator[WebAddress]:
    for url, placed, path in found:
        yield WebAddress(url, placed.link.typed, Place(path, placed.line or 1, placed.column))
