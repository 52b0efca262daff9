"""Any MkDocs project can be checked: what surrounds its texts, what its plugins make up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ressourcerie.diagnostics import Diagnostic, Severity
from ressourcerie.docs.markdown import Renderer
from ressourcerie.examine import examine_file
from ressourcerie.site.generated import generated_files

SETTINGS = "site_name: Essai\ntheme:\n  name: material\n"


@dataclass(frozen=True)
class Docs:
    """A documentation on disk, without any resource of ours."""

    root: Path

    def write(self, path: str, text: str) -> Docs:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return self

    def check(self) -> list[Diagnostic]:
        config_file = self.root / "mkdocs.yml"
        examined, _ = examine_file(config_file, inventor=generated_files)
        return list(examined.diagnostics)

    def said(self) -> list[tuple[str, int, int, str, str | None]]:
        return [(d.place.path, d.place.line, d.place.column, d.code, d.link) for d in self.check()]


@pytest.fixture
def docs(tmp_path: Path) -> Docs:
    return Docs(tmp_path).write("mkdocs.yml", SETTINGS).write("docs/index.md", "# Accueil\n")


def test_project_without_resources_is_checked(docs: Docs) -> None:
    docs.write("docs/page.md", "[oui](index.md#accueil)\n\n[non](index.md#rien) [non](perdu.md)\n")
    assert docs.said() == [
        ("docs/page.md", 3, 7, "ancre-introuvable", "index.md#rien"),
        ("docs/page.md", 3, 28, "lien-introuvable", "perdu.md"),
    ]


def test_files_a_page_needs_are_checked(docs: Docs) -> None:
    docs.write("docs/style.css", "a { background: url(fond.png) }\n")
    docs.write(
        "docs/index.md", '<script src="absent.js"></script>\n\n<audio src="son.mp3"></audio>\n'
    )
    assert docs.said() == [
        ("docs/index.md", 1, 14, "fichier-lie-introuvable", "absent.js"),
        ("docs/index.md", 3, 13, "fichier-lie-introuvable", "son.mp3"),
        ("docs/style.css", 1, 21, "fichier-lie-introuvable", "fond.png"),
    ]


def test_link_that_runs_a_program_is_a_warning(docs: Docs) -> None:
    docs.write("docs/index.md", "[oui](https://exemple.fr) [non](javascript:alert(1))\n")
    assert [(d.code, d.severity) for d in docs.check()] == [("lien-actif", Severity.WARNING)]


def test_settings_are_checked_at_their_place(docs: Docs) -> None:
    docs.write(
        "mkdocs.yml",
        SETTINGS + "  favicon: images/absent.png\nextra_css:\n  - style.css\n"
        "nav:\n  - Accueil: index.md\n  - Plus:\n      - Perdue: perdue.md\n"
        "      - Ailleurs: https://exemple.fr/\n",
    )
    assert docs.said() == [
        ("mkdocs.yml", 4, 12, "fichier-lie-introuvable", "images/absent.png"),
        ("mkdocs.yml", 6, 5, "fichier-lie-introuvable", "style.css"),
        ("mkdocs.yml", 10, 17, "lien-introuvable", "perdue.md"),
    ]


def test_templates_and_styles_that_override_the_theme_are_checked(docs: Docs) -> None:
    docs.write("mkdocs.yml", SETTINGS + "  custom_dir: theme\n")
    docs.write(
        "theme/main.html",
        "{% extends 'base.html' %}\n"
        '<a href="{{ \'index.html\' | url }}">oui</a> <a href="{{ page.url | url }}">oui</a>\n'
        '<img src="/assets/images/favicon.png" alt="">\n'
        '<link rel="stylesheet" href="{{ \'assets/absent.css\' | url }}">\n'
        '<a href="/perdue/">non</a>\n',
    )
    docs.write("theme/assets/style.css", "@import 'autre.css';\n@font-face { src: url(f.woff2) }\n")
    docs.write("theme/assets/autre.css", "a { background: url('../assets/style.css') }\n")
    assert docs.said() == [
        ("theme/assets/style.css", 2, 23, "fichier-lie-introuvable", "f.woff2"),
        ("theme/main.html", 4, 30, "fichier-lie-introuvable", "{{ 'assets/absent.css' | url }}"),
        ("theme/main.html", 5, 10, "lien-introuvable", "/perdue/"),
    ]


def test_site_under_a_path_of_its_host(docs: Docs) -> None:
    docs.write("mkdocs.yml", SETTINGS + "site_url: https://exemple.fr/depot/\n")
    docs.write(
        "docs/page.md", "[oui](/depot/) [non](/page/) [oui](https://exemple.fr/depot/page/)\n"
    )
    assert docs.said() == [("docs/page.md", 1, 22, "lien-introuvable", "/page/")]


HOOK = """
from mkdocs.structure.files import File

def on_files(files, config):
    text = "# Titre\\n\\n[non](../perdue.md)\\n"
    files.append(File.generated(config, "index/fabriquee.md", content=text))
    return files
