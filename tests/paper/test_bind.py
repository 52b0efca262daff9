"""A book bound from parts laid out apart: one text, one numbering, links from part to part."""

from __future__ import annotations

import ctypes
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import weasyprint
from reading import Sheets, squeezed
from weasyprint.text.fonts import FontConfiguration

from builds import REPOSITORY
from ressourcerie.french import NBSP
from ressourcerie.paper.bind import GUTTER, Bound, Part, bind
from ressourcerie.paper.fetch import ProjectFetcher
from ressourcerie.paper.layout import Layout, read
from ressourcerie.paper.numbers import number_font
from ressourcerie.paper.tagged import finish

FONT = REPOSITORY / "theme/web/assets/fonts/ressourcerie-sans-400-normal.woff2"
STYLE = """
@page {
  size: A5; margin: 15mm;
  @top-center { content: string(part, first); font: 400 8.5pt "Ressourcerie Sans"; }
}
h2 { string-set: part content(text); }
h1, h2 { break-before: page; }
.page-slot { display: inline-block; width: 2em; }
"""
PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TITLES = {
    "arbre": "Arbre",
    "été": "Été",
    "lune": "Lune",
    "index": "Index des mots",
    "sommaire": "Sommaire",
}


def slot(number: int, target: str) -> str:
    return f'<span class="page-slot" id="renvoi--{number}--{target}"></span>'


FRONT = f"""
<section class="cover"><h1>Petit livre</h1></section>
<section class="contents"><h2 id="sommaire">Sommaire</h2>
<ul>
<li><a href="livre:arbre">Arbre</a>, page {slot(1, "arbre")}</li>
<li><a href="livre:lune">Lune</a>, page {slot(2, "lune")}</li>
<li><a href="livre:index">Index</a>, page {slot(3, "index")}</li>
</ul></section>"""
LETTER_A = f"""
<section class="chapitre"><h2 id="arbre">Arbre</h2>
<p>Un arbre pousse. <a href="#note">Lire la note</a>, ou <a href="livre:lune">voir la lune</a>,
page {slot(1, "lune")}</p>
<p><a href="https://example.org/">Ailleurs</a> et <a href="livre:nulle-part">nulle part</a>
{slot(2, "nulle-part")}.</p>
<table><thead><tr><th scope="col">Mois</th><th scope="col">Fleurs</th></tr></thead>
<tbody><tr><td>Mai</td><td>Lilas</td></tr></tbody></table>
<p style="break-before: page" id="note">La note d’arbre.</p></section>
<section class="chapitre"><h2 id="été">Été</h2><p>Il fait chaud.</p></section>"""
LETTER_L = f"""
<section class="chapitre"><h2 id="lune">Lune</h2><h3>Ses quartiers</h3>
<p>Elle tourne : <a href="#note">sa note</a>. Revoir <a href="livre:%C3%A9t%C3%A9">l’été</a>
p. {slot(1, "été")}</p>
<table><thead><tr><th scope="col">Jour</th><th scope="col">Forme</th></tr></thead>
<tbody><tr><td>Lundi</td><td>Ronde</td></tr></tbody></table>
<p><img src="{PICTURE}" alt="Une lune ronde"></p>
<p id="note">La note de lune.</p></section>"""
BACK = f"""
<section class="index"><h2 id="index">Index</h2>
<ul><li><a href="livre:lune">lune</a> · {slot(1, "lune")}</li></ul></section>"""


