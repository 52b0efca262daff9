"""Bad input to paper: a French answer or a good page, never half a file, and the rest comes out."""

from __future__ import annotations

import errno
import io
import multiprocessing
import os
import re
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from reading import Sheets, squeezed

from builds import edit, lay, write
from ressourcerie import atomic
from ressourcerie.cli import commands
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.load import load
from ressourcerie.paper import worker
from ressourcerie.paper.cache import PdfCache
from ressourcerie.paper.documents import works
from ressourcerie.paper.orders import Order, Task
from ressourcerie.paper.pdf import Pdf
from ressourcerie.paper.press import Press
from ressourcerie.paper.render import print_all
from ressourcerie.paper.typesetting import Typesetting
from ressourcerie.settings import Settings, read_settings

WORKSHOP = "ateliers/essai/index.md"
BOOKLET = "content/livrets/carnet.md"
LONG = "anticonstitutionnellement" * 5


class Here(Executor):
    """The true engine, in this process: no time is lost to start others."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - what a pool does
            future.set_exception(error)
        return future


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.text.fonts import FontConfiguration

    monkeypatch.setattr(worker.WARM, "fonts", FontConfiguration())
    monkeypatch.setattr(worker.WARM, "styles", {})
    monkeypatch.setitem(print_all.__kwdefaults__, "executor", lambda _workers: Here())


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = lay(tmp_path / "projet")
    monkeypatch.chdir(root)
    return root


def settings_of(root: Path) -> Settings:
    settings, _ = read_settings(root / "mkdocs.yml")
    assert settings is not None
    return settings


def ask(*words: str) -> Result:
    """`ressourcerie print`, for the sheet of the workshop and the booklet unless told."""
    result = CliRunner().invoke(commands, ["print", *(words or ("-e", "participant,livret"))])
    assert isinstance(result.exception, SystemExit | None), result.exc_info
    assert "Traceback" not in result.output
    return result


def whole(root: Path) -> set[str]:
    """What came out, once each file is known to be a PDF from end to end."""
    found = set()
    for file in (root / "a-imprimer").iterdir():
        Sheets(file).close()
        found.add(file.name)
    return found


def halves(root: Path) -> list[str]:
    """What was left half-written, in the cache or in the folder."""
    folders = (root / ".cache", root / ".cache" / "pdf", root / "a-imprimer")
    names = [p.name for folder in folders if folder.is_dir() for p in folder.iterdir()]
    return [name for name in names if name.startswith(".") and name != ".gitignore"]


# What is refused, at its place.


def _png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is `width` × `height`."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def _truncated() -> bytes:
    data = io.BytesIO()
    Image.effect_noise((100, 100), 80).save(data, "PNG")
    return data.getvalue()[:5_000]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n{}\n</svg>'
ENTITY = '<!DOCTYPE svg [\n<!ENTITY secret SYSTEM "file:///etc/passwd">\n]>\n' + SVG.format(
    "<text>&secret;</text>"
)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("photo.png", _png(20_000, 20_000), ":1:1: erreur [image-demesuree]"),
        ("photo.png", _truncated(), ":1:1: erreur [image-illisible]"),
        ("photo.svg", SVG.format("<script>a()</script>"), ":2:1: erreur [image-active]"),
        ("photo.svg", ENTITY, ":2:1: erreur [image-active]"),
        (
            "photo.svg",
            SVG.format('<image href="http://a.fr/b.png"/>'),
            ":2:1: erreur [image-active]",
        ),
    ],
    ids=["huge", "truncated", "script", "entity", "elsewhere"],
)
def test_bad_picture_is_named_and_the_rest_comes_out(
    root: Path, name: str, data: bytes | str, said: str
) -> None:
    write(root, f"ateliers/essai/{name}", data)
    edit(root, WORKSHOP, "(table.svg)", f"({name})")
    result = ask()
    assert result.exit_code == 1
    assert f"ateliers/essai/{name}{said}" in result.stderr
    assert whole(root) == {"carnet-livret.pdf"}
    assert halves(root) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (
            WORKSHOP,
            "On ouvre une page avec",
            "On ouvre 漢字 avec",
            ":35:11: erreur [caractere-sans",
        ),
        (WORKSHOP, "lignes: 2", "lignes: beaucoup", ":84:1: erreur [zone-a-ecrire]"),
        (WORKSHOP, "document: participant", "document: particpant", ":25:5: erreur [fichier-cite"),
    ],
)
def test_bad_workshop_is_told_and_the_booklet_comes_out(
    root: Path, path: str, old: str, new: str, said: str
) -> None:
    edit(root, path, old, new)
    result = ask()
    assert result.exit_code == 1
    assert re.search(re.escape(f"{path}") + r":\d+:\d+", result.stderr)
    assert said.partition(": ")[2] in result.stderr
    assert whole(root) == {"carnet-livret.pdf"}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("termes: [navigateurs]", "[renvoi-inconnu] « termes » nomme « navigateurs »"),
        ("chapitres: [absent]", "[renvoi-inconnu] « chapitres » nomme « absent »"),
        ("parcours: voyages", "Vouliez-vous dire « voyage » ?"),
        ("theme: estime", "[livret-vide] Le seul chapitre retenu n’a pas le thème « estime »."),
    ],
)
def test_booklet_that_holds_nothing_is_told_and_the_sheet_comes_out(
    root: Path, keys: str, said: str
) -> None:
    edit(root, BOOKLET, "contenu: [glossaire, guide]", f"contenu: [glossaire, guide]\n{keys}")
    result = ask()
    assert result.exit_code == 1
    assert f"{BOOKLET}:6:" in result.stderr
    assert said in result.stderr
    assert whole(root) == {"essai-participant.pdf"}


def test_missing_font_stops_all(root: Path) -> None:
    font = "theme/web/assets/fonts/ressourcerie-titre-700-normal.woff2"
    (root / font).unlink()
    result = ask()
    assert result.exit_code == 1
    assert f"{font}:1:1: erreur [police-absente]" in result.stderr
    assert not (root / "a-imprimer").exists()


# What is laid out well all the same.

EDITIONS = ("animateur", "participant", "grands-caracteres", "diaporama")
WIDE = "\n".join(
    [
        "| " + " | ".join(f"Colonne numéro {n}" for n in range(1, 13)) + " |",
        "|" + "---|" * 12,
        *("| " + " | ".join(f"case {r}-{n}" for n in range(1, 13)) + " |" for r in range(3)),
    ]
)
TOO_MUCH = {
    "word": f"Un mot : {LONG}.",
    "address": f"<https://exemple.test/{'une-adresse/' * 20}{'x' * 90}>",
    "wide table": WIDE,
    "long words in a table": f"| Mot | Sens |\n|---|---|\n| {LONG} | {LONG} |",
    "inner lists": "\n".join("    " * n + f"- Niveau {n} de la liste" for n in range(7)),
    "tall frame": "cadre: 20 cm",
    "many lines": "lignes: 30",
}


def _assert_inside(sheets: Sheets) -> None:
    """Every letter stands on the page, 3 mm from its edges at the least."""
    edge = 3 * 72 / 25.4
    for number, ((width, height), texts) in enumerate(
        zip(sheets.sizes, sheets.texts, strict=True), start=1
    ):
        for text in texts:
            if text.letters.strip() and not text.in_form:
                inside = text.left >= edge and text.right <= width - edge
                inside = inside and text.bottom >= edge and text.top <= height - edge
                assert inside, f"page {number}: {text}"


@pytest.mark.parametrize("much", TOO_MUCH)
def test_what_is_too_large_is_kept_on_the_page(root: Path, much: str) -> None:
    text = TOO_MUCH[much]
    inside = "\n".join(f"    {line}" if line else "" for line in text.split("\n"))
    edit(root, WORKSHOP, "    Ouvrez la page de la météo.", f"    Ouvrez la page.\n\n{inside}")
    chapter = root / "content/guide/premiers-pas.md"
    chapter.write_text(f"{chapter.read_text('utf-8')}\n{text}\n", "utf-8")
    settings = settings_of(root)
    library, found = load(root)
    assert found == []
    press, cache = Press(library, settings), PdfCache(settings)
    every = works(press)
    asked = every.only(every.offers, [*EDITIONS, "livret"])
    pdfs, said, _ = print_all(tuple(asked.tasks(press, cache)), cache)
    assert said == []
    assert {pdf.edition for pdf in pdfs} == {*EDITIONS, "livret"}
    for pdf in pdfs:
        sheets = Sheets(pdf.file)
        _assert_inside(sheets)
        # Nothing is taken in another font.
        assert {re.sub(r".*\+", "", name)[:12] for name in sheets.fonts} <= {"/", "Ressourcerie"}
        if much == "word":
            assert squeezed(LONG) in sheets.whole
        sheets.close()


def test_title_of_three_hundred_letters_is_laid_out_whole(root: Path) -> None:
    title = ("Une étape dont le titre veut tout dire avant de commencer " * 6)[:300].strip()
    edit(root, WORKSHOP, "### Ouvrir une page — 30 min", f"### {title} — 30 min")
    result = ask("essai", "-e", "animateur,participant,grands-caracteres,diaporama")
    assert result.exit_code == 0
    for name in whole(root):
        sheets = Sheets(root / "a-imprimer" / name)
        assert squeezed(title) in sheets.whole
        _assert_inside(sheets)
        sheets.close()


def test_tall_picture_stands_on_one_page_in_its_shape(root: Path) -> None:
    data = io.BytesIO()
    Image.new("L", (600, 3000), 100).save(data, "PNG")
    write(root, "ateliers/essai/haute.png", data.getvalue())
    edit(root, WORKSHOP, "(table.svg)", "(haute.png)")
    assert ask("essai", "-e", "participant,grands-caracteres").exit_code == 0
    for name in whole(root):
        sheets = Sheets(root / "a-imprimer" / name)
        boxes = [
            (drawn.get_bounds(), page.get_size())
            for page in sheets._drawn
            for drawn in page.get_objects()
            if type(drawn).__name__ == "PdfImage" and drawn.get_px_size() == (600, 3000)
        ]
        [((left, bottom, right, top), (width, height))] = boxes
        assert 0 < left < right < width
        assert 0 < bottom < top < height
        assert (top - bottom) / (right - left) == pytest.approx(5, rel=0.01)
        sheets.close()


# What may happen to a computer.


def _print(root: Path, *editions: str) -> tuple[list[Pdf], list[Diagnostic]]:
    settings = settings_of(root)
    library, _ = load(root)
    press, cache = Press(library, settings), PdfCache(settings)
    asked = works(press).only({WORKSHOP, BOOKLET}, editions)
    pdfs, found, _ = print_all(tuple(asked.tasks(press, cache)), cache)
    return pdfs, found


def test_full_disk_is_said_and_leaves_no_half(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.fdopen
    calls = 0

    def filling(handle: int, mode: str) -> IO[bytes]:
        nonlocal calls
        calls += 1
        file = opened(handle, mode)
        # The first PDF that is written: half of it, then nothing more.
        if calls > 1:
            return file

        class Full:
            def __enter__(self) -> Full:
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def write(self, data: bytes) -> None:
                file.write(data[: len(data) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        return Full()  # type: ignore[return-value]

    monkeypatch.setattr(atomic.os, "fdopen", filling)
    pdfs, found = _print(root, "participant", "econome")
    assert [d.code for d in found] == ["pdf-echec"]
    assert found[0].place.path == WORKSHOP
    assert "le disque est plein" in found[0].message
    assert len(pdfs) == 1
    assert halves(root) == []
    # Once there is room again, only what is missing is made.
    assert [p.edition for p in _print(root, "participant", "econome")[0]] == [
        "participant",
        "econome",
    ]


@dataclass(frozen=True)
class Blank:
    """A job without an engine."""

    name: str

    def run(self) -> worker.Result:
        return worker.Result(b"%PDF", 1)


@dataclass(frozen=True)
class Killer:
    """A job whose process does not come back."""

    name: str

    def run(self) -> worker.Result:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


def _task(job: Blank | Killer) -> Task:
    (known,) = yield [Order(job.name, WORKSHOP, lambda: job.name, lambda: job)]
    if known is None:
        return []
    return [Pdf(job.name, "", "", "A4", WORKSHOP, "", known.file, known.pages, known.size)]


def test_worker_that_is_killed_takes_nobody_with_it(root: Path) -> None:
    # Without the engine, which takes a second to load.
    def processes(_workers: int) -> Executor:
        return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))

    cache = PdfCache(settings_of(root))
    names = ["un", "deux", "mortel", "trois", "quatre", "cinq"]
    tasks = [_task(Killer(name) if name == "mortel" else Blank(name)) for name in names]
    pdfs, found, _ = print_all(tasks, cache, executor=processes)
    assert [pdf.name for pdf in pdfs] == ["un", "deux", "trois", "quatre", "cinq"]
    assert [(d.code, d.place.path) for d in found] == [("pdf-echec", WORKSHOP)]
    assert found[0].message == "mortel : le programme de composition s’est arrêté."
    assert halves(root) == []


SWELLING = {
    "columns": "<table><tr><td colspan=3000000>a</table>",
    "grid": "<p style='display: grid; grid-template-columns: repeat(100000000, 1px)'>a</p>",
}


def _swelling(root: Path, html: str) -> Task:
    job = Typesetting("gonflé.pdf", f"<html lang=fr><title>a</title>{html}", (), root)
    yield [Order(job.name, WORKSHOP, lambda: "gonfle", lambda: job)]
    return []


# The signal that stops it may strike where Python has nobody to tell.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("html", SWELLING.values(), ids=list(SWELLING))
def test_document_that_swells_is_stopped(
    root: Path, monkeypatch: pytest.MonkeyPatch, html: str
) -> None:
    monkeypatch.setattr(worker, "SECONDS", 1)
    cache = PdfCache(settings_of(root))
    tasks = [_swelling(root, html), _task(Blank("un"))]
    pdfs, found, _ = print_all(tasks, cache)
    assert [pdf.name for pdf in pdfs] == ["un"]
    assert [d.code for d in found] == ["pdf-echec"]
    assert found[0].message == "gonflé.pdf : la composition dure plus de 1\u00a0seconde."


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_worker_may_not_take_all_the_memory() -> None:
    code = (
        "from ressourcerie.paper import worker\n"
        "class Greedy:\n"
        "    name = 'avide'\n"
        "    def run(self): return worker.Result(b'x' * 1_000_000_000, 1)\n"
        "worker.MEMORY = 800_000_000\n"
        "worker.start()\n"
        "try: worker.work(Greedy())\n"
        "except MemoryError: print('assez')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "assez\n", done.stderr


def test_cache_that_cannot_be_written_is_no_half_pdf(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The PDF is there, its facts are not: it is as good as none, and made again."""
    write_file: Callable[..., None] = atomic.write

    def no_facts(file: Path, data: bytes, **how: Any) -> None:
        if file.suffix == ".json":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        write_file(file, data, **how)

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", no_facts)
        pdfs, found = _print(root, "participant")
        assert pdfs == []
        assert [d.code for d in found] == ["pdf-echec"]
    pdfs, found = _print(root, "participant")
    assert [pdf.edition for pdf in pdfs] == ["participant"]
    assert found == []
