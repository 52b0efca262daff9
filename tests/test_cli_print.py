"""`ressourcerie print`: what is asked for comes out, whatever is wrong elsewhere."""

from __future__ import annotations

import errno
import os
import pickle
import re
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner, Result

from projects import Project
from ressourcerie import atomic
from ressourcerie.cli import commands
from ressourcerie.paper import worker
from ressourcerie.paper.render import print_all

NBSP = "\u00a0"
WORKSHOP = "ateliers/essai/index.md"
BOOKLET = "content/livrets/carnet.md"


class Press(Executor):
    """Prints blank pages at once; `made` are the names of what it was asked for."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.spoil: Callable[[worker.Job], object] = lambda _job: None

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        # What a process would receive.
        (job,) = pickle.loads(pickle.dumps(args))  # noqa: S301 - our own
        future: Future[Any] = Future()
        self.made.append(job.name)
        try:
            self.spoil(job)
            ids = re.findall(r'\sid="([^"]+)"', getattr(job, "html", ""))
            places = {name: [0, 0.0, 0.0] for name in ids}
            layout = {"pages": 3, "anchors": places, "bookmarks": [], "slots": []}
            future.set_result(worker.Result(b"%PDF " + job.name.encode(), 3, layout=layout))
        except Exception as error:  # noqa: BLE001 - what a pool does
            future.set_exception(error)
        return future


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    press = Press()
    monkeypatch.setitem(print_all.__kwdefaults__, "executor", lambda _workers: press)
    return press


@pytest.fixture
def here(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The tiny project, as the current folder."""
    monkeypatch.chdir(project.root)
    return project


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, ["print", *words])


def files(folder: Path | str = "a-imprimer") -> set[str]:
    folder = Path(folder)
    return {p.name for p in folder.iterdir()} if folder.is_dir() else set()


# What is asked for, and nothing else.


def test_one_edition_of_one_resource(here: Project, press: Press) -> None:
    result = run("essai", "--edition", "participant")
    assert result.exit_code == 0
    assert files() == {"essai-participant.pdf"}
    assert press.made == ["essai-participant.pdf"]
    assert Path("a-imprimer/essai-participant.pdf").read_bytes() == b"%PDF essai-participant.pdf"
    assert (
        result.stdout == f"essai-participant.pdf{NBSP}: 3{NBSP}pages, 2{NBSP}feuilles recto verso\n"
    )
    assert result.stderr == f"\n1{NBSP}PDF dans a-imprimer/.\n"


def test_all_the_editions_of_a_resource(here: Project, press: Press) -> None:
    assert run("essai").exit_code == 0
    made = files()
    assert {"essai-animateur.pdf", "essai-participant.pdf", "essai-corrige.pdf"} <= made
    assert "essai-participant-a3.pdf" in made
    assert all(name.startswith("essai-") for name in made)


def test_without_a_name_everything(here: Project, press: Press) -> None:
    assert run().exit_code == 0
    assert {"essai-participant.pdf", "carnet-livret.pdf", "voyage-programme.pdf"} <= files()


@pytest.mark.parametrize(
    "words",
    [
        ["-e", "participant,corrige"],
        ["-e", "participant", "--edition", "corrige"],
        ["--edition", "Corrige, participant"],
    ],
)
def test_several_editions(here: Project, press: Press, words: list[str]) -> None:
    assert run("essai", *words).exit_code == 0
    assert files() == {"essai-participant.pdf", "essai-corrige.pdf"}


def test_a_booklet_to_fold_alone(here: Project, press: Press) -> None:
    """What it is made from is laid out, and stays out of the folder."""
    assert run("carnet", "-e", "a-imprimer").exit_code == 0
    assert files() == {"carnet-a-imprimer.pdf"}
    assert "carnet-livret.pdf" in press.made


@pytest.mark.parametrize(
    "name", ["essai", "Essai", "ateliers/essai", "ateliers/essai/", "./ateliers/essai/index.md"]
)
def test_a_resource_has_a_name_and_a_path(here: Project, press: Press, name: str) -> None:
    assert run(name, "-e", "emargement").exit_code == 0
    assert files() == {"essai-emargement.pdf"}


