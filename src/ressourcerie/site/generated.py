"""Files that plugins of a project make up while MkDocs builds: asked of MkDocs, nothing built."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, get_files

from ressourcerie.docs.tree import DocFile


def generated_files(config_file: Path) -> tuple[DocFile, ...] | None:
    """The files that the plugins of a project add to those of its documentation.

    Runs the plugins up to the list of files, as a build would; None when they cannot be run here.
    """
    with _quiet():
        try:
            config = load_config(str(config_file))
            config.plugins.on_startup(command="build", dirty=False)
            config = config.plugins.on_config(config)
            files = get_files(config)
            own = {file.src_uri for file in files}
            files = config.plugins.on_files(files, config=config)
        except (Exception, SystemExit):  # noqa: BLE001 - plugins do what they like
            return None
    return tuple(_doc_file(file) for file in files if file.src_uri not in own)


def _doc_file(file: File) -> DocFile:
    text = b""
    if file.is_documentation_page():
        try:
            text = file.content_bytes
        except (OSError, MkDocsException):
            text = b""
    return DocFile(file.src_uri, file.dest_uri, content=text)


@contextmanager
def _quiet() -> Iterator[None]:
    """What plugins say while they start belongs to a build."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
