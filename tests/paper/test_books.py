"""Booklets: what a recipe gathers, what a change costs, and pages that are where they are said."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from proofing.paper import Paper
from proofing.paper import opened as proofed
from reading import Sheets, squeezed
from stock import BOOKLETS

from builds import edit, lay, write
from ressourcerie.checks import suite
from ressourcerie.library import Library
from ressourcerie.model import Booklet, Resource
from ressourcerie.paper.worker import Job, Result
from straw import blank, laid_out, press_of, print_with_straw, settings_of

CARNET = "content/livrets/carnet.md"
BOUND = {f"carnet-{form}.pdf" for form in ("livret", "a-imprimer", "deux-par-feuille", "a3")}


# ---------------------------------------------------------------------------------------------
# Pages that are where they are said
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What the tags of a book say, as a screen reader does.

    `headings` are (level, words, page). The others are words, without spaces, and the page they are
    said to stand on: `contents`, with their depth; the `index`; what each entry says to `see`.
    """

    pages: int
    headings: list[tuple[int, str, int]]
    contents: list[tuple[int, str, int]]
    index: list[tuple[str, int]]
    see: list[tuple[str, int]]

    def starts(self, words: str) -> list[int]:
        """The pages that have this heading."""
        return [page for _, said, page in self.headings if said == words]


def tell(paper: Paper) -> Told:
    headings, contents, index, see = [], [], [], []
    under = ""
    for block in paper.text:
        words = squeezed(block.letters)
        if block.node.level:
            under = words
            headings.append((block.node.level, words, block.page))
        elif block.kind == "LI" and under == "Sommaire":
            match = re.fullmatch(r"(.*?)\.{2,}(\d+)|(.*?)\.?(\d+)", words)
            assert match, words
            depth = sum(kind == "LI" for kind in block.node.path)
            contents.append((depth, match[1] or match[3], int(match[2] or match[4])))
        elif block.kind == "LI" and under == "Indexdesmots":
            said, _, page = words.rpartition("·")
            index.append((said, int(page)))
        elif block.kind == "LI" and under == "Voiraussi":
            said, _, page = words.rpartition(",page")
            see.append((said, int(page)))
    return Told(len(paper.pages), headings, contents, index, see)


@pytest.fixture(scope="module")
def told(real_site: Path) -> Callable[[str], Told]:
    known: dict[str, Told] = {}

    def get(name: str) -> Told:
        if name not in known:
            with proofed(real_site / "telechargements" / name) as paper:
                known[name] = tell(paper)
        return known[name]

    return get


