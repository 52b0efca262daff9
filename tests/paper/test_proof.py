"""The proofreader of PDFs finds each fault on its page, and nothing where there is none.

Pages here are 198 pt high inside their margins: twelve lines of 16.5 pt.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from PIL import Image
from proofing.finding import Check, Finding
from proofing.ink import ink
from proofing.letters import body_size
from proofing.paper import opened
from proofing.proofreader import proof

from builds import REPOSITORY
from ressourcerie.paper.fetch import ProjectFetcher

STYLE = """
@font-face { font-family: "Ressourcerie Sans"; font-weight: 400; src: url("projet:theme/web/assets/fonts/ressourcerie-sans-400-normal.woff2"); }
@font-face { font-family: "Ressourcerie Titre"; font-weight: 700; src: url("projet:theme/web/assets/fonts/ressourcerie-titre-700-normal.woff2"); }
@page { size: 330pt 288pt; margin: 45pt 45pt 45pt 45pt; }
html { font: 400 11pt/16.5pt "Ressourcerie Sans"; color: #14213d; }
body, p, ul, ol, h1, h2, h3 { margin: 0; }
h1, h2, h3 { font: 700 12pt/16.5pt "Ressourcerie Titre"; break-after: avoid; }
p, li { orphans: 2; widows: 2; }
table { border-collapse: collapse; width: 100%; }
td, th { padding: 0 6pt 0 0; text-align: left; vertical-align: top; font-weight: 400; }
tr { break-inside: avoid; }
"""  # noqa: E501
# Four lines, without a full stop but at the end.
SENTENCE = (
    "Une personne vient à la permanence avec son téléphone et demande comment on envoie une photo "
    "à sa fille qui habite loin et qui voudrait bien voir le jardin."
)
SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="60" height="60" role="img">'
    "<title>Un carré noir</title><rect width='10' height='10'/></svg>"
)


def lines(number: int) -> str:
    """So many short paragraphs of a line."""
    return "".join(f"<p>Ligne {n}.</p>" for n in range(1, number + 1))


Print = Callable[..., Path]


@pytest.fixture
def printed(tmp_path: Path) -> Print:
    """Lays out a body of HTML on paper."""

    def printed(body: str, style: str = "", head: str = "", forms: bool = False) -> Path:
        head = head or "<title>Essai</title>"
        text = (
            f'<html lang="fr"><head>{head}<style>{STYLE}{style}</style></head><body>{body}</body>'
        )
        html = weasyprint.HTML(
            string=text, base_url="projet:/", url_fetcher=ProjectFetcher(REPOSITORY)
        )
        path = tmp_path / "essai.pdf"
        html.write_pdf(path, pdf_variant="pdf/ua-1", pdf_forms=forms)
        return path

    return printed


def told(found: list[Finding]) -> list[str]:
    """What is said, with plain spaces."""
    return [re.sub("[\u00a0\u202f]", " ", str(one)) for one in found]


def places(found: list[Finding]) -> list[tuple[int, Check]]:
    return [(one.page, one.check) for one in found]


# ---------------------------------------------------------------------------------------------
# Lines, titles and tables at the end of a page
# ---------------------------------------------------------------------------------------------

LOOSE = "p, li { orphans: 1; widows: 1; } h1, h2, h3 { break-after: auto; }"


def test_first_line_alone_at_the_foot_of_a_page(printed: Print) -> None:
    body = f"<h1>Titre</h1>{lines(10)}<p>{SENTENCE}</p>{lines(3)}"
    found = proof(printed(body, LOOSE))
    assert places(found) == [(1, Check.LINES)]
    assert told(found)[0].startswith("page 1 : la première ligne du paragraphe « Une personne")
    assert "(orpheline)" in told(found)[0]
    assert proof(printed(body)) == []


def test_last_line_alone_at_the_top_of_a_page(printed: Print) -> None:
    body = f"<h1>Titre</h1>{lines(8)}<p>{SENTENCE}</p>{lines(3)}"
    found = proof(printed(body, LOOSE))
    assert places(found) == [(2, Check.LINES)]
    assert told(found)[0].startswith("page 2 : la dernière ligne du paragraphe")
    assert "(veuve)" in told(found)[0]
    assert proof(printed(body)) == []


@pytest.mark.parametrize("item", ["<li>{}</li>", "<li><p>{}</p></li>"])
@pytest.mark.parametrize("style", ["", "ul { list-style: none; padding: 0; }"])
def test_items_of_lists_are_texts_too(printed: Print, item: str, style: str) -> None:
    items = item.format(SENTENCE) * 2
    for height in (8, 10):
        body = f"<h1>Titre</h1>{lines(height)}<ul>{items}</ul>{lines(3)}"
        found = proof(printed(body, LOOSE + style))
        assert [one.check for one in found] == [Check.LINES]
        assert "de l’élément de liste" in told(found)[0]
        assert proof(printed(body, style)) == []


def test_item_without_its_bullet_is_the_end_of_another(printed: Print) -> None:
    """Even when a sentence ends with the page."""
    sentence = SENTENCE.replace("avec son", "hier. Son")
    body = f"<h1>Titre</h1>{lines(10)}<ul><li>{sentence}</li><li>{sentence}</li></ul>"
    path = printed(body, LOOSE)
    with opened(path) as paper:
        assert paper.turns[0][0].letters.endswith("hier.")
    assert places(proof(path)) == [(1, Check.LINES)]


def test_whole_texts_on_both_sides_are_no_fault(printed: Print) -> None:
    """Short items, a contents, lines that end on the edge: each is whole."""
    short = "".join(f"<li>un besoin numéro {n}</li>" for n in range(30))
    contents = "".join(f'<li><a href="#t">Comment faire la chose {n}</a></li>' for n in range(30))
    dots = "li { list-style: none; } "
    dots += "a::after { content: leader('.') target-counter(attr(href), page); }"
    for body, style in ((short, ""), (short, "ul { list-style: none; }"), (contents, dots)):
        page = printed(f"<h1 id=t>Titre</h1><ul>{body}</ul>", LOOSE + style)
        assert proof(page) == []


def test_text_told_as_one_on_two_pages(printed: Print) -> None:
    """Whatever the punctuation, when the structure says that it is the same paragraph."""
    sentence = SENTENCE.replace("téléphone et demande", "téléphone. Demande")
    path = printed(f"<h1>Titre</h1>{lines(10)}<p>{sentence}</p>{lines(3)}", LOOSE)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        kids = pdf.Root.StructTreeRoot.K[0].K
        first, second = kids[11], kids[12]
        second.P = first
        first.K.append(second.K[0])
        for kid in second.K:
            kid.P = first
        del kids[12]
        for kid in list(second.K)[1:]:
            first.K.append(kid)
        pdf.save(path)
    assert places(proof(path)) == [(1, Check.LINES)]


def test_title_alone_at_the_foot_of_a_page(printed: Print) -> None:
    section = f"<h2>Ce qui suit</h2><p>{SENTENCE}</p>"
    body = f"<h1>Titre</h1>{lines(10)}{section}"
    found = proof(printed(body, LOOSE))
    assert places(found) == [(1, Check.HEADINGS)]
    assert told(found) == ["page 1 : le titre « Ce qui suit » est seul au bas de la page"]
    assert proof(printed(body)) == []


def test_title_and_a_single_line_at_the_foot_of_a_page(printed: Print) -> None:
    """Two titles, one under the other, are one fault."""
    section = f"<h2>Ce qui suit</h2><h3>Encore</h3><p>Une ligne.</p><p>{SENTENCE}</p>"
    found = proof(printed(f"<h1>Titre</h1>{lines(8)}{section}"))
    assert places(found) == [(1, Check.HEADINGS)]
    assert (
        proof(printed(f"<h1>Titre</h1>{lines(7)}<h2>A</h2><p>Une.</p><p>Deux.</p>{lines(9)}")) == []
    )


@pytest.mark.parametrize(
    "content",
    [
        f"<p>{SQUARE}</p>",
        '<div style="border: 1pt solid; height: 30pt"></div>',
        '<table><tr><th scope="row">Un</th><td>Deux</td></tr></table>',
        "<p>Une ligne, et la section est finie.</p><h2>Autre</h2>",
    ],
)
def test_title_may_announce_a_picture_a_frame_a_row_or_a_whole_section(
    printed: Print, content: str
) -> None:
    room = lines(6 if "svg" in content else 8)
    style = "p + h2 ~ h2 { break-before: page; }"
    body = f"<h1>Titre</h1>{room}<h2>Ce qui suit</h2>{content}<p>{SENTENCE}</p><p>{SENTENCE}</p>"
    path = printed(body, style)
    with opened(path) as paper:
        heading = next(block for block in paper.text if block.letters == "Ce qui suit")
        assert heading.page == 1
        assert len(paper.pages) > 1
    assert proof(path) == []


HEAD = '<thead><tr><th scope="col">Mot</th><th scope="col">Sens</th></tr></thead>'
ROWS = "".join(f"<tr><td>mot {n}</td><td>Un sens.</td></tr>" for n in range(1, 16))


def test_table_goes_on_without_its_header(printed: Print) -> None:
    body = f"<h1>Titre</h1>{lines(3)}<table>{HEAD}<tbody>{ROWS}</tbody></table>"
    found = proof(printed(body, "thead { display: table-row-group; }"))
    assert places(found) == [(2, Check.TABLES)]
    assert told(found) == ["page 2 : la suite du tableau « Mot Sens » n’a pas d’en-tête"]
    assert proof(printed(body)) == []


def test_header_of_a_table_alone_at_the_foot_of_a_page(printed: Print) -> None:
    tall = f"<tr><td>mot</td><td>{SENTENCE}</td></tr>"
    body = f"<h1>Titre</h1>{lines(9)}<table>{HEAD}<tbody>{tall}</tbody></table>"
    found = proof(printed(body, "thead { display: table-row-group; }"))
    assert places(found) == [(1, Check.TABLES)]
    assert "l’en-tête de tableau « Mot Sens » est seul" in told(found)[0]
    assert proof(printed(body)) == []


@pytest.mark.parametrize("first", ["mot", SENTENCE])
def test_row_cut_by_the_end_of_a_page(printed: Print, first: str) -> None:
    row = f"<tr><td>{first}</td><td>{SENTENCE}</td></tr>"
    body = f"<h1>Titre</h1>{lines(2)}<table>{HEAD}<tbody>{row * 2}</tbody></table>"
    style = "td:first-child { width: 100pt; }"
    found = proof(printed(body, style + "tr { break-inside: auto; }"))
    assert set(places(found)) == {(1, Check.TABLES)}
    assert "est coupée par la fin de la page" in told(found)[0]
    assert proof(printed(body, style)) == []


def test_page_almost_empty(printed: Print) -> None:
    end = '<p style="break-before: page">Fin.</p>'
    found = proof(printed(f"<h1>Titre</h1>{lines(5)}{end}"))
    assert told(found) == ["page 2 : la page n’a qu’une ligne de texte"]
    assert places(found) == [(2, Check.EMPTY)]
    rules = '<div style="height: 16pt; border-bottom: 1pt solid"></div>' * 6
    assert proof(printed(f"<h1>Titre</h1>{lines(5)}{end}{rules}")) == []


def test_slides_are_no_sheets(printed: Print) -> None:
    """A slide may say a single thing; but it says something."""
    slides = [f'<section style="break-after: page"><h2>Écran {n}</h2>{{}}</section>' for n in "123"]
    body = "<h1>Titre</h1>" + "".join(slides)
    wide = "@page { size: 480pt 270pt; }"
    assert proof(printed(body.replace("{}", "<p>Dites un mot.</p>"), wide)) == []
    found = proof(printed(body.replace("{}", ""), wide))
    assert places(found) == [(2, Check.EMPTY), (3, Check.EMPTY)]


# ---------------------------------------------------------------------------------------------
# Letters
# ---------------------------------------------------------------------------------------------


def test_letter_of_another_font(printed: Print) -> None:
    body = f'<h1>Titre</h1>{lines(15)}<p>Un <span style="font-family: serif">intrus</span>.</p>'
    found = proof(printed(body))
    assert places(found) == [(2, Check.FONTS)]
    assert re.match(
        "page 2 : « intrus » est composé dans la police .*, qui n’est pas", told(found)[0]
    )
    assert proof(printed(body.replace("serif", "inherit"))) == []


def test_sign_that_no_font_has(printed: Print) -> None:
    found = proof(printed(f"<h1>Titre</h1>{lines(15)}<p>Un \U0010fffd.</p>"))
    assert (2, Check.FONTS) in places(found)
    assert any("un signe n’a pas de dessin" in one for one in told(found))
    assert {one.page for one in found} == {2}


def test_font_that_is_not_in_the_file(printed: Print) -> None:
    path = printed(f"<h1>Titre</h1>{lines(3)}")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                for key in {"/FontFile2", "/FontFile3"} & set(thing.keys()):
                    del thing[key]
        pdf.save(path)
    assert any("que le fichier ne contient pas" in one for one in told(proof(path)))


def test_size_of_the_text(printed: Print) -> None:
    path = printed(f"<h1>Titre</h1><p>{SENTENCE}</p>")
    with opened(path) as paper:
        assert body_size(paper) == pytest.approx(11, abs=0.05)
    assert proof(path, body=11) == []
    found = proof(path, body=14)
    assert told(found) == ["tout le document : le texte courant est en 11 pt, au lieu de 14 pt"]
    assert places(found) == [(0, Check.SIZES)]


def test_letters_too_small(printed: Print) -> None:
    body = (
        f'<h1>Titre</h1>{lines(15)}<p>La note <small style="font-size: 7pt">minuscule</small>.</p>'
    )
    found = proof(printed(body))
    assert places(found) == [(2, Check.SIZES)]
    assert "« La note minuscule. » est en 7 pt, trop petit (au moins 8,5 pt)" in told(found)[0]
    assert proof(printed(body), floor=7) == []
    raised = "<h1>Titre</h1><p>Le 1<sup style='font-size: 7pt'>er</sup> mai.</p>"
    assert proof(printed(raised)) == []


def test_small_letters_of_drawings_are_measured_on_paper(printed: Print) -> None:
    """What counts is not the size written in the drawing, but that of its letters once printed."""
    drawing = SQUARE.replace(
        "<rect", '<text font-family="Ressourcerie Sans" font-size="2" y="3">lu</text><rect'
    ).replace("'10'/>", "'1'/>")
    found = proof(printed(f"<h1>Titre</h1>{lines(2)}<p>{drawing}</p>"))
    assert [(one.page, one.check) for one in found] == []
    small = drawing.replace('width="60" height="60"', 'width="30" height="30"')
    found = proof(printed(f"<h1>Titre</h1>{lines(2)}<p>{small}</p>"))
    assert places(found) == [(1, Check.SIZES)]
    assert "est en 4,5 pt" in told(found)[0]


@pytest.mark.parametrize(
    ("style", "faint"),
    [
        ("color: #888", True),
        ("color: #ffd400", True),
        ("color: #595959", False),
        ("color: #fff; background: #14213d", False),
        ("color: #14213d; background: #0b5563", True),
        ("border: 8pt solid #14213d; border-radius: 6pt", False),
        ("color: rgba(0, 0, 0, .3)", True),
    ],
)
def test_letters_too_pale_once_in_grey(printed: Print, style: str, faint: bool) -> None:
    body = f'<h1>Titre</h1>{lines(15)}<div style="margin: 4pt"><p style="{style}">Un mot.</p></div>'
    found = proof(printed(body, "div { display: flex; }"))
    assert places(found) == [(2, Check.CONTRAST)] * faint
    assert all("trop pâle une fois en gris" in one for one in told(found))


# ---------------------------------------------------------------------------------------------
# Room
# ---------------------------------------------------------------------------------------------

LONG = "anticonstitutionnellement" * 3


@pytest.mark.parametrize(
    ("word", "says"),
    [
        (LONG, "sort de la page à droite"),
        (LONG[:53], "dépasse dans la marge de droite"),
        (LONG[:56], "est trop près du bord à droite"),
    ],
)
def test_word_wider_than_the_page(printed: Print, word: str, says: str) -> None:
    body = f"<h1>Titre</h1>{lines(15)}<p>{word}</p>"
    found = proof(printed(body))
    assert places(found) == [(2, Check.SPACE)]
    assert says in told(found)[0]
    assert proof(printed(body, "p { overflow-wrap: anywhere; }")) == []


def test_table_wider_than_the_page(printed: Print) -> None:
    cells = '<th scope="col">colonne</th>' * 9
    body = f"<h1>Titre</h1>{lines(3)}<table><tr>{cells}</tr></table>"
    found = proof(printed(body))
    assert set(places(found)) == {(1, Check.SPACE)}
    assert any("sort de la page" in one for one in told(found))
    assert proof(printed(body.replace(cells, cells[: len(cells) // 3]))) == []


def test_table_in_the_margin(printed: Print) -> None:
    row = '<tr><th scope="col">a</th><th scope="col">bc</th></tr>'
    body = f"<h1>Titre</h1>{lines(3)}<table>{row}</table>"
    style = "table { width: 265pt } th { text-align: right; padding: 0 }"
    found = proof(printed(body, style))
    assert told(found) == ["page 1 : un tableau (« bc ») dépasse dans la marge de droite"]
    assert proof(printed(body, "th { text-align: right; padding: 0 }")) == []


def test_picture_out_of_the_page(printed: Print) -> None:
    data = io.BytesIO()
    Image.new("RGB", (4, 4), "#14213d").save(data, "PNG")
    picture = f"data:image/png;base64,{b64encode(data.getvalue()).decode()}"
    body = f'<h1>Titre</h1>{lines(3)}<p><img src="{picture}" alt="Une image"></p>'
    found = proof(printed(body, "img { height: 10pt; width: 300pt; }"))
    assert (1, Check.SPACE) in places(found)
    assert "page 1 : une image sort de la page à droite" in told(found)
    assert proof(printed(body, "img { height: 10pt; width: 50pt; }")) == []


def test_texts_written_one_over_the_other(printed: Print) -> None:
    body = f"<h1>Titre</h1>{lines(14)}<p>Un premier texte.</p><p class=up>Un second texte.</p>"
    found = proof(printed(body, ".up { margin-top: -13pt; }"))
    assert places(found) == [(2, Check.SPACE)]
    assert "se chevauchent" in told(found)[0]
    assert proof(printed(body + lines(2), "p { line-height: 12.5pt; }")) == []


# ---------------------------------------------------------------------------------------------
# Ink
# ---------------------------------------------------------------------------------------------


def test_ink_is_measured_on_what_is_drawn(printed: Print) -> None:
    block = '<div style="break-after: page; height: 198pt; width: {}; background: {}"></div>'
    page = (240 * 198) / (330 * 288)
    path = printed(
        block.format("100%", "#000") + block.format("50%", "#000") + block.format("100%", "#808080")
    )
    measured = ink(path)
    assert measured.pages[:3] == pytest.approx([page, page / 2, page / 2], abs=0.01)
    assert measured.total == pytest.approx(2 * page, abs=0.02)
    assert measured.mean == pytest.approx(measured.total / len(measured.pages))


# ---------------------------------------------------------------------------------------------
# What machines are told
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "page", "says"),
    [
        (f"<h1>Titre</h1>{lines(12)}<h3>Bas</h3>{lines(2)}", 2, "saute du niveau 1 au niveau 3"),
        (f"<h2>Titre</h2>{lines(5)}", 1, "le premier titre, « Titre », n’est pas de niveau 1"),
        (f"<h1>Titre</h1>{lines(3)}<table><tr><td>a</td></tr></table>", 1, "n’a pas d’en-tête"),
        (
            f"<h1>Titre</h1>{lines(3)}<table><tr><th>a</th></tr><tr><td>b</td><td>c</td></tr></table>",
            1,
            "des cases ne sont reliées à aucun en-tête",
        ),
        (
            f"<h1>Titre</h1>{lines(3)}<p>{SQUARE.replace('<title>Un carré noir</title>', '')}</p>",
            1,
            "une image n’a pas de description",
        ),
    ],
)
def test_faulty_structure(printed: Print, body: str, page: int, says: str) -> None:
    found = proof(printed(body))
    assert places(found) == [(page, Check.TAGS)]
    assert says in told(found)[0]


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda pdf: pdf.Root.__delitem__("/Lang"), "la langue n’est pas indiquée"),
        (lambda pdf: pdf.docinfo.__delitem__("/Title"), "le titre du fichier n’est pas indiqué"),
        (lambda pdf: pdf.Root.__delitem__("/MarkInfo"), "le fichier ne se dit pas balisé"),
        (lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), "le fichier n’a pas de structure"),
        (
            lambda pdf: pdf.pages[0].obj.Annots[0].__delitem__("/Contents"),
            "page 1 : un lien n’est pas décrit",
        ),
        (
            lambda pdf: pdf.Root.StructTreeRoot.K[0].K.__delitem__(0),
            "page 1 : « Titre » est hors de la structure",
        ),
    ],
)
def test_harmed_file(printed: Print, harm: Callable[[pikepdf.Pdf], None], says: str) -> None:
    body = f'<h1>Titre</h1><p><a href="https://example.org">Un lien</a>.</p>{lines(3)}'
    path = printed(body)
    assert proof(path) == []
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        harm(pdf)
        pdf.save(path)
    found = proof(path)
    assert [one.check for one in found] == [Check.TAGS]
    assert says in told(found)[0]


def test_file_for_printers_needs_no_structure(printed: Print) -> None:
    """Pages put on sheets to be folded lose their structure: another file is the one to read."""
    path = printed(f"<h1>Titre</h1>{lines(5)}")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root["/StructTreeRoot"]
        pdf.Root.ViewerPreferences = pikepdf.Dictionary({"/PrintScaling": pikepdf.Name("/None")})
        pdf.save(path)
    assert proof(path) == []


def test_fields_are_named_and_titled(printed: Print) -> None:
    field = '<p><label for=a>Prénom</label> <input id=a name=prenom title="Votre prénom"></p>'
    body = f"<h1>Titre</h1>{lines(3)}{field}"
    path = printed(body, forms=True)
    assert proof(path) == []
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[0].obj.Annots[0]["/TU"]
        pdf.save(path)
    assert told(proof(path)) == ["page 1 : le champ « prenom » n’a pas d’intitulé"]


def test_field_over_a_text(printed: Print) -> None:
    field = "<p><label for=a>Prénom</label> <input id=a name=a title=Prénom></p>"
    path = printed(f"<h1>Titre</h1>{lines(3)}{field}", forms=True)
    with opened(path) as paper:
        label = next(block for block in paper.text if block.letters == "Prénom").box
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Annots[0].Rect = pikepdf.Array([round(edge) for edge in label])
        pdf.save(path)
    assert told(proof(path)) == ["page 1 : un champ à remplir couvre « Prénom »"]


# ---------------------------------------------------------------------------------------------
# The program
# ---------------------------------------------------------------------------------------------


def test_program_says_what_to_mend(printed: Print) -> None:
    path = printed(f"<h1>Titre</h1>{lines(10)}<h2>Ce qui suit</h2><p>{SENTENCE}</p>", LOOSE)
    done = _run(path, "--encre")
    assert done.returncode == 1
    assert (
        "page 1\u00a0: le titre «\u00a0Ce qui suit\u00a0» est seul au bas de la page" in done.stdout
    )
    assert "d’encre" in done.stdout
    done = _run(path, "--sauf", "titres")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1\u00a0PDF\u00a0: rien à reprendre." in done.stdout


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, REPOSITORY / "scripts" / "proof", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
