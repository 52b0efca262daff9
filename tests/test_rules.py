"""Golden cases: every rule has files whose faults are marked on the very line.

`tests/cases/<rule>/` is laid over the tiny project. A marker `⟦code⟧` at the end of a line says
that this code, and no other, is reported there; `⟦code@12⟧` adds the column, `⟦code : words⟧`
words that the message or its hint must hold. Markers are stripped before anything is read.
"""

from __future__ import annotations

import ast
import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from projects import Project

# Declares the two rules of paper.
from ressourcerie import pipeline
from ressourcerie.checks import suite
from ressourcerie.cli import commands
from ressourcerie.diagnostics import RULES, Diagnostic, Severity
from ressourcerie.external import rules as _external_rules  # noqa: F401 - declares them
from ressourcerie.paper.worker import Job, Result
from ressourcerie.settings import read_settings
from straw import blank, print_with_straw

TESTS = Path(__file__).parent
CASES = TESTS / "cases"
MARKER = re.compile(r"[ \t]*⟦(?P<code>[a-z0-9-]+)(?:@(?P<column>\d+))?(?: : (?P<words>[^⟧]+))?⟧")

# Faults that no mark on a line can hold: bytes, missing files, what happens while building.
ELSEWHERE = {
    "fichier-encodage": "test_source.py::test_latin_1_is_refused_at_the_first_bad_byte",
    "fichier-bom": "test_source.py::test_byte_order_mark_is_reported_and_the_rest_is_still_read",
    "fichier-illisible": "test_source.py::test_link_out_of_the_project_is_not_followed",
    "fichier-trop-gros": "test_source.py::test_file_too_big_is_not_read",
    "dossier-absent": "test_rules.py::test_missing_folders_are_named",
    "reglages": "test_settings.py::test_unreadable_settings_say_where",
    "image-demesuree": "test_rules.py::test_huge_image_is_refused_without_being_decoded",
    "police-absente": "test_rules.py::test_missing_font_is_named",
    "pdf-echec": "test_rules.py::test_engine_fault_names_the_sheet",
    "pdf-remarque": "test_rules.py::test_engine_complaint_is_a_warning",
    "lien-mort": "external/test_external.py::test_page_that_is_gone_is_dead",
    "lien-non-verifie": "external/test_external.py::test_doubt_is_never_dead",
    "lien-redirige": "external/test_external.py::test_new_address_is_said",
    "lien-vers-accueil": "external/test_external.py::test_deep_link_sent_home_is_suspect",
    "ancre-externe-absente": "external/test_external.py::test_fragment_that_is_not_there",
    "fichier-lie-introuvable": "test_any_project.py::test_files_a_page_needs_are_checked",
    "lien-actif": "test_any_project.py::test_link_that_runs_a_program_is_a_warning",
    "inclusion-introuvable": "test_any_project.py::test_missing_snippet_is_said_on_its_line",
    "texte-non-rendu": "test_any_project.py::"
    "test_page_that_cannot_be_rendered_is_said_and_the_rest_goes_on",
    "texte-non-verifie": "test_rules.py::test_check_that_cannot_end_is_said",
    "entete-ignore": "test_any_project.py::"
    "test_text_that_mkdocs_takes_for_no_front_matter_is_a_warning",
    "extension-absente": "test_any_project.py::test_unknown_extension_is_named_at_its_line",
    "noms-jumeaux": "links/test_bad_input.py::test_names_that_some_disks_confuse_are_said",
    "greffons-non-suivis": "test_any_project.py::"
    "test_plugin_that_cannot_run_is_a_warning_and_the_rest_goes_on",
}


@dataclass(frozen=True)
class Fault:
    """What a marker promises."""

    path: str
    line: int
    code: str
    column: int | None
    words: str


def lay(case: Path, project: Project) -> list[Fault]:
    """Write the files of a case over a project, without their markers."""
    faults = []
    for file in sorted(f for f in case.rglob("*") if f.is_file()):
        path = file.relative_to(case).as_posix()
        clean = []
        for number, line in enumerate(file.read_text("utf-8").split("\n"), start=1):
            for mark in MARKER.finditer(line):
                column = int(mark["column"]) if mark["column"] else None
                faults.append(Fault(path, number, mark["code"], column, mark["words"] or ""))
            clean.append(MARKER.sub("", line))
        project.write(path, "\n".join(clean))
    return faults


def keeps(fault: Fault, found: Diagnostic) -> bool:
    """Whether a diagnostic is the one a marker promises."""
    return (
        (found.place.path, found.place.line, found.code) == (fault.path, fault.line, fault.code)
        and fault.column in {None, found.place.column}
        and fault.words in f"{found.message} {found.hint}"
    )