@pytest.fixture(params=BOOKLETS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def booklet(owner: Resource) -> Booklet:
    assert isinstance(owner, Booklet)
    return owner


def printed(words: str) -> str:
    return squeezed(words.replace("'", "’"))


def test_contents_tell_the_right_pages(
    sheets: Sheets, told: Callable[[str], Told], name: str, real_library: Library
) -> None:
    """Each page announced has its title: at the top for a part, as a heading for the others."""
    bookmarks = {(squeezed(title), number): level for level, title, number in sheets.bookmarks}
    # Glossary entries follow one another; all other parts open a page.
    following = {printed(t.titre) for t in real_library.terms} | {*string.ascii_uppercase}
    book = told(name)
    assert len(book.contents) >= (10 if name in {"guide-livret.pdf", "glossaire-livret.pdf"} else 4)
    for depth, title, number in book.contents:
        bare = re.sub(r"^(Partie\d+|Annexe|Semaine\d+(?!:))", "", title)
        assert (bare, number) in bookmarks, (title, number)
        assert number in book.starts(bare), (title, number)
        if depth == 1 and bare not in following:
            body = sheets.body(number)
            assert 0 <= body.find(bare) < 60, (title, number, body[:90])
        assert squeezed(f"page {number} sur {book.pages}") in sheets.margins(number)


def test_contents_leave_no_part_out(
    told: Callable[[str], Told], name: str, booklet: Booklet, real_library: Library
) -> None:
    listed = [title for depth, title, _ in told(name).contents if depth == 1]
    inside = [
        printed(title)
        for content, held in real_library.contents(booklet)
        for title in (["Les mots, de A à Z"] if content == "definitions" else titles(held))
    ]
    assert inside
    for announced_title, title in zip(inside, listed, strict=False):
        assert title.endswith(announced_title)
    ends = listed[len(inside) :]
    # And what comes after them: all that opens a page there is announced.
    known = {"Réponses", "Lexique", "Indexdesmots", "Sources"}
    assert ends == [t for level, t, _ in told(name).headings if level == 2 and t in known]


def titles(held: Iterable[Resource]) -> list[str]:
    return [resource.titre for resource in held]


def test_contents_are_in_the_order_of_pages(told: Callable[[str], Told], name: str) -> None:
    pages = [page for _, _, page in told(name).contents]
    assert pages == sorted(pages)


def test_index_tells_the_right_pages(
    told: Callable[[str], Told], name: str, booklet: Booklet, real_library: Library
) -> None:
    book = told(name)
    words = {"glossaire", "definitions"}
    assert bool(book.index) == bool(words & {*booklet.contenu})
    terms = [t for c, held in real_library.contents(booklet) if c in words for t in held]
    forms = {printed(f): t for t in terms for f in (*t.forms, *filter(None, [t.anglais]))}  # type: ignore[attr-defined]
    assert {said for said, _ in book.index} <= forms.keys()
    assert {forms[said].slug for said, _ in book.index} == {t.slug for t in terms}
    for said, number in book.index:
        assert book.starts(printed(forms[said].titre)) == [number], said


def test_see_also_tells_the_right_pages(
    told: Callable[[str], Told], name: str, booklet: Booklet
) -> None:
    book = told(name)
    assert bool(book.see) == ("glossaire" in booklet.contenu)
    for said, number in book.see:
        assert number in book.starts(said), said


def test_answers_stand_after_all_exercises(told: Callable[[str], Told]) -> None:
    book = told("exercices-livret.pdf")
    (answers,) = book.starts("Réponses")
    after = {"Réponses", "Lexique", "Index des mots", "Sources"}
    assert all(page < answers for _, title, page in book.contents if title not in after)


# ---------------------------------------------------------------------------------------------
# What a change costs
# ---------------------------------------------------------------------------------------------

LETTERS = "abcdefghijklmnop"


def thick(root: Path) -> Path:
    """A glossary of 34 terms in three parts, each entry naming the first and the next one."""
    model = (root / "glossary/navigateur.md").read_text("utf-8")
    names = [f"{letter}ation-{rank}" for letter in LETTERS for rank in ("premiere", "seconde")]
    for name, after in zip(names, [*names[1:], names[0]], strict=True):
        text = model.replace("titre: Navigateur", f"titre: {name.replace('-', ' ').capitalize()}")
        text = text.replace("anglais: browser\n", "")
        see = ", ".join(dict.fromkeys((names[0], after)))
        text = text.replace("voir_aussi: [mot-de-passe]", f"voir_aussi: [{see}]")
        write(root, f"glossary/{name}.md", text)
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "projet")


def read(path: Path) -> Told:
    with proofed(path) as paper:
        return tell(paper)


def assert_right(book: Told) -> None:
    assert len(book.contents) > 30
    assert len(book.index) >= 34
    assert len(book.see) > 50
    lines = [*((t, n) for _, t, n in book.contents), *book.see]
    for title, number in lines:
        assert number in book.starts(title.removeprefix("Partie1")), (title, number)
    for said, number in book.index:
        starts = book.starts("Navigateur" if said == "browser" else said)
        assert said == "mdp" or starts == [number], said


def only_the_book(root: Path) -> set[str]:
    """Print a project, the book with its engine and the rest with straw: what was made."""

    def answer(job: Job) -> Result:
        return laid_out(job) if re.fullmatch(r"carnet-(\w+|livret\.pdf)", job.name) else blank(job)

    whole = print_with_straw(root, answer)
    assert whole.found == []
    (book,) = (pdf for pdf in whole.pdfs if pdf.name == "carnet-livret.pdf")
    (root / "livre.pdf").write_bytes(book.file.read_bytes())
    return {name for name in whole.made if name.startswith("carnet-")}


def test_changed_entry_costs_its_part_and_moves_all_numbers(root: Path) -> None:
    """One long entry more at the head of the glossary: all that names a page is still right."""
    thick(root)
    parts = {f"carnet-{part}" for part in (*range(1, 8), "couverture", "debut", "fin", "dos")}
    assert only_the_book(root) == parts | BOUND
    before = read(root / "livre.pdf")
    assert_right(before)
    long = "\n\n".join(f"Il y a beaucoup à en dire, et encore ceci, numéro {n}." for n in range(80))
    edit(root, "glossary/aation-premiere.md", "## Un exemple", f"{long}\n\n## Un exemple")
    assert only_the_book(root) == {"carnet-1"} | BOUND
    after = read(root / "livre.pdf")
    assert_right(after)
    assert after.pages >= before.pages + 3
    assert before.index[-1][1] < after.index[-1][1]
    # Nothing has changed since: nothing is made.
    assert only_the_book(root) == set()