@pytest.fixture(scope="module")
def press() -> Any:
    """Lays out a part from the inside of its page."""
    fonts = FontConfiguration()
    fetcher = ProjectFetcher(REPOSITORY)
    style = weasyprint.CSS(
        string=(REPOSITORY / "theme/print/base.css").read_text("utf-8") + STYLE,
        base_url="projet:/",
        url_fetcher=fetcher,
        font_config=fonts,
    )

    def lay_out(
        body: str,
        *,
        numbered: bool = True,
        css: str = "",
        forms: bool = False,
        read_late: bool = False,
    ) -> Part:
        html = weasyprint.HTML(
            string='<html lang="fr"><head><meta charset="utf-8"><title>Petit livre</title>'
            '<meta name="author" content="Ada, Émile">'
            '<meta name="dcterms.created" content="2026-01-02T00:00:00Z">'
            '<meta name="dcterms.modified" content="2026-03-04T00:00:00Z">'
            f"</head><body>{body}</body></html>",
            base_url="projet:/",
            url_fetcher=fetcher,
        )
        extra = weasyprint.CSS(string=css, font_config=fonts)
        document = html.render(
            font_config=fonts,
            stylesheets=[style, extra],
            pdf_variant="pdf/ua-1",
            pdf_forms=forms,
        )
        layout = None if read_late else read(document)
        pdf = document.write_pdf(
            finisher=lambda _, made: finish(made, {"note": "Note"}),
            pdf_variant="pdf/ua-1",
            pdf_forms=forms,
        )
        return Part(pdf, layout or read(document), numbered)

    return lay_out


@pytest.fixture(scope="module")
def parts(press: Any) -> list[Part]:
    return [
        press(FRONT, numbered=False),
        press(LETTER_A),
        press(LETTER_L),
        press(BACK),
    ]


def bound(parts: list[Part], **options: Any) -> Bound:
    return bind(parts, titles=TITLES, font=FONT, **options)


@pytest.fixture(scope="module")
def book(parts: list[Part]) -> Bound:
    return bound(parts)


def opened(book: Bound, folder: Path) -> Sheets:
    path = folder / "livre.pdf"
    path.write_bytes(book.pdf)
    return Sheets(path)


@pytest.fixture(scope="module")
def sheets(book: Bound, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sheets]:
    sheets = opened(book, tmp_path_factory.mktemp("livre"))
    yield sheets
    sheets.close()


def failures(sheets: Sheets) -> list[str]:
    profile = page_validation.ValidationProfile.PDF_UA_1
    report = page_validation.validate_pdf(sheets.path, profile=profile)
    return [str(failure) for failure in report.failures]


def page_with(sheets: Sheets, text: str) -> int:
    """The number, from 1, of the page whose body begins with a text."""
    found = [n for n in range(1, len(sheets) + 1) if sheets.body(n).startswith(squeezed(text))]
    assert len(found) == 1, (text, found)
    return found[0]


# ---------------------------------------------------------------------------------------------
# One text


def test_book_is_as_accessible_as_its_parts(sheets: Sheets) -> None:
    assert failures(sheets) == []


def test_all_parts_are_one_document(sheets: Sheets) -> None:
    assert [kind for kind, _ in sheets.elements].count("/Document") == 1
    for kind, element in sheets.elements:
        if kind != "/Document":
            above = element
            while "/S" in above.P:
                above = above.P
            assert above.S == "/Document"


def test_titles_are_in_order_and_nested(sheets: Sheets) -> None:
    assert sheets.headings == [1, 2, 2, 2, 2, 3, 2]


