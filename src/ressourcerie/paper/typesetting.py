"""One HTML text → one tagged PDF: the engine at work, in its own process."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ressourcerie.links import BOOK
from ressourcerie.paper.annotations import merge_links
from ressourcerie.paper.worker import WARM, Result

if TYPE_CHECKING:
    from ressourcerie.paper.fetch import ProjectFetcher

_REFERENCE: Final = re.compile(rf"\"{BOOK}:([^\"]+)\"")


@dataclass(frozen=True, slots=True)
class Typesetting:
    """A document to lay out. Nothing in it depends on where the project lies but `root`.

    `part` for what will be bound with other parts, and is not offered by itself; `weighed` when
    its ink is to be measured. The style `tight` is added when that spares a page of a few lines.
    """

    name: str
    html: str
    stylesheets: tuple[Path, ...]
    root: Path
    tight: Path | None = None
    fillable: bool = False
    part: bool = False
    weighed: bool = False

    def run(self) -> Result:
        """Lay it out. Raises what the engine raises."""
        # The engine takes half a second to load: not in a process that renders nothing.
        import weasyprint

        from ressourcerie.paper import layout, preview
        from ressourcerie.paper.copyfit import has_a_meagre_page
        from ressourcerie.paper.counting import COUNT, write_sheets
        from ressourcerie.paper.fetch import ProjectFetcher
        from ressourcerie.paper.leaders import DOTS, join_dots
        from ressourcerie.paper.tagged import finish

        log = _Complaints()
        logger = logging.getLogger("weasyprint")
        logger.handlers = [log]
        fetcher = ProjectFetcher(self.root)
        styles = [_style(path, fetcher) for path in self.stylesheets]
        html = weasyprint.HTML(string=self.html, base_url="projet:/", url_fetcher=fetcher)
        named = _words(html.etree_element)
        options = {"pdf_variant": "pdf/ua-1", "pdf_forms": self.fillable}
        document = html.render(font_config=WARM.fonts, stylesheets=styles, **options)
        if self.tight and has_a_meagre_page(document):
            tight = [*styles, _style(self.tight, fetcher)]
            closer = html.render(font_config=WARM.fonts, stylesheets=tight, **options)
            document = closer if len(closer.pages) < len(document.pages) else document
        if f'class="{COUNT}"' in self.html:
            write_sheets(document)
        # Before it is written: a part keeps a hold on the places where binding will write.
        # And a link is one link, whatever stands among its words.
        merge_links(document)
        known = layout.read(document).plain() if self.part else None
        if f'class="{DOTS}"' in self.html:
            join_dots(document)
        pdf = document.write_pdf(finisher=lambda _, made: finish(made, named), **options)
        return Result(
            pdf=pdf,
            pages=len(document.pages),
            complaints=(*log.messages, *(f"refused: {url}" for url in fetcher.refused)),
            preview=b"" if self.part else preview.first_page(pdf),
            ink=preview.ink(pdf) if self.weighed else 0.0,
            layout=known,
            refers=tuple(sorted(set(_REFERENCE.findall(self.html)))) if self.part else (),
        )


def _words(root: Any) -> dict[str, str]:
    """The words behind each id."""
    return {
        element.get("id"): " ".join("".join(element.itertext()).split())[:120]
        for element in root.iter()
        if element.get("id")
    }


def _style(path: Path, fetcher: ProjectFetcher) -> Any:
    import weasyprint

    if path not in WARM.styles:
        text = path.read_text("utf-8")
        WARM.styles[path] = weasyprint.CSS(
            string=text, base_url="projet:/", url_fetcher=fetcher, font_config=WARM.fonts
        )
    return WARM.styles[path]


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
