"""Renders Markdown as MkDocs does, with the project’s own extensions, to learn what a page holds.

No file is read but the snippets a text includes, nothing is fetched, and no link is rewritten yet:
which pages exist is known elsewhere.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from ressourcerie.conversion import extension, hasten
from ressourcerie.docs.snippets import Shelf, Watch
from ressourcerie.mkdocs_yml import PythonName
from ressourcerie.survey.html import MARKED, Anatomy, of_html

# MkDocs always has these.
BUILT_IN: Final = ("toc", "tables", "fenced_code")
_SNIPPETS: Final = "pymdownx.snippets"
# The only code that the settings of a project may name.
_TRUSTED: Final = re.compile(r"(?:pymdownx|markdown|material|materialx|properdocs)(?:\.\w+)+")


class Renderer:
    """One converter for all the pages of a project, made again for each as MkDocs does."""

    def __init__(
        self, root: Path, extensions: tuple[str, ...], configs: Mapping[str, dict[str, Any]]
    ) -> None:
        self.unknown: list[str] = []
        self.misused: list[str] = []
        self.refused: list[tuple[str, str]] = []
        self._root = root
        self._extensions = [n for n in dict.fromkeys((*BUILT_IN, *extensions)) if self._known(n)]
        self._configs = {n: self._config(n, dict(configs.get(n, {}))) for n in self._extensions}

    def _known(self, name: str) -> bool:
        try:
            found = markdown.Markdown(extensions=[extension(name, {})])
        except Exception:  # noqa: BLE001 - an extension may fail in any way while it is loaded
            self.unknown.append(name)
            return False
        return bool(found)

    def _config(self, name: str, config: dict[str, Any]) -> dict[str, Any]:
        if name == _SNIPPETS:
            bases = config.get("base_path", ".")
            listed = bases if isinstance(bases, list) else [bases]
            config["base_path"] = [str(self._root / str(base)) for base in listed]
            config |= {"url_download": False, "check_paths": False, "restrict_base_path": True}
        self.refused += ((name, option) for option in _untrusted(config))
        looked_up: dict[str, Any] = _look_up(config)
        try:
            markdown.Markdown(extensions=[name], extension_configs={name: looked_up})
        except Exception:  # noqa: BLE001 - as above
            self.misused.append(name)
            return {}
        return looked_up

    def anatomy(self, text: str) -> tuple[Anatomy, tuple[str, ...], tuple[str, ...]]:
        """What a page holds, the snippets it asks for that are not there, and all the files asked.

        Raises RecursionError, or whatever an extension raises, for a text it cannot render.
        """
        recorder = _Recorder()
        converter = markdown.Markdown(
            extensions=[extension(name, self._configs[name]) for name in self._extensions],
            extension_configs=self._configs,
        )
        converter.treeprocessors.register(recorder, "ressourcerie", 0)
        watch = Watch()
        if "snippet" in converter.preprocessors:
            watch = self.shelf.watch(converter.preprocessors["snippet"])
        hasten(converter)
        html = converter.convert(text)
        return of_html(html, tuple(recorder.typed)), tuple(watch.missing), tuple(watch.files)

    @property
    def shelf(self) -> Shelf:
        """Where the files that pages include are kept."""
        return Shelf(self._root, tuple(self._configs.get(_SNIPPETS, {}).get("base_path", ())))


class _Recorder(Treeprocessor):
    """Numbers every link of the tree, after all other treatments, and keeps it as typed."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: list[str] = []

    def run(self, root: Element) -> None:
        for element in root.iter():
            attribute = {"a": "href", "img": "src"}.get(element.tag)
            if attribute is None or (href := element.get(attribute)) is None:
                continue
            if AMP_SUBSTITUTE in href:
                # MkDocs takes it for the disguise of an e-mail address, and leaves it alone.
                href = href.replace(AMP_SUBSTITUTE, "&")
                if not href.startswith("&#"):
                    continue
                href = unescape(href)
            element.set(MARKED, str(len(self.typed)))
            self.typed.append(href)


def _named(code: PythonName) -> Any:
    """The thing itself; LookupError when it is not to be trusted, or not there."""
    module, _, attribute = code.name.rpartition(".")
    if not _TRUSTED.fullmatch(code.name):
        raise LookupError(code.name)
    try:
        found = getattr(importlib.import_module(module), attribute)
        return found if code.options is None else found(**code.options)
    except (ImportError, AttributeError, TypeError) as error:
        raise LookupError(code.name) from error


def _untrusted(config: Mapping[str, Any]) -> Iterator[str]:
    """The options that name code which is not to be run, or is not there."""
    for option, value in config.items():
        if isinstance(value, PythonName):
            try:
                _named(value)
            except LookupError:
                yield str(option)


def _look_up(value: Any) -> Any:
    if isinstance(value, PythonName):
        return _named(value)
    if isinstance(value, dict):
        found = {}
        for key, inner in value.items():
            try:
                found[key] = _look_up(inner)
            except LookupError:
                # Without this option the extension does what it does by default.
                continue
        return found
    if isinstance(value, list):
        return [_look_up(inner) for inner in value]
    return value
