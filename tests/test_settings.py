"""What `mkdocs.yml` says, read without MkDocs."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import REPOSITORY
from ressourcerie.settings import MarkdownSettings, read_settings


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "mkdocs.yml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def extensions(folder: Path, listed: str) -> MarkdownSettings:
    settings, _ = read_settings(written(folder, f"markdown_extensions: {listed}\n"))
    assert settings is not None
    return settings.markdown


def test_settings_of_the_repository_are_read() -> None:
    settings, found = read_settings(REPOSITORY / "mkdocs.yml")
    assert found == []
    assert settings is not None
    assert settings.root == REPOSITORY
    assert settings.site_name == "La Ressourcerie"
    assert "admonition" in settings.markdown.extensions
    assert settings.print_theme.is_dir()
    assert settings.fonts.is_dir()


def test_public_address_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, 'site_url: !ENV [ADRESSE, ""]\nextra: {sources: !ENV ADRESSE}\n')
    monkeypatch.delenv("ADRESSE", raising=False)
    settings, _ = read_settings(file)
    assert settings is not None
    assert (settings.site_url, settings.source_url) == ("", "")
    monkeypatch.setenv("ADRESSE", "https://example.org/")
    settings, _ = read_settings(file)
    assert settings is not None
    assert settings.site_url == settings.source_url == "https://example.org/"


def test_extensions_keep_their_order_and_their_settings(tmp_path: Path) -> None:
    listed = "[tables, {toc: {permalink: true}}, {admonition: }]"
    markdown = extensions(tmp_path, listed)
    assert markdown.extensions == ("tables", "toc", "admonition")
    assert markdown.configs["toc"] == {"permalink": True}


def test_extensions_may_be_a_mapping(tmp_path: Path) -> None:
    """MkDocs accepts both writings."""
    markdown = extensions(tmp_path, "{tables: , toc: {permalink: true}}")
    assert markdown.extensions == ("tables", "toc")
    assert markdown.configs["toc"] == {"permalink": True}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("site_name: a\nnav: [un\nb: c\n", 3, 1),
        ("site_name: La Ressourcerie : essais\n", 1, 28),
        ("site_name: a\n\tb: c\n", 2, 1),
        ("", 1, 1),
        ("- un\n- deux\n", 1, 1),
        ("site_name: été\n".encode("latin-1"), 1, 1),
        ("site_name: !!python/name:os.system\n", 1, 12),
    ],
)
def test_unreadable_settings_say_where(
    tmp_path: Path, text: str | bytes, line: int, column: int
) -> None:
    settings, found = read_settings(written(tmp_path, text))
    assert settings is None
    (said,) = found
    assert (said.code, said.place.path) == ("reglages", "mkdocs.yml")
    assert said.place.line == line
    if column > 1:
        assert said.place.column == column


@pytest.mark.parametrize(
    "text",
    [
        "extra: rien\n",
        "extra: [a]\n",
        "markdown_extensions: toc\n",
        "markdown_extensions: 3\n",
        "markdown_extensions: [{toc: oui}]\n",
        "site_name: [a]\n",
        "? [a, b]\n: c\n",
        "? {a: b}\n: c\n",
        "a: &a [*a]\n",
        "site_url: !ENV [[a]]\n",
    ],
)
def test_settings_of_a_wrong_shape_never_raise(tmp_path: Path, text: str) -> None:
    settings, found = read_settings(written(tmp_path, text))
    assert settings is not None or [d.code for d in found] == ["reglages"]


def test_missing_settings_say_so(tmp_path: Path) -> None:
    settings, found = read_settings(tmp_path / "mkdocs.yml")
    assert settings is None
    assert [d.code for d in found] == ["reglages"]


def test_folder_in_place_of_the_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").mkdir()
    assert [d.code for d in read_settings(tmp_path / "mkdocs.yml")[1]] == ["reglages"]
