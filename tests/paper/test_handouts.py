"""The sheets around a session: what they hold, and whether a reader, a pen and scissors can use
them."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import combinations, pairwise
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
from pikepdf.form import Form, RadioButtonGroup
from reading import Sheets, squeezed
from weasyprint.text.fonts import FontConfiguration

from projects import REPOSITORY, TINY, Project, term
from ressourcerie.load import load
from ressourcerie.paper import games, worker
from ressourcerie.paper.document import Document
from ressourcerie.paper.handouts import copies, handouts, parts
from ressourcerie.paper.press import Press
from ressourcerie.paper.sheets import sheets as of_workshop
from ressourcerie.paper.surveys import face
from ressourcerie.paper.typesetting import Typesetting
from ressourcerie.settings import Settings, read_settings

SURVEY = """\
titre: Votre avis
resume: Quelques questions.
introduction: Répondez comme vous voulez.
auteurs: [La Ressourcerie]
cree_le: 2026-01-02
relu_le: 2026-02-03
questions:
  - id: clair
    question: Était-ce clair ?
    type: echelle
  - id: rythme
    question: Le rythme ?
    type: choix
    choix: [Trop lent, Trop rapide]
  - id: aides
    question: Ce qui aide ?
    type: plusieurs
    choix: [La fiche, Autre chose]
  - id: changer
    question: À changer ?
    type: texte