"""


def test_pages_made_up_by_plugins_are_known_and_checked(docs: Docs) -> None:
    docs.write("mkdocs.yml", SETTINGS + "hooks: [hook.py]\n").write("hook.py", HOOK)
    docs.write("docs/page.md", "[oui](index/fabriquee.md#titre) [non](index/fabriquee.md#autre)\n")
    assert docs.said() == [
        ("docs/index/fabriquee.md", 3, 7, "lien-introuvable", "../perdue.md"),
        ("docs/page.md", 1, 39, "ancre-introuvable", "index/fabriquee.md#autre"),
    ]


def test_plugin_that_cannot_run_is_a_warning_and_the_rest_goes_on(docs: Docs) -> None:
    docs.write("mkdocs.yml", SETTINGS + "plugins: [search, inconnu]\n")
    docs.write("docs/page.md", "[non](perdue.md)\n")
    found = docs.check()
    assert [(d.code, d.severity) for d in found] == [
        ("lien-introuvable", Severity.ERROR),
        ("greffons-non-suivis", Severity.WARNING),
    ]
    assert "inconnu" in found[1].message


def test_unknown_extension_is_named_at_its_line(docs: Docs) -> None:
    docs.write("mkdocs.yml", SETTINGS + "markdown_extensions:\n  - tables\n  - absente\n")
    docs.write("docs/page.md", "[non](perdue.md)\n")
    assert [(d.place.path, d.place.line, d.code) for d in docs.check()] == [
        ("docs/page.md", 1, "lien-introuvable"),
        ("mkdocs.yml", 6, "extension-absente"),
    ]


def test_extension_options_never_run_foreign_code(docs: Docs, tmp_path: Path) -> None:
    docs.write(
        "mkdocs.yml",
        SETTINGS + "markdown_extensions:\n  - toc:\n      slugify: "
        "!!python/object/apply:os.system\n        args: ['touch temoin']\n",
    )
    docs.write("docs/page.md", "## Été\n\n[oui](#ete) [qui sait](#été)\n")
    # Nobody knows which anchors that code would have made.
    assert docs.said() == [("mkdocs.yml", 5, 5, "extension-absente", None)]
    assert not (tmp_path / "temoin").exists()


def test_text_that_mkdocs_takes_for_no_front_matter_is_a_warning(docs: Docs) -> None:
    docs.write("docs/page.md", "---\n- un\n- deux\n---\n\n[non](perdue.md)\n")
    docs.write("docs/autre.md", "---\ntitre: [\n---\n\nTexte.\n")
    docs.write("docs/juste.md", "---\ntitle: Juste\n---\n\nTexte.\n")
    assert [(d.place.path, d.code, d.severity) for d in docs.check()] == [
        ("docs/autre.md", "entete-ignore", Severity.WARNING),
        ("docs/page.md", "entete-ignore", Severity.WARNING),
        ("docs/page.md", "lien-introuvable", Severity.ERROR),
    ]


def test_missing_snippet_is_said_on_its_line(docs: Docs) -> None:
    snippets = "markdown_extensions:\n  - pymdownx.snippets: {base_path: [docs]}\n"
    docs.write("mkdocs.yml", SETTINGS + snippets)
    docs.write("docs/bloc.txt", "[non](perdue.md)\n")
    docs.write("docs/page.md", 'Un.\n\n--8<-- "bloc.txt"\n\n--8<-- "absent.txt"\n')
    found = docs.check()
    assert [(d.place.line, d.code, d.link) for d in found] == [
        (3, "lien-introuvable", "perdue.md"),
        (5, "inclusion-introuvable", "absent.txt"),
    ]
    assert "bloc.txt" in found[0].message


def test_snippet_outside_the_project_is_not_read(docs: Docs, tmp_path: Path) -> None:
    secret = tmp_path.parent / f"{tmp_path.name}-secret.txt"
    secret.write_text("[fuite](fuite.md)\n", "utf-8")
    snippets = "markdown_extensions:\n  - pymdownx.snippets: {base_path: ['..', docs]}\n"
    docs.write("mkdocs.yml", SETTINGS + snippets)
    docs.write("docs/page.md", f'--8<-- "{secret.name}"\n')
    assert [d.code for d in docs.check()] == ["inclusion-introuvable"]


def test_page_that_cannot_be_rendered_is_said_and_the_rest_goes_on(
    docs: Docs, monkeypatch: pytest.MonkeyPatch
) -> None:
    render: Callable[..., object] = Renderer.anatomy

    def anatomy(self: Renderer, text: str) -> object:
        if "trop" in text:
            raise RecursionError
        return render(self, text)

    monkeypatch.setattr(Renderer, "anatomy", anatomy)
    docs.write("docs/a.md", "trop\n").write("docs/b.md", "[non](perdue.md)\n")
    assert [(d.place.path, d.code) for d in docs.check()] == [
        ("docs/a.md", "texte-non-rendu"),
        ("docs/b.md", "lien-introuvable"),
    ]


def test_nothing_is_left_in_a_project_but_an_ignored_cache(docs: Docs) -> None:
    docs.check()
    left = sorted(p.relative_to(docs.root).as_posix() for p in docs.root.rglob("*") if p.is_file())
    assert left == [
        ".cache/ressourcerie/.gitignore",
        ".cache/ressourcerie/etudes.txt",
        "docs/index.md",
        "mkdocs.yml",
    ]
    assert (docs.root / ".cache/ressourcerie/.gitignore").read_text("utf-8") == "*\n"