def _marked(path: Path) -> dict[tuple[int, int], str]:
    """What is drawn under each mark: page from 0, number of the mark on it."""
    drawn: dict[tuple[int, int], str] = {}
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document):
        textpage = page.get_textpage()
        for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(thing.raw)
            size = pdfium.FPDFTextObj_GetText(thing.raw, textpage.raw, None, 0)
            letters = (ctypes.c_ushort * (size // 2 + 1))()
            pdfium.FPDFTextObj_GetText(thing.raw, textpage.raw, letters, size)
            text = bytes(letters)[:size].decode("utf-16-le").rstrip("\0")
            drawn[number, mark] = drawn.get((number, mark), "") + text
    document.close()
    return drawn


def _read_aloud(sheets: Sheets) -> str:
    drawn = _marked(sheets.path)
    pages = {page.obj.objgen: number for number, page in enumerate(sheets.pdf.pages)}
    said: list[str] = []

    def walk(element: pikepdf.Object) -> None:
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                said.append(drawn.get((pages[element.Pg.objgen], kid), ""))
            elif "/S" in kid:
                walk(kid)

    walk(sheets.pdf.Root.StructTreeRoot)
    return squeezed("".join(said))


def test_read_aloud_says_all_parts_in_order_with_the_numbers_of_pages(sheets: Sheets) -> None:
    arbre, été, lune, index = (page_with(sheets, t) for t in ("Arbre", "Été", "Lune", "Index"))
    said = _read_aloud(sheets)
    expected = f"""
        Petit livre Sommaire • Arbre, page {arbre} • Lune, page {lune} • Index, page {index}
        Arbre Un arbre pousse. Lire la note, ou voir la lune, page {lune} Ailleurs et nulle part .
        Mois Fleurs Mai Lilas La note d’arbre. Été Il fait chaud. Lune Ses quartiers
        Elle tourne : sa note. Revoir l’été p. {été} Jour Forme Lundi Ronde La note de lune.
        Index • lune · {lune}"""
    assert said.replace("•", "") == squeezed(expected).replace("•", "")


def test_pages_and_links_know_their_tags(sheets: Sheets) -> None:
    tree = pikepdf.NumberTree(sheets.pdf.Root.StructTreeRoot.ParentTree)
    pages = {page.obj.objgen: page.obj for page in sheets.pdf.pages}
    assert len({int(page.StructParents) for page in pages.values()}) == len(pages)
    marks = links = 0
    for _, element in sheets.elements:
        for kid in element.get("/K", ()):
            if isinstance(kid, int):
                marks += 1
                owners = tree[int(pages[element.Pg.objgen].StructParents)]
                assert owners[kid].objgen == element.objgen
            elif "/Obj" in kid:
                links += 1
                assert tree[int(kid.Obj.StructParent)].objgen == element.objgen
                assert kid.Pg.objgen in pages
    assert marks > 30
    assert links == len(list(sheets.links))


def test_pictures_keep_their_description(sheets: Sheets) -> None:
    figures = [str(element.Alt) for kind, element in sheets.elements if kind == "/Figure"]
    assert figures == ["Une lune ronde"]


def test_cells_find_the_headers_of_their_own_table(sheets: Sheets) -> None:
    drawn = _marked(sheets.path)
    pages = {page.obj.objgen: number for number, page in enumerate(sheets.pdf.pages)}

    def text(element: pikepdf.Object) -> str:
        return "".join(
            drawn[pages[element.Pg.objgen], kid] if isinstance(kid, int) else text(kid)
            for kid in element.K
        )

    ids = pikepdf.NameTree(sheets.pdf.Root.StructTreeRoot.IDTree)
    headers = {
        text(element).strip(): text(ids[str(name)]).strip()
        for kind, element in sheets.elements
        if kind == "/TD"
        for name in element.A.Headers
    }
    assert headers == {"Mai": "Mois", "Lilas": "Fleurs", "Lundi": "Jour", "Ronde": "Forme"}


def test_says_of_itself_what_its_first_part_says(sheets: Sheets) -> None:
    pdf = sheets.pdf
    assert str(pdf.Root.Lang) == "fr"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]) == "Petit livre"
    assert str(pdf.docinfo["/Author"]) == "Ada, Émile"
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260102")
    assert str(pdf.docinfo["/ModDate"]).startswith("D:20260304")
    with pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == "Petit livre"


# ---------------------------------------------------------------------------------------------
# What leads to pages


def _leads(sheets: Sheets) -> dict[str, list[tuple[int, float]]]:
    """Where links of each description lead, by another reader: page from 1, height in points."""
    found: dict[str, list[tuple[int, float]]] = {}
    document = pypdfium2.PdfDocument(sheets.path)
    for number, page in enumerate(document):
        annotations = [
            a for a in sheets.pdf.pages[number].obj.get("/Annots", ()) if a.Subtype == "/Link"
        ]
        for annotation in annotations:
            left, bottom, right, top = (float(n) for n in annotation.Rect)
            link = pdfium.FPDFLink_GetLinkAtPoint(page.raw, (left + right) / 2, (bottom + top) / 2)
            target = pdfium.FPDFLink_GetDest(document.raw, link)
            if target:
                y, ok = ctypes.c_float(), ctypes.c_int()
                pdfium.FPDFDest_GetLocationInPage(
                    target, ok, ok, ok, ctypes.c_float(), y, ctypes.c_float()
                )
                place = (pdfium.FPDFDest_GetDestPageIndex(document.raw, target) + 1, y.value)
                found.setdefault(str(annotation.Contents), []).append(place)
    document.close()
    return found