def test_renamed_entry_costs_what_names_it(root: Path) -> None:
    thick(root)
    print_with_straw(root)
    edit(root, "glossary/pation-seconde.md", "titre: Pation seconde", "titre: Pation derniere")
    made = {name for name in print_with_straw(root).made if name.startswith("carnet-")}
    # Its part; the contents and the index. « Pation premiere », that refers to it, is in its part.
    assert made == {"carnet-6", "carnet-debut", "carnet-fin"} | BOUND


def test_entry_more_leaves_the_other_letters_alone(root: Path) -> None:
    """Parts end where letters do: a term more does not push all the others from part to part."""
    thick(root)
    print_with_straw(root)
    text = (root / "glossary/aation-premiere.md").read_text("utf-8")
    text = text.replace("titre: Aation premiere", "titre: Pation tierce")
    write(root, "glossary/pation-tierce.md", text)
    # Every part names the places of the book: all are composed, those that are the same are kept.
    made = {name for name in print_with_straw(root).made if name.startswith("carnet-")}
    assert made == {"carnet-6", "carnet-debut", "carnet-fin"} | BOUND


# ---------------------------------------------------------------------------------------------
# What a recipe gathers
# ---------------------------------------------------------------------------------------------


def recipe(root: Path, *lines: str) -> Path:
    """Write the recipe of the booklet."""
    edit(root, CARNET, "contenu: [glossaire, guide]", "\n".join(lines))
    return root


@pytest.fixture
def many(root: Path) -> Path:
    """Three workshops, of other levels and themes, two of them on a path; two chapters."""
    text = (root / "ateliers/essai/index.md").read_text("utf-8")
    text = text.replace("](table.svg)", "](../essai/table.svg)")
    for slug, title, level, theme in (
        ("second", "Continuer", "intermediaire", "securite"),
        ("tiers", "Finir", "avance", "decouverte"),
    ):
        changed = text.replace("Essayer : ouvrir une page", f"{title} : ouvrir une page")
        changed = changed.replace("niveau: debutant", f"niveau: {level}")
        changed = changed.replace("themes: [decouverte]", f"themes: [{theme}]")
        write(root, f"ateliers/{slug}/index.md", changed)
    edit(root, "content/parcours/voyage.md", "[essai]", "[second, essai]")
    chapter = (root / "content/guide/premiers-pas.md").read_text("utf-8")
    chapter = chapter.replace("Premiers pas", "Seconds pas").replace("ordre: 1", "ordre: 2")
    write(root, "content/guide/seconds-pas.md", chapter.replace("decouverte", "securite"))
    return root


RECIPES: dict[str, tuple[list[str], list[str]]] = {
    "all": (
        ["contenu: [guide, glossaire]"],
        [
            "guide-premiers-pas",
            "guide-seconds-pas",
            "glossaire-mot-de-passe",
            "glossaire-navigateur",
        ],
    ),
    "twice the same": (
        ["contenu: [guide, guide]"],
        ["guide-premiers-pas", "guide-seconds-pas"],
    ),
    "level": (["contenu: [ateliers]", "niveau: avance"], ["ateliers-tiers"]),
    "theme": (
        ["contenu: [ateliers, guide]", "theme: securite"],
        ["ateliers-second", "guide-seconds-pas"],
    ),
    "path, in its order": (
        ["contenu: [exercices]", "parcours: voyage"],
        ["exercices-second", "exercices-essai"],
    ),
    "path and level": (
        ["contenu: [carnet]", "parcours: voyage", "niveau: debutant"],
        ["carnet-essai"],
    ),
    "listed, in that order": (
        ["contenu: [ateliers]", "ateliers: [tiers, essai]"],
        ["ateliers-tiers", "ateliers-essai"],
    ),
    "listed and theme": (
        ["contenu: [ateliers]", "ateliers: [tiers, second]", "theme: decouverte"],
        ["ateliers-tiers"],
    ),
    "terms": (["contenu: [glossaire]", "termes: [navigateur]"], ["glossaire-navigateur"]),
    "chapters": (
        ["contenu: [guide, glossaire]", "chapitres: [seconds-pas]", "termes: [mot-de-passe]"],
        ["guide-seconds-pas", "glossaire-mot-de-passe"],
    ),
    "shelf": (
        ["contenu: [glossaire]", "groupe: [securite]"],
        ["glossaire-mot-de-passe"],
    ),
    "definitions, under their letters": (
        ["contenu: [definitions]", "termes: [navigateur, mot-de-passe]"],
        ["definitions-mot-de-passe", "definitions-navigateur"],
    ),
    "definitions of a shelf": (
        ["contenu: [guide, definitions]", "groupe: [securite]", "chapitres: [seconds-pas]"],
        ["guide-seconds-pas", "definitions-mot-de-passe"],
    ),
    "pages, in that order": (
        ["contenu: [pages]", "pages: [utiliser, ateliers/par-critere]"],
        ["pages-utiliser", "pages-ateliers-par-critere"],
    ),
    "the same workshop in three ways": (
        ["contenu: [ateliers, exercices, carnet]", "ateliers: [essai]"],
        ["ateliers-essai", "exercices-essai", "carnet-essai"],
    ),
}


