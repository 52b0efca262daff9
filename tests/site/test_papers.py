"""How the site offers papers: their order, their sheets, their advice, and the pages of them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from markup import HEADINGS, Markup, Site, read
from mkdocs.commands.build import build
from mkdocs.config import load_config
from PIL import Image

import builds
from ressourcerie import pipeline
from ressourcerie.library import Library
from ressourcerie.load import load
from ressourcerie.paper.pdf import Kit, Pdf
from ressourcerie.settings import Settings
from ressourcerie.site import printing
from ressourcerie.site.catalogue import catalogue
from ressourcerie.site.shelves import OTHERS, TO_FILL, TO_ORGANISE, in_order, shelves

TINY = Path(__file__).parents[1] / "tiny"
WORKSHOP = "ateliers/essai/index.md"
# As a press may give them: in no particular order.
EDITIONS = (
    "emargement",
    "attestation",
    "participant",
    "grands-caracteres",
    "a-remplir",
    "animateur",
    "econome",
    "preparation",
    "corrige",
)


def pdf(edition: str, owner: str = WORKSHOP, **facts: object) -> Pdf:
    known: dict[str, object] = {"paper": "A4", "pages": 4, "size": 48_000} | facts
    name = f"{Path(owner).parent.name}-{edition}.pdf"
    return Pdf(
        name=name,
        label=edition.capitalize(),
        purpose="Pour essayer.",
        owner=owner,
        edition=edition,
        file=Path(name),
        **known,  # type: ignore[arg-type]
    )


def kit(owner: str = WORKSHOP) -> Kit:
    name = f"{Path(owner).parent.name}-kit.zip"
    return Kit(name, "Kit", "Tout.", owner, Path(name), 1_200_000, ("a.pdf", "LISEZ-MOI.html"))


@pytest.fixture(scope="module")
def library() -> Library:
    return load(TINY)[0]


# ---------------------------------------------------------------------------------------------
# Shelves
# ---------------------------------------------------------------------------------------------


def test_three_papers_of_a_trainer_in_a_hurry_come_first() -> None:
    first, *rest = shelves([*map(pdf, EDITIONS), kit()])
    assert first.heading == ""
    assert [p.name for p in first.papers] == [
        "essai-kit.zip",
        "essai-animateur.pdf",
        "essai-participant.pdf",
    ]
    assert [s.heading for s in rest] == [OTHERS, TO_FILL, TO_ORGANISE]
    assert [p.name for p in rest[0].papers] == [
        "essai-grands-caracteres.pdf",
        "essai-econome.pdf",
        "essai-corrige.pdf",
    ]


def test_every_paper_is_on_one_shelf() -> None:
    given = [*map(pdf, EDITIONS), pdf("edition-a-venir"), kit()]
    shown = [paper for shelf in shelves(given) for paper in shelf.papers]
    assert sorted(p.name for p in shown) == sorted(p.name for p in given)
    assert tuple(shown) == in_order(given)


def test_edition_nobody_has_placed_is_offered_among_the_others() -> None:
    found = shelves([*map(pdf, EDITIONS), pdf("braille")])
    other = next(s for s in found if s.heading == OTHERS)
    assert other.papers[-1].name == "essai-braille.pdf"


@pytest.mark.parametrize(
    "editions", [("programme",), ("cartes", "bingo"), ("emargement", "cartes", "attestation", "a3")]
)
def test_few_papers_or_none_of_the_first_are_not_folded(editions: tuple[str, ...]) -> None:
    (only,) = shelves(map(pdf, editions))
    assert only.heading == ""
    assert len(only.papers) == len(editions)


def test_nothing_to_print_makes_no_shelf() -> None:
    assert shelves([]) == ()


# ---------------------------------------------------------------------------------------------
# Catalogue
# ---------------------------------------------------------------------------------------------

SURVEY = "content/questionnaires/satisfaction.yml"


def test_documents_are_listed_as_readers_meet_them(library: Library) -> None:
    glossary, booklet = "content/glossaire.md", "content/livrets/carnet.md"
    path = "content/parcours/voyage.md"
    owners = [SURVEY, glossary, booklet, path, WORKSHOP]
    found = catalogue(library, [pdf("livret", owner) for owner in owners], [kit()])
    assert [(heading, [e.title for e in entries]) for heading, entries in found.sections] == [
        ("Ateliers", [library.workshops[0].titre]),
        ("Parcours", [library.paths[0].titre]),
        ("Livrets", [library.booklets[0].titre]),
        ("Autres documents", ["Glossaire", "Livret"]),
    ]
    assert len(found.pdfs) == len(owners)
    assert [k.owner for k in found.kits] == [WORKSHOP]
    anchors = [entry.anchor for entry in found.entries]
    assert len(set(anchors)) == len(anchors)


def test_paper_without_a_page_is_shared(library: Library) -> None:
    found = catalogue(library, [pdf("questionnaire", SURVEY), pdf("animateur")], [])
    assert found.shared == {SURVEY}
    assert [p.owner for p in found.papers(found.shared | {WORKSHOP})] == [WORKSHOP, SURVEY]


def test_card_of_a_workshop_offers_its_first_papers_only(library: Library) -> None:
    found = catalogue(library, map(pdf, EDITIONS), [kit()])
    assert [p.label for p in found.front(WORKSHOP)] == ["Kit", "Animateur", "Participant"]
    assert found.front("ateliers/inconnu/index.md") == ()


# ---------------------------------------------------------------------------------------------
# Advice
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (pdf("participant", pages=7), "4\u00a0feuilles recto verso"),
        (pdf("participant", pages=2), "1\u00a0feuille recto verso"),
        (pdf("participant", pages=1), "1\u00a0feuille"),
        (pdf("bingo", pages=3, duplex=False), "3\u00a0feuilles recto seul"),
        (pdf("a-remplir"), ""),
        (pdf("attestation-a-remplir"), ""),
        (pdf("diaporama"), ""),
    ],
)
def test_sheets_are_counted(paper: Pdf, said: str) -> None:
    assert printing.sheets(paper) == said


@pytest.mark.parametrize(
    ("edition", "edge"),
    [("animateur", "long"), ("livret", "long"), ("cartes", "long"), ("a-imprimer", "court")],
)
def test_edge_is_the_one_pages_turn_about(edition: str, edge: str) -> None:
    first = printing.advice(pdf(edition, pages=8))[0]
    assert first == f"Papier A4, recto verso, retourner sur le bord {edge}."


def test_no_edge_is_named_when_one_side_is_printed() -> None:
    for paper in (pdf("affiche", pages=1), pdf("bingo", pages=9, duplex=False)):
        assert "bord" not in " ".join(printing.advice(paper))


def test_booklet_to_fold_says_so_and_wants_its_guide_once() -> None:
    paper = pdf("a-imprimer", pages=14)
    assert "Pliez" in " ".join(printing.advice(paper))
    assert printing.once(paper) == 1
    assert printing.once(pdf("livret")) == 0


def test_ink_is_told_when_it_was_measured() -> None:
    assert "couvre 3\u00a0%" in printing.advice(pdf("econome", ink=0.031))[-1]
    assert "couvre 1\u00a0%" in printing.advice(pdf("econome", ink=0.001))[-1]
    assert "%" not in printing.advice(pdf("econome"))[-1]


def test_screen_papers_have_no_printer_settings() -> None:
    for edition in ("a-remplir", "diaporama"):
        (only,) = printing.advice(pdf(edition))
        assert "Papier" not in only


@pytest.mark.parametrize("edition", [*EDITIONS, "livret", "a-imprimer", "a3", "cartes", "affiche"])
def test_advice_is_good_french(edition: str) -> None:
    for line in printing.advice(pdf(edition, pages=12, ink=0.05)):
        assert line.endswith(".")
        for sign in (" :", " %", "« ", " »", "'"):
            assert sign not in line, line


# ---------------------------------------------------------------------------------------------
# Pages, with every edition in stock
# ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The tiny site, with made-up papers: what the press prints is tested elsewhere."""
    root = builds.lay(tmp_path_factory.mktemp("stocked") / "projet")
    stock = root / "stock"
    stock.mkdir()
    Image.new("L", (240, 339), 255).save(stock / "page.png")
    (stock / "file").write_bytes(b"made up")
    booklet, path = "content/livrets/carnet.md", "content/parcours/voyage.md"
    papers = [pdf(edition) for edition in EDITIONS]
    papers += [pdf(edition, booklet) for edition in ("livret", "a-imprimer", "a3")]
    papers += [
        pdf("programme", path),
        pdf("cartes", "content/glossaire.md"),
        pdf("questionnaire", SURVEY),
    ]
    pdfs = tuple(replace(p, file=stock / "file", preview=stock / "page.png") for p in papers)
    kits = tuple(replace(kit(owner), file=stock / "file") for owner in (WORKSHOP, path))

    def prepare(settings: Settings, progress: object) -> pipeline.Work:
        return replace(pipeline.check(pipeline.Work(settings)), pdfs=pdfs, kits=kits)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "prepare", prepare)
        patch.setenv("SITE_URL", builds.ADDRESS)
        config = load_config(str(root / "mkdocs.yml"))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    return Site(root / "site", "/ressources/")