def test_a_path_may_start_from_elsewhere(
    project: Project, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = os.path.relpath(project.config_file)
    for name in ("ateliers/essai/index.md", os.path.relpath(project.path(WORKSHOP))):
        assert run("-f", config, name, "-e", "participant", "-d", "ici/la").exit_code == 0
        assert files("ici/la") == {"essai-participant.pdf"}


def test_papers_that_are_not_printed_say_so(here: Project, press: Press) -> None:
    assert "essai-diaporama.pdf" in run("essai", "-e", "diaporama").stdout
    assert "pour l’écran" in run("essai", "-e", "diaporama").stdout


def test_nothing_is_made_twice(here: Project, press: Press) -> None:
    run("essai")
    before = list(press.made)
    result = run("essai")
    assert result.exit_code == 0
    assert press.made == before
    assert "essai-participant.pdf" in result.stdout


# What does not exist.


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["esai"], "« esai » n’existe pas. Vouliez-vous dire « essai » ?"),
        (["zzz"], "« zzz » n’existe pas. À choisir : "),
        (["navigateur"], "« navigateur » ne s’imprime pas à part."),
        (["../ailleurs"], "« ../ailleurs » n’existe pas."),
        (["essai", "-e", "participants"], "Vouliez-vous dire « participant » ?"),
        (["essai", "-e", "livret"], "L’édition « livret » n’existe pas ici. Choix : animateur, "),
        (["essai", "-e", ""], "L’édition «  » n’existe pas."),
    ],
)
def test_mistake_is_a_misuse_and_says_what_was_meant(
    here: Project, press: Press, words: list[str], said: str
) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.output
    assert press.made == []
    assert not Path("a-imprimer").exists()


def test_edition_that_a_workshop_does_not_have(here: Project, press: Press) -> None:
    here.edit(WORKSHOP, '??? corrige "Réponses"\n    Secretcorrige reste ici.\n', "")
    result = run("essai", "-e", "corrige")
    assert result.exit_code == 2
    assert "L’édition « corrige » n’existe pas ici." in result.output


def test_project_without_resources_has_nothing_to_print(
    tmp_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mkdocs.yml").write_text("site_name: Rien\n", "utf-8")
    Path("docs").mkdir()
    Path("docs/index.md").write_text("# Rien\n", "utf-8")
    result = run()
    assert result.exit_code == 2
    assert "il n’y a rien à imprimer" in result.output


# Faults.


def test_fault_of_another_text_does_not_matter(here: Project, press: Press) -> None:
    here.edit("content/utiliser.md", "resume: ", "resum: ")
    here.edit("glossary/mot-de-passe.md", "groupe: ", "groupes: ")
    here.write("content/images/coupee.png", b"\x89PNG\r\n\x1a\n")
    result = run("essai", "-e", "participant")
    assert result.exit_code == 0
    assert files() == {"essai-participant.pdf"}
    assert "erreur" not in result.output


def test_its_own_fault_is_said_and_nothing_is_made(here: Project, press: Press) -> None:
    here.edit(WORKSHOP, "duree: 60", "duree: 75")
    result = run("essai")
    assert result.exit_code == 1
    assert f"{WORKSHOP}:8:1: erreur [duree-somme]" in result.stderr
    assert f"{WORKSHOP} n’est pas mis en PDF : corrigez" in result.stderr
    assert press.made == []
    assert files() == set()


@pytest.mark.parametrize("name", ["essai", WORKSHOP, "ateliers/essai"])
def test_resource_that_cannot_be_read_is_known_by_its_name(
    here: Project, press: Press, name: str
) -> None:
    here.edit(WORKSHOP, "duree: 60", "duree: 1h")
    result = run(name, "-e", "participant")
    assert result.exit_code == 1
    assert f"{WORKSHOP}:8:1: erreur [duree-unite]" in result.stderr
    assert files() == set()


def test_what_has_no_fault_is_made_all_the_same(here: Project, press: Press) -> None:
    here.edit(WORKSHOP, "duree: 60", "duree: 1h")
    result = run()
    assert result.exit_code == 1
    assert "erreur [duree-unite]" in result.stderr
    assert "carnet-livret.pdf" in files()
    assert not any(name.startswith("essai-") for name in files())


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("glossary/navigateur.md", "groupe: ", "groupes: "),
        ("content/guide/premiers-pas.md", "ordre: ", "ordres: "),
        ("content/livrets/carnet.md", "version: ", "versions: "),
    ],
)
def test_fault_of_what_a_booklet_holds_stops_it(
    here: Project, press: Press, path: str, old: str, new: str
) -> None:
    here.edit(path, old, new)
    result = run("carnet", "essai", "-e", "livret,participant")
    assert result.exit_code == 1
    assert f"{path}:" in result.stderr
    assert "content/livrets/carnet.md n’est pas mis en PDF" in result.stderr
    assert files() == {"essai-participant.pdf"}