"""
OF_WORKSHOP = ("emargement", "preparation", "attestation", "attestation-a-remplir")
NAMES = (
    *(f"essai-{edition}.pdf" for edition in OF_WORKSHOP),
    "avis-questionnaire.pdf",
    "avis-questionnaire-a-remplir.pdf",
    "glossaire-cartes.pdf",
    "glossaire-bingo.pdf",
    "affiche-themes.pdf",
    "voyage-programme.pdf",
)
FILLABLE = tuple(name for name in NAMES if name.endswith("-a-remplir.pdf"))
LANDSCAPE = ("essai-emargement.pdf", "essai-attestation.pdf", "essai-attestation-a-remplir.pdf")
POINTS = {"A4": (595.28, 841.89), "A3": (841.89, 1190.55)}


def furnish(project: Project) -> Project:
    """A tiny project with a questionnaire, ten terms, and something to do before the session."""
    project.write("content/questionnaires/avis.yml", SURVEY)
    model = project.read("glossary/navigateur.md").replace("anglais: browser\n", "")
    for number in range(8):
        text = model.replace("titre: Navigateur", f"titre: Mot {number}")
        project.write(f"glossary/mot-{number}.md", text)
    before = "## Avant la séance\n\nLa veille :\n\n- [ ] Charger le navigateur.\n\n## Déroulé\n"
    project.edit("ateliers/essai/index.md", "## Déroulé\n", before)
    return project


def composed(project: Project) -> dict[str, Document]:
    library, found = project.load()
    assert found == []
    return {d.name: d for d in handouts(Press(library, project.settings))}


def lay_out(document: Document, settings: Settings) -> bytes:
    """A document as the press prints it, its fields included."""
    worker.WARM.fonts = worker.WARM.fonts or FontConfiguration()
    styles = tuple(settings.print_theme / name for name in document.stylesheets)
    job = Typesetting(
        document.name, document.html, styles, settings.root, fillable=document.fillable
    )
    result = job.run()
    assert result.complaints == ()
    return result.pdf


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Document]]:
    """Every handout of a furnished tiny project, printed once for all."""
    root = tmp_path_factory.mktemp("handouts") / "projet"
    shutil.copytree(TINY, root)
    shutil.copy(REPOSITORY / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(REPOSITORY / "theme", root / "theme")
    project = furnish(Project(root))
    made = composed(project)
    folder = root / "papiers"
    folder.mkdir()
    for name, document in made.items():
        (folder / name).write_bytes(lay_out(document, project.settings))
    return folder, made


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sheets(name: str, printed: tuple[Path, dict[str, Document]]) -> Iterator[Sheets]:
    opened = Sheets(printed[0] / name)
    yield opened
    opened.close()


def reading(printed: tuple[Path, dict[str, Document]], name: str) -> Sheets:
    return Sheets(printed[0] / name)


# ---------------------------------------------------------------------------------------------
# All of them
# ---------------------------------------------------------------------------------------------


def test_every_sheet_is_there_once_and_in_order(project: Project) -> None:
    library, _ = furnish(project).load()
    assert [d.name for d in handouts(Press(library, project.settings))] == list(NAMES)


def test_owners_are_files_and_editions_tell_papers_apart(project: Project) -> None:
    made = composed(furnish(project)).values()
    for document in made:
        assert project.path(document.owner).is_file()
        assert document.label
        assert document.purpose.endswith(".")
    assert len({(d.owner, d.edition) for d in made}) == len(NAMES)


def test_passes_pdf_ua_1(sheets: Sheets) -> None:
    profile = page_validation.ValidationProfile.PDF_UA_1
    report = page_validation.validate_pdf(sheets.path, profile=profile)
    assert report.is_compliant, [str(f) for f in report.failures]


def test_has_one_title_and_no_gap_between_headings(sheets: Sheets) -> None:
    levels = sheets.headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    for above, below in pairwise(levels):
        assert below <= above + 1, levels


def test_pages_have_the_declared_size(
    sheets: Sheets, name: str, printed: tuple[Path, dict[str, Document]]
) -> None:
    width, height = POINTS[printed[1][name].paper]
    expected = (height, width) if name in LANDSCAPE else (width, height)
    for size in sheets.sizes:
        assert size == pytest.approx(expected, abs=0.5)


def test_every_letter_is_ours_and_drawn(sheets: Sheets, name: str) -> None:
    assert list(sheets.glyphs).count(0) == 0
    # A field is filled in with any letter, from a font that the engine gives it whole.
    if name not in FILLABLE:
        assert all("Ressourcerie" in font for font in sheets.fonts)


def test_nothing_runs_off_the_page(sheets: Sheets) -> None:
    for texts, (width, height) in zip(sheets.texts, sheets.sizes, strict=True):
        for text in texts:
            if text.letters.strip() and not text.in_form:
                inside = text.left > 15 and text.right < width - 15
                inside = inside and text.bottom > 10 and text.top < height - 10
                assert inside, text


def test_says_its_licence(sheets: Sheets) -> None:
    assert "CC-BY-SA-4.0" in sheets.whole


def test_composing_twice_gives_the_same_text(project: Project) -> None:
    first, second = composed(furnish(project)), composed(project)
    for name, document in first.items():
        assert document.html == second[name].html
        assert document.inputs == second[name].inputs


def test_sheets_of_the_repository_keep_to_their_pages() -> None:
    """What is promised of ours: « une feuille », « une page »."""
    library, _ = load(REPOSITORY)
    settings, _ = read_settings(REPOSITORY / "mkdocs.yml")
    assert settings is not None
    promised = {
        "creer-attestation.pdf": 1,
        "se-proteger-emargement.pdf": 1,
        "satisfaction-questionnaire.pdf": 2,
        "capitaine-fibre-programme.pdf": 1,
        "affiche-themes.pdf": 1,
    }
    made = {d.name: d for d in handouts(Press(library, settings))}
    for name, pages in promised.items():
        with pikepdf.open(io.BytesIO(lay_out(made[name], settings))) as pdf:
            assert len(pdf.pages) == pages, name


# ---------------------------------------------------------------------------------------------
# Of a workshop
# ---------------------------------------------------------------------------------------------


def test_attendance_sheet_has_a_row_each_and_two_to_spare(project: Project) -> None:
    html = composed(project)["essai-emargement.pdf"].html
    assert len(re.findall(r'<th scope="row"', html)) == 8 + 2
    for column in ("Nom et prénom", "Arrivée", "Départ", "Première venue", "Signature"):
        assert f"{column}" in html
    assert "Vos données" in html


def test_large_group_signs_under_the_same_head_on_every_page(project: Project) -> None:
    project.edit("ateliers/essai/index.md", "{min: 2, max: 8}", "{min: 2, max: 40}")
    document = composed(project)["essai-emargement.pdf"]
    file = project.root / "papier.pdf"
    file.write_bytes(lay_out(document, project.settings))
    opened = Sheets(file)
    assert len(opened) > 1
    for number in range(1, len(opened) + 1):
        if re.search(r"\d{2}", opened.body(number).partition("Nometprénom")[2]):
            assert "Nometprénom" in opened.body(number)
    opened.close()


def test_checklist_counts_copies_and_says_what_to_do_before(project: Project) -> None:
    document = composed(furnish(project))["essai-preparation.pdf"]
    assert "<strong>8</strong> pour un groupe complet" in document.html
    assert "Charger le navigateur." in document.html
    # A word of the glossary is no link on a list to tick: there is no lexicon to lead to.
    assert "#lexique-" not in document.html
    assert "Des pages imprimées." in document.html
    assert "Secretanimateur" not in document.html


def test_checklist_explains_the_terms_its_author_links_to(project: Project) -> None:
    project.edit(
        "ateliers/essai/index.md",
        "## Déroulé\n",
        "## Avant la séance\n\nVoir [le mot](../../glossary/navigateur.md).\n\n## Déroulé\n",
    )
    html = composed(project)["essai-preparation.pdf"].html
    assert 'href="#lexique-navigateur"' in html
    assert 'id="lexique-navigateur"' in html


def test_checklist_without_devices_asks_for_none(project: Project) -> None:
    assert "Un appareil par personne" in composed(project)["essai-preparation.pdf"].html
    project.edit("ateliers/essai/index.md", "[telephone]", "[aucun]")
    assert "Un appareil par personne" not in composed(project)["essai-preparation.pdf"].html


@pytest.mark.parametrize(
    ("words", "people", "count"),
    [
        ("1 par personne", 8, 8),
        ("2 par personne.", 8, 16),
        ("1 par personne, plus 1 par groupe", 8, None),
        ("1 pour 2 personnes", 8, 4),
        ("1 pour 2 personnes", 7, 4),
        ("1 pour la personne qui anime", 8, None),
        ("1", 8, None),
        ("1 pour 0 personnes", 8, None),
        ("quelques-unes", 8, None),
    ],
)
def test_copies_for_a_full_group(words: str, people: int, count: int | None) -> None:
    assert copies(words, people) == count


def test_certificate_says_what_was_worked_on_and_no_level(project: Project) -> None:
    html = composed(project)["essai-attestation.pdf"].html
    assert "ouvrir une page." in html
    assert "Elle ne mesure pas un niveau" in html
    assert "débutant" not in html.lower()
    assert "<input" not in html


# ---------------------------------------------------------------------------------------------
# Forms
# ---------------------------------------------------------------------------------------------


def with_buttons(fields: Iterable[pikepdf.Object]) -> Iterator[pikepdf.Object]:
    for field in fields:
        yield field
        yield from field.get("/Kids", ())


@pytest.mark.parametrize("name", FILLABLE)
def test_every_field_is_named_once_and_titled(name: str, sheets: Sheets) -> None:
    roots = list(sheets.pdf.Root.AcroForm.Fields)
    names = [str(field.T) for field in roots]
    assert len(names) >= 6
    assert len(set(names)) == len(names)
    for field in with_buttons(roots):
        assert len(str(field.TU).strip()) > 3
        assert str(field.TU) != str(field.get("/T", ""))
        assert ("/T" in field) != ("/Parent" in field)
    shown = {a.objgen for page in sheets.pdf.pages for a in page.obj.Annots if "/TU" in a}
    assert shown == {f.objgen for f in with_buttons(roots) if "/Kids" not in f}


def test_paper_has_no_field(printed: tuple[Path, dict[str, Document]]) -> None:
    for name in set(NAMES) - set(FILLABLE):
        opened = reading(printed, name)
        assert "/AcroForm" not in opened.pdf.Root, name
        opened.close()


def test_answers_are_kept_under_the_names_of_questions(
    printed: tuple[Path, dict[str, Document]],
) -> None:
    opened = reading(printed, "avis-questionnaire-a-remplir.pdf")
    form = Form(opened.pdf)
    assert [name for name, _ in form.items()] == [
        "atelier",
        "date",
        "clair",
        "rythme",
        "aides-1",
        "aides-2",
        "aides-2-precision",
        "changer",
    ]
    scale = form["clair"]
    assert isinstance(scale, RadioButtonGroup)
    assert scale.alternate_name == "Était-ce clair\u202f?"
    titles = [str(button.TU) for button in opened.pdf.Root.AcroForm.Fields[2].Kids]
    assert titles[-1] == "Était-ce clair\u202f? — Oui"
    assert len(titles) == 4
    opened.close()


# ---------------------------------------------------------------------------------------------
# Questionnaires on paper
# ---------------------------------------------------------------------------------------------


def test_questionnaire_shows_faces_with_their_words(
    printed: tuple[Path, dict[str, Document]],
) -> None:
    document = printed[1]["avis-questionnaire.pdf"]
    assert document.html.count("data:image/svg+xml") == 4
    opened = reading(printed, "avis-questionnaire.pdf")
    for words in ("Non", "Plutôt non", "Plutôt oui", "Oui", "Trop lent", "La fiche"):
        assert squeezed(words) in opened.whole
    assert squeezed("Vous pouvez laisser une question sans réponse.") in opened.whole
    assert not re.search(r"\bNom\b", document.html)
    opened.close()


def test_faces_go_from_sad_to_happy() -> None:
    for count in (3, 4, 5):
        drawn = [face(rank, count) for rank in range(count)]
        assert len(set(drawn)) == count
        curves = [re.search(r"M14.5 ([\d.]+)Q24 ([\d.]+)", svg) for svg in drawn]
        smiles = [float(c[2]) - float(c[1]) for c in curves if c]
        assert smiles == sorted(smiles)
        assert smiles[0] < 0 < smiles[-1]


# ---------------------------------------------------------------------------------------------
# Games
# ---------------------------------------------------------------------------------------------


def terms(count: int) -> list[games.Term]:
    return [term(f"mot-{n:02}", f"Mot {n:02}") for n in range(count)]


def centres(sheets: Sheets, number: int) -> dict[str, tuple[float, float]]:
    """Where the number of each card stands on page `number` (from 1), in points."""
    return {
        t.letters.strip(): ((t.left + t.right) / 2, (t.bottom + t.top) / 2)
        for t in sheets.texts[number - 1]
        if re.fullmatch(r"\d+", t.letters.strip()) and not t.artifact
    }


def middles(sheets: Sheets, number: int, words: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Which column and row of cards each word or gloss stands in: `words` is text → key."""
    width, height = sheets.sizes[0]
    found: dict[str, tuple[int, int]] = {}
    for text in sheets.texts[number - 1]:
        if key := words.get(squeezed(text.letters)):
            x, y = (text.left + text.right) / 2, (text.bottom + text.top) / 2
            found[key] = (int(x // (width / 2)), int((height - y) // (height / 4)))
    return found


def test_each_back_stands_behind_its_front(project: Project) -> None:
    model = project.read("glossary/navigateur.md").replace("anglais: browser\n", "")
    for n in range(9):
        text = model.replace("titre: Navigateur", f"titre: Mot{n}")
        text = re.sub(r"glose: .*", f"glose: Sens{n}.", text)
        project.write(f"glossary/mot-{n}.md", text)
    document = composed(project)["glossaire-cartes.pdf"]
    file = project.root / "cartes.pdf"
    file.write_bytes(lay_out(document, project.settings))
    opened = Sheets(file)
    assert len(opened) == 4, "11 cards: two sheets, both sides"
    matched = 0
    for front, back in ((1, 2), (3, 4)):
        before = middles(opened, front, {f"Mot{n}": str(n) for n in range(9)})
        behind = middles(opened, back, {f"Sens{n}.": str(n) for n in range(9)})
        assert before.keys() == behind.keys()
        for key, (column, row) in before.items():
            assert behind[key] == (1 - column, row), "the sheet turns over its long edge"
        # To the point: a number is as far from the middle of its card on both faces.
        width, _ = opened.sizes[0]
        numbers, mirrored = centres(opened, front), centres(opened, back)
        assert numbers.keys() == mirrored.keys()
        for key, (x, y) in numbers.items():
            left_of_card = x - (42.52 if x < width / 2 else width / 2)
            left_behind = mirrored[key][0] - (42.52 if mirrored[key][0] < width / 2 else width / 2)
            assert left_of_card == pytest.approx(left_behind, abs=0.6)
            assert y == pytest.approx(mirrored[key][1], abs=0.6)
            matched += 1
    assert matched == 11
    opened.close()


def test_cards_are_cut_from_a_grid_with_equal_margins(
    printed: tuple[Path, dict[str, Document]],
) -> None:
    """A card and its back coincide only if the sheet is the same from the left and the right."""
    style = (REPOSITORY / "theme/print/cartes.css").read_text("utf-8")
    (margin,) = re.findall(r"margin: [\d.]+mm ([\d.]+)mm;", style)
    (width,) = re.findall(r"^\.card {.*\bwidth: ([\d.]+)mm;", style, re.MULTILINE)
    assert 2 * float(margin) + 2 * float(width) == 210


@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 16, 17])
def test_every_term_has_one_card_with_two_faces(count: int) -> None:
    pages = games.card_pages(terms(count))
    assert len(pages) == -(-count // games.PER_PAGE)
    fronts = [card.number for front, _ in pages for row in front for card in row if card]
    backs = [card.number for _, back in pages for row in back for card in row if card]
    assert fronts == list(range(1, count + 1))
    assert sorted(backs) == fronts


def words_of(grid: list[list[games.Term]]) -> tuple[str, ...]:
    return tuple(t.slug for row in grid for t in row)


@pytest.mark.parametrize(
    ("count", "side", "called"), [(9, 3, 9), (10, 3, 10), (15, 3, 15), (16, 4, 16), (400, 4, 24)]
)
def test_no_two_bingo_cards_are_alike(count: int, side: int, called: int) -> None:
    known = terms(count)
    grids = games.bingo_grids(known)
    assert len(grids) == games.PLAYERS
    in_play = {t.slug for t in games.in_play(known)}
    assert len(in_play) == called
    for grid in grids:
        assert [len(row) for row in grid] == [side] * side
        assert len(set(words_of(grid))) == side * side
        assert set(words_of(grid)) <= in_play
    for one, other in combinations(map(words_of, grids), 2):
        assert one != other


def test_bingo_is_drawn_the_same_everywhere() -> None:
    """The words of the first card, whatever the day, the process and the order of files."""
    known = terms(10)
    first = words_of(games.bingo_grids(known)[0])
    assert first == words_of(games.bingo_grids(list(reversed(known)))[0])
    assert first[:3] == ("mot-03", "mot-09", "mot-02")


def test_bingo_reads_out_every_word_of_its_cards(
    printed: tuple[Path, dict[str, Document]],
) -> None:
    html = printed[1]["glossaire-bingo.pdf"].html
    called, *cards = html.split('<section class="grid')
    assert len(cards) == games.PLAYERS
    read_out = set(re.findall(r'<th scope="row">(.*?)</th>', called))
    assert {w for card in cards for w in re.findall(r"<p[^>]*>(.*?)</p>", card)} <= read_out
    assert called.count("<li>") == 5


def test_too_few_terms_make_cards_but_no_bingo(project: Project) -> None:
    made = composed(project)
    assert "glossaire-cartes.pdf" in made
    assert "glossaire-bingo.pdf" not in made


def test_no_glossary_no_game(project: Project) -> None:
    project.path("content/glossaire.md").unlink()
    assert not any(name.startswith("glossaire") for name in composed(project))


# ---------------------------------------------------------------------------------------------
# On walls and doors
# ---------------------------------------------------------------------------------------------


def test_poster_shows_the_five_themes_with_their_chapters(
    printed: tuple[Path, dict[str, Document]],
) -> None:
    opened = reading(printed, "affiche-themes.pdf")
    assert len(opened) == 1
    for theme in ("Découverte", "Sécurité", "Appartenance", "Estime", "Réalisation"):
        assert theme in opened.whole
    assert squeezed("Premiers pas") in opened.whole
    opened.close()


def test_poster_is_legible_on_a4() -> None:
    style = (REPOSITORY / "theme/print/affiche.css").read_text("utf-8")
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)pt", style)]
    # All but the credit: A3 printed on A4 is reduced to 70.7 %.
    assert sorted(sizes)[1] * 0.707 >= 10.5


