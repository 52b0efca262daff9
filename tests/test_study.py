"""What is said of a project does not depend on what is remembered, nor on who works it out."""

from __future__ import annotations

import functools
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from projects import REPOSITORY, Project
from ressourcerie import examine, memory, study
from ressourcerie.checks import suite
from ressourcerie.memory import Memory
from ressourcerie.settings import Settings
from ressourcerie.source import Source, parse
from ressourcerie.study import Study, studies

CASES = Path(__file__).parent / "cases"


def said(project: Project) -> list[tuple[Any, ...]]:
    """All that a run says, hints, links and changes included."""
    examined, _ = examine.examine_file(project.config_file)
    return [astuple(diagnostic) for diagnostic in examined.diagnostics]


def cache(project: Project) -> Path:
    return project.root / ".cache" / "ressourcerie" / "etudes.txt"


def forget(project: Project) -> None:
    shutil.rmtree(project.root / ".cache", ignore_errors=True)


def said_afresh(project: Project) -> list[tuple[Any, ...]]:
    """What the first run ever would say, in another folder of the same name."""
    before = cache(project).parent
    aside = project.root / ".cache" / "ailleurs"
    before.rename(aside)
    try:
        return said(project)
    finally:
        shutil.rmtree(before)
        aside.rename(before)


@pytest.fixture
def faulty(project: Project) -> Project:
    """The tiny project, and all the faulty files that can stand together."""
    for file in sorted(CASES.rglob("*")):
        path = project.path(file.relative_to(CASES).as_posix().partition("/")[2])
        if file.is_file() and path.name != "mkdocs.yml" and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, path)
    return project


@pytest.fixture
def docs(faulty: Project) -> Project:
    """The same texts as a documentation without resources of ours."""
    faulty.write("mkdocs.yml", "site_name: Essai\ndocs_dir: content\n")
    return faulty


