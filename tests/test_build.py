"""Whole builds: same bytes every time, no work done twice, faults told plainly."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from builds import (
    REPOSITORY,
    built,
    command,
    edit,
    environment,
    lay,
    leftovers,
    made_once,
    run,
    tree,
    write,
)
from ressourcerie import pipeline
from ressourcerie.french import NBSP
from ressourcerie.site.build import build as build_site
from straw import settings_of

WORKSHOP = "ateliers/essai/index.md"
CHAPTER = "content/guide/premiers-pas.md"

# ---------------------------------------------------------------------------------------------
# Same sources, same bytes
# ---------------------------------------------------------------------------------------------


def test_two_builds_in_two_places_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = lay(tmp_path / "ici"), lay(tmp_path / "un peu" / "plus loin" / "là")
    first = built(one, PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C.UTF-8")
    second = built(other, PYTHONHASHSEED="2", TZ="America/Cayenne", LC_ALL="C")
    seen = tree(first)
    assert seen == tree(second)
    assert {"sitemap.xml.gz", "telechargements/essai-animateur.pdf"} <= seen.keys()
    assert str(tmp_path).encode() not in b"".join(
        p.read_bytes() for p in first.rglob("*") if p.is_file()
    )


def test_mkdocs_build_gives_the_same_tree(tmp_path: Path) -> None:
    root = lay(tmp_path / "projet")
    ours = tree(built(root))
    built(root, "--site-dir", str(tmp_path / "autre"), name="mkdocs")
    assert tree(tmp_path / "autre") == ours
    assert tree(built(root, name="mkdocs")) == ours


# ---------------------------------------------------------------------------------------------
# No work done twice
# ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def warm_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two workshops and two booklets, printed once. Tests work on copies."""
    return made_once(tmp_path_factory, "warm", warm_up)


def warm_up(root: Path) -> None:
    lay(root)
    second = (root / WORKSHOP).read_text("utf-8")
    second = second.replace("glossaire: [navigateur]", "glossaire: [mot-de-passe]")
    second = second.replace("avec un navigateur", "avec un mot de passe")
    # What is the same is printed once: under another title, nothing is.
    second = second.replace("Essayer : ", "Réessayer : ")
    write(root, "ateliers/autre/index.md", second)
    shutil.copy(root / "ateliers/essai/table.svg", root / "ateliers/autre/table.svg")
    booklet = (root / "content/livrets/carnet.md").read_text("utf-8")
    booklet = booklet.replace("Carnet d’essai", "Mots d’essai")
    write(root, "content/livrets/mots.md", booklet.replace("[glossaire, guide]", "[glossaire]"))
    edit(root, "content/livrets/carnet.md", "[glossaire, guide]", "[guide]")
    assert printed(root) == ALL_PDFS | PIECES


# What shows the text of a workshop; a sheet on A3 is made of the participants’ sheet.
BODIES = (
    "animateur",
    "participant",
    "participant-a3",
    "grands-caracteres",
    "econome",
    "a-remplir",
)
HANDOUTS = ("emargement", "preparation", "attestation", "attestation-a-remplir")
BOUND = ("livret", "a-imprimer", "deux-par-feuille", "a3")


def papers(owner: str, *editions: str) -> set[str]:
    return {f"{owner}-{edition}.pdf" for edition in editions}


ALL_PDFS = {
    *papers("autre", *BODIES, "corrige", "diaporama", *HANDOUTS),
    *papers("essai", *BODIES, "corrige", "diaporama", *HANDOUTS),
    *papers("carnet", *BOUND),
    *papers("mots", *BOUND),
    "glossaire-cartes.pdf",
    "affiche-themes.pdf",
    "voyage-programme.pdf",
}
# Pieces of papers: parts of books, what is bound with them, and how to fold.
PIECES = {
    *(f"{book}-{part}" for book in ("carnet", "mots") for part in ("couverture", "debut", "1")),
    *("carnet-fin", "carnet-dos", "mots-fin", "mots-dos", "notes.pdf"),
    # The sheets of participants that take as many pages are folded alike.
    "mode-d-emploi-A3-2.pdf",
    *(f"mode-d-emploi-{s}-{book}-livret.pdf" for s in ("A3", "A4") for book in ("carnet", "mots")),
}


@pytest.fixture
def warm(warm_project: Path, tmp_path: Path) -> Path:
    return shutil.copytree(warm_project, tmp_path / "copie")


def printed(root: Path) -> set[str]:
    """The names of the PDFs that a build renders anew."""
    names: set[str] = set()

    def progress(_done: int, _total: int, name: str) -> None:
        names.add(name)

    work = pipeline.prepare(settings_of(root), progress=progress)
    assert not work.failed, work.diagnostics
    assert work.rendered == len(names)
    assert len(work.pdfs) == len(ALL_PDFS)
    return names


def test_nothing_is_printed_twice(warm: Path) -> None:
    work = build_site(warm / "mkdocs.yml").work
    assert work.rendered == 0
    assert {pdf.name for pdf in work.pdfs} == ALL_PDFS
    assert {p.name for p in (warm / "site/telechargements").glob("*.pdf")} == ALL_PDFS


def test_a_workshop_prints_only_its_own_sheets(warm: Path) -> None:
    edit(warm, WORKSHOP, "On ouvre une page", "On ouvre deux pages")
    assert printed(warm) == papers("essai", *BODIES)
    assert printed(warm) == set()