LISTS = ("telechargements/", "imprimer/", "ateliers/essai/", "livrets/carnet/", "glossaire/")


@pytest.mark.parametrize("address", LISTS)
def test_every_paper_and_picture_offered_is_there(stocked: Site, address: str) -> None:
    page = read(stocked.pages[address])
    offered = [a for a in page.addresses if re.search(r"\.(pdf|zip|png)$", a)]
    assert offered
    assert {a: stocked.broken(address, a) for a in offered if stocked.broken(address, a)} == {}


def test_nothing_printed_is_left_out(stocked: Site) -> None:
    files = {p.name for p in (stocked.folder / "telechargements").iterdir() if p.is_file()}
    pdfs = {name for name in files if name.endswith(".pdf")}
    kits = {name for name in files if name.endswith(".zip")}
    assert len(pdfs) == 15
    # And the edition for sticks.
    assert len(kits) == 3
    listed = {a.rpartition("/")[2] for a in read(stocked.pages["telechargements/"]).addresses}
    assert pdfs | kits <= listed
    assert pdfs <= {a.rpartition("/")[2] for a in read(stocked.pages["imprimer/"]).addresses}


def shown_at_once(page: Markup) -> list[str]:
    """The papers of the panel one sees without unfolding anything."""
    links = [t for t in page.all("a") if "download__link" in t.classes]
    return [t.attributes["href"].rpartition("/")[2] for t in links if not t.inside("details")]


