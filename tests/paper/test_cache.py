"""Content-addressed work: what is made of the same things is made once."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NoReturn

import pytest

from builds import edit, lay, write
from ressourcerie.checks import suite
from ressourcerie.load import load
from ressourcerie.paper import cache as cache_module
from ressourcerie.paper.cache import Known, PdfCache
from ressourcerie.paper.press import Press
from ressourcerie.paper.worker import Job, Result
from straw import Printed, blank, press_of, print_with_straw, settings_of

WORKSHOP = "ateliers/essai/index.md"
CHAPTER = "content/guide/premiers-pas.md"
FONTS = "theme/web/assets/fonts"


def of_workshop(*editions: str) -> set[str]:
    return {f"essai-{edition}.pdf" for edition in editions}


def of_book(*parts: str) -> set[str]:
    """Parts of the booklet, and all that is bound from them."""
    bound = ("livret.pdf", "a-imprimer.pdf", "deux-par-feuille.pdf", "a3.pdf")
    return {f"carnet-{name}" for name in (*parts, *bound)}


# A sheet on A3 is made of the participants’ sheet.
PARTICIPANTS = of_workshop(
    "participant", "participant-a3", "grands-caracteres", "econome", "a-remplir"
)
BODIES = PARTICIPANTS | of_workshop("animateur")
SHEETS = BODIES | of_workshop("corrige", "diaporama")
OF_WORKSHOP = SHEETS | of_workshop(
    "emargement", "preparation", "attestation", "attestation-a-remplir"
)
GLOSSARY, GUIDE = "1", "2"
BOOK = of_book("couverture", "debut", GLOSSARY, GUIDE, "fin", "dos")
CARDS, POSTER, PROGRAMME = "glossaire-cartes.pdf", "affiche-themes.pdf", "voyage-programme.pdf"
TO_FOLD = {
    "notes.pdf",
    "mode-d-emploi-A3-2.pdf",
    "mode-d-emploi-A3-carnet-livret.pdf",
    "mode-d-emploi-A4-carnet-livret.pdf",
}
ALL = OF_WORKSHOP | BOOK | TO_FOLD | {CARDS, POSTER, PROGRAMME}


def keys(printed: Printed) -> dict[str, str]:
    """The name of each PDF → what it is known by."""
    return {pdf.name: pdf.file.stem for pdf in printed.pdfs}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "projet")


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project all of whose papers are in its cache."""
    root = lay(tmp_path_factory.mktemp("cache") / "projet")
    assert print_with_straw(root).made == ALL
    return root


