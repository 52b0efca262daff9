"""Gives MkDocs its files: pages of the library, images of the sources, finished PDFs and kits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from ressourcerie.paper.pdf import Kit, Pdf
from ressourcerie.settings import Settings
from ressourcerie.site.made import Made
from ressourcerie.site.pages import SitePage


def mount(
    files: Files,
    config: MkDocsConfig,
    settings: Settings,
    pages: Iterable[SitePage],
    assets: Mapping[str, str],
    pdfs: Iterable[Pdf],
    kits: Iterable[Kit] = (),
    made: Iterable[Made] = (),
) -> Files:
    """The files of the site: those of our own theme stay, those MkDocs found itself go.

    MkDocs reads one folder and we have three; a page it would read and mount twice, or an image
    left out of the library because it leads out of the project, must not slip in. What Material
    brings, scripts and styles, no page of ours loads.
    """
    own = str(config.theme.custom_dir)
    ours = (file for file in files if file.src_dir == own)
    # Its style sheets are published as one.
    mounted = Files([file for file in ours if file.src_uri not in config.extra_css])
    for page in pages:
        file = File.generated(config, page.src_uri, content="")
        file.dest_uri = page.dest_uri
        file.url = page.url or "./"
        mounted.append(file)
    for path, url in assets.items():
        mounted.append(_copied(config, url, str(settings.root / path)))
    for pdf in pdfs:
        mounted.append(_copied(config, pdf.url, str(pdf.file)))
        if pdf.preview:
            mounted.append(_copied(config, pdf.preview_url, str(pdf.preview)))
    for kit in kits:
        mounted.append(_copied(config, kit.url, str(kit.file)))
    for one in made:
        file = File.generated(config, one.url, content=one.content)
        file.dest_uri = file.url = one.url
        mounted.append(file)
    return mounted


def picture_size(file: Path) -> tuple[int, int]:
    """Width and height of a picture, in pixels: pages say them, so that nothing moves on screen."""
    from PIL import Image

    with Image.open(file) as picture:
        return picture.size


def _copied(config: MkDocsConfig, url: str, path: str) -> File:
    file = File.generated(config, url, abs_src_path=path)
    file.dest_uri = file.url = url
    return file