def test_links_lead_to_their_part_and_say_its_page(sheets: Sheets) -> None:
    arbre, été, lune, index = (page_with(sheets, t) for t in ("Arbre", "Été", "Lune", "Index"))
    note = page_with(sheets, "La note d’arbre")
    leads = {said: {page for page, _ in at} for said, at in _leads(sheets).items()}
    assert leads == {
        f"Aller à{NBSP}: Arbre, page{NBSP}{arbre}": {arbre},
        f"Aller à{NBSP}: Été, page{NBSP}{été}": {été},
        f"Aller à{NBSP}: Lune, page{NBSP}{lune}": {lune},
        f"Aller à{NBSP}: Index des mots, page{NBSP}{index}": {index},
        # Two parts have an element « note »: each part means its own.
        f"Aller à{NBSP}: Note, page{NBSP}{note}": {note},
        f"Aller à{NBSP}: Note, page{NBSP}{lune}": {lune},
    }


def _top(sheets: Sheets, number: int, text: str) -> float:
    return next(t.top for t in sheets.texts[number - 1] if t.letters.startswith(text))


def test_links_lead_to_the_height_of_what_they_name(sheets: Sheets) -> None:
    lune = page_with(sheets, "Lune")
    leads = _leads(sheets)
    for said, text in (("Lune", "Lune"), ("Note", "La note de lune")):
        for _, y in leads[f"Aller à{NBSP}: {said}, page{NBSP}{lune}"]:
            assert 0 <= y - _top(sheets, lune, text) < 15


def test_links_to_other_sites_are_left_alone(sheets: Sheets) -> None:
    others = [link for link in sheets.links if "/A" in link]
    assert [str(link.A.URI) for link in others] == ["https://example.org/"]
    assert str(others[0].Contents) == "Ouvrir https://example.org/"


def test_link_to_nothing_is_plain_text_and_told(book: Bound, sheets: Sheets) -> None:
    assert book.missing == ("nulle-part",)
    assert "nullepart." in sheets.body(page_with(sheets, "Arbre"))
    assert not [link for link in sheets.links if "nulle" in str(link.Contents)]
    linked = {kid.Obj.objgen for _, e in sheets.elements for kid in e.K if "/Obj" in _maybe(kid)}
    assert linked == {link.objgen for link in sheets.links}
    assert all(
        any("/Obj" in _maybe(kid) for kid in e.K) for kind, e in sheets.elements if kind == "/Link"
    )


def _maybe(kid: Any) -> Any:
    return kid if isinstance(kid, pikepdf.Dictionary) else {}


def test_bookmarks_are_those_of_all_parts_and_lead_to_their_titles(sheets: Sheets) -> None:
    assert sheets.bookmarks == [
        (0, "Petit livre", 1),
        (1, "Sommaire", 2),
        (1, "Arbre", page_with(sheets, "Arbre")),
        (1, "Été", page_with(sheets, "Été")),
        (1, "Lune", page_with(sheets, "Lune")),
        (2, "Ses quartiers", page_with(sheets, "Lune")),
        (1, "Index", page_with(sheets, "Index")),
    ]


def test_closed_bookmark_hides_what_is_under_it(press: Any) -> None:
    body = "<h1>Livre</h1><h2>Lune</h2><h3>Ses quartiers</h3><h2>Soleil</h2><h3>Ses taches</h3>"
    book = bound([press(body, css="h2 { bookmark-state: closed }")])
    with pikepdf.open(io.BytesIO(book.pdf)) as pdf, pdf.open_outline() as outline:
        (top,) = outline.root
        assert [(item.title, item.is_closed) for item in [top, *top.children]] == [
            ("Livre", False),
            ("Lune", True),
            ("Soleil", True),
        ]
        assert [item.title for item in top.children[1].children] == ["Ses taches"]


