"""Papers to fill in on a screen: fields where paper has lines and boxes, each with its words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import combinations

import pikepdf
import pytest
from pikepdf.form import Form
from reading import Sheets
from stock import FILLABLE, SLUGS

from ressourcerie.paper.pdf import Pdf
from straw import Printed


@pytest.fixture(params=FILLABLE)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def fields(sheets: Sheets) -> Iterator[pikepdf.Object]:
    yield from sheets.pdf.Root.AcroForm.Fields


def widgets(sheets: Sheets) -> Iterator[tuple[int, pikepdf.Object]]:
    """With the page they stand on."""
    for number, page in enumerate(sheets.pdf.pages, start=1):
        for annotation in page.obj.get("/Annots", ()):
            if annotation.Subtype == "/Widget":
                yield number, annotation


def test_there_is_one_for_each_paper_to_fill(declared: dict[str, Pdf]) -> None:
    found = {pdf.name for pdf in declared.values() if pdf.edition.endswith("a-remplir")}
    assert found == set(FILLABLE)
    for slug in SLUGS:
        assert {f"{slug}-a-remplir.pdf", f"{slug}-attestation-a-remplir.pdf"} <= found


def test_every_field_has_a_name_of_its_own_and_a_title(sheets: Sheets) -> None:
    names = [str(field.get("/T", "")) for field in fields(sheets)]
    assert len(names) >= 4
    assert all(names)
    assert len(set(names)) == len(names)
    # Kept by programs that read the answers: letters that go anywhere.
    assert [n for n in names if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", n)] == []
    titles = [str(field.get("/TU", "")) for field in fields(sheets)]
    assert [n for n, t in zip(names, titles, strict=True) if len(t.strip()) < 3] == []
    assert len(set(titles)) > 0.7 * len(titles)


def test_fields_are_seen_print_and_do_nothing(sheets: Sheets) -> None:
    hidden, printed = 2, 4
    for _, widget in widgets(sheets):
        assert not int(widget.get("/F", 0)) & hidden
        assert int(widget.get("/F", 0)) & printed
        assert not {"/A", "/AA"} & widget.keys()
    form = sheets.pdf.Root.AcroForm
    assert not {"/XFA", "/CO", "/SigFlags"} & form.keys()
    assert not form.get("/NeedAppearances", False)


def test_fields_stand_apart_on_the_page_and_can_be_touched(sheets: Sheets) -> None:
    by_page: dict[int, list[list[float]]] = {}
    for number, widget in widgets(sheets):
        left, bottom, right, top = (float(edge) for edge in widget.Rect)
        box = [min(left, right), min(bottom, top), max(left, right), max(bottom, top)]
        width, height = sheets.sizes[number - 1]
        assert box[0] > 15
        assert box[1] > 15
        assert box[2] < width - 15
        assert box[3] < height - 15
        # 3 mm, frame excluded.
        assert min(box[2] - box[0], box[3] - box[1]) >= 9
        by_page.setdefault(number, []).append(box)
    for number, boxes in by_page.items():
        for one, other in combinations(boxes, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            along = min(one[3], other[3]) - max(one[1], other[1])
            assert across < 0.5 or along < 0.5, (number, one, other)


def test_what_is_written_is_kept(sheets: Sheets) -> None:
    """Filled in, saved, opened again by a program that is not ours."""
    copy = io.BytesIO()
    sheets.pdf.save(copy)
    with pikepdf.open(copy) as pdf:
        form = Form(pdf)
        texts = [field for field in form if field.is_text]
        boxes = [field for field in form if field.is_checkbox]
        assert texts
        for field in texts:
            field.value = "Écrit à la main, où ?"
        for field in boxes:
            field.checked = True
        pdf.save(again := io.BytesIO())
    with pikepdf.open(again) as pdf:
        form = Form(pdf)
        assert {field.value for field in form if field.is_text} == {"Écrit à la main, où ?"}
        assert all(field.checked for field in form if field.is_checkbox)


@pytest.mark.parametrize("name", [f"{slug}-a-remplir.pdf" for slug in SLUGS])
def test_every_line_and_box_of_the_sheet_is_a_field(
    name: str, sheets: Sheets, of_straw: Printed
) -> None:
    """What is filled in by hand on the sheet that is printed."""
    text = of_straw.texts[name.replace("a-remplir", "participant")]
    boxes, zones = text.count('class="tick"'), text.count('class="write-lines"')
    kinds = [str(field.FT) for field in fields(sheets)]
    assert boxes
    assert zones
    assert kinds.count("/Btn") == boxes
    # Empty cells of tables are fields too, but for the corner above the titles of rows.
    rows = re.sub(r"<thead>.*?</thead>", "", text, flags=re.DOTALL)
    assert kinds.count("/Tx") == zones + len(re.findall(r"<td[^>]*></td>", rows))
