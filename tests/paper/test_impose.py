"""Imposed PDFs, read with a tool that did not write them."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from test_folding import piles, read

from ressourcerie.paper import folding, impose
from ressourcerie.paper.folding import Side, Slot

MM = 72 / 25.4
A5 = (419.5276, 595.2756)
A4 = (595.2756, 841.8898)
BLACK = "0 g -5000 -5000 20000 20000 re f"


def document(contents: list[str], size: tuple[float, float] = A5, **more: Any) -> bytes:
    """A PDF of one page a content; `more` goes into each page."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for content in contents:
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, *size],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
            Contents=pikepdf.Stream(pdf, content.encode()),
            **more,
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return written(pdf)


def written(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id="encryption" not in options, **options)
    return out.getvalue()


def text(words: str, x: float = 50, y: float = 300) -> str:
    return f"BT /F 12 Tf {x} {y} Td ({words}) Tj ET"


@cache
def numbered(pages: int, size: tuple[float, float] = A5) -> bytes:
    return document([text(f"page {n}") for n in range(1, pages + 1)], size)


NOTES = document([text("Notes")])
GUIDE = document([text("guide recto"), text("guide verso")], (841.8898, 595.2756))


@contextmanager
def drawn(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    opened = pypdfium2.PdfDocument(pdf)
    yield opened
    opened.close()


def halves(page: Any) -> tuple[str, str]:
    """What is written on the left half of a page, and on its right half."""
    width, height = page.get_size()
    words = page.get_textpage()
    left = words.get_text_bounded(0, 0, width / 2, height)
    right = words.get_text_bounded(width / 2, 0, width, height)
    return left.strip(), right.strip()


def place_of(page: Any, words: str) -> tuple[float, float]:
    """Where the first letter of some words begins: left and bottom, in points."""
    textpage = page.get_textpage()
    index, _ = textpage.search(words, match_whole_word=True).get_next()
    left, bottom, _, _ = textpage.get_charbox(index)
    return left, bottom


def painted(pdf: bytes, number: int = 1, dots_a_point: float = 1.0) -> Image.Image:
    with drawn(pdf) as opened:
        bitmap = opened[number - 1].render(scale=dots_a_point)
        return bitmap.to_pil().convert("L")


def ink(image: Image.Image, box: tuple[float, float, float, float] | None = None) -> int:
    """How many dark dots there are."""
    return sum(image.crop(box).histogram()[:128]) if box else sum(image.histogram()[:128])


# ---------------------------------------------------------------------------------------------
# Order
# ---------------------------------------------------------------------------------------------


def sides(pdf: bytes) -> list[Side]:
    """Page by page, the numbers written on each half: None for notes."""

    def slot(words: str) -> Slot:
        return None if words == "Notes" else int(words.removeprefix("page "))

    with drawn(pdf) as opened:
        return [(slot(left), slot(right)) for left, right in map(halves, opened)]


@pytest.mark.parametrize("pages", range(1, 69))
def test_printed_and_folded_booklet_reads_in_order(pages: int) -> None:
    found = sides(impose.booklet(numbered(pages), notes=NOTES))
    sheets = list(zip(found[::2], found[1::2], strict=True))
    pile, left = [], sheets
    for count in folding.signatures(pages):
        pile.append(left[:count])
        left = left[count:]
    assert left == []
    turned = read(pile)
    assert [page for page in turned if page] == list(range(1, pages + 1))
    assert len(turned) == pages + -pages % 4
    if pages > 1:
        assert turned[-1] == pages


@pytest.mark.parametrize("pages", [5, 37, 68])
def test_booklet_is_as_the_plan_says(pages: int) -> None:
    expected = [s for sheet in piles(folding.sheets(pages)) for one in sheet for s in one]
    assert sides(impose.booklet(numbered(pages), notes=NOTES)) == expected


def test_a_number_of_signatures_can_be_asked_for() -> None:
    found = sides(impose.booklet(numbered(16), signatures=2))
    assert found[0] == (8, 1)
    assert found[4] == (16, 9)
    with pytest.raises(ValueError, match="signatures"):
        impose.booklet(numbered(8), signatures=3)


def test_guide_is_a_sheet_of_its_own_put_first() -> None:
    imposed = impose.booklet(numbered(8), guide=GUIDE, notes=NOTES)
    with drawn(imposed) as opened:
        assert len(opened) == 2 + 4
        assert "guide recto" in opened[0].get_textpage().get_text_range()
        assert "guide verso" in opened[1].get_textpage().get_text_range()
        assert halves(opened[2]) == ("page 8", "page 1")


def test_without_notes_places_that_are_left_are_blank() -> None:
    with drawn(impose.booklet(numbered(3))) as opened:
        assert halves(opened[1]) == ("page 2", "")


@pytest.mark.parametrize("pages", [1, 2, 7, 8])
def test_two_up_reads_from_left_to_right(pages: int) -> None:
    with drawn(impose.two_up(numbered(pages))) as opened:
        found = [words for page in opened for words in halves(page)]
    assert found == [f"page {n}" for n in range(1, pages + 1)] + [""] * (pages % 2)


# ---------------------------------------------------------------------------------------------
# Place and size
# ---------------------------------------------------------------------------------------------


def lengths(pdf: bytes, page: int = 0) -> tuple[float, float]:
    """Between « A » and « B », along x, and « A » and « C », along y."""
    with drawn(pdf) as opened:
        (ax, ay), (bx, _), (_, cy) = (place_of(opened[page], letter) for letter in "ABC")
    return bx - ax, cy - ay


RULED = text("A", 60, 200) + " " + text("B", 260, 200) + " " + text("C", 60, 500)


@pytest.mark.parametrize(
    ("size", "sheet", "scale"),
    [
        (A5, "A4", 1),
        ((420, 595), "A4", 1),
        ((421, 596), "A4", 1),
        (A4, "A3", 1),
        (A5, "A3", 2**0.5),
        (A4, "A4", 0.5**0.5),
        (A5, None, 1),
        (A4, None, 1),
    ],
)
def test_pages_keep_their_size_or_fill_the_sheet(
    size: tuple[float, float], sheet: str | None, scale: float
) -> None:
    pdf = document([RULED], size)
    before = lengths(pdf)
    for after in (
        lengths(impose.booklet(pdf, sheet=sheet)),
        lengths(impose.two_up(pdf, sheet=sheet)),
    ):
        assert after == pytest.approx([length * scale for length in before], rel=1e-3)
    assert impose.look(pdf, sheet).scale == pytest.approx(scale, rel=1e-3)


def test_sheet_is_chosen_for_pages_to_keep_their_size() -> None:
    assert impose.look(numbered(3)).sheet == "A4"
    assert impose.look(numbered(3, A4)).sheet == "A3"
    # One folded plan does not make a book larger.
    mixed = pikepdf.open(io.BytesIO(numbered(5)))
    mixed.pages[2].MediaBox = [0, 0, *A4]
    assert impose.look(written(mixed)).sheet == "A4"


@pytest.mark.parametrize(("sheet", "size"), [("A4", (841.89, 595.276)), ("A3", (1190.55, 841.89))])
def test_sheets_lie_on_their_long_side(sheet: str, size: tuple[float, float]) -> None:
    for imposed in (
        impose.booklet(numbered(4), sheet=sheet, guide=GUIDE),
        impose.two_up(numbered(4), sheet=sheet),
    ):
        with drawn(imposed) as opened:
            for page in opened:
                assert page.get_size() == pytest.approx(size, abs=0.01)


def test_pages_of_a_booklet_touch_the_fold() -> None:
    pdf = document([BLACK] * 4, (300, 590))
    image = painted(impose.booklet(pdf), dots_a_point=2)
    middle, height = image.width // 2, image.height // 2
    assert ink(image, (middle - 500, height, middle + 500, height + 1)) == 1000


def test_pages_to_cut_stand_in_the_middle_of_their_half() -> None:
    image = painted(impose.two_up(document([BLACK], (300, 590)), sheet="A4"))
    assert image.getpixel((5, 300)) == 255
    half = image.crop((0, 300, image.width // 2, 301)).point(lambda value: 255 - value)
    left, _, right, _ = half.getbbox() or (0, 0, 0, 0)
    assert left == pytest.approx(half.width - right, abs=2)


def test_inner_sheets_move_towards_the_fold_by_a_tenth_of_a_millimetre_each() -> None:
    with drawn(numbered(1)) as opened:
        x, _ = place_of(opened[0], "page 1")
    with drawn(impose.booklet(numbered(60))) as opened:
        for depth in range(15):
            for page, left, right in (
                (opened[2 * depth], 60 - 2 * depth, 1 + 2 * depth),
                (opened[2 * depth + 1], 2 + 2 * depth, 59 - 2 * depth),
            ):
                fold = page.get_size()[0] / 2
                moved = depth * 0.1 * MM
                x_left, _ = place_of(page, f"page {left}")
                x_right, _ = place_of(page, f"page {right}")
                assert x_left - (fold - A5[0]) == pytest.approx(x + moved, abs=0.01)
                assert x_right - fold == pytest.approx(x - moved, abs=0.01)


def test_forty_pages_do_not_move() -> None:
    with drawn(impose.booklet(numbered(40))) as opened:
        places = {round(place_of(opened[2 * d], f"page {1 + 2 * d}")[0], 3) for d in range(10)}
    assert len(places) == 1


@pytest.mark.parametrize("pages", [1, 60])
def test_nothing_crosses_the_fold(pages: int) -> None:
    """Bleed is clipped, and creep does not push a page onto its neighbour."""
    contents = [""] * pages
    contents[pages // 2] = BLACK
    trim = pikepdf.Array([20, 20, 20 + A5[0], 20 + A5[1]])
    pdf = document(contents, (A5[0] + 40, A5[1] + 40), TrimBox=trim)
    imposed = impose.booklet(pdf)
    number = next(n for n in range(1, 200) if ink(painted(imposed, n)))
    image = painted(imposed, number, 3)
    left = ink(image, (0, 0, image.width // 2 - 1, image.height))
    right = ink(image, (image.width // 2 + 1, 0, image.width, image.height))
    assert min(left, right) == 0
    assert max(left, right) == pytest.approx(A5[0] * A5[1] * 9, rel=0.01)


# ---------------------------------------------------------------------------------------------
# Any PDF
# ---------------------------------------------------------------------------------------------

PICTURE = "0 g 40 40 100 20 re f 40 40 20 300 re f 0.5 g 200 400 60 60 re f " + text("Ressource")


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("boxes", ["plain", "moved", "cropped"])
def test_pages_look_the_same_once_imposed(turn: int, boxes: str) -> None:
    width, height = A5 if turn % 180 == 0 else A5[::-1]
    box = {
        "plain": {"MediaBox": [0, 0, width, height]},
        "moved": {"MediaBox": [-30, 25, width - 30, height + 25]},
        "cropped": {
            "MediaBox": [-200, -200, 1000, 1000],
            "CropBox": [15, 12, width + 15, height + 12],
        },
    }[boxes]
    pdf = pikepdf.open(io.BytesIO(document([PICTURE])))
    pdf.pages[0].Rotate = turn
    for name, sides_of_box in box.items():
        pdf.pages[0][f"/{name}"] = pikepdf.Array(sides_of_box)
    source = written(pdf)
    expected = painted(source)
    imposed = painted(impose.booklet(source, sheet="A4"))
    # Page 1 is on the right of the recto, against the fold.
    fold = imposed.width // 2
    seen = imposed.crop((fold, 0, fold + expected.width, expected.height))
    difference = ImageChops.difference(expected, seen).point(lambda v: 255 if v > 100 else 0)
    # Edges may fall on other dots.
    assert difference.histogram()[255] < 0.2 * ink(expected)
    assert ink(seen) == pytest.approx(ink(expected), rel=0.1)


def test_rotation_told_above_the_pages_counts_once() -> None:
    pdf = pikepdf.open(io.BytesIO(document([RULED] * 4, A5[::-1])))
    pdf.Root.Pages.Rotate = 90
    with drawn(impose.booklet(written(pdf))) as opened:
        assert opened[0].get_rotation() == 0
        assert opened[0].get_size() == pytest.approx((841.89, 595.28), abs=0.01)
    assert impose.look(written(pdf)).scale == 1


def test_a_page_told_in_other_units_has_its_true_size() -> None:
    pdf = document([""] * 4, (A5[0] / 2, A5[1] / 2), UserUnit=2)
    assert impose.look(pdf) == impose.Plan("", 4, "A4", 1)


def test_pages_of_several_sizes_each_fill_their_half() -> None:
    pdf = pikepdf.open(io.BytesIO(document([BLACK] * 4)))
    for page, size in zip(pdf.pages, (A5, A4, (842, 595), (200, 200)), strict=True):
        page.MediaBox = [0, 0, *size]
    imposed = impose.booklet(written(pdf))
    for number, shares in ((1, (0.71, 1)), (2, (1, 0.5))):
        image = painted(imposed, number)
        middle = image.width // 2
        for half, share in zip((0, middle), shares, strict=True):
            black = ink(image, (half, 0, half + middle, image.height))
            assert black / (middle * image.height) == pytest.approx(share, abs=0.02)


def test_hidden_layers_stay_hidden() -> None:
    pdf = pikepdf.open(io.BytesIO(document([f"/OC /L BDC {BLACK} EMC"])))
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="caché"))
    pdf.pages[0].Resources.Properties = pikepdf.Dictionary(L=layer)
    off = pikepdf.Dictionary(Order=[layer], OFF=[layer])
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=off)
    source = written(pdf)
    assert ink(painted(source)) == 0
    assert ink(painted(impose.booklet(source))) == 0


def annotated(flags: int) -> bytes:
    """A page with a stamp and a link."""
    pdf = pikepdf.open(io.BytesIO(document([""])))
    look = pikepdf.Stream(pdf, b"0 g 0 0 50 50 re f")
    look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    look.BBox = [0, 0, 50, 50]
    stamp = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=[100, 100, 150, 150],
        F=flags,
        AP=pikepdf.Dictionary(N=look),
    )
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[10, 10, 90, 30],
        F=4,
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://exemple.test/"),
    )
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(stamp), pdf.make_indirect(link)])
    return written(pdf)


def test_what_was_added_to_a_page_is_printed_as_it_would_have_been() -> None:
    assert ink(painted(impose.booklet(annotated(flags=4)))) == pytest.approx(2500, rel=0.05)
    assert ink(painted(impose.booklet(annotated(flags=0)))) == 0


# ---------------------------------------------------------------------------------------------
# What the file says of itself
# ---------------------------------------------------------------------------------------------


def tagged() -> bytes:
    """A PDF with all that imposing breaks: tags, bookmarks, links, named places, a form."""
    pdf = pikepdf.open(io.BytesIO(annotated(flags=4)))
    root = pdf.Root
    root.Lang = pikepdf.String("fr")
    root.MarkInfo = pikepdf.Dictionary(Marked=True)
    root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    root.OpenAction = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])
    root.AcroForm = pikepdf.Dictionary(Fields=[])
    root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D)])
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Début", 0))
    pdf.docinfo["/Title"] = "Le carnet"
    pdf.docinfo["/Author"] = "Ada"
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["pdfuaid:part"] = "1"
        metadata["dc:title"] = "Le carnet"
        metadata["dc:creator"] = ["Ada"]
    return written(pdf)


