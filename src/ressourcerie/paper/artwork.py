"""A drawing (SVG) as a picture, for what shows no drawings: the cards of social networks."""

from __future__ import annotations

import base64

import pypdfium2
from PIL import Image
from weasyprint import HTML
from weasyprint.urls import URLFetcher


def rasterise(svg: bytes, width: int, height: int, ground: str) -> Image.Image:
    """A drawing, whole and centred in a picture of that size, on a ground of one colour.

    It may load nothing: what it would have asked for is not in the picture.
    """
    data = base64.b64encode(svg).decode()
    html = (
        f"<style>@page{{size:{width}px {height}px;margin:0;background:{ground}}}"
        f"body{{margin:0}}img{{display:block;width:{width}px;height:{height}px;object-fit:contain}}</style>"
        f'<img alt="" src="data:image/svg+xml;base64,{data}">'
    )
    fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    pdf: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf()
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture: Image.Image = page.render(scale=width / page.get_width()).to_pil()
    return picture.convert("RGB").resize((width, height))
