"""Whatever lies in a project: a diagnostic, in bounded time, and the rest of the run goes on."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from link_cases import Row, all_cases, checked

from ressourcerie.survey import limits

SETTINGS = all_cases()[0].settings
SNIPPETS = SETTINGS.replace(
    "  - abbr\n", "  - abbr\n  - pymdownx.snippets: {base_path: [docs], check_paths: true}\n"
)
# For one project; a machine that does many things at once needs some time.
SECONDS = 10.0
WITNESS = "perdue.md"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.5)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The documentation of a project whose one page has a broken link."""
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "index.md").write_text(f"# Accueil\n\n[perdue]({WITNESS})\n", "utf-8")
    return folder


def said(docs: Path, *, goes_on: bool = True) -> list[tuple[str, str]]:
    """File and code of all that is said, but for the link of the witness page."""
    start = time.perf_counter()
    rows = checked(docs.parent / "mkdocs.yml")
    assert time.perf_counter() - start < SECONDS
    assert goes_on == any(row["link"] == WITNESS for row in rows)
    return [
        (row["path"].removeprefix("docs/"), row["code"]) for row in rows if row["link"] != WITNESS
    ]


def settings(docs: Path, text: str | bytes) -> Path:
    """Write `mkdocs.yml`."""
    data = text.encode() if isinstance(text, str) else text
    (docs.parent / "mkdocs.yml").write_bytes(data)
    return docs


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)
)
TEXTS: dict[str, tuple[str | bytes, str]] = {
    "10 MB on one line": ("a" * 10_000_000, "fichier-trop-gros"),
    "900 kB on one line": ("a" * 900_000, ""),
    "an image of 900 kB": (f"![x](data:image/png;base64,{'A' * 900_000})", ""),
    "10,000 lists on a line": ("- " * 10_000 + "x", "texte-non-rendu"),
    "lists of 10,000 levels": (
        "".join(f"{' ' * 4 * min(n, 21)}- x\n" for n in range(10_000)),
        "texte-non-rendu",
    ),
    "10,000 quotations": (">" * 10_000 + " x", "texte-non-rendu"),
    "10,000 spaced quotations": ("> " * 10_000 + "x", "texte-non-rendu"),
    "boxes of 300 levels": (
        "".join(f"{' ' * 4 * n}!!! note\n\n" for n in range(300)),
        "texte-non-rendu",
    ),
    "open brackets": ("[" * 100_000, "texte-non-rendu"),
    "open images": ("![" * 50_000, "texte-non-rendu"),
    "open links": ("[a](" * 20_000, "texte-non-rendu"),
    "as many headings": ("# a\n" * 50_000, "texte-non-rendu"),
    "as many rules": ("x\n\n" + "---\n" * 100_000, "texte-non-rendu"),
    "as many tags": ("<a " * 100_000, "texte-non-rendu"),
    "as many comments": ("<!--" * 20_000, ""),
    "as many fences": ("```a\n" * 5_000, ""),
    "as many accents": (" ".join("`" * n for n in range(1, 600)), ""),
    "a long srcset": (f'<img alt="" srcset="{"a," * 100_000}">', "image-introuvable"),
    "a long name": (f"[x]({'y' * 5_000}.md)", "lien-introuvable"),
    "nested styles": (f"<style>{'a{' * 50_000}</style>", ""),
    "nested elements": ("<div>" * 20_000, ""),
    "null characters": ("a\0b [x](c\0.md)", "lien-introuvable"),
    "Latin-1": ("# été\n".encode("latin-1"), "fichier-encodage"),
    "UTF-16": ("# été\n".encode("utf-16"), "fichier-encodage"),
    "bytes of an image": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "fichier-encodage"),
    "a YAML bomb": (f"---\n{BOMB}---\n\n# x\n", ""),
    "deep YAML": (f"---\na: {'[' * 100_000}\n---\n\nx\n", "entete-ignore"),
    "a Python tag": (
        '---\na: !!python/object/apply:os.system ["touch pwned"]\n---\n\nx\n',
        "entete-ignore",
    ),
    "a list for front matter": ("---\n- a\n- b\n---\n\nx\n", "entete-ignore"),
    "a word for front matter": ("---\nbonjour\n---\n\nx\n", "entete-ignore"),
    "a date that is none": ("---\ndate: 2026-02-30\n---\n\nx\n", "entete-ignore"),
    "two rules": ("---\n\nDes mots.\n\n---\n", ""),
}