@pytest.mark.parametrize(
    ("make", "duplex"), [(impose.booklet, "/DuplexFlipShortEdge"), (impose.two_up, "/Simplex")]
)
def test_file_says_how_it_is_printed(make: Callable[[bytes], bytes], duplex: str) -> None:
    with pikepdf.open(io.BytesIO(make(tagged()))) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert str(preferences.Duplex) == duplex
        assert str(preferences.PrintScaling) == "/None"
        assert bool(preferences.DisplayDocTitle)
        assert pdf.pdf_version >= "1.7"


@pytest.mark.parametrize("make", [impose.booklet, impose.two_up])
def test_file_keeps_what_is_true_and_nothing_else(make: Callable[[bytes], bytes]) -> None:
    with pikepdf.open(io.BytesIO(make(tagged()))) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert str(pdf.docinfo["/Title"]) == "Le carnet – à imprimer"
        assert str(pdf.docinfo["/Author"]) == "Ada"
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            assert metadata["dc:title"] == "Le carnet – à imprimer"
            assert metadata["dc:creator"] == ["Ada"]
            assert "pdfuaid:part" not in metadata
        expected = {"/Type", "/Pages", "/Lang", "/Metadata", "/ViewerPreferences"}
        assert set(pdf.Root.keys()) == expected
        for page in pdf.pages:
            assert "/Annots" not in page
            assert "/StructParents" not in page
        links = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/URI" in o]
        assert links == []
        assert pdf.check_pdf_syntax() == []