def test_booklet_of_chosen_words_does_not_wait_for_the_others(here: Project, press: Press) -> None:
    here.edit(BOOKLET, "contenu: [glossaire, guide]", "contenu: [glossaire]\ntermes: [navigateur]")
    here.edit("glossary/mot-de-passe.md", "groupe: ", "groupes: ")
    assert run("carnet", "-e", "livret").exit_code == 0
    assert files() == {"carnet-livret.pdf"}


def test_fault_of_a_picture_stops_what_shows_it(here: Project, press: Press) -> None:
    here.write("ateliers/essai/table.svg", "<svg><script/></svg>")
    result = run("essai", "carnet", "-e", "participant,livret")
    assert result.exit_code == 1
    assert "ateliers/essai/table.svg:1:1: erreur [image-active]" in result.stderr
    assert files() == {"carnet-livret.pdf"}


def test_missing_font_stops_all_that_is_set_in_it(here: Project, press: Press) -> None:
    font = "theme/web/assets/fonts/ressourcerie-sans-700-normal.woff2"
    here.path(font).unlink()
    result = run("essai", "-e", "participant")
    assert result.exit_code == 1
    assert f"{font}:1:1: erreur [police-absente]" in result.stderr
    assert "Traceback" not in result.output
    assert files() == set()


def test_unreadable_settings_are_said(here: Project, press: Press) -> None:
    here.write("mkdocs.yml", "site_name: [\n")
    result = run("essai")
    assert result.exit_code == 1
    assert "mkdocs.yml:" in result.stderr
    assert files() == set()


# What may fail at the last moment.


def test_fault_of_the_engine_spares_the_other_papers(here: Project, press: Press) -> None:
    def spoil(job: worker.Job) -> None:
        if job.name == "essai-participant.pdf":
            raise MemoryError

    press.spoil = spoil
    result = run("essai", "-e", "participant,corrige")
    assert result.exit_code == 1
    assert files() == {"essai-corrige.pdf"}
    assert "essai-participant.pdf : la composition demande trop de mémoire." in result.stderr
    assert f"{WORKSHOP}:1:1: erreur [pdf-echec]" in result.stderr


def test_full_disk_leaves_the_former_files_whole(
    here: Project, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = here.write("a-imprimer/essai-participant.pdf", b"le PDF d\xe2\x80\x99hier")
    write = atomic.write

    def full(file: Path, data: bytes, **how: Any) -> None:
        if file.name == "essai-participant.pdf":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(file, data, **how)

    monkeypatch.setattr(atomic, "write", full)
    result = run("essai", "-e", "participant,corrige")
    assert result.exit_code == 1
    assert "essai-participant.pdf n’a pas pu être écrit" in result.stderr
    assert former.read_bytes() == "le PDF d’hier".encode()
    assert files() == {"essai-corrige.pdf", "essai-participant.pdf"}


def test_folder_that_cannot_be_is_said(here: Project, press: Press) -> None:
    here.write("occupe", "un fichier")
    result = run("essai", "-d", "occupe/dedans")
    assert result.exit_code == 1
    assert "occupe/dedans n’a pas pu être créé" in result.stderr
    assert press.made == []


def test_interruption_leaves_the_former_files_whole(here: Project, press: Press) -> None:
    former = here.write("a-imprimer/essai-participant.pdf", b"hier")

    def stop(_job: worker.Job) -> NoReturn:
        raise KeyboardInterrupt

    press.spoil = stop
    result = run("essai")
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert former.read_bytes() == b"hier"
    assert files() == {"essai-participant.pdf"}
