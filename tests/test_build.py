"""Whole builds: secrets kept, same bytes every time, no work done twice, faults told plainly."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
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
from ressourcerie.checks import suite
from ressourcerie.french import NBSP
from ressourcerie.load import load
from ressourcerie.paper.documents import documents
from ressourcerie.settings import Settings, read_settings
from ressourcerie.site.build import build as build_site
from ressourcerie.site.pages import PageRenderer, site_pages

WORKSHOP = "ateliers/essai/index.md"
CHAPTER = "content/guide/premiers-pas.md"

# ---------------------------------------------------------------------------------------------
# What participants must not see
# ---------------------------------------------------------------------------------------------

# One word for each place a facilitator may write in.
SECRETS = {
    "bloc animateur": "kanarianimateur",
    "bloc animateur, titre": "kanarititre",
    "bloc corrige": "kanaricorrige",
    "bloc corrige ouvert": "kanariouvert",
    "animateur dans une liste": "kanaripuce",
    "corrige dans une liste numérotée": "kanarinumero",
    "animateur dans un bloc participant": "kanariemboite",
    "corrige dans la fiche participant": "kanarifiche",
    "animateur dans la routine": "kanariroutine",
    "second paragraphe d’un bloc": "kanarisuite",
    "prose d’une étape": "kanarietape",
    "objectif d’une étape": "kanariobjectif",
    "avant la première section": "kanaritete",
    "Avant la séance": "kanariavant",
    "Posture": "kanariposture",
    "Points de vigilance": "kanarivigilance",
    "Adaptations": "kanariadaptations",
    "Évaluation": "kanarievaluation",
    "encadrement": "kanariencadrement",
    "plan B": "kanariplanb",
}
# And words participants must get, so that an empty page does not pass for a discreet one.
SHOWN = ("montrebref", "montreetape", "montreroutine", "montrefiche", "montreloin")

FULL_BODY = """
Avant tout titre, kanaritete.

## En bref

On essaie, montrebref.

!!! animateur "Note kanarititre"
    Dites kanarianimateur.

    Puis kanarisuite.

## Avant la séance

Préparez kanariavant.

## Déroulé

### Accueil — 10 min

- Objectif : dire kanariobjectif
- Modalité : grand groupe
- Support : aucun

Chacun raconte kanarietape.

!!! participant "Ce que vous faites"
    Ouvrez la page montreetape.

    !!! animateur "Entre nous"
        Cachez kanariemboite.

### Essayer — 30 min

??? corrige
    Il fallait kanaricorrige.

???+ corrige "Réponses"
    Il fallait kanariouvert.

### Évaluation — 10 min

### Clôture — 10 min

## Posture

Tenez kanariposture.

## Points de vigilance

Veillez à kanarivigilance.

## Adaptations

Changez kanariadaptations.

## Évaluation

Mesurez kanarievaluation.

## Routine à la maison

Chaque jour, montreroutine.

!!! animateur
    Rappelez kanariroutine.

## Fiche participant

Écrivez ici, montrefiche.

- Un geste

    !!! animateur
        Surveillez kanaripuce.

1. Un calcul

    ??? corrige "Réponse"
        C’est kanarinumero.

???+ corrige
    C’est kanarifiche.

## Pour aller plus loin