def test_a_pdf_without_a_title_gets_one() -> None:
    with pikepdf.open(io.BytesIO(impose.two_up(numbered(2)))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "À imprimer"


def test_pages_are_named_by_their_numbers() -> None:
    imposed = impose.booklet(numbered(3), guide=GUIDE, notes=NOTES)
    with pikepdf.open(io.BytesIO(imposed)) as pdf:
        names = [set(page.Resources.XObject.keys()) for page in pdf.pages]
    assert names == [{"/Guide1"}, {"/Guide2"}, {"/P3", "/P1"}, {"/P2", "/Notes1"}]


def test_fonts_are_not_multiplied() -> None:
    with pikepdf.open(io.BytesIO(impose.booklet(numbered(60)))) as pdf:
        fonts = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"
        ]
    assert len(fonts) == 1


def test_same_pdf_gives_the_same_bytes_in_any_process() -> None:
    script = (
        "import sys, hashlib; from ressourcerie.paper import impose; pdf = sys.stdin.buffer.read();"
        "print(hashlib.sha256(impose.booklet(pdf, marks=True)).hexdigest())"
    )
    source = tagged()
    here = hashlib.sha256(impose.booklet(source, marks=True)).hexdigest()
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", script],
            input=source,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        )
        assert run.stdout.decode().strip() == here