@pytest.mark.parametrize("case", sorted(p.name for p in CASES.iterdir()))
def test_case(case: str, project: Project) -> None:
    """The marked faults are reported where they are marked, and nothing else is."""
    faults = lay(CASES / case, project)
    found = project.check()
    assert Counter((d.place.path, d.place.line, d.code) for d in found) == Counter(
        (f.path, f.line, f.code) for f in faults
    )
    for fault in faults:
        same_line = [
            f"{d.place} {d.message} {d.hint}"
            for d in found
            if (d.place.path, d.place.line) == (fault.path, fault.line)
        ]
        assert any(keeps(fault, d) for d in found), f"{fault} not among {same_line}"


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule_has_a_case(code: str) -> None:
    if code in ELSEWHERE:
        file, _, name = ELSEWHERE[code].partition("::")
        tree = ast.parse((TESTS / file).read_text("utf-8"))
        assert name in {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    else:
        texts = [f.read_text("utf-8") for f in (CASES / code).rglob("*") if f.is_file()]
        assert any(m["code"] == code for text in texts for m in MARKER.finditer(text))


def test_cases_and_table_name_only_rules_that_exist() -> None:
    assert {p.name for p in CASES.iterdir()} | set(ELSEWHERE) <= set(RULES)


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule_is_written_for_authors(code: str) -> None:
    """A code fit for a search, a title, and a hint that is a sentence."""
    rule = RULES[code]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.hint.endswith(".")
    assert "'" not in rule.title + rule.hint


def test_tiny_project_is_faultless(project: Project) -> None:
    """Without this, a case would prove nothing."""
    assert project.check() == []


def test_ten_faults_in_ten_files_are_all_said_at_once(project: Project) -> None:
    page = project.read("content/utiliser.md")
    project.write("content/a.md", page.replace("titre:", "titr:"))
    project.write("content/b.md", page.replace("titre: Mode", "titre: Mode : le"))
    project.write("content/c.md", page.encode() + "Été".encode("latin-1"))
    project.write("content/d.md", "")
    project.write("content/e.md", page.replace("2026-01-02", "2 janvier 2026"))
    project.write("content/f.md", page + "\n[perdu](perdu.md)\n")
    project.write("content/g.md", page + "\n!!! animatrice\n    Bonjour.\n")
    project.write("content/Fichier.md", page)
    project.edit("ateliers/essai/index.md", "duree: 60", "duree: 75")
    project.edit("glossary/navigateur.md", "[mot-de-passe]", "[mot-de-pase]")
    result = CliRunner().invoke(commands, ["check", "-f", str(project.config_file)])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    for path, code in {
        "content/a.md": "cle-inconnue",
        "content/b.md": "entete-illisible",
        "content/c.md": "fichier-encodage",
        "content/d.md": "fichier-vide",
        "content/e.md": "date-forme",
        "content/f.md": "lien-introuvable",
        "content/g.md": "bloc-inconnu",
        "content/Fichier.md": "nom-de-fichier",
        "ateliers/essai/index.md": "duree-somme",
        "glossary/navigateur.md": "renvoi-inconnu",
    }.items():
        assert re.search(rf"^{path}:\d+:\d+: erreur \[{code}\]", result.output, re.MULTILINE)


# Faults that are bytes, or the lack of a file.


def codes(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(d.place.path, d.code) for d in found]


def test_missing_folders_are_named(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    _, found = Project(tmp_path).load()
    assert codes(found) == [("ateliers", "dossier-absent"), ("glossary", "dossier-absent")]


def _photo(width: int, height: int) -> bytes:
    data = io.BytesIO()
    Image.new("1", (width, height)).save(data, "PNG")
    return data.getvalue()


def test_truncated_photo_is_unreadable(project: Project) -> None:
    data = io.BytesIO()
    Image.effect_noise((100, 100), 80).save(data, "PNG")
    project.write("content/images/entiere.png", data.getvalue())
    project.write("content/images/coupee.png", data.getvalue()[:5_000])
    project.write("content/images/vide.jpg", b"")
    assert codes(project.check()) == [
        ("content/images/coupee.png", "image-illisible"),
        ("content/images/vide.jpg", "image-illisible"),
    ]


def test_photo_under_another_type_is_unreadable(project: Project) -> None:
    """A browser goes by the name of the file: a PNG called .jpg may not be shown."""
    project.write("content/images/menteuse.jpg", _photo(20, 20))
    assert codes(project.check()) == [("content/images/menteuse.jpg", "image-illisible")]


def _announced(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is `width` × `height`."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_huge_image_is_refused_without_being_decoded(project: Project) -> None:
    project.write("content/images/bombe.png", _announced(60_000, 60_000))
    project.write("content/images/grande.png", _photo(6_000, 5_000))
    project.write("content/images/large.png", _photo(6_000, 40))
    svg = project.read("content/images/dessin.svg")
    project.write("content/images/lourde.svg", svg + " " * 8_000_001)
    found = project.check()
    assert codes(found) == [
        ("content/images/bombe.png", "image-demesuree"),
        ("content/images/grande.png", "image-demesuree"),
        ("content/images/lourde.svg", "image-demesuree"),
    ]
    assert "6000 × 5000" in found[1].message


def test_missing_font_is_named(project: Project) -> None:
    font = "theme/web/assets/fonts/ressourcerie-sans-700-normal.woff2"
    project.path(font).unlink()
    assert codes(project.check()) == [
        ("theme/web/assets/css/tokens.css", "fichier-lie-introuvable"),
        (font, "police-absente"),
    ]


def test_damaged_font_is_reported(project: Project) -> None:
    project.write("theme/web/assets/fonts/ressourcerie-sans-700-normal.woff2", b"rien")
    found = project.check()
    assert [d.code for d in found] == ["police-absente"]


# Faults of the PDF engine, with an engine of straw.


@pytest.mark.parametrize(
    ("error", "words"),
    [(ValueError("tableau trop large"), "tableau trop large"), (BrokenProcessPool(), "arrêté")],
)
def test_engine_fault_names_the_sheet(project: Project, error: Exception, words: str) -> None:
    def answer(job: Job) -> Result:
        if job.name == "essai-participant.pdf":
            raise error
        return blank(job)

    printed = print_with_straw(project.root, answer)
    found = printed.found
    assert codes(found) == [("ateliers/essai/index.md", "pdf-echec")]
    assert "essai-participant.pdf" in found[0].message
    assert words in found[0].message
    assert found[0].is_error
    lost = set(print_with_straw(project.root).names) - set(printed.names)
    assert lost == {"essai-participant.pdf", "essai-participant-a3.pdf"}


def test_engine_complaint_is_a_warning(project: Project) -> None:
    def answer(job: Job) -> Result:
        complaints = ("glyph missing",) * 3 if job.name == "carnet-livret.pdf" else ()
        return replace(blank(job), complaints=complaints)

    printed = print_with_straw(project.root, answer)
    found = printed.found
    assert "carnet-livret.pdf" in printed.names
    assert codes(found) == [("content/livrets/carnet.md", "pdf-remarque")]
    assert found[0].severity is Severity.WARNING
    assert "glyph missing" in found[0].message


def test_pipeline_prints_nothing_when_a_check_fails(project: Project) -> None:
    project.edit("ateliers/essai/index.md", "duree: 60", "duree: 75")
    settings, _ = read_settings(project.config_file)
    assert settings is not None
    work = pipeline.prepare(settings)
    assert work.failed
    assert work.pdfs == ()
    assert not (settings.cache / "pdf").exists()


def test_check_that_cannot_end_is_said(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> Iterator[Diagnostic]:
        raise RecursionError
        yield

    monkeypatch.setattr(suite, "BY_TEXT", (endless, *suite.BY_TEXT))
    project.edit("ateliers/essai/index.md", "duree: 60", "duree: 75")
    found = [d for d in project.check() if d.place.path == "ateliers/essai/index.md"]
    assert [d.code for d in found] == ["texte-non-verifie", "duree-somme"]


def test_checks_say_the_same_twice(project: Project) -> None:
    """Order does not depend on sets, on disks or on the day."""

    def runs() -> Iterator[list[Diagnostic]]:
        for _ in range(2):
            yield project.check()

    lay(CASES / "lien-introuvable", project)
    first, second = runs()
    assert first == second
    assert first == sorted(first)


def test_engine_complaint_is_said_at_every_run(project: Project) -> None:
    """The second run renders nothing; the fault is still in the PDF."""

    def answer(job: Job) -> Result:
        return replace(blank(job), complaints=("glyph missing",))

    first = print_with_straw(project.root, answer)
    assert {d.message.split()[0] for d in first.found} == first.made
    again = print_with_straw(project.root, lambda job: pytest.fail(f"{job.name} is rendered again"))
    assert (again.pdfs, again.found) == (first.pdfs, first.found)