Lisez montreloin.
"""


def secretive(root: Path) -> None:
    """Write the secrets in the workshop of a tiny project."""
    file = root / WORKSHOP
    front = file.read_text("utf-8").split("---\n")[1]
    front = re.sub(r"plan_b: .*", "plan_b: Sortez kanariplanb.", front)
    front += "encadrement: Demandez kanariencadrement.\n"
    file.write_text(f"---\n{front}---\n{FULL_BODY}", "utf-8")


@pytest.fixture(scope="module")
def secret_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(root: Path) -> None:
        lay(root)
        secretive(root)
        built(root)

    return made_once(tmp_path_factory, "secrets", make) / "site"


def squeezed(text: str) -> str:
    """Lower case, without spaces or hyphens: words may be cut at the end of a line."""
    return re.sub(r"[\s\u00ad\u00a0\u2010\ufffe-]+", "", text).lower()


def everything_in(pdf: Path) -> str:
    """All a PDF could betray: drawn text, every string, every stream, XMP and docinfo."""
    words = []
    with pypdfium2.PdfDocument(pdf) as document:
        words += [page.get_textpage().get_text_range() for page in document]
    with pikepdf.open(pdf) as opened:
        opened.save(plain := io.BytesIO(), qdf=True, compress_streams=False)
        words.append(plain.getvalue().decode("latin-1"))
        words += [str(value) for value in opened.docinfo.values()]
        words.append(str(opened.open_metadata()))
        for thing in opened.objects:
            words += strings_of(thing)
            if isinstance(thing, pikepdf.Stream):
                data = thing.read_bytes() if decodable(thing) else thing.read_raw_bytes()
                words += [data.decode("latin-1"), data.decode("utf-16-be", "ignore")]
    return squeezed("\n".join(words))


def decodable(stream: pikepdf.Object) -> bool:
    return "/DCTDecode" not in str(stream.get("/Filter", ""))


def strings_of(thing: Any) -> Iterator[str]:
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for item in thing:
            yield from strings_of(item)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in thing.keys():  # noqa: SIM118 - iterating a stream is not looking at its keys
            # Indirect objects are visited on their own.
            if not (value := thing[key]) or getattr(value, "is_indirect", False):
                continue
            yield from strings_of(value)


def betrayed(text: str) -> set[str]:
    text = squeezed(text)
    return {word for word in SECRETS.values() if word in text}


def test_participant_page_keeps_every_secret(secret_site: Path) -> None:
    page = (secret_site / "ateliers/essai/participant/index.html").read_text("utf-8")
    assert betrayed(page) == set()
    assert [word for word in SHOWN if word not in page] == []


def test_participant_pdf_keeps_every_secret(secret_site: Path) -> None:
    said = everything_in(secret_site / "telechargements/essai-participant.pdf")
    assert betrayed(said) == set()
    assert [word for word in SHOWN if word not in said] == []


def test_no_other_file_of_the_site_betrays_a_secret(secret_site: Path) -> None:
    """Search index, sitemap, lists, booklets: only the facilitator’s page and PDF may speak."""
    allowed = {"ateliers/essai/index.html", "telechargements/essai-animateur.pdf"}
    files = {p.relative_to(secret_site).as_posix(): p for p in secret_site.rglob("*.*")}
    assert {"search/search_index.json", "sitemap.xml"} <= files.keys()
    for name, file in files.items():
        if name not in allowed and file.is_file():
            pdf = file.suffix == ".pdf"
            text = everything_in(file) if pdf else file.read_bytes().decode("utf-8", "ignore")
            assert betrayed(text) == set(), name


@pytest.mark.parametrize("where", SECRETS)
def test_facilitator_reads_it_on_the_page(secret_site: Path, where: str) -> None:
    page = (secret_site / "ateliers/essai/index.html").read_text("utf-8")
    assert SECRETS[where] in page


@pytest.fixture(scope="module")
def facilitator_pdf(secret_site: Path) -> str:
    return everything_in(secret_site / "telechargements/essai-animateur.pdf")


@pytest.mark.parametrize("where", SECRETS)
def test_facilitator_reads_it_on_paper(facilitator_pdf: str, where: str) -> None:
    assert SECRETS[where] in facilitator_pdf


# Marks an author may mistype. Either a check stops the build, or participants see nothing.
SLIPS = {
    "bloc collé à une puce": '- !!! animateur "Note"\n        kanarifuite',
    "bloc collé à un numéro": '1. ??? corrige "Note"\n        kanarifuite',
    "bloc en citation": "> !!! animateur\n>     kanarifuite",
    "bloc sans espace": "!!!animateur\n    kanarifuite",
    "bloc en capitales": "!!! Animateur\n    kanarifuite",
    "bloc au pluriel": "!!! animateurs\n    kanarifuite",
    "bloc à deux noms": "!!! retenir animateur\n    kanarifuite",
    "bloc juste sous un paragraphe": "Un texte.\n!!! animateur\n    kanarifuite",
    "bloc décalé de deux espaces": "- Un geste\n\n  !!! animateur\n      kanarifuite",
    "bloc décalé d’une tabulation": "- Un geste\n\n\t!!! animateur\n\t\tkanarifuite",
    "bloc à contenu tabulé": "!!! animateur\n\tkanarifuite",
    "bloc qui contient du code": "!!! animateur\n    ```\n    kanarifuite\n    ```",
    "bloc après un code jamais fermé": "~~~\ncode\n\n!!! animateur\n    kanarifuite",
    "section sans espace": "##Posture\n\nkanarifuite",
    "section décalée": " ## Posture\n\nkanarifuite",
    "section en capitales": "## POSTURE\n\nkanarifuite",
    "section soulignée": "Posture\n-------\n\nkanarifuite",
    "section inconnue": "## Secrets de métier\n\nkanarifuite",
    "section fermée par des dièses": "## Posture ##\n\nkanarifuite",
    "section avec un identifiant": "## Posture {#posture}\n\nkanarifuite",
    "titre de niveau 1": "# Posture\n\nkanarifuite",
}


@pytest.mark.parametrize("slip", SLIPS)
def test_slip_of_the_pen_is_refused_or_hidden(tmp_path: Path, slip: str) -> None:
    root = lay(tmp_path / "projet")
    edit(root, WORKSHOP, "## Fiche participant\n", f"## Fiche participant\n\n{SLIPS[slip]}\n\n")
    library, found = load(root)
    settings = settings_of(root)
    if any(d.is_error for d in [*found, *suite.run(library, settings)]):
        return
    renderer = PageRenderer(library, settings.markdown)
    pages = [renderer.render(p).html for p in site_pages(library) if p.is_participant]
    papers = [d.html for d in documents(library, settings) if "participant" in d.name]
    assert len(pages) == len(papers) == 1
    assert not any("kanarifuite" in text for text in [*pages, *papers])


def settings_of(root: Path) -> Settings:
    settings, _ = read_settings(root / "mkdocs.yml")
    assert settings is not None
    return settings


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
    write(root, "ateliers/autre/index.md", second)
    shutil.copy(root / "ateliers/essai/table.svg", root / "ateliers/autre/table.svg")
    booklet = (root / "content/livrets/carnet.md").read_text("utf-8")
    write(root, "content/livrets/mots.md", booklet.replace("[glossaire, guide]", "[glossaire]"))
    edit(root, "content/livrets/carnet.md", "[glossaire, guide]", "[guide]")
    assert printed(root) == ALL_PDFS


ALL_PDFS = {
    "autre-animateur.pdf",
    "autre-participant.pdf",
    "carnet-livret.pdf",
    "essai-animateur.pdf",
    "essai-participant.pdf",
    "mots-livret.pdf",
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
    assert printed(warm) == {"essai-animateur.pdf", "essai-participant.pdf"}
    assert printed(warm) == set()


def test_a_term_prints_only_what_uses_it(warm: Path) -> None:
    edit(warm, "glossary/mot-de-passe.md", "glose: Une suite de signes", "glose: Des signes")
    assert printed(warm) == {"autre-animateur.pdf", "autre-participant.pdf", "mots-livret.pdf"}
    edit(warm, "glossary/navigateur.md", "glose: Le logiciel", "glose: Le programme")
    used = {"essai-animateur.pdf", "essai-participant.pdf", "carnet-livret.pdf", "mots-livret.pdf"}
    assert printed(warm) == used


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