# ---------------------------------------------------------------------------------------------
# Marks
# ---------------------------------------------------------------------------------------------


def test_there_are_no_marks_unless_asked_for() -> None:
    imposed = impose.booklet(document([""] * 64, (300, 500)))
    assert sum(ink(painted(imposed, n)) for n in (1, 2, 17, 32)) == 0


def test_fold_is_marked_at_both_ends_beyond_what_printers_leave_blank() -> None:
    for make in (impose.booklet, impose.two_up):
        image = painted(make(document([""] * 4), marks=True), dots_a_point=4)
        middle = image.width // 2
        for y in (8 * MM * 4, image.height - 8 * MM * 4):
            assert ink(image, (middle - 3, y, middle + 3, y + 1)) > 0
        assert ink(image, (0, 0, middle - 4, image.height)) == 0
        assert ink(image, (0, 15 * MM * 4, image.width, image.height - 15 * MM * 4)) == 0


@pytest.mark.parametrize("size", [(300, 590), (500, 300), (200, 200)])
def test_cuts_are_marked_outside_of_pages(size: tuple[float, float]) -> None:
    scale = impose.look(document([""], size), "A4").scale
    image = painted(impose.booklet(document([""] * 4, size), marks=True), dots_a_point=4)
    middle, dots = image.width / 2, 4
    width, height = size[0] * scale * dots, size[1] * scale * dots
    low, high = (image.height - height) / 2, (image.height + height) / 2
    # Of each page, all but the dots of its very edge: on the fold stand the ticks.
    left = (middle - width + 2, low + 2, middle - 4, high - 2)
    right = (middle + 4, low + 2, middle + width - 2, high - 2)
    assert ink(image, left) == ink(image, right) == 0
    outside = ink(image) - ink(image, (middle - 4, 0, middle + 4, image.height))
    assert outside > 500


