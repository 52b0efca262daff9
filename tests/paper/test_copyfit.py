"""A page of a few lines is spared when a little less air is enough, and only then."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from weasyprint.text.fonts import FontConfiguration

from projects import REPOSITORY
from ressourcerie.paper import worker
from ressourcerie.paper.typesetting import Typesetting

TIGHT = REPOSITORY / "theme/print/tight.css"
# Thirty lines a page at most, and some air after each.
STYLE = """
@page { size: 100mm 180mm; margin: 15mm; }
html { font: 4mm/5mm "Ressourcerie Sans"; }
p { margin: 0 0 2.5mm; }
.blank { break-before: page; height: 1mm; }
.wide { page: wide; }
@page wide { size: 180mm 100mm; }
"""


def pages(folder: Path, body: str, *, tight: bool) -> int:
    worker.WARM.fonts = worker.WARM.fonts or FontConfiguration()
    (style := folder / "essai.css").write_text(STYLE, "utf-8")
    html = f'<html lang="fr"><title>Essai</title>{body}'
    result = Typesetting("essai.pdf", html, (style,), REPOSITORY, TIGHT if tight else None).run()
    with pikepdf.open(io.BytesIO(result.pdf)) as opened:
        assert len(opened.pages) == result.pages
    return result.pages


def paragraphs(number: int) -> str:
    return "<p>Mot</p>" * number


@pytest.mark.parametrize(
    ("body", "usual", "spared"),
    [
        (paragraphs(20), 1, 1),
        (paragraphs(21), 2, 1),
        (paragraphs(41), 3, 2),
        # Half a page is no mistake.
        (paragraphs(30), 2, 2),
        # What stands there to be blank stays, and so does a slide.
        (paragraphs(20) + '<div class="blank"></div>', 2, 2),
        (f'<div class="wide">{paragraphs(10)}</div>', 2, 2),
    ],
)
def test_page_of_a_line_is_spared_and_no_other(
    tmp_path: Path, body: str, usual: int, spared: int
) -> None:
    assert pages(tmp_path, body, tight=False) == usual
    assert pages(tmp_path, body, tight=True) == spared
