"""What only facilitators may read is in no byte of what participants get, on screen or on paper."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from builds import built, edit, lay, made_once, write
from ressourcerie.checks import suite
from ressourcerie.load import load
from ressourcerie.paper.kit import LICENCE, README
from ressourcerie.site.pages import PageRenderer, site_pages
from straw import print_with_straw, settings_of

WORKSHOP = "ateliers/essai/index.md"

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
    "animateur dans un corrigé": "kanarientredeux",
    "encadrement": "kanariencadrement",
    "plan B": "kanariplanb",
    "journal": "kanarijournal",
}
# Participants get these once the session is over, with the answers.
ANSWERS = {"kanaricorrige", "kanariouvert", "kanarinumero", "kanarifiche"}
# What stands beside the text, in the head of the file.
_IN_HEAD = {"kanariencadrement", "kanariplanb", "kanarijournal"}
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

### Essayer — 30 min

!!! participant "Ce que vous faites"
    Ouvrez la page montreetape.

    !!! animateur "Entre nous"
        Cachez kanariemboite.

??? corrige
    Il fallait kanaricorrige.

    !!! animateur
        Sans dire kanarientredeux.

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


BOOKLETS = {
    "participants": "contenu: [ateliers, carnet]",
    "exercices": "contenu: [exercices]",
    "animation": "contenu: [ateliers]\nvue: animateur",
}


def secretive(root: Path) -> None:
    """Write the secrets in the workshop of a tiny project."""
    file = root / WORKSHOP
    front = file.read_text("utf-8").split("---\n")[1]
    front = re.sub(r"plan_b: .*", "plan_b: Sortez kanariplanb.", front)
    front += "encadrement: Demandez kanariencadrement.\n"
    front += "journal:\n  - {le: 2026-01-05, avec: Un centre, note: Sachez kanarijournal.}\n"
    file.write_text(f"---\n{front}---\n{FULL_BODY}", "utf-8")
    booklet = (root / "content/livrets/carnet.md").read_text("utf-8")
    for name, content in BOOKLETS.items():
        text = booklet.replace("contenu: [glossaire, guide]", content)
        write(root, f"content/livrets/{name}.md", text)


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


@pytest.fixture(scope="module")
def said(secret_site: Path) -> dict[str, str]:
    """All that each PDF could betray, by name."""
    folder = secret_site / "telechargements"
    return {pdf.name: everything_in(pdf) for pdf in sorted(folder.glob("*.pdf"))}


# Who may say what: the papers of the person who animates, and those that give the answers.
OF_FACILITATORS = re.compile(r"(essai-animateur|animation-.+?)(\.pdf)?")
OF_ANSWERS = re.compile(r"(essai-corrige|exercices-.+?)(\.pdf)?")
TO_PREPARE = re.compile(r"essai-preparation\.pdf")
EVERY = set(SECRETS.values())


def allowed(name: str) -> set[str]:
    """The secrets that a paper, or a part of a book, may tell."""
    if OF_FACILITATORS.fullmatch(name):
        return EVERY
    if OF_ANSWERS.fullmatch(name):
        return ANSWERS
    return {"kanariavant", "kanariplanb"} if TO_PREPARE.fullmatch(name) else set()


FORMS = ("livret", "a-imprimer", "deux-par-feuille", "a3")
# The papers that participants get, and what they must find there.
PARTICIPANTS: dict[str, tuple[str, ...]] = {
    **{
        f"essai-{edition}.pdf": SHOWN
        for edition in ("participant", "grands-caracteres", "econome", "a-remplir")
    },
    "essai-participant-a3.pdf": SHOWN,
    "essai-diaporama.pdf": ("montreetape",),
    **{f"participants-{form}.pdf": SHOWN for form in FORMS},
    **{f"exercices-{form}.pdf": ("montreetape", "montrefiche") for form in FORMS},
}


def test_participant_page_keeps_every_secret(secret_site: Path) -> None:
    page = (secret_site / "ateliers/essai/participant/index.html").read_text("utf-8")
    assert betrayed(page) == set()
    assert [word for word in SHOWN if word not in page] == []


@pytest.mark.parametrize("name", PARTICIPANTS)
def test_paper_of_participants_keeps_every_secret_and_holds_the_rest(
    said: dict[str, str], name: str
) -> None:
    assert betrayed(said[name]) - allowed(name) == set()
    assert [word for word in PARTICIPANTS[name] if word not in said[name]] == []


def test_no_other_paper_betrays_a_secret(said: dict[str, str]) -> None:
    assert said.keys() > PARTICIPANTS.keys()
    told = {name: betrayed(text) - allowed(name) for name, text in said.items()}
    assert {name: words for name, words in told.items() if words} == {}


def test_html_of_papers_betrays_no_secret(tmp_path: Path) -> None:
    """Before any engine has a hand in it: what is not there cannot come out."""
    root = lay(tmp_path / "projet")
    secretive(root)
    texts = print_with_straw(root).texts
    assert {"essai-econome.pdf", "exercices-1", "participants-2", "animation-1"} <= texts.keys()
    told = {name: betrayed(text) - allowed(name) for name, text in texts.items()}
    assert {name: words for name, words in told.items() if words} == {}
    assert betrayed(texts["essai-animateur.pdf"]) == EVERY
    assert betrayed(texts["essai-corrige.pdf"]) == ANSWERS


def test_kits_betray_no_secret_but_in_the_papers_that_may(
    secret_site: Path, said: dict[str, str], tmp_path: Path
) -> None:
    kits = sorted(secret_site.rglob("*-kit.zip"))
    assert [kit.name for kit in kits] == ["essai-kit.zip", "voyage-kit.zip"]
    for kit in kits:
        with zipfile.ZipFile(kit) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        assert any(name.endswith("essai-econome.pdf") for name in members)
        for name, content in members.items():
            bare = name.rpartition("/")[2]
            if bare.endswith(".pdf"):
                # The very file that the site offers, which is looked at above.
                assert content == (secret_site / "telechargements" / bare).read_bytes()
                assert bare in said
            else:
                assert betrayed(content.decode("utf-8", "ignore")) == set(), name
        assert {README, LICENCE} <= members.keys()


def test_no_other_file_of_the_site_betrays_a_secret(secret_site: Path) -> None:
    """Search index, sitemap, lists: only the facilitator’s page may speak, and papers (above)."""
    files = {p.relative_to(secret_site).as_posix(): p for p in secret_site.rglob("*.*")}
    assert {"assets/recherche/texts.js", "sitemap.xml"} <= files.keys()
    for name, file in files.items():
        paper = file.suffix in {".pdf", ".zip"}
        if name != "ateliers/essai/index.html" and file.is_file() and not paper:
            assert betrayed(file.read_bytes().decode("utf-8", "ignore")) == set(), name


@pytest.mark.parametrize("where", SECRETS)
def test_facilitator_reads_it_on_the_page(secret_site: Path, where: str) -> None:
    page = (secret_site / "ateliers/essai/index.html").read_text("utf-8")
    assert SECRETS[where] in page


@pytest.mark.parametrize("where", SECRETS)
def test_facilitator_reads_it_on_paper(said: dict[str, str], where: str) -> None:
    assert SECRETS[where] in said["essai-animateur.pdf"]


def test_facilitator_reads_it_in_a_booklet(said: dict[str, str]) -> None:
    for form in FORMS:
        assert betrayed(said[f"animation-{form}.pdf"]) >= EVERY - _IN_HEAD


@pytest.mark.parametrize(
    "name", ["essai-corrige.pdf", *(f"exercices-{form}.pdf" for form in FORMS)]
)
def test_answers_are_all_there_without_the_notes(said: dict[str, str], name: str) -> None:
    assert betrayed(said[name]) == ANSWERS


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
    "bloc à espace insécable": "!!!\u00a0animateur\n    kanarifuite",
    "bloc à espace fine": "!!!\u202fanimateur\n    kanarifuite",
    "bloc à signe invisible": "!!! ani\u200bmateur\n    kanarifuite",
    "bloc après une tabulation": "!!!\tanimateur\n    kanarifuite",
    "bloc sous une case à cocher": "- [ ] Un geste\n\n    !!! animateur\n        kanarifuite",
    "bloc dans une cellule": "| Geste | Aide |\n|---|---|\n| Un | !!! animateur kanarifuite |",
    "bloc sous des lignes à remplir": "lignes: 2\n!!! animateur\n    kanarifuite",
    "bloc dans un bloc": "!!! essayer\n    Un geste\n\n    !!! animateur\n        kanarifuite",
    "bloc dans un bloc inconnu": "!!! secret\n    !!! participant\n        kanarifuite",
    "bloc après un commentaire": "<!-- pour moi -->\n!!! animateur\n    kanarifuite",
    "bloc titré sans fin de guillemet": '!!! animateur "Note\n    kanarifuite',
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
    pages = [renderer.render([p])[0].html for p in site_pages(library) if p.is_participant]
    printed = print_with_straw(root).texts
    # The answers, if they were mistyped, may be where answers are.
    free = {"essai-animateur.pdf", "essai-preparation.pdf"}
    free |= {"essai-corrige.pdf"} if "corrige" in SLIPS[slip] else set()
    papers = [text for name, text in printed.items() if name not in free]
    assert len(pages) == 1
    assert len(papers) > 15
    assert not any("kanarifuite" in text for text in [*pages, *papers])
