"""`ressourcerie impose`: what is written, what is said, what is refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from projects import Project
from ressourcerie.cli import commands

A5 = (420, 595)
A4 = (595, 842)


def impose(*words: str | Path) -> Result:
    return CliRunner().invoke(commands, ["impose", *map(str, words)])


def pdf(file: Path, pages: int, size: tuple[int, int] = A5) -> Path:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=size)
    made.docinfo["/Title"] = "Le carnet"
    made.save(file)
    return file


def pages(file: Path) -> int:
    with pikepdf.open(file) as opened:
        return len(opened.pages)


@pytest.fixture
def booklet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PDF of six A5 pages, out of any project."""
    monkeypatch.chdir(tmp_path)
    return pdf(tmp_path / "carnet.pdf", 6)


def test_in_a_project_a_booklet_comes_with_its_guide_and_notes(project: Project) -> None:
    source = pdf(project.root / "carnet.pdf", 6)
    result = impose(source, "-f", project.config_file)
    assert result.exit_code == 0, result.output
    target = project.root / "carnet-a-imprimer.pdf"
    assert pages(target) == 2 + 4
    assert f"{target} : 2\u00a0feuilles A4 à plier, 2\u00a0pages de notes" in result.stdout
    assert "recto verso, retourné sur le bord court, à 100\u00a0%." in result.stdout
    assert result.stderr == ""
    with pikepdf.open(target) as opened:
        assert str(opened.docinfo["/Title"]) == "Le carnet – à imprimer"
        assert "/Notes1" in opened.pages[3].Resources.XObject


def test_a_project_is_found_from_inside_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root / "content")
    source = pdf(project.root / "carnet.pdf", 4)
    assert impose(source).exit_code == 0
    assert pages(project.root / "carnet-a-imprimer.pdf") == 2 + 2


def test_out_of_a_project_any_pdf_is_imposed_without_a_guide(booklet: Path) -> None:
    result = impose(booklet)
    assert result.exit_code == 0
    assert pages(booklet.with_name("carnet-a-imprimer.pdf")) == 4
    assert "2\u00a0feuilles A4 à plier, 2\u00a0pages blanches. À imprimer" in result.stdout
    assert "le livret n’aura pas de mode d’emploi" in result.stderr


def test_two_a_sheet_needs_no_project(booklet: Path) -> None:
    result = impose(booklet, "--deux-par-feuille")
    assert result.exit_code == 0
    assert pages(booklet.with_name("carnet-deux-par-feuille.pdf")) == 3
    assert "3\u00a0feuilles A4, deux pages sur chacune" in result.stdout
    assert result.stderr == ""


def test_thick_booklet_is_announced_in_signatures(booklet: Path) -> None:
    result = impose(pdf(booklet, 68))
    assert "17\u00a0feuilles A4 à plier, en 3\u00a0cahiers" in result.stdout


def test_pages_that_shrink_are_announced(booklet: Path) -> None:
    source = pdf(booklet, 4, A4)
    kept = impose(source, "--deux-par-feuille")
    assert "A3" in kept.stdout
    assert "réduites" not in kept.stderr
    shrunk = impose(source, "--deux-par-feuille", "--feuille", "a4")
    assert "des pages sont réduites à 71\u00a0% de leur taille" in shrunk.stderr
    assert "« --feuille A3 »" in shrunk.stderr


def test_marks_are_drawn_when_asked_for(booklet: Path) -> None:
    impose(booklet, "-o", "sans.pdf")
    impose(booklet, "--reperes", "-o", "avec.pdf")
    with pikepdf.open("sans.pdf") as without, pikepdf.open("avec.pdf") as marked:
        assert b" l S" not in without.pages[0].Contents.read_bytes()
        assert b" l S" in marked.pages[0].Contents.read_bytes()


def test_an_unusable_pdf_leaves_nothing_behind(booklet: Path) -> None:
    before = sorted(p.name for p in booklet.parent.iterdir())
    booklet.write_bytes(booklet.read_bytes()[:200])
    result = impose(booklet)
    assert result.exit_code == 1
    assert f"{booklet} : Ce fichier n’est pas un PDF, ou il est abîmé" in result.stderr
    assert sorted(p.name for p in booklet.parent.iterdir()) == before


def test_the_old_file_stays_when_the_new_one_cannot_be_written(
    booklet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = booklet.with_name("ancien.pdf")
    target.write_bytes(b"ancien")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = impose(booklet, "-o", target)
    assert result.exit_code == 1
    assert "n’a pas pu être écrit" in result.stderr
    assert target.read_bytes() == b"ancien"
    assert sorted(p.name for p in booklet.parent.iterdir()) == ["ancien.pdf", "carnet.pdf"]


def test_a_file_that_is_replaced_keeps_its_permissions_and_a_link_stays(booklet: Path) -> None:
    real = booklet.with_name("vrai.pdf")
    real.write_bytes(b"ancien")
    real.chmod(0o600)
    link = booklet.with_name("lien.pdf")
    link.symlink_to(real)
    assert impose(booklet, "-o", link).exit_code == 0
    assert link.is_symlink()
    assert pages(real) == 4
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


@pytest.mark.parametrize("target", ["carnet.pdf", "./carnet.pdf", "/dev/null"])
def test_what_must_not_be_replaced_is_not(booklet: Path, target: str) -> None:
    before = booklet.read_bytes()
    assert impose(booklet, "-o", target).exit_code == 2
    assert booklet.read_bytes() == before
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["absent.pdf"], "Fichier « absent.pdf » n’existe pas."),
        (["."], "« . » est un dossier"),
        (["carnet.pdf", "--feuille", "A5"], "Valeur refusée pour « --feuille »"),
        ([], "Il manque l’argument « FICHIER.pdf »."),
    ],
)
def test_mistakes_of_use_are_told(booklet: Path, words: list[str], said: str) -> None:
    result = impose(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_settings_that_cannot_be_read_stop_the_command(project: Project) -> None:
    source = pdf(project.root / "carnet.pdf", 4)
    project.write("mkdocs.yml", "site_name: [")
    result = impose(source, "-f", project.config_file)
    assert result.exit_code == 1
    assert "mkdocs.yml" in result.stderr
    assert not (project.root / "carnet-a-imprimer.pdf").exists()