def entries(root: Path) -> Iterator[str]:
    """The entries of the book, in its order."""
    texts = print_with_straw(root).texts
    number = 1
    while text := texts.get(f"carnet-{number}"):
        yield from re.findall(r'<h[24] id="((?<=<h2 id=")\w+-[^"]+|definitions-[^"]+)"', text)
        number += 1


@pytest.mark.parametrize("choice", RECIPES)
def test_recipe_gathers(many: Path, choice: str) -> None:
    lines, expected = RECIPES[choice]
    assert list(entries(recipe(many, *lines))) == expected


@pytest.mark.parametrize("choice", RECIPES)
def test_contents_announce_what_is_gathered(many: Path, choice: str) -> None:
    lines, expected = RECIPES[choice]
    front = print_with_straw(recipe(many, *lines)).texts["carnet-debut"]
    ends = {"reponses", "lexique", "index", "sources"}
    found = re.findall(r'<li class="part"><a href="livre:([^"]+)"', front)
    assert [name for name in found if name not in ends] == list(
        dict.fromkeys(map(announced, expected))
    )


def announced(entry: str) -> str:
    """The contents lead to the definitions as a whole, then to each of their letters."""
    return "definitions" if entry.startswith("definitions-") else entry


def test_definitions_are_the_gloss_and_the_other_names(many: Path) -> None:
    """Nothing of what an entry tells after its gloss; each letter once, in its place."""
    recipe(many, "contenu: [definitions]")
    texts = print_with_straw(many).texts
    (part,) = (texts[name] for name in texts if re.fullmatch(r"carnet-\d+", name))
    assert re.findall(r"<h3 [^>]*>(\w)</h3>", part) == ["M", "N"]
    library = press_of(many).library
    for term in library.terms:
        assert printed(term.glose) in squeezed(re.sub("<[^>]+>", "", part))
    assert "browser" in part
    assert "Un exemple" not in part
    assert "Sources" not in part


def test_words_lead_to_their_definition_when_the_book_has_it(many: Path) -> None:
    recipe(many, "contenu: [guide, definitions]", "chapitres: [premiers-pas]")
    texts = print_with_straw(many).texts
    assert 'href="livre:definitions-navigateur"' in texts["carnet-1"]
    assert 'href="livre:definitions-navigateur"' in texts["carnet-fin"]


SESSION = """## Déroulé

### Accueil : bonjour — 5 min

!!! participant "Ce que vous faites"
    Dites bonjour.

??? corrige "Réponses"
    Bonjour.

### Trier les messages — 20 min

!!! animateur "Ce que vous faites"
    Laissez chercher.

!!! participant "Ce que vous faites"
    Triez.

??? corrige "Réponses"
    Trois piles.

### Montrer — 5 min

!!! animateur "Ce que vous faites"
    Montrez.

??? corrige "Réponses"
    Montré.

### Évaluation : deux questions — 10 min

!!! participant "Ce que vous faites"
    Répondez.

??? corrige "Réponses"
    Deux fois oui.

## Posture

Restez calme.

## Fiche participant

Je retiens :

lignes: 2
"""


def test_workbook_keeps_what_is_an_exercise(many: Path) -> None:
    """Neither welcome nor assessment, nor what only the facilitator does; answers neither."""
    for file in (many / "ateliers").glob("*/index.md"):
        front = file.read_text("utf-8").split("\n---\n")[0]
        file.write_text(f"{front}\n---\n\n{SESSION}", "utf-8")
    recipe(many, "contenu: [exercices]", "ateliers: [tiers]")
    texts = print_with_straw(many).texts
    exercises, answers = texts["carnet-1"], texts["carnet-reponses"]
    for kept in ("Trier les messages", "Triez.", "Je retiens"):
        assert kept in exercises
    for kept in ("Trier les messages", "Trois piles."):
        assert kept in answers
    for dropped in ("Accueil", "Bonjour", "bonjour", "Montr", "valuation", "fois oui", "calme"):
        assert dropped not in exercises
        assert dropped not in answers
    assert "Trois piles." not in exercises
    assert "Déroulé" not in exercises + answers


