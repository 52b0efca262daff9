"""Content-addressed work: what is made of the same things is made once."""

from __future__ import annotations

import errno
import os
import shutil
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
from ressourcerie.paper import render, worker
from ressourcerie.paper.cache import Known, PdfCache
from ressourcerie.paper.documents import documents
from ressourcerie.paper.render import print_all
from ressourcerie.settings import Settings, read_settings

WORKSHOP = "ateliers/essai/index.md"
FONTS = "theme/web/assets/fonts"
ALL = {"essai-animateur.pdf", "essai-participant.pdf", "carnet-livret.pdf"}
SHEETS = {"essai-animateur.pdf", "essai-participant.pdf"}


def settings_of(root: Path) -> Settings:
    settings, _ = read_settings(root / "mkdocs.yml")
    assert settings is not None
    return settings


def keys(root: Path) -> dict[str, str]:
    """The name of each PDF → what it is known by."""
    settings = settings_of(root)
    library, found = load(root)
    assert found == []
    cache = PdfCache(settings)
    return {d.name: cache.key(d) for d in documents(library, settings)}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "projet")


def test_key_depends_neither_on_the_place_nor_on_the_time(root: Path, tmp_path: Path) -> None:
    before = keys(root)
    assert before.keys() == ALL
    assert len(set(before.values())) == len(ALL)
    for file in root.rglob("*.*"):
        os.utime(file, (1, 1))
    assert keys(root) == before
    assert keys(shutil.copytree(root, tmp_path / "ailleurs")) == before


def replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda root: edit(root, path, old, new)