def test_workshop_shows_three_papers_and_folds_the_rest(stocked: Site) -> None:
    page = read(stocked.pages["ateliers/essai/"])
    assert shown_at_once(page) == [
        "essai-kit.zip",
        "essai-animateur.pdf",
        "essai-participant.pdf",
    ]
    folded = [t for t in page.all("details") if "download-fold" in t.classes]
    assert len(folded) == 3
    assert all("open" not in t.attributes for t in folded)
    # A questionnaire goes with every workshop.
    assert any("questionnaires-questionnaire.pdf" in a for a in page.addresses)


def test_panel_says_what_each_paper_weighs(stocked: Site) -> None:
    page = read(stocked.pages["ateliers/essai/"])
    told = {
        t.attributes["href"].rpartition("/")[2]: " ".join(t.text.split())
        for t in page.all("a")
        if "download__link" in t.classes
    }
    assert told["essai-participant.pdf"] == (
        "Participant PDF A4 · 4 pages · 2 feuilles recto verso · 48 Ko"
    )
    assert told["essai-kit.zip"] == "Kit Dossier zip · 2 fichiers · 1,2 Mo"
    assert "feuille" not in told["essai-a-remplir.pdf"]


def test_previews_keep_their_place_and_say_nothing_twice(stocked: Site) -> None:
    pictures = [
        t.attributes
        for address in LISTS
        for t in read(stocked.pages[address]).all("img")
        if "vignettes" in t.attributes["src"]
    ]
    assert pictures
    for picture in pictures:
        assert (picture["width"], picture["height"]) == ("240", "339")
        assert picture["alt"] == ""
        assert picture["loading"] == "lazy"


def test_only_what_goes_to_a_printer_can_be_printed_at_once(stocked: Site) -> None:
    page = read(stocked.pages["ateliers/essai/"])
    now = [t.attributes["href"] for t in page.all("a") if "print-now" in t.classes]
    assert any("essai-participant.pdf" in a for a in now)
    assert not any("a-remplir" in a or a.endswith(".zip") for a in now)


def test_kits_come_first_among_downloads(stocked: Site) -> None:
    page = read(stocked.pages["telechargements/"])
    links = [t.attributes["href"] for t in page.all("a") if "download__link" in t.classes]
    assert [a.endswith(".zip") for a in links] == [True] * 2 + [False] * 15


def test_page_of_a_word_offers_the_booklets_that_hold_it(stocked: Site) -> None:
    page = read(stocked.pages["glossaire/navigateur/"])
    assert shown_at_once(page) == ["livrets-livret.pdf", "livrets-a-imprimer.pdf", "livrets-a3.pdf"]


def test_printing_page_is_whole_before_any_script(stocked: Site) -> None:
    """Every PDF in a row of its own, with its sheets and what to tell the printer."""
    page = read(stocked.pages["imprimer/"])
    rows = [t for t in page.all("tr") if t.attributes.get("id", "").startswith("pdf-")]
    assert len(rows) == 15
    for row in rows:
        lists = [t for t in page.all("ul") if row in t.around]
        assert [t.text.strip() for t in lists] != [""], row.attributes
    # The chooser says nothing until it works.
    (chooser,) = (t for t in page.all("form") if "chooser" in t.classes)
    assert "hidden" in chooser.attributes


def test_pages_of_papers_are_well_written(stocked: Site) -> None:
    for address in LISTS:
        page = read(stocked.pages[address])
        assert page.faults == [], address
        assert len(set(page.ids)) == len(page.ids), address
        levels = [int(t.name[1]) for t in page.all(*HEADINGS)]
        assert all(b <= a + 1 for a, b in pairwise(levels)), address
        assert not any("style" in t.attributes for t in page.tags), address