@pytest.fixture
def real(tmp_path: Path) -> Project:
    """The texts of the repository."""
    root = tmp_path / "depot"
    for folder in ("content", "glossary", "ateliers", "theme"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    return Project(root)


@pytest.fixture
def part(real: Project) -> Project:
    """A good part of the texts of the repository: what they cite is there, or is not."""
    root = real.root
    for workshop in (root / "ateliers").iterdir():
        if workshop.name not in {"embarquer", "se-proteger", "se-relier", "creer"}:
            shutil.rmtree(workshop)
    for folder in ("metier", "animer", "grilles"):
        shutil.rmtree(root / "content" / folder)
    for long in ("regles.md", "guide/decouvrir.md", "guide/creer-et-participer.md"):
        (root / "content" / long).unlink()
    for entry in sorted((root / "glossary").iterdir())[::2]:
        if entry.stem not in {"civic-tech", "living-lab", "tiers-lieux"}:
            entry.unlink()
    return real


@pytest.fixture(params=["faulty", "docs", "part"])
def any_project(request: pytest.FixtureRequest) -> Project:
    found: Project = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def studied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the texts studied since the list was emptied."""
    paths: list[str] = []

    def counted(student: study.Student) -> study.Student:
        @functools.wraps(student)
        def count(path: str, data: bytes, settings: Settings) -> Study:
            paths.append(path)
            return student(path, data, settings)

        return count

    # Other processes would count on their side.
    monkeypatch.setattr(study, "_MANY", 10_000)
    monkeypatch.setattr(suite, "study_text", counted(suite.study_text))
    monkeypatch.setattr(examine, "study_doc", counted(examine.study_doc))
    return paths


# The same, whoever works it out.


def test_second_run_says_the_same_as_the_first(any_project: Project) -> None:
    first = said(any_project)
    assert cache(any_project).stat().st_size > 1000
    assert said(any_project) == first
    assert said(any_project) == first


def test_several_processes_say_the_same_as_one(
    any_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = said(any_project)
    forget(any_project)
    monkeypatch.setattr(study, "_MANY", 1)
    monkeypatch.setattr(study, "_CHUNK", 3)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert said(any_project) == alone
    assert said(any_project) == alone


def test_order_of_the_texts_does_not_matter(faulty: Project) -> None:
    texts = {p: faulty.path(p).read_bytes() for p in sorted(paths(faulty))}
    forward = studies(texts, suite.study_text, faulty.settings, Memory())
    backward = studies(dict(reversed(texts.items())), suite.study_text, faulty.settings, Memory())
    assert list(backward) == list(reversed(forward))
    assert backward == forward


def paths(project: Project) -> Iterable[str]:
    for folder in ("content", "glossary", "ateliers"):
        for file in project.path(folder).rglob("*.md"):
            yield file.relative_to(project.root).as_posix()


def test_what_is_remembered_of_a_text_is_all_that_was_read_in_it(faulty: Project) -> None:
    """Places and spans of keys too, that are worked out again."""
    texts = {path: faulty.path(path).read_bytes() for path in paths(faulty)}
    for path, found in studies(texts, suite.study_text, faulty.settings, Memory()).items():
        read, wrong = parse(path, texts[path])
        assert found.reading == tuple(wrong)
        assert found.source == read
        if read and found.source:
            assert dict(found.source.places) == dict(read.places)
            assert dict(found.source.spans) == dict(read.spans)
            assert found.source.head == read.head


def dies_elsewhere(path: str, data: bytes, settings: Settings) -> Study:
    """A study that its own process does not survive."""
    if multiprocessing.parent_process():
        os._exit(9)
    return Study(Source(path, {}, data.decode(), 1))


def test_processes_that_die_leave_the_work_to_this_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study, "_MANY", 1)
    texts = {f"{n}.md": str(n).encode() for n in range(50)}
    found = studies(texts, dies_elsewhere, project.settings, Memory())
    assert [s.source.body for s in found.values() if s.source] == [str(n) for n in range(50)]


# Only what has changed is worked out again.


@pytest.mark.parametrize("path", ["glossary/navigateur.md", "content/images/dessin.svg"])
def test_touching_a_file_changes_nothing(project: Project, studied: list[str], path: str) -> None:
    said(project)
    studied.clear()
    project.path(path).touch()
    said(project)
    assert studied == []


def test_one_changed_text_is_the_only_one_studied_again(
    any_project: Project, studied: list[str]
) -> None:
    said(any_project)
    assert len(studied) > 10
    path = "content/utiliser.md"
    any_project.write(path, any_project.read(path) + "\nUne phrase de plus.\n")
    studied.clear()
    said(any_project)
    assert studied == [path]


def test_words_and_links_of_the_others_are_not_judged_again(
    real: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ressourcerie.checks import links, vocabulary

    said(real)
    judged: list[str] = []
    of_text, used = links._of_text, vocabulary.used_terms

    def judge(found: Study, site: Any) -> Any:
        judged.append(found.source.path if found.source else "")
        return of_text(found, site)

    def use(source: Source, finder: Any) -> Any:
        judged.append(source.path)
        return used(source, finder)

    monkeypatch.setattr(links, "_of_text", judge)
    monkeypatch.setattr(vocabulary, "used_terms", use)
    path = "ateliers/creer/index.md"
    real.write(path, real.read(path) + "\nUne phrase de plus.\n")
    said(real)
    assert set(judged) == {path}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - sane_lists\n", ""),
        ("site_name: La Ressourcerie\n", "site_name: x\n"),
        ("extra:\n", "extra:\n  ressourcerie:\n    phrase_longue: 12\n"),
    ],
)
def test_change_of_what_the_project_asks_is_seen(
    project: Project, studied: list[str], old: str, new: str
) -> None:
    said(project)
    studied.clear()
    project.edit("mkdocs.yml", old, new)
    assert said(project) == said_afresh(project)


def test_each_text_is_studied_again_when_markdown_is_read_otherwise(
    project: Project, studied: list[str]
) -> None:
    said(project)
    every = set(studied)
    studied.clear()
    project.edit("mkdocs.yml", "  - sane_lists\n", "")
    said(project)
    assert set(studied) == every


def test_each_text_is_studied_again_when_our_own_code_changes(
    project: Project, studied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(project)
    every = set(studied)
    studied.clear()
    program = memory._program().copy()
    program.update(b"une autre version")
    monkeypatch.setattr(memory, "_program", lambda: program)
    said(project)
    assert set(studied) == every


def test_each_text_is_studied_again_when_a_font_changes(
    project: Project, studied: list[str]
) -> None:
    said(project)
    every = set(studied)
    studied.clear()
    fonts = sorted(project.settings.fonts.glob("*.woff2"))
    fonts[0].write_bytes(fonts[1].read_bytes())
    said(project)
    assert set(studied) == every


# A text may be judged by what stands around it, though it has not changed itself.


def rename(old: str, new: str) -> Callable[[Project], None]:
    def apply(project: Project) -> None:
        project.path(old).rename(project.path(new))

    return apply


def replace(path: str, old: str, new: str) -> Callable[[Project], None]:
    def apply(project: Project) -> None:
        text = project.read(path)
        assert old in text
        project.write(path, text.replace(old, new))

    return apply


CHANGES: dict[str, Callable[[Project], None]] = {
    "a target is renamed": rename("glossary/civic-tech.md", "glossary/civic-tek.md"),
    "it comes back": rename("glossary/civic-tek.md", "glossary/civic-tech.md"),
    "an anchor goes": replace("content/contribuer.md", "## ", "## Autre "),
    "it comes back too": replace("content/contribuer.md", "## Autre ", "## "),
    "an image goes": rename("ateliers/se-relier/page-web.svg", "ateliers/se-relier/autre.svg"),
    "an image is damaged": lambda p: p.write("content/images/creer.svg", "abîmé") and None,
    "a term has another name": replace(
        "glossary/tiers-lieux.md", "titre: Tiers-lieu", "titre: Troisième lieu"
    ),
    "a term cannot be read": replace("glossary/living-lab.md", "---\n", "--\n"),
    "an acronym appears": replace("content/a-propos.md", "\n\n", "\n\nLe ZYXW arrive.\n\n"),
    "the glossary explains it": replace(
        "glossary/civic-tech.md", "variantes: [", "variantes: [ZYXW, "
    ),
    "a prerequisite makes a circle": replace(
        "ateliers/embarquer/index.md", "prerequis: []", "prerequis: [creer]"
    ),
    "a template loses its anchors": lambda p: shutil.rmtree(p.path("theme/web")) and None,
    "a text goes": lambda p: p.path("content/licence.md").unlink(),
}


def test_run_after_run_says_what_a_first_run_would(part: Project) -> None:
    said(part)
    for name, change in CHANGES.items():
        change(part)
        assert said(part) == said_afresh(part), name


def test_documentation_after_changes_says_what_a_first_run_would(part: Project) -> None:
    part.write("mkdocs.yml", "site_name: Essai\ndocs_dir: content\n")
    said(part)
    for path in ("guide/routine.md", "a-propos.md", "images/creer.svg"):
        part.path(f"content/{path}").unlink()
        assert said(part) == said_afresh(part), path
    part.write("content/contribuer.md", "# Sans les ancres\n")
    assert said(part) == said_afresh(part)


def test_included_file_counts_as_the_text_that_includes_it(
    tmp_path: Path, studied: list[str]
) -> None:
    docs = Project(tmp_path)
    docs.write(
        "mkdocs.yml",
        "site_name: Essai\nmarkdown_extensions:\n"
        "  - pymdownx.snippets:\n      base_path: [un, deux]\n",
    )
    docs.write("docs/index.md", '--8<-- "morceau.md"\n')
    docs.write("docs/autre.md", "Rien.\n")
    codes = [[row[1] for row in said(docs)]]
    for path, text in (
        ("deux/morceau.md", "[oui](autre.md)\n"),
        ("deux/morceau.md", "[non](perdu.md)\n"),
        ("un/morceau.md", "[oui](autre.md)\n"),
    ):
        docs.write(path, text)
        studied.clear()
        codes.append([row[1] for row in said(docs)])
        assert studied == ["docs/index.md"]
    docs.path("un/morceau.md").unlink()
    codes.append([row[1] for row in said(docs)])
    broken = ["lien-introuvable"]
    assert codes == [["inclusion-introuvable"], [], broken, [], broken]


# Whatever becomes of the cache.


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
        lambda file: file.write_bytes(file.read_bytes().replace(b"a", b"b")),
        lambda file: file.write_bytes(os.urandom(5000)),
        lambda file: file.write_text('{"une": "ancienne version"}'),
        lambda file: file.unlink(),
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: (shutil.rmtree(file.parent), file.parent.write_text("")),
    ],
    ids=["cut", "altered", "random", "old", "gone", "folder", "no folder"],
)
def test_damaged_cache_is_ignored(project: Project, damage: Callable[[Path], object]) -> None:
    project.write("content/guide.md", project.read("content/guide.md") + "\n[ici](perdu.md)...\n")
    first = said(project)
    assert len(first) > 2
    damage(cache(project))
    assert said(project) == first


FORGED = [
    [],
    [1, 2, 3, 4, 5, 6],
    {"source": None},
    [None, [], [], None, {}, []],
    [[{}, 0, 1], [[1, 2]], [], None, {}, []],
    [[{}, "0", 1], [], [], None, {}, []],
    [[{}, 0, 1], [], [], [1], {}, []],
    [[{}, 0, 1], [], [], None, [], []],
    [[{}, 0, 1], [], [], None, {}, [["/etc/passwd"]]],
]


@pytest.mark.parametrize("data", FORGED, ids=range(len(FORGED)))
def test_forged_study_stops_nothing(project: Project, data: Any) -> None:
    """It may lie, as its author may write what he wants: no more."""
    settings = project.settings
    about = f"ressourcerie.checks.suite.study_text{study._fingerprint(settings)}"
    path = "glossary/navigateur.md"
    kept = Memory(cache(project))
    kept.put(memory.key(about, path, project.path(path).read_bytes()), data)
    kept.save()
    said(project)


def test_run_stopped_half_way_leaves_a_whole_cache(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(project)
    before = cache(project).read_bytes()
    for path in ("content/guide.md", "content/parcours.md", "glossary/navigateur.md"):
        project.write(path, project.read(path) + "\nUne phrase de plus.\n")
    student = suite.study_text

    @functools.wraps(student)
    def stop(path: str, data: bytes, settings: Settings) -> Study:
        if path == "content/parcours.md":
            raise KeyboardInterrupt
        return student(path, data, settings)

    with monkeypatch.context() as patch:
        patch.setattr(suite, "study_text", stop)
        with pytest.raises(KeyboardInterrupt):
            said(project)
    assert cache(project).read_bytes() == before
    assert said(project) == said_afresh(project)


def test_two_runs_at_once_say_the_same(faulty: Project) -> None:
    code = "from ressourcerie.cli import main; main()"
    options = ["check", "--format", "json", "-f", str(faulty.config_file)]
    command = [sys.executable, "-c", code, *options]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(3)]
    said_by_each = [json.loads(run.communicate()[0]) for run in runs]
    assert said_by_each[0] == said_by_each[1] == said_by_each[2] != []
    after = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    assert json.loads(after.stdout) == said_by_each[0]


def test_cache_does_not_grow_with_the_changes_of_a_text(project: Project) -> None:
    path = "content/guide.md"
    text = project.read(path)
    sizes = []
    for turn in range(12):
        project.write(path, f"{text}\nUne phrase, la {turn}e fois.\n")
        said(project)
        sizes.append(cache(project).stat().st_size)
    assert max(sizes) - min(sizes) < 200


def test_cache_forgets_what_is_gone(part: Project) -> None:
    """What is left is what a first run of the same texts would have remembered."""
    said(part)
    for file in sorted(part.path("glossary").iterdir())[1:]:
        file.unlink()
    said(part)
    kept = set(cache(part).read_bytes().splitlines())
    forget(part)
    said(part)
    assert kept == set(cache(part).read_bytes().splitlines())


def test_project_that_cannot_be_written_is_checked_all_the_same(
    faulty: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = said(faulty)
    forget(faulty)

    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert said(faulty) == first
    assert not cache(faulty).exists()