def append(path: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        file = root / path
        file.write_text(file.read_text("utf-8") + text, "utf-8")

    return change


def swap_font(name: str) -> Callable[[Path], None]:
    """Another font under the same name."""

    def change(root: Path) -> None:
        other = root / FONTS / "ressourcerie-sans-700-italic.woff2"
        shutil.copy(other, root / FONTS / name)

    return change


CHANGES: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "workshop": (replace(WORKSHOP, "On ouvre une page", "On ouvre deux pages"), SHEETS),
    "title of a workshop": (replace(WORKSHOP, "Essayer : ", "Réessayer : "), SHEETS),
    "facilitator’s note": (
        replace(WORKSHOP, "Secretanimateur", "Autresecret"),
        {"essai-animateur.pdf"},
    ),
    "gloss in use": (
        replace("glossary/navigateur.md", "glose: Le logiciel", "glose: Le programme"),
        ALL,
    ),
    "gloss in use nowhere": (
        replace("glossary/mot-de-passe.md", "glose: Une suite", "glose: Des signes"),
        {"carnet-livret.pdf"},
    ),
    "chapter": (
        replace("content/guide/premiers-pas.md", "ouvre des pages", "montre des pages"),
        {"carnet-livret.pdf"},
    ),
    "booklet": (
        replace("content/livrets/carnet.md", "Avant de lire", "Avant tout"),
        {"carnet-livret.pdf"},
    ),
    "page of the site": (replace("content/utiliser.md", "Quelques mots", "Autres mots"), set()),
    "picture of a workshop": (
        replace("ateliers/essai/table.svg", "<svg ", '<svg data-a="1" '),
        SHEETS,
    ),
    "picture of a chapter": (
        replace("content/images/dessin.svg", "<svg ", '<svg data-a="1" '),
        {"carnet-livret.pdf"},
    ),
    "picture shown nowhere on paper": (append("content/images/accueil.svg", "<!-- a -->"), set()),
    "style of all": (append("theme/print/base.css", "\np { color: #111 }"), ALL),
    "style of A4": (append("theme/print/a4.css", "\np { color: #111 }"), SHEETS),
    "style of A5": (append("theme/print/a5.css", "\np { color: #111 }"), {"carnet-livret.pdf"}),
    "style of a view": (
        append("theme/print/participant.css", "\np { color: #111 }"),
        {"essai-participant.pdf"},
    ),
    "style of the site": (append("theme/web/assets/css/base.css", "\np { color: #111 }"), set()),
    "template": (
        replace("theme/print/livret.html", ">Avant-propos<", ">Préambule<"),
        {"carnet-livret.pdf"},
    ),
    "font": (swap_font("ressourcerie-sans-400-normal.woff2"), ALL),
    "font of titles": (swap_font("ressourcerie-titre-700-normal.woff2"), ALL),
    "name of the site": (replace("mkdocs.yml", "site_name: La ", "site_name: Une "), ALL),
    "address of the site": (
        replace("mkdocs.yml", '[SITE_URL, ""]', '[SITE_URL, "https://a.fr"]'),
        ALL,
    ),
    "colours of the site": (append("mkdocs.yml", "\ncopyright: Nous\n"), set()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_prints_only_what_it_touches(root: Path, change: str) -> None:
    act, expected = CHANGES[change]
    before = keys(root)
    act(root)
    after = keys(root)
    assert {name for name in ALL if after[name] != before[name]} == expected


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
    before = keys(root)
    write(root, f"ateliers/essai/{name}", drawing.replace("<svg ", '<svg data-a="1" '))
    after = keys(root)
    assert {n for n in ALL if after[n] != before[n]} == SHEETS


def test_engine_is_part_of_the_key(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys(root)
    monkeypatch.setattr(cache_module, "version", lambda _name: "999")
    cache_module._engine.cache_clear()
    try:
        after = keys(root)
    finally:
        cache_module._engine.cache_clear()
    assert not set(before.values()) & set(after.values())


# ---------------------------------------------------------------------------------------------
# The shelf
# ---------------------------------------------------------------------------------------------


@pytest.fixture
def shelf(root: Path) -> PdfCache:
    return PdfCache(settings_of(root))


@pytest.fixture
def shelf_folder(root: Path, shelf: PdfCache) -> Path:
    return settings_of(root).cache / "pdf"


def test_what_is_stored_is_found(shelf: PdfCache) -> None:
    assert shelf.find("a" * 64) is None
    stored = shelf.store("a" * 64, b"%PDF-essai", 3)
    assert shelf.find("a" * 64) == Known(stored, 3, len(b"%PDF-essai"))
    assert stored.read_bytes() == b"%PDF-essai"
    assert stored.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("facts", ["", "{", "[]", "null", '{"pages": "x"}', "\0\0\0"])
def test_damaged_facts_are_made_again(shelf: PdfCache, shelf_folder: Path, facts: str) -> None:
    shelf.store("a" * 64, b"%PDF-essai", 3)
    (shelf_folder / f"{'a' * 64}.json").write_text(facts, "utf-8")
    assert shelf.find("a" * 64) is None


def test_lost_pdf_is_made_again(shelf: PdfCache) -> None:
    shelf.store("a" * 64, b"%PDF-essai", 3).unlink()
    assert shelf.find("a" * 64) is None


def test_pdf_cut_short_is_made_again(shelf: PdfCache) -> None:
    """After a power cut a file may be there, named right, and empty."""
    shelf.store("a" * 64, b"%PDF-essai", 3).write_bytes(b"")
    assert shelf.find("a" * 64) is None


def test_full_disk_leaves_no_scrap(
    shelf: PdfCache, shelf_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        shelf.store("a" * 64, b"%PDF-essai", 3)
    assert list(shelf_folder.iterdir()) == []
    assert shelf.find("a" * 64) is None


def test_oldest_are_forgotten_first(
    shelf: PdfCache, shelf_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "KEEP", 2)
    names = [letter * 64 for letter in "abc"]
    for age, key in enumerate(names):
        os.utime(shelf.store(key, b"%PDF-essai", 1), (1_000 + age, 1_000 + age))
    assert shelf.find(names[0]), "what is used again is young again"
    shelf.prune()
    assert [bool(shelf.find(key)) for key in names] == [True, False, True]
    assert len(list(shelf_folder.iterdir())) == 4


# ---------------------------------------------------------------------------------------------
# Printing
# ---------------------------------------------------------------------------------------------


@pytest.fixture
def in_threads(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Any]], None]:
    """Print with a stand-in for the engine, here and now."""

    def install(run: Callable[[worker.Job], worker.Result]) -> None:
        monkeypatch.setattr(worker, "run", run)
        monkeypatch.setattr(render, "_processes", ThreadPoolExecutor)

    return install


def pretend(job: worker.Job) -> worker.Result:
    return worker.Result(job.name, b"%PDF " + job.name.encode(), 2, ())


def print_now(root: Path) -> tuple[list[str], list[tuple[str, str]], int]:
    settings = settings_of(root)
    library, _ = load(root)
    pdfs, found, rendered = print_all(documents(library, settings), settings)
    return [p.name for p in pdfs], [(d.place.path, d.code) for d in found], rendered


def test_pdfs_come_in_the_order_of_documents(root: Path, in_threads: Any) -> None:
    def slow(job: worker.Job) -> worker.Result:
        time.sleep(0.05 if "animateur" in job.name else 0)
        return pretend(job)

    in_threads(slow)
    settings = settings_of(root)
    expected = [d.name for d in documents(load(root)[0], settings)]
    assert print_now(root) == (expected, [], 3)
    assert print_now(root) == (expected, [], 0)


def test_failure_names_its_sheet_and_keeps_the_others(root: Path, in_threads: Any) -> None:
    def fail(job: worker.Job) -> worker.Result:
        if "participant" in job.name:
            raise MemoryError("trop grand")
        return pretend(job)

    in_threads(fail)
    names, found, _ = print_now(root)
    assert names == ["essai-animateur.pdf", "carnet-livret.pdf"]
    assert found == [(WORKSHOP, "pdf-echec")]
    in_threads(pretend)
    assert print_now(root)[1:] == ([], 1)


def test_complaint_of_the_engine_is_a_warning_at_the_source(root: Path, in_threads: Any) -> None:
    def complain(job: worker.Job) -> worker.Result:
        said = ("refused: file:///etc/passwd",) * 2 if "livret" in job.name else ()
        return worker.Result(job.name, b"%PDF", 1, said)

    in_threads(complain)
    _, found, _ = print_now(root)
    assert found == [("content/livrets/carnet.md", "pdf-remarque")]