@pytest.fixture
def known(laid: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    return shutil.copytree(laid, tmp_path / "connu")


# ---------------------------------------------------------------------------------------------
# Keys
# ---------------------------------------------------------------------------------------------


def test_key_depends_neither_on_the_place_nor_on_the_time(root: Path, tmp_path: Path) -> None:
    first = print_with_straw(root)
    before = keys(first)
    assert len(set(before.values())) == len(before) == len(first.pdfs)
    for file in root.rglob("*.*"):
        os.utime(file, (1, 1))
    assert print_with_straw(root).made == set()
    elsewhere = shutil.copytree(
        root, tmp_path / "tout ailleurs", ignore=shutil.ignore_patterns(".cache")
    )
    second = print_with_straw(elsewhere)
    assert second.made == ALL
    assert keys(second) == before


Change = Callable[[Path], None]


def replace(path: str, old: str, new: str) -> Change:
    return lambda root: edit(root, path, old, new)


def append(path: str, text: str) -> Change:
    def change(root: Path) -> None:
        file = root / path
        file.write_text(file.read_text("utf-8") + text, "utf-8")

    return change


def swap_font(name: str) -> Change:
    """Another font under the same name."""

    def change(root: Path) -> None:
        other = root / FONTS / "ressourcerie-sans-700-italic.woff2"
        shutil.copy(other, root / FONTS / name)

    return change


CHANGES: dict[str, tuple[Change, set[str]]] = {
    "workshop": (replace(WORKSHOP, "On ouvre une page", "On ouvre deux pages"), BODIES),
    "title of a workshop": (
        replace(WORKSHOP, "Essayer : ", "Réessayer : "),
        OF_WORKSHOP | {PROGRAMME},
    ),
    "facilitator’s note": (
        replace(WORKSHOP, "Secretanimateur", "Autresecret"),
        of_workshop("animateur"),
    ),
    "answer": (
        replace(WORKSHOP, "Secretcorrige", "Autresecret"),
        of_workshop("animateur", "corrige"),
    ),
    "gloss in use": (
        replace("glossary/navigateur.md", "glose: Le logiciel", "glose: Le programme"),
        BODIES | of_book(GLOSSARY) | {CARDS},
    ),
    "gloss in use nowhere": (
        replace("glossary/mot-de-passe.md", "glose: Une suite", "glose: Des signes"),
        of_book(GLOSSARY) | {CARDS},
    ),
    "chapter": (replace(CHAPTER, "ouvre des pages", "montre des pages"), of_book(GUIDE)),
    "title of a chapter": (
        replace(CHAPTER, "titre: Premiers", "titre: Seconds"),
        of_book(GUIDE, "debut") | {POSTER},
    ),
    "booklet": (
        replace("content/livrets/carnet.md", "Avant de lire", "Avant tout"),
        of_book("debut"),
    ),
    "page of the site": (replace("content/utiliser.md", "Quelques mots", "Autres mots"), set()),
    "path": (
        replace("content/parcours/voyage.md", "Une séance suffit", "Une seule suffit"),
        set(),
    ),
    "picture of a workshop": (
        replace("ateliers/essai/table.svg", "<svg ", '<svg data-a="1" '),
        BODIES,
    ),
    "picture of a chapter and of slides": (
        replace("content/images/dessin.svg", "<svg ", '<svg data-a="1" '),
        of_book(GUIDE) | of_workshop("diaporama"),
    ),
    "picture shown nowhere on paper": (append("content/images/accueil.svg", "<!-- a -->"), set()),
    "style of all": (append("theme/print/base.css", "\np { color: #111 }"), ALL),
    "style of A4": (
        append("theme/print/a4.css", "\np { color: #111 }"),
        BODIES | of_workshop("corrige", "emargement", "preparation"),
    ),
    "style of A5": (append("theme/print/a5.css", "\np { color: #111 }"), BOOK),
    "style of a view": (append("theme/print/participant.css", "\np { color: #111 }"), PARTICIPANTS),
    "style of an edition": (
        append("theme/print/econome.css", "\np { color: #111 }"),
        of_workshop("econome"),
    ),
    "style of the site": (append("theme/web/assets/css/base.css", "\np { color: #111 }"), set()),
    "template of books": (
        replace("theme/print/livret-debut.html", ">Avant-propos<", ">Préambule<"),
        of_book("debut"),
    ),
    "template of sheets": (
        replace("theme/print/atelier.html", ">À réunir<", ">À prendre<"),
        of_workshop("animateur"),
    ),
    "font": (swap_font("ressourcerie-sans-400-normal.woff2"), ALL),
    "font of titles": (swap_font("ressourcerie-titre-700-normal.woff2"), ALL),
    "name of the site": (
        replace("mkdocs.yml", "site_name: La ", "site_name: Une "),
        ALL - {f"carnet-{part}" for part in ("debut", GLOSSARY, GUIDE, "fin")},
    ),
    "address of the site": (
        replace("mkdocs.yml", '[SITE_URL, ""]', '[SITE_URL, "https://a.fr"]'),
        # What names no page of the site.
        ALL
        - TO_FOLD
        - of_workshop("diaporama")
        - {CARDS, *(f"carnet-{part}" for part in ("debut", GLOSSARY, "fin"))},
    ),
    "colours of the site": (append("mkdocs.yml", "\ncopyright: Nous\n"), set()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_prints_only_what_it_touches(known: Path, change: str) -> None:
    act, expected = CHANGES[change]
    act(known)
    assert print_with_straw(known).made == expected
    assert print_with_straw(known).made == set()


def write_again(path: str, source: str, *changes: tuple[str, str]) -> Change:
    """A new file, from another with some changes."""

    def change(root: Path) -> None:
        text = (root / source).read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        write(root, path, text)

    return change


# All that a document may look at beside the texts it is made of.
FAR_AWAY: dict[str, Change] = {
    "order of a chapter": replace(CHAPTER, "ordre: 1", "ordre: 2"),
    "theme of a chapter": replace(CHAPTER, "theme: decouverte", "theme: securite"),
    "chapter that belongs to no theme": replace(CHAPTER, "theme: decouverte\n", ""),
    "picture of a chapter": replace(CHAPTER, "illustration: dessin.svg\n", ""),
    "summary of a chapter": replace(CHAPTER, "Une partie du guide", "Un bout du guide"),
    "title inside a chapter": replace(CHAPTER, "## Une idée", "## Deux idées"),
    "chapter more": write_again(
        "content/guide/suite.md", CHAPTER, ("Premiers pas", "Suite"), ("ordre: 1", "ordre: 2")
    ),
    "form of a term": replace("glossary/mot-de-passe.md", "[mdp]", "[mdp, météo]"),
    "synonym of a term": replace(
        "glossary/navigateur.md", "groupe:", "synonymes: [butineur]\ngroupe:"
    ),
    "English of a term": replace("glossary/navigateur.md", "browser", "web browser"),
    "words where a term is not meant": replace(
        "glossary/navigateur.md", "groupe:", "sauf: [un navigateur]\ngroupe:"
    ),
    "title of a term": replace("glossary/mot-de-passe.md", "titre: Mot de", "titre: Mots de"),
    "group of a term": replace("glossary/navigateur.md", "competences", "securite"),
    "source of a term": replace("glossary/navigateur.md", "Carnet de mots", "Carnet de lettres"),
    "term more": write_again(
        "glossary/meteo.md", "glossary/mot-de-passe.md", ("Mot de passe", "Météo"), ("mdp", "tps")
    ),
    "term more, that others refer to": write_again(
        "glossary/meteo.md", "glossary/mot-de-passe.md", ("Mot de passe", "Phrase"), ("mdp", "tps")
    ),
    "workshop more": write_again(
        "ateliers/autre/index.md",
        WORKSHOP,
        ("Essayer : ouvrir une page", "Écrire"),
        ("](table.svg)", "](../essai/table.svg)"),
    ),
    "prerequisite": lambda root: (
        write_again(
            "ateliers/autre/index.md",
            WORKSHOP,
            ("Essayer : ouvrir une page", "Écrire"),
            ("](table.svg)", "](../essai/table.svg)"),
        )(root),
        edit(root, WORKSHOP, "themes:", "prerequis: [autre]\nthemes:"),
    )[1],
    "theme of a workshop": replace(WORKSHOP, "themes: [decouverte]", "themes: [securite]"),
    "author of a workshop": replace(WORKSHOP, "auteurs: [La Ressourcerie]", "auteurs: [Nous]"),
    "review of a workshop": replace(WORKSHOP, "relu_le: 2026-02-03", "relu_le: 2026-03-04"),
    "version of a booklet": replace("content/livrets/carnet.md", '"1.0"', '"1.1"'),
    "content of a booklet": replace("content/livrets/carnet.md", "[glossaire, guide]", "[guide]"),
    "readers of a booklet": replace(
        "content/livrets/tout.md", "vue: participant", "vue: animateur"
    ),
    "order of a booklet": replace(
        "content/livrets/carnet.md", "[glossaire, guide]", "[guide, glossaire]"
    ),
    "title of a page": replace("content/guide.md", "titre: Guide", "titre: Le guide"),
    "title of a path": replace("content/parcours/voyage.md", "Voyage d’essai", "Long voyage"),
    "emblem of a theme": lambda root: (
        shutil.copy(root / "content/images/accueil.svg", root / "content/images/decouverte.svg")
        and None
    ),
    "macro of templates": replace("theme/print/macros.html", ">Ce document<", ">Ce papier<"),
    "extension of Markdown": replace("mkdocs.yml", "- tables", "- tables\n  - abbr"),
}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a second booklet, that holds a little of everything."""
    root = lay(tmp_path_factory.mktemp("riche") / "projet")
    text = (root / "content/livrets/carnet.md").read_text("utf-8")
    whole = "contenu: [guide, ateliers, exercices, carnet, glossaire]\nvue: participant"
    write(root, "content/livrets/tout.md", text.replace("contenu: [glossaire, guide]", whole))
    routine = "## Routine à la maison\n\nChaque jour, une page.\n\n## Fiche participant\n"
    edit(root, WORKSHOP, "## Fiche participant\n", routine)
    print_with_straw(root)
    return root


@pytest.mark.parametrize("change", FAR_AWAY)
def test_what_is_remembered_is_what_would_be_made(rich: Path, tmp_path: Path, change: str) -> None:
    """After any change, a warm cache gives the very papers of an empty one."""
    root = shutil.copytree(rich, tmp_path / "riche")
    FAR_AWAY[change](root)
    warm = print_with_straw(root)
    shutil.rmtree(root / ".cache")
    cold = print_with_straw(root)
    assert keys(warm) == keys(cold)
    assert warm.made < cold.made


PICTURES = ["ma table.svg", "l'arbre.svg", "a&b.svg", "schéma.svg", "plan(1).svg", "Plan.SVG"]


@pytest.mark.parametrize("name", PICTURES)
def test_picture_with_an_odd_name_is_looked_at_too(root: Path, name: str) -> None:
    """Either the name is refused, or a new drawing under that name is printed."""
    drawing = (root / "ateliers/essai/table.svg").read_text("utf-8")
    write(root, f"ateliers/essai/{name}", drawing)
    edit(root, WORKSHOP, "](table.svg)", f"](<{name}>)")
    library, found = load(root)
    if any(d.is_error for d in [*found, *suite.run(library, settings_of(root))]):
        return
    print_with_straw(root)
    write(root, f"ateliers/essai/{name}", drawing.replace("<svg ", '<svg data-a="1" '))
    assert print_with_straw(root).made == BODIES


def test_engine_is_part_of_the_key(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys(print_with_straw(known))
    monkeypatch.setattr(cache_module, "version", lambda _name: "999")
    cache_module._engine.cache_clear()
    try:
        after = print_with_straw(known)
    finally:
        cache_module._engine.cache_clear()
    assert after.made == ALL
    assert not set(before.values()) & set(keys(after).values())


# ---------------------------------------------------------------------------------------------
# Composing
# ---------------------------------------------------------------------------------------------


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates filled from now on."""
    filled: list[str] = []
    fill = Press.fill

    def spy(self: Press, template: str, **values: Any) -> str:
        filled.append(template)
        return fill(self, template, **values)

    monkeypatch.setattr(Press, "fill", spy)
    return filled


def test_nothing_is_composed_when_nothing_has_changed(known: Path, composed: list[str]) -> None:
    printed = print_with_straw(known)
    assert len(printed.pdfs) > 10
    assert (printed.count, composed) == (0, [])


def test_document_is_composed_once(root: Path, composed: list[str]) -> None:
    printed = print_with_straw(root)
    # « notes » is asked for with each paper to fold.
    once = [template for template in composed if template != "notes.html"]
    assert len(once) == len(printed.texts) - 1


def test_only_what_a_changed_text_is_in_is_composed(known: Path, composed: list[str]) -> None:
    edit(known, CHAPTER, "ouvre des pages", "montre des pages")
    print_with_straw(known)
    assert set(composed) == {"livret-partie.html", "affiche.html"}


def test_same_html_is_not_printed_again(known: Path, composed: list[str]) -> None:
    """A text may change without its papers: a comment, a blank line, a key that is not printed."""
    edit(known, WORKSHOP, "## En bref\n", "## En bref\n\n\n")
    printed = print_with_straw(known)
    assert {"atelier.html", "diaporama.html", "preparation.html"} <= set(composed)
    assert printed.made == set()
    composed.clear()
    print_with_straw(known)
    assert composed == []


def test_forgotten_compositions_are_made_again(known: Path, composed: list[str]) -> None:
    """Whatever becomes of the first cache, the second still knows its PDFs."""
    (known / ".cache/ressourcerie/compositions.txt").write_bytes(b"\0\xff\n\n{")
    assert print_with_straw(known).made == set()
    assert composed


# ---------------------------------------------------------------------------------------------
# The shelf
# ---------------------------------------------------------------------------------------------

KEY = "a" * 64
RESULT = Result(
    b"%PDF-essai", 3, ("attention",), b"PNG-essai", 0.25, {"pages": 3, "anchors": {}}, ("a", "b")
)


@pytest.fixture
def shelf(root: Path) -> PdfCache:
    return PdfCache(settings_of(root))


@pytest.fixture
def folder(root: Path, shelf: PdfCache) -> Path:
    return settings_of(root).cache / "pdf"


def test_what_is_stored_is_found(shelf: PdfCache, folder: Path) -> None:
    assert shelf.find(KEY) is None
    shelf.store(KEY, RESULT)
    found = shelf.find(KEY)
    assert found == Known(
        KEY,
        folder / f"{KEY}.pdf",
        folder / f"{KEY}.png",
        len(RESULT.pdf),
        3,
        ("attention",),
        0.25,
        {"pages": 3, "anchors": {}},
        ("a", "b"),
    )
    assert found.file.read_bytes() == RESULT.pdf
    assert found.preview is not None
    assert found.preview.read_bytes() == RESULT.preview
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o644


def test_part_has_no_preview(shelf: PdfCache, folder: Path) -> None:
    shelf.store(KEY, Result(b"%PDF-essai", 1))
    found = shelf.find(KEY)
    assert found is not None
    assert found.preview is None
    assert sorted(p.suffix for p in folder.iterdir()) == [".json", ".pdf"]


def test_same_complaint_is_kept_once(shelf: PdfCache) -> None:
    shelf.store(KEY, Result(b"%PDF-essai", 1, ("a", "b", "a")))
    found = shelf.find(KEY)
    assert found is not None
    assert found.complaints == ("a", "b")


DAMAGED = [
    "",
    "{",
    "[]",
    "null",
    "3",
    '{"pages": "x"}',
    '{"pages": 3}',
    '{"pages": 3, "size": 10, "preview": 9}',
    '{"pages": 3, "size": "10", "preview": 9, "complaints": [], "ink": 0, "layout": null}',
    "\0\0\0",
]


@pytest.mark.parametrize("facts", DAMAGED)
def test_damaged_facts_are_made_again(shelf: PdfCache, folder: Path, facts: str) -> None:
    shelf.store(KEY, RESULT)
    (folder / f"{KEY}.json").write_text(facts, "utf-8")
    assert shelf.find(KEY) is None
    shelf.store(KEY, RESULT)
    assert shelf.find(KEY)


def test_facts_of_another_code_are_made_again(shelf: PdfCache, folder: Path) -> None:
    shelf.store(KEY, RESULT)
    (folder / f"{KEY}.json").write_bytes(b'{"pages": "\xff"}')
    assert shelf.find(KEY) is None


@pytest.mark.parametrize("suffix", ["pdf", "png", "json"])
def test_lost_file_is_made_again(shelf: PdfCache, folder: Path, suffix: str) -> None:
    shelf.store(KEY, RESULT)
    (folder / f"{KEY}.{suffix}").unlink()
    assert shelf.find(KEY) is None


@pytest.mark.parametrize("suffix", ["pdf", "png"])
def test_file_cut_short_is_made_again(shelf: PdfCache, folder: Path, suffix: str) -> None:
    """After a power cut a file may be there, named right, and empty."""
    shelf.store(KEY, RESULT)
    (folder / f"{KEY}.{suffix}").write_bytes(b"")
    assert shelf.find(KEY) is None


def full_disk(*_: Any, **__: Any) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FullFile:
    """A file on a disk that takes no more of what holds `words`."""

    def __init__(self, handle: int, words: bytes = b"") -> None:
        self._handle = handle
        self._words = words

    def __enter__(self) -> FullFile:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)

    def write(self, data: bytes) -> None:
        os.write(self._handle, data[:3])
        if self._words in data:
            full_disk()
        os.write(self._handle, data[3:])


@pytest.mark.parametrize("moment", ["opening", "writing", "renaming"])
def test_full_disk_leaves_no_scrap(
    shelf: PdfCache, folder: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    with monkeypatch.context() as full:
        match moment:
            case "opening":
                full.setattr(tempfile, "mkstemp", full_disk)
            case "writing":
                full.setattr(os, "fdopen", lambda handle, _mode: FullFile(handle))
            case "renaming":
                full.setattr(os, "replace", full_disk)
        with pytest.raises(OSError, match="No space"):
            shelf.store(KEY, RESULT)
        with pytest.raises(OSError, match="No space"):
            shelf.keep_file(KEY, "zip", lambda: b"PK")
    assert list(folder.iterdir()) == []
    assert shelf.find(KEY) is None


def test_full_disk_keeps_the_former_pdf(
    shelf: PdfCache, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.store(KEY, RESULT)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    with monkeypatch.context() as full:
        full.setattr(os, "fdopen", lambda handle, _mode: FullFile(handle))
        with pytest.raises(OSError, match="No space"):
            shelf.store(KEY, RESULT)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_other_file_is_made_once(shelf: PdfCache, folder: Path) -> None:
    made = shelf.keep_file(KEY, "zip", lambda: b"PK")
    assert made == folder / f"{KEY}.zip"
    assert made.read_bytes() == b"PK"
    assert shelf.keep_file(KEY, "zip", lambda: pytest.fail("made again")) == made


def age(folder: Path, key: str, seconds: float) -> None:
    then = time.time() - seconds
    for file in folder.glob(f"{key}.*"):
        os.utime(file, (then, then))


def test_least_used_are_forgotten_first(
    shelf: PdfCache, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond so many bytes; what was found again is young again."""
    names = [letter * 64 for letter in "abcd"]
    for rank, key in enumerate(names):
        shelf.store(key, RESULT)
        age(folder, key, 90_000 - 1_000 * rank)
    a_pdf = sum(file.stat().st_size for file in folder.glob(f"{names[0]}.*"))
    monkeypatch.setattr(cache_module, "MAX_BYTES", 2 * a_pdf)
    assert shelf.find(names[0])
    shelf.keep()
    assert [bool(shelf.find(key)) for key in names] == [True, False, False, True]
    assert len(list(folder.iterdir())) == 6


def test_under_the_limit_nothing_is_forgotten(shelf: PdfCache, folder: Path) -> None:
    shelf.store(KEY, RESULT)
    age(folder, KEY, 90_000_000)
    shelf.keep()
    assert shelf.find(KEY)


def test_what_was_used_within_the_hour_is_kept(
    shelf: PdfCache, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However small the limit: a build that runs beside may be about to copy it."""
    monkeypatch.setattr(cache_module, "MAX_BYTES", 0)
    for letter, seconds in (("a", 3_500), ("b", 3_700)):
        shelf.store(letter * 64, RESULT)
        shelf.keep_file(letter * 64, "zip", lambda: b"PK")
        age(folder, letter * 64, seconds)
    shelf.keep()
    assert {p.stem for p in folder.iterdir()} == {"a" * 64}


def test_refusing_disk_does_not_hinder_keeping(
    shelf: PdfCache, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be forgotten, or remembered, is no reason to fail."""
    shelf.store(KEY, RESULT)
    age(folder, KEY, 90_000)
    monkeypatch.setattr(cache_module, "MAX_BYTES", 0)
    monkeypatch.setattr(os, "unlink", full_disk)
    monkeypatch.setattr(tempfile, "mkstemp", full_disk)
    shelf.keep()


# ---------------------------------------------------------------------------------------------
# Printing
# ---------------------------------------------------------------------------------------------


def told(printed: Printed) -> list[tuple[str, str]]:
    return [(d.place.path, d.code) for d in printed.found]


def test_pdfs_come_in_the_order_of_documents(root: Path) -> None:
    """Whatever takes the longest to make."""
    printed = print_with_straw(root)
    weights = {job.name: rank for rank, job in enumerate(printed.jobs)}
    assert printed.names != sorted(printed.names, key=weights.__getitem__)
    assert (printed.found, printed.count) == ([], len(ALL))
    again = print_with_straw(root)
    assert (again.pdfs, again.found, again.count) == (printed.pdfs, [], 0)
    assert printed.names[:3] == [
        "essai-animateur.pdf",
        "essai-participant.pdf",
        "essai-participant-a3.pdf",
    ]


def test_what_two_papers_ask_for_is_made_once(root: Path) -> None:
    names = [job.name for job in print_with_straw(root).jobs]
    assert len(names) == len(set(names))
    assert "notes.pdf" in names


def test_failure_names_its_sheet_and_keeps_the_others(root: Path) -> None:
    def fail(job: Job) -> Result:
        if job.name == "essai-econome.pdf":
            raise MemoryError("trop grand")
        return blank(job)

    whole = print_with_straw(root, fail)
    assert told(whole) == [(WORKSHOP, "pdf-echec")]
    assert "essai-econome.pdf" in whole.found[0].message
    assert "mémoire" in whole.found[0].message
    again = print_with_straw(root)
    assert (told(again), again.made) == ([], {"essai-econome.pdf"})
    assert [n for n in again.names if n != "essai-econome.pdf"] == whole.names


@pytest.mark.parametrize(
    ("lost", "missing"),
    [
        (
            "carnet-2",
            {f"carnet-{e}.pdf" for e in ("livret", "a-imprimer", "deux-par-feuille", "a3")},
        ),
        (
            "carnet-fin",
            {f"carnet-{e}.pdf" for e in ("livret", "a-imprimer", "deux-par-feuille", "a3")},
        ),
        ("carnet-a3.pdf", {"carnet-a3.pdf"}),
        ("mode-d-emploi-A4-carnet-livret.pdf", {"carnet-a-imprimer.pdf"}),
        ("essai-participant.pdf", {"essai-participant.pdf", "essai-participant-a3.pdf"}),
    ],
)
def test_failure_takes_with_it_only_what_is_made_of_it(
    root: Path, lost: str, missing: set[str]
) -> None:
    def fail(job: Job) -> Result:
        if job.name == lost:
            raise ValueError("impossible")
        return blank(job)

    whole = print_with_straw(root, fail)
    assert len(whole.found) == 1
    assert lost in whole.found[0].message
    again = print_with_straw(root)
    assert set(again.names) - set(whole.names) == missing


def test_full_disk_is_told_in_french_and_the_others_come_out(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = "essai-econome.pdf"
    with monkeypatch.context() as full:
        words = b"%PDF " + lost.encode()
        full.setattr(os, "fdopen", lambda handle, _mode: FullFile(handle, words))
        printed = print_with_straw(root)
    assert told(printed) == [(WORKSHOP, "pdf-echec")]
    assert re.search(r"essai-econome\.pdf\b.*le disque est plein\.", printed.found[0].message)
    folder = settings_of(root).cache / "pdf"
    assert {p.suffix for p in folder.iterdir()} == {".pdf", ".json"}
    again = print_with_straw(root)
    assert again.made == {lost}
    assert set(again.names) - set(printed.names) == {lost}


def test_complaint_of_the_engine_is_a_warning_at_the_source(root: Path) -> None:
    def complain(job: Job) -> Result:
        said = ("refused: file:///etc/passwd",) * 2 if job.name == "carnet-livret.pdf" else ()
        return Result(b"%PDF", 1, said) if said else blank(job)

    assert told(print_with_straw(root, complain)) == [("content/livrets/carnet.md", "pdf-remarque")]
    # The second run makes nothing; the fault is still in the PDF.
    again = print_with_straw(root)
    assert (told(again), again.made) == ([("content/livrets/carnet.md", "pdf-remarque")], set())


def test_several_builds_share_a_cache(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each finds or makes all it needs, whatever the others write and forget meanwhile."""
    monkeypatch.setattr(cache_module, "MAX_BYTES", 0)

    def slow(job: Job) -> Result:
        time.sleep(0.002)
        return blank(job)

    press = press_of(root)
    with ThreadPoolExecutor(4) as builds:
        runs = [builds.submit(print_with_straw, root, slow, press) for _ in range(4)]
        printed = [run.result(60) for run in runs]
    for one in printed:
        assert one.found == []
        assert keys(one) == keys(printed[0])
        assert all(pdf.file.stat().st_size == pdf.size for pdf in one.pdfs)
    folder = settings_of(root).cache / "pdf"
    assert {p.suffix for p in folder.iterdir()} == {".pdf", ".json"}
    assert print_with_straw(root).made == set()
