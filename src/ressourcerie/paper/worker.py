"""The work done in another process: one HTML document → one finished PDF.

The process is warm (fonts and styles are read once) and bounded: a document made to swell cannot
take the machine with it.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ressourcerie.paper.fetch import ProjectFetcher

MEMORY: Final = 6 * 1024**3
_state: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker receives. Nothing in it depends on where the project lies but `root`."""

    name: str
    html: str
    stylesheets: tuple[Path, ...]
    root: Path


@dataclass(frozen=True, slots=True)
class Result:
    """What it gives back. `complaints` are the engine's own, in English."""

    name: str
    pdf: bytes
    pages: int
    complaints: tuple[str, ...]


def start() -> None:
    """Load the engine, once a process. A killed build leaves no worker behind."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    import weasyprint.text.fonts

    _state["fonts"] = weasyprint.text.fonts.FontConfiguration()
    _state["styles"] = {}


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def run(job: Job) -> Result:
    """Render one document."""
    # The engine takes half a second to load: not in a process that renders nothing.
    import weasyprint

    from ressourcerie.paper.fetch import ProjectFetcher
    from ressourcerie.paper.tagged import finish

    log = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.handlers = [log]
    fetcher = ProjectFetcher(job.root)
    fonts = _state["fonts"]
    styles = [_style(path, fetcher, fonts) for path in job.stylesheets]
    html = weasyprint.HTML(string=job.html, base_url="projet:/", url_fetcher=fetcher)
    anchors = {
        element.get("id"): " ".join("".join(element.itertext()).split())[:120]
        for element in html.etree_element.iter()
        if element.get("id")
    }
    document = html.render(font_config=fonts, stylesheets=styles, pdf_variant="pdf/ua-1")
    pdf = document.write_pdf(pdf_variant="pdf/ua-1")
    complaints = (*log.messages, *(f"refused: {url}" for url in fetcher.refused))
    return Result(job.name, finish(pdf, anchors), len(document.pages), complaints)


def _style(path: Path, fetcher: ProjectFetcher, fonts: Any) -> Any:
    import weasyprint

    styles = _state["styles"]
    if path not in styles:
        text = path.read_text("utf-8")
        styles[path] = weasyprint.CSS(
            string=text, base_url="projet:/", url_fetcher=fetcher, font_config=fonts
        )
    return styles[path]


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