def test_named_places_are_the_ids_of_the_text(sheets: Sheets) -> None:
    names = pikepdf.NameTree(sheets.pdf.Root.Names.Dests)
    # The second « note » has a name of its own; slots are no places.
    assert sorted(names) == ["arbre", "index", "lune", "note", "note--3", "sommaire", "été"]


# ---------------------------------------------------------------------------------------------
# Numbers


def test_each_page_bears_its_place_in_the_book_but_the_cover(sheets: Sheets) -> None:
    total = len(sheets)
    assert total == 7
    for number in range(1, total + 1):
        told = re.findall(r"page\d+sur\d+", sheets.margins(number))
        assert told == ([] if number < 3 else [f"page{number}sur{total}"])
        # They are not part of the text.
        assert "sur7" not in sheets.body(number)


def test_number_stands_in_the_middle_of_the_foot(sheets: Sheets) -> None:
    (number,) = (t for t in sheets.texts[3] if t.letters.startswith("page 4 sur"))
    width, _ = sheets.sizes[3]
    assert (number.left + number.right) / 2 == pytest.approx(width / 2 - GUTTER, abs=1)
    assert 15 < number.bottom < number.top < 30


def test_number_of_a_reference_stands_on_the_line_of_its_words(sheets: Sheets) -> None:
    lune = str(page_with(sheets, "Lune"))
    page = sheets.texts[page_with(sheets, "Arbre") - 1]
    number = next(t for t in page if t.letters == lune and not t.artifact)
    words = next(t for t in page if t.letters == "voir la lune")
    before = next(t for t in page if t.letters == ", page ")
    # Nothing of these words and of this digit goes below the line.
    assert number.bottom == pytest.approx(words.bottom, abs=0.2)
    assert 0 < number.left - before.right < 8
    assert 0.9 < (number.top - number.bottom) / (words.top - words.bottom) < 1.1


def test_numbers_align_as_the_style_says(press: Any, tmp_path: Path) -> None:
    css = ".page-slot {{ width: 20mm; text-align: {} }}"
    body = f'<h1 id="lune">Lune</h1><p>Page {slot(1, "lune")}</p>'
    at = {}
    for align in ("left", "center", "right", "end"):
        sheets = opened(bound([press(body, css=css.format(align))]), tmp_path)
        (number,) = (t for t in sheets.texts[0] if t.letters == "1")
        at[align] = number.left
        sheets.close()
    assert at["left"] + 20 < at["center"] < at["right"] - 20
    assert at["end"] == at["right"]


def test_reference_inside_a_link_is_part_of_the_link(press: Any, tmp_path: Path) -> None:
    body = f'<h1 id="lune">Lune</h1><p><a href="livre:lune">Lune, page {slot(1, "lune")}</a></p>'
    sheets = opened(bound([press(body)]), tmp_path)
    assert failures(sheets) == []
    assert _read_aloud(sheets) == "LuneLune,page1"
    (link,) = sheets.links
    (number,) = (t for t in sheets.texts[0] if t.letters == "1")
    assert float(link.Rect[0]) < number.left < number.right < float(link.Rect[2])
    sheets.close()


# ---------------------------------------------------------------------------------------------
# The file itself


def test_pages_move_away_from_the_fold_with_all_they_hold(
    parts: list[Part], sheets: Sheets, tmp_path: Path
) -> None:
    still = opened(bound(parts, gutter=0), tmp_path)
    for number in range(1, len(sheets) + 1):
        moved = GUTTER if number % 2 else -GUTTER
        here, there = sheets.texts[number - 1], still.texts[number - 1]
        assert here
        assert [t.letters for t in here] == [t.letters for t in there]
        assert [t.left for t in here] == pytest.approx([t.left + moved for t in there], abs=0.02)
        assert [t.bottom for t in here] == pytest.approx([t.bottom for t in there])
    pages = zip(sheets.pdf.pages, still.pdf.pages, strict=True)
    for number, (here, there) in enumerate(pages, start=1):
        moved = GUTTER if number % 2 else -GUTTER
        for one, other in zip(
            here.obj.get("/Annots", ()), there.obj.get("/Annots", ()), strict=True
        ):
            gaps = [float(a) - float(b) for a, b in zip(one.Rect, other.Rect, strict=True)]
            assert gaps == pytest.approx([moved, 0, moved, 0], abs=0.001)
    assert pytest.approx(72 / 25.4, abs=0.01) == GUTTER
    still.close()