def bar(pdf: bytes, number: int) -> tuple[int, int] | None:
    """Top and bottom of the bar beside the fold of a page, in dots of a point."""
    image = painted(pdf, number)
    middle = image.width // 2
    strip = image.crop((middle - 2, 40, middle - 1, image.height - 40))
    box = strip.point(lambda value: 255 if value < 128 else 0).getbbox()
    return (box[1], box[3]) if box else None


def test_bars_make_a_staircase_on_the_back_of_signatures() -> None:
    imposed = impose.booklet(document([""] * 68), marks=True)
    bars = {n: found for n in range(1, 35) if (found := bar(imposed, n))}
    # 6, 6 and 5 sheets: the outside of each.
    assert list(bars) == [1, 13, 25]
    steps = list(bars.values())
    for (_, bottom), (top, _) in pairwise(steps):
        assert top == pytest.approx(bottom, abs=1)


def test_a_booklet_in_one_pile_has_no_bar() -> None:
    assert bar(impose.booklet(document([""] * 60), marks=True), 1) is None


# ---------------------------------------------------------------------------------------------
# What cannot be imposed
# ---------------------------------------------------------------------------------------------


def locked(**options: Any) -> bytes:
    return written(pikepdf.open(io.BytesIO(numbered(4))), encryption=pikepdf.Encryption(**options))