def test_a_term_prints_only_what_uses_it(warm: Path) -> None:
    edit(warm, "glossary/mot-de-passe.md", "glose: Une suite de signes", "glose: Des signes")
    glossary = papers("mots", *BOUND) | {"mots-1", "glossaire-cartes.pdf"}
    assert printed(warm) == papers("autre", *BODIES) | glossary
    edit(warm, "glossary/navigateur.md", "glose: Le logiciel", "glose: Le programme")
    # The guide does not hold the word: it explains it at its end.
    guide = papers("carnet", *BOUND) | {"carnet-fin"}
    assert printed(warm) == papers("essai", *BODIES) | glossary | guide


# ---------------------------------------------------------------------------------------------
# Faults, all in one tree, as an author sees them
# ---------------------------------------------------------------------------------------------

TERM = (REPOSITORY / "tests/tiny/glossary/mot-de-passe.md").read_text("utf-8")
PAGE = (REPOSITORY / "tests/tiny/content/utiliser.md").read_text("utf-8")
FONT = "theme/web/assets/fonts/ressourcerie-sans-400-italic.woff2"


def spoil(root: Path) -> dict[str, str]:
    """Break a project in every usual way: `path:line:col` → the code that must be told."""

    def term(name: str, old: str, new: str) -> str:
        assert old in TERM
        text = TERM.replace("titre: Mot de passe\n", f"titre: {name}\n").replace(old, new)
        return write(root, f"glossary/{name}.md", text).relative_to(root).as_posix()

    write(root, "glossary/vide.md", "")
    write(root, "glossary/bom.md", b"\xef\xbb\xbf" + TERM.replace("Mot de", "Bom de").encode())
    write(root, "glossary/latin.md", TERM.replace("Il reste", "Il a été").encode("latin-1"))
    write(root, "content/aide.md", PAGE)
    write(root, "content/aide/index.md", PAGE)
    edit(root, WORKSHOP, "duree: 60", "duree: 1 h")
    other = (REPOSITORY / "tests/tiny" / WORKSHOP).read_text("utf-8")
    other = other.replace("### Ouvrir une page — 30 min", "### Ouvrir une page")
    write(root, "ateliers/pas/index.md", other)
    shutil.copy(root / "ateliers/essai/table.svg", root / "ateliers/pas/table.svg")
    edit(root, CHAPTER, "](../images/dessin.svg)", "](../images/desin.svg)")
    (root / FONT).unlink()
    return {
        f"{term('manque', 'groupe: securite' + chr(10), '')}:1:1": "cle-manquante",
        f"{term('inconnue', 'variantes: [mdp]', 'variante: [mdp]')}:5:1": "cle-inconnue",
        f"{term('double', 'groupe: s', 'groupe: donnees' + chr(10) + 'groupe: s')}:5:1": (
            "cle-en-double"
        ),
        f"{term('casse', 'glose: Une suite', 'glose: Une suite : et')}:3:18": "entete-illisible",
        "glossary/vide.md:1:1": "fichier-vide",
        "glossary/bom.md:1:1": "fichier-bom",
        "glossary/latin.md:3:32": "fichier-encodage",
        "content/aide/index.md:1:1": "adresse-en-double",
        f"{WORKSHOP}:8:1": "duree-unite",
        f"ateliers/pas/index.md:{line_of('ateliers/pas/index.md', root, '### Ouvrir')}:5": (
            "etape-sans-minutes"
        ),
        f"{CHAPTER}:{line_of(CHAPTER, root, '![')}:17": "image-introuvable",
        f"{FONT}:1:1": "police-absente",
    }


def line_of(path: str, root: Path, start: str) -> int:
    lines = (root / path).read_text("utf-8").split("\n")
    return 1 + next(n for n, line in enumerate(lines) if line.startswith(start))


@pytest.mark.parametrize("program", ["ressourcerie", "mkdocs"])
@pytest.mark.parametrize("published", [False, True], ids=["first build", "site in place"])
def test_every_fault_is_told_once_and_nothing_is_written(
    tmp_path: Path, program: str, published: bool
) -> None:
    root = lay(tmp_path / "projet")
    if published:
        write(root, "site/index.html", "le site d’hier")
        write(root, "site/sitemap.xml.gz", "")
    expected = spoil(root)
    before = sources(root)
    done = run(root, name=program)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    for place, code in expected.items():
        told = re.findall(rf"^{re.escape(place)}: erreur \[([\w-]+)\]", said, re.MULTILINE)
        assert told == [code], place
    assert sources(root) == before
    assert (root / "site").exists() is published
    assert leftovers(root) == []


def sources(root: Path) -> dict[str, str]:
    """The whole project but for its cache."""
    return {path: facts for path, facts in tree(root).items() if not path.startswith(".cache")}


def test_faults_are_counted(tmp_path: Path) -> None:
    root = lay(tmp_path / "projet")
    spoil(root)
    said = run(root).stderr
    told = re.findall(r"^\S+:\d+:\d+: erreur \[", said, re.MULTILINE)
    assert f"\n{len(told)}{NBSP}erreurs, 0{NBSP}avertissement." in said


def test_check_says_what_build_says(tmp_path: Path) -> None:
    root = lay(tmp_path / "projet")
    spoil(root)
    program = command()[0]
    checked = subprocess.run(
        [program, "check"], cwd=root, env=environment(), capture_output=True, text=True, timeout=60
    )
    lines = re.compile(r"^\S+:\d+:\d+: erreur .*$", re.MULTILINE)
    assert checked.returncode == 1
    assert lines.findall(checked.stdout) == lines.findall(run(root).stderr)