def test_no_chapter_on_a_theme_no_poster(project: Project) -> None:
    project.edit("content/guide/premiers-pas.md", "theme: decouverte\n", "")
    assert "affiche-themes.pdf" not in composed(project)


def test_programme_lists_sessions_in_order_and_invents_nothing(project: Project) -> None:
    essai = project.read("ateliers/essai/index.md")
    project.write("ateliers/apres/index.md", essai.replace("Essayer : ouvrir", "Aller : ouvrir"))
    project.edit("content/parcours/voyage.md", "[essai]", "[essai, apres]")
    html = composed(project)["voyage-programme.pdf"].html
    assert html.index("<h2>Essayer</h2>") < html.index("<h2>Aller</h2>")
    assert html.count("1\u00a0h</p>") == 2
    assert html.count(">Date<") == html.count(">Heure<") == 2
    assert '<span class="tick"></span> Entrée libre' in html


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Embarquer : parler d’abord", ("Embarquer", "parler d’abord")),
        ("Embarquer", ("Embarquer", "")),
        ("À 12 h : midi : pause", ("À 12 h", "midi : pause")),
    ],
)
def test_title_in_two_parts(title: str, found: tuple[str, str]) -> None:
    assert parts(title) == found


def test_list_cut_by_lines_to_write_on_goes_on_counting(project: Project) -> None:
    """On paper too, where the engine ignores the number that a list begins with."""
    cut = "1. Un.\n2. Deux.\n\nlignes: 1\n\n3. Trois.\n4. Quatre.\n\nlignes: 1\n\n1. Ailleurs.\n"
    project.edit("ateliers/essai/index.md", "- [ ] Je sais ouvrir une page.", cut)
    library, found = project.load()
    assert found == []
    (workshop,) = library.workshops
    made = of_workshop(Press(library, project.settings), workshop)
    (document,) = (d for d in made if d.edition == "participant")
    file = project.root / "fiche.pdf"
    file.write_bytes(lay_out(document, project.settings))
    with closing(Sheets(file)) as opened:
        counted = [
            (page, -text.top, text.letters.strip())
            for page, texts in enumerate(opened.texts)
            for text in texts
            if re.fullmatch(r"\d\.\s*", text.letters)
        ]
    assert [number for *_, number in sorted(counted)] == ["1.", "2.", "3.", "4.", "1."]