def test_fonts_are_ours_embedded_and_told_apart(sheets: Sheets) -> None:
    fonts = [t for t in sheets.pdf.objects if isinstance(t, pikepdf.Dictionary) and _is_font(t)]
    names = [str(font.BaseFont) for font in fonts]
    assert len(names) == len(set(names)) > 6
    for font in fonts:
        assert re.fullmatch(r"/[A-Z]{6}\+Ressourcerie-(Sans|Titre).*", str(font.BaseFont))
        assert "/ToUnicode" in font
        (descendant,) = font.DescendantFonts
        assert descendant.BaseFont == descendant.FontDescriptor.FontName == font.BaseFont
        assert "/FontFile2" in descendant.FontDescriptor


def _is_font(thing: pikepdf.Object) -> bool:
    return bool(thing.get("/Subtype") == "/Type0")


def test_font_of_numbers_is_no_more_than_they_need() -> None:
    font = number_font(FONT)
    assert sorted(font.letters) == sorted(set("page 12 sur 3456789 0"))
    assert len(font.program) < 4000
    # Thousandths of the body: a digit is about half of it.
    assert 300 < font.width("0", 1000) < 700
    assert font.width("10", 8.5) == pytest.approx(font.width("1", 8.5) + font.width("0", 8.5))


def test_same_parts_give_the_same_bytes(parts: list[Part], book: Bound, tmp_path: Path) -> None:
    again = []
    for number, part in enumerate(parts):
        assert isinstance(part.pdf, bytes)
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(part.pdf)
        again.append(Part(file, part.layout, part.numbered))
    assert bound(again) == book


def test_layout_survives_the_cache(parts: list[Part]) -> None:
    for part in parts:
        kept = json.loads(json.dumps(part.layout.plain()))
        assert Layout.from_plain(kept) == part.layout


def test_one_part_is_a_book(press: Any, tmp_path: Path) -> None:
    book = bound([press('<h1 id="lune">Lune</h1><p>Elle luit.</p>')])
    sheets = opened(book, tmp_path)
    assert (book.pages, book.missing) == (1, ())
    assert failures(sheets) == []
    assert sheets.whole == "LuneElleluit."
    assert sheets.margins(1).endswith("page1sur1")
    sheets.close()


def test_same_part_twice_is_two_texts(press: Any, tmp_path: Path) -> None:
    part = press('<h1 id="lune">Lune</h1><p><a href="#lune">Ici</a></p>')
    sheets = opened(bound([part, part]), tmp_path)
    assert failures(sheets) == []
    assert {page for at in _leads(sheets).values() for page, _ in at} == {1, 2}
    sheets.close()


def test_nothing_to_bind_is_said() -> None:
    with pytest.raises(ValueError, match="at least one part"):
        bind([], titles={}, font=FONT)


def test_pdf_that_is_not_the_one_laid_out_is_refused(parts: list[Part]) -> None:
    with pytest.raises(ValueError, match="3 pages, but 1 were laid out"):
        bound([Part(parts[1].pdf, parts[3].layout)])


def test_fields_are_refused_rather_than_lost(press: Any) -> None:
    part = press('<label for="nom">Nom</label> <input id="nom" name="nom">', forms=True)
    with pytest.raises(ValueError, match="fields"):
        bound([part])


def test_layout_read_too_late_is_said(press: Any) -> None:
    part = press(f'<h1 id="lune">Lune</h1><p>Page {slot(1, "lune")}</p>', read_late=True)
    with pytest.raises(ValueError, match="read the layout before writing the PDF"):
        bound([part])