UNUSABLE = {
    "vide": (b"", "abîmé"),
    "texte": ("Ceci n’est pas un PDF.".encode(), "abîmé"),
    "coupé": (numbered(8)[:-200], "abîmé"),
    "coupé tôt": (numbered(8)[:300], "abîmé"),
    "sans page": (written(pikepdf.new()), "aucune page"),
    "mot de passe": (locked(user="secret", owner="secret"), "mot de passe"),
    "impression interdite": (
        locked(owner="o", allow=pikepdf.Permissions(print_lowres=False, print_highres=False)),
        "interdit l’impression",
    ),
    "page sans taille": (document(["", ""], (0, 0)), "page 1"),
    "page démesurée": (document([""], (20_000, 300)), "page 1"),
    "unité nulle": (document([""], UserUnit=0), "page 1"),
    "boîte illisible": (document([""], TrimBox=3), "abîmé"),
}


@pytest.mark.parametrize("name", UNUSABLE)
@pytest.mark.parametrize("make", [impose.booklet, impose.two_up, impose.look])
def test_unusable_pdf_is_refused_in_french(make: Callable[[bytes], object], name: str) -> None:
    pdf, said = UNUSABLE[name]
    with pytest.raises(impose.ImposeError, match=said):
        make(pdf)


def test_pages_that_cannot_be_read_are_not_left_out() -> None:
    pdf = pikepdf.open(io.BytesIO(numbered(4)))
    pdf.Root.Pages.Kids[2] = 42
    broken = written(pdf)
    assert len(pikepdf.open(io.BytesIO(broken)).pages) == 3
    with pytest.raises(impose.ImposeError, match="abîmé"):
        impose.booklet(broken)


def test_a_pdf_locked_against_changes_only_can_be_printed() -> None:
    imposed = impose.booklet(locked(owner="o", allow=pikepdf.Permissions(modify_other=False)))
    assert sides(imposed) == [(4, 1), (2, 3)]
    with pikepdf.open(io.BytesIO(imposed)) as pdf:
        assert not pdf.is_encrypted


def test_a_guide_that_is_not_one_sheet_is_refused() -> None:
    with pytest.raises(impose.ImposeError, match="2 pages, et non 3"):
        impose.booklet(numbered(4), guide=numbered(3))


def test_a_brick_is_refused() -> None:
    with pytest.raises(impose.ImposeError, match="401 pages : au-delà de 400"):
        impose.booklet(numbered(401))