@pytest.mark.parametrize(("text", "code"), TEXTS.values(), ids=TEXTS)
def test_a_text_that_no_author_meant(
    docs: Path, text: str | bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(docs.parent)
    (docs / "page.md").write_bytes(text.encode() if isinstance(text, str) else text)
    codes = {found for path, found in said(docs) if path == "page.md"}
    if code in {"", "entete-ignore"}:
        # What the page then holds may be too much for the rendering too.
        codes.discard("texte-non-rendu")
    assert codes == ({code} if code else set())
    assert not (docs.parent / "pwned").exists()


def test_a_page_refused_is_said_where_it_goes_too_far(docs: Path) -> None:
    lists = "".join(f"{' ' * 4 * n}- x\n" for n in range(40))
    (docs / "page.md").write_text(f"---\ntitle: P\n---\n\n# P\n\n{lists}", "utf-8")
    row = next(row for row in checked(docs.parent / "mkdocs.yml") if row["link"] is None)
    assert (row["code"], row["line"]) == ("texte-non-rendu", 27)
    assert "s’emboîtent" in row["message"]


INCLUSIONS: dict[str, tuple[dict[str, str], set[str]]] = {
    "circular": (
        {
            "page.md": '--8<-- "a.txt"\n--8<-- "page.md"\n',
            "a.txt": '--8<-- "b.txt"\n',
            "b.txt": '--8<-- "a.txt"\n',
        },
        set(),
    ),
    "one in the other, 1,500 times": (
        {"page.md": '--8<-- "0.txt"\n'}
        | {f"{n}.txt": f'--8<-- "{n + 1}.txt"\n' for n in range(1_500)},
        set(),
    ),
    "three times each": (
        {"page.md": '--8<-- "0.txt"\n'}
        | {f"{n}.txt": f'--8<-- "{n + 1}.txt"\n' * 3 for n in range(15)},
        {"texte-non-rendu"},
    ),
    "out of the project": (
        {"page.md": '--8<-- "/etc/passwd"\n--8<-- "../../secret.txt"\n--8<-- "http://h/x"\n'},
        {"inclusion-introuvable"},
    ),
    "a folder": ({"page.md": '--8<-- "d"\n', "d/x.txt": "x\n"}, {"inclusion-introuvable"}),
}


@pytest.mark.parametrize(("files", "codes"), INCLUSIONS.values(), ids=INCLUSIONS)
def test_inclusions(docs: Path, files: dict[str, str], codes: set[str]) -> None:
    settings(docs, SNIPPETS)
    (docs.parent.parent / "secret.txt").write_text("[fuite](fuite.md)\n", "utf-8")
    for path, text in files.items():
        (docs / path).parent.mkdir(exist_ok=True)
        (docs / path).write_text(text, "utf-8")
    assert {code for path, code in said(docs) if path == "page.md"} == codes


def test_inclusions_of_what_is_no_text(docs: Path) -> None:
    settings(docs, SNIPPETS)
    os.mkfifo(docs / "tuyau.txt")
    (docs / "latin.txt").write_bytes("é".encode("latin-1"))
    (docs / "page.md").write_text('--8<-- "tuyau.txt"\n', "utf-8")
    (docs / "autre.md").write_text('--8<-- "latin.txt"\n', "utf-8")
    assert sorted(said(docs)) == [
        ("autre.md", "texte-non-rendu"),
        ("page.md", "inclusion-introuvable"),
        ("tuyau.txt", "fichier-illisible"),
    ]


def links_in_disk(docs: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Names that lead nowhere, out of the project, or round and round."""
    (docs.parent / "commun").mkdir()
    (docs.parent / "commun" / "utile.md").write_text("# Utile\n\n[x](absente.md)\n", "utf-8")
    yield "a", lambda: (docs / "a").symlink_to(".")
    yield "b.md", lambda: (docs / "b.md").symlink_to("b.md")
    yield "c.md", lambda: (docs / "c.md").symlink_to("/etc/passwd")
    yield "d", lambda: (docs / "d").symlink_to("/etc")
    yield "e.png", lambda: (docs / "e.png").symlink_to("rien.png")
    yield "f.md", lambda: os.mkfifo(docs / "f.md")
    yield "g.css", lambda: os.mkfifo(docs / "g.css")
    yield "h.html", lambda: os.mkfifo(docs / "h.html")
    yield "", lambda: (docs / "i").symlink_to("../commun")
    yield "", lambda: (docs / "j.md").symlink_to("../commun/utile.md")


def test_links_of_the_disk_are_followed_within_the_project(docs: Path) -> None:
    expected = []
    for path, make in links_in_disk(docs):
        make()
        expected += [(path, "fichier-illisible")] if path else []
    text = "[a](i/utile.md#utile) [b](j.md#rien) [c](c.md) ![d](e.png) [e](d/hosts)\n"
    (docs / "page.md").write_text(text, "utf-8")
    expected += [("i/utile.md", "lien-introuvable"), ("j.md", "lien-introuvable")]
    expected += [("page.md", "ancre-introuvable"), ("page.md", "lien-introuvable")]
    found = said(docs)
    assert set(expected) <= set(found)
    assert not any("root:" in path for path, _ in found)


def test_names_of_all_kinds_are_read(docs: Path) -> None:
    names = ["a b.md", "été.md", "a\nb.md", '"q".md', "l'an.md", "<b>.md", "\u202e.md", "-.md"]
    names += ["...md", f"{'a' * 250}.md", "con.md", "%41.md", "{{x}}.md", "#.md", "?.md", "*.md"]
    for name in names:
        (docs / name).write_text("# Titre\n", "utf-8")
    assert [one for one in said(docs) if one[1] != "noms-jumeaux"] == []


def test_names_that_some_disks_confuse_are_said(docs: Path) -> None:
    for name in ("Aide.md", "aide.md", "cle\u0301.md", "cl\u00e9.md", "autre.md"):
        (docs / name).write_text("# Titre\n", "utf-8")
    if len(list(docs.iterdir())) < 6:
        pytest.skip("this disk confuses them")
    assert sorted(said(docs)) == [("aide.md", "noms-jumeaux"), ("cl\u00e9.md", "noms-jumeaux")]


def test_names_that_are_no_text_are_said(docs: Path) -> None:
    try:
        Path(os.fsdecode(bytes(docs) + b"/\xff.md")).write_text("# Titre\n", "utf-8")
    except OSError:
        pytest.skip("this disk takes text only")
    assert said(docs) == [("?.md", "fichier-illisible")]


def test_very_deep_folders_are_read(docs: Path) -> None:
    folder = docs.joinpath(*["d"] * 300)
    folder.mkdir(parents=True)
    (folder / "page.md").write_text("[x](absente.md)\n", "utf-8")
    assert [code for _, code in said(docs)] == ["lien-introuvable"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_what_may_not_be_read_is_said(docs: Path) -> None:
    (docs / "page.md").write_text("# Page\n", "utf-8")
    (docs / "dossier").mkdir()
    (docs / "page.md").chmod(0)
    (docs / "dossier").chmod(0)
    try:
        assert sorted(said(docs)) == [
            ("dossier", "fichier-illisible"),
            ("page.md", "fichier-illisible"),
        ]
    finally:
        (docs / "dossier").chmod(0o700)


UNREADABLE: dict[str, str | bytes] = {
    "empty": "",
    "a list": "- a\n",
    "a bomb": BOMB,
    "Latin-1": "site_name: été\n".encode("latin-1"),
    "UTF-16": SETTINGS.encode("utf-16"),
    "null characters": b"a: \0\n",
    "deep": "a: " + "[" * 20_000,
    "torn": "site_name: [\n",
    "inherits from nothing": f"INHERIT: rien.yml\n{SETTINGS}",
    "inherits from a folder": f"INHERIT: docs\n{SETTINGS}",
    "no such folder": f"{SETTINGS}docs_dir: rien\n",
    "a file for folder": f"{SETTINGS}docs_dir: mkdocs.yml\n",
    "the folder of the project": f"{SETTINGS}docs_dir: .\n",
    "the whole disk": f"{SETTINGS}docs_dir: /\n",
    "a list for name": SETTINGS.replace("site_name: T", "site_name: []"),
    "a number for extensions": re.sub(
        r"markdown_extensions:\n(?:  .*\n)*", "markdown_extensions: 3\n", SETTINGS
    ),
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_settings_that_cannot_be_read_are_said_at_once(docs: Path, text: str | bytes) -> None:
    found = said(settings(docs, text), goes_on=False)
    assert set(found) == {("mkdocs.yml", "reglages")}


ODD = {
    "INHERIT": ["mkdocs.yml", "autre.yml", "[a]", "5"],
    "nav": ["3", "[3]", "{a: index.md}", "[null]", "[{a: {b: [index.md]}}]", "''"],
    "theme": ["5", "[a]", "{name: 5}", "{name: rien}", "{custom_dir: 5}", "{custom_dir: /}"],
    "plugins": ["7", "[7]", "null", "[null]", "[[search]]", "{search: {}}"],
    "validation": ["[]", "5", "{links: 3}", "{absolute_links: 5}", "null"],
    "exclude_docs": ["[a]", "5", r'"\\"', '"!"', '"["', '"***/**"'],
    "site_url": ["'http://['", "'http://é/x'", "'http://'", "null"],
    "extra_css": ["5", "[5]", "{}", "null"],
    "extra_javascript": ["5", "[5]", "[{}]"],
    "use_directory_urls": ["3", "'non'", "null"],
    "hooks": ["5", "[5]", "{}"],
    "docs_dir": ["null", "[]", "''", "docs/../docs/"],
    "x": ['!!python/object/apply:os.system ["touch pwned"]', "!!python/name:os.system", "!nul x"],
}


@pytest.mark.parametrize(("key", "value"), [(k, v) for k, values in ODD.items() for v in values])
def test_odd_settings_keep_no_link_from_being_checked(
    docs: Path, key: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(docs.parent)
    text = re.sub(rf"^{key}:.*\n(?:[ ]+.*\n)*", "", SETTINGS, flags=re.MULTILINE)
    (docs.parent / "autre.yml").write_text("INHERIT: mkdocs.yml\nsite_name: A\n", "utf-8")
    said(settings(docs, f"{text}{key}: {value}\n"))
    assert not (docs.parent / "pwned").exists()


ODD_EXTENSIONS = {
    "[absente.du.tout]": "extension-absente",
    "[os, antigravity]": "extension-absente",
    "[3]": "extension-absente",
    "[[toc]]": "extension-absente",
    "[null]": "extension-absente",
    "[{toc: {toc_depth: profond}}]": "extension-absente",
    "[{toc: {rien: 1}}]": "extension-absente",
    "[{toc: {slugify: !!python/name:os.system }}]": "extension-absente",
    "[{pymdownx.snippets: {base_path: 5}}]": "",
    "[{pymdownx.snippets: {base_path: [null]}}]": "",
    "[{toc: null}]": "",
}


@pytest.mark.parametrize(("value", "code"), ODD_EXTENSIONS.items())
def test_odd_extensions_are_said_and_links_checked(docs: Path, value: str, code: str) -> None:
    text = re.sub(r"markdown_extensions:\n(?:  .*\n)*", "", SETTINGS)
    found = said(settings(docs, f"{text}markdown_extensions: {value}\n"))
    assert set(found) == ({("mkdocs.yml", code)} if code else set())


def test_inherited_settings_are_followed_to_the_last(docs: Path) -> None:
    (docs.parent / "b.yml").write_text("INHERIT: c.yml\n", "utf-8")
    (docs.parent / "c.yml").write_text("INHERIT: b.yml\nuse_directory_urls: false\n", "utf-8")
    (docs / "page.md").write_text("[a](index.html) [b](page.html)\n", "utf-8")
    assert said(settings(docs, "site_name: T\nINHERIT: b.yml\n")) == []


def test_a_documentation_beside_its_settings_is_checked(docs: Path) -> None:
    folder = docs.parent / "reglages"
    folder.mkdir()
    (folder / "mkdocs.yml").write_text(f"{SETTINGS}docs_dir: ../docs\n", "utf-8")
    (docs / "jeu.html").write_text('<a href="rien/">x</a>', "utf-8")
    rows: list[Row] = checked(folder / "mkdocs.yml")
    assert [(row["path"], row["link"]) for row in rows] == [
        ("../docs/index.md", WITNESS),
        ("../docs/jeu.html", "rien/"),
    ]