def test_answers_to_an_assessment_alone_make_no_chapter(many: Path) -> None:
    kept = SESSION.replace("Trier les messages", "Clôture : au revoir")
    for file in (many / "ateliers").glob("*/index.md"):
        front = file.read_text("utf-8").split("\n---\n")[0]
        file.write_text(f"{front}\n---\n\n{kept}", "utf-8")
    recipe(many, "contenu: [exercices]", "ateliers: [tiers]")
    texts = print_with_straw(many).texts
    assert "Je retiens" in texts["carnet-1"]
    assert "carnet-reponses" not in texts


def test_logbook_of_a_journey_ends_with_what_it_has_brought(many: Path) -> None:
    """Once, after the last week; a single week is no journey."""
    recipe(many, "contenu: [carnet]", "ateliers: [tiers, essai]")
    texts = print_with_straw(many).texts
    assert "bilan du voyage" not in texts["carnet-1"]
    assert "bilan du voyage" in texts["carnet-2"]
    edit(many, CARNET, "ateliers: [tiers, essai]", "ateliers: [essai]")
    assert "bilan du voyage" not in print_with_straw(many).texts["carnet-1"]


def test_word_of_the_foreword_is_explained_too(many: Path) -> None:
    """Even when nothing else in the book names it."""
    recipe(many, "contenu: [pages]", "pages: [une]")
    write(
        many,
        "content/une.md",
        "---\ntitre: Une page\nresume: Un essai.\nauteurs: [La Ressourcerie]\n"
        "cree_le: 2026-01-02\nrelu_le: 2026-02-03\n---\n\nRien.\n",
    )
    file = many / CARNET
    front = file.read_text("utf-8").split("\n---\n")[0]
    file.write_text(f"{front}\n---\n\nOuvrez un navigateur.\n", "utf-8")
    texts = print_with_straw(many).texts
    assert 'href="livre:lexique-navigateur"' in texts["carnet-debut"]
    assert 'id="lexique-navigateur"' in texts["carnet-fin"]


def test_same_thing_twice_has_a_link_to_where_it_first_stands(many: Path) -> None:
    """The guide links to a workshop that the book shows in two ways."""
    recipe(many, "contenu: [guide, exercices, ateliers]", "chapitres: [premiers-pas]")
    texts = print_with_straw(many).texts
    assert 'href="livre:exercices-essai"' in texts["carnet-1"]


def test_recipe_that_gathers_nothing_is_refused(many: Path) -> None:
    recipe(many, "contenu: [ateliers]", "theme: estime")
    library = press_of(many).library
    (booklet,) = library.booklets
    assert [held for _, held in library.contents(booklet)] == [()]
    found = [d for d in suite.run(library, settings_of(many)) if d.place.path == CARNET]
    assert [d.is_error for d in found] == [True]
    assert "atelier" in found[0].message


def test_work_cited_twice_has_one_line(many: Path) -> None:
    """What it is cited for differs from a page to the next: the line says the work alone."""
    for page, told in (("une", "Ses dates."), ("deux", "Ses lieux.")):
        write(
            many,
            f"content/{page}.md",
            f"""---
titre: Page {page}
resume: Un essai.
auteurs: [La Ressourcerie]
cree_le: 2026-01-02
relu_le: 2026-02-03
sources: [{{auteurs: Ada, annee: 1843, titre: Notes, precision: {told}}}]
---

Un texte.
""",
        )
    texts = print_with_straw(recipe(many, "contenu: [pages]", "pages: [une, deux]")).texts
    assert texts["carnet-fin"].count("Notes") == 1
    assert "Ses " not in texts["carnet-fin"]


def test_word_of_the_foreword_stands_in_the_lexicon(root: Path) -> None:
    """The foreword is in no part, and its links lead to the lexicon like all others."""
    recipe(root, "contenu: [carnet]")
    text = (root / CARNET).read_text("utf-8")
    write(root, CARNET, f"{text}\nOuvrez votre navigateur.\n")
    texts = print_with_straw(root).texts
    assert 'href="livre:lexique-navigateur"' in texts["carnet-debut"] or (
        'href="#lexique-navigateur"' in texts["carnet-debut"]
    )
    assert 'id="lexique-navigateur"' in texts["carnet-fin"]
