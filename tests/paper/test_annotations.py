"""A link is one link: for readers who click, for keyboards, for what reads aloud."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import page as page_validation
import pytest
from reading import Sheets
from weasyprint.text.fonts import FontConfiguration

from builds import REPOSITORY
from ressourcerie.paper import worker
from ressourcerie.paper.typesetting import Typesetting

STYLES = tuple(REPOSITORY / "theme/print" / name for name in ("base.css", "a4.css"))
Print = Callable[[str], Sheets]


@pytest.fixture
def printed(tmp_path: Path) -> Print:
    """Lays out a body as the press does."""

    def printed(body: str) -> Sheets:
        worker.WARM.fonts = worker.WARM.fonts or FontConfiguration()
        html = f'<html lang="fr"><head><title>Essai</title></head><body><h1>Essai</h1>{body}'
        result = Typesetting("essai.pdf", html, STYLES, REPOSITORY).run()
        assert result.complaints == ()
        path = tmp_path / "essai.pdf"
        path.write_bytes(result.pdf)
        return Sheets(path)

    return printed


PICTURE = '<img src="projet:content/images/accueil.svg" alt="Un dessin" style="height: 90pt">'
TO = 'href="https://exemple.test/"'
WORDS = {
    "plain": f"<p><a {TO}>mots</a></p>",
    "in bold": f"<p>Des <a {TO}><strong>mots</strong></a>.</p>",
    "in part": f"<p>Des <a {TO}>mots <em>en <strong>partie</strong></em> droits</a>.</p>",
    "beside one another": f"<p><a {TO}><strong>un</strong></a> <a {TO}><em>deux</em></a></p>",
    "picture": f"<p>Voir <a {TO}>{PICTURE}</a> ici.</p>",
    "block": f'<a {TO} style="display: block"><span>mots</span> <b>gras</b></a>',
    "over two lines": f"<p><a {TO}>{'mots <strong>gras</strong> ' * 12}</a></p>",
    "inside": '<p><a href="#ici"><strong>Aller</strong></a></p><h2 id="ici">Ici</h2>',
}


@pytest.mark.parametrize("words", WORDS)
def test_link_is_told_as_one(printed: Print, words: str) -> None:
    sheets = printed(WORDS[words])
    profile = page_validation.ValidationProfile.PDF_UA_1
    report = page_validation.validate_pdf(sheets.path, profile=profile)
    links = list(sheets.links)
    sheets.close()
    assert report.is_compliant, [str(f) for f in report.failures]
    # One for each line it stands on.
    assert len(links) == {"beside one another": 2, "over two lines": 2}.get(words, 1)


def test_link_of_a_picture_covers_it(printed: Print) -> None:
    sheets = printed(WORDS["picture"])
    (link,) = sheets.links
    _, one, _, other = (float(edge) for edge in link.Rect)
    sheets.close()
    assert abs(one - other) >= 90
