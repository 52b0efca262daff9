"""What `mkdocs.yml` says, read without MkDocs."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import REPOSITORY

# Declares the rules.
from ressourcerie.checks import suite  # noqa: F401
from ressourcerie.diagnostics import Diagnostic, Family, Severity
from ressourcerie.mkdocs_yml import Config, PythonName
from ressourcerie.policy import FIRM, OPTIONS, Policy, families, read_policy
from ressourcerie.settings import MarkdownSettings, Settings, read_settings


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


def test_names_of_code_are_read_and_never_run(tmp_path: Path) -> None:
    text = f"""site_name: Ailleurs
docs_dir: !relative docs
hooks: !ailleurs [a.py]
markdown_extensions:
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {{kwds: {{case: lower}}}}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
  - footnotes:
      mal: !!python/object/apply:os.mkdir ["{tmp_path / "piege"}"]
      pis: !!python/object/new:os.system [exit]
      rien: !!python/module:antigravity
"""
    settings, found = read_settings(written(tmp_path, text))
    assert settings is not None
    assert found == []
    assert settings.markdown.extensions == ("toc", "pymdownx.emoji", "footnotes")
    slugify = PythonName("pymdownx.slugs.slugify", {"case": "lower"})
    assert settings.markdown.configs["toc"] == {"slugify": slugify}
    assert not (tmp_path / "piege").exists()


@pytest.mark.parametrize(
    "place",
    ["site_name: {}", "extra: {{sources: {}}}", "markdown_extensions: [{{toc: {{a: {}}}}}]"],
)
def test_aliases_cannot_swell_without_end(tmp_path: Path, place: str) -> None:
    """Nine lines that hold a thousand million values, if anybody counts them."""
    bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in itertools.pairwise("abcdefghi"):
        bomb.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    settings, found = read_settings(written(tmp_path, "\n".join([*bomb, place.format("*i")])))
    assert settings is None
    assert [d.code for d in found] == ["reglages"]


def test_missing_settings_say_so(tmp_path: Path) -> None:
    settings, found = read_settings(tmp_path / "mkdocs.yml")
    assert settings is None
    assert [d.code for d in found] == ["reglages"]


def test_folder_in_place_of_the_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").mkdir()
    assert [d.code for d in read_settings(tmp_path / "mkdocs.yml")[1]] == ["reglages"]


# What the project asks of its texts.


def asked(folder: Path, options: str) -> tuple[Settings, list[Diagnostic]]:
    """The settings of a `mkdocs.yml` whose `extra.ressourcerie` holds `options`."""
    lines = "".join(f"    {line}\n" for line in options.split("\n"))
    settings, found = read_settings(written(folder, f"extra:\n  ressourcerie:\n{lines}"))
    assert settings is not None
    return settings, found


def test_project_that_asks_nothing_has_the_usual_policy(tmp_path: Path) -> None:
    settings, found = read_settings(written(tmp_path, "extra: {sources: ''}\n"))
    assert settings is not None
    assert (settings.policy, found) == (Policy(), [])


def test_every_option_is_obeyed(tmp_path: Path) -> None:
    settings, found = asked(
        tmp_path,
        """ecriture_inclusive: point-median
phrase_longue: 40
phrase_longue_public: 20
relecture_mois: 12
regles:
  lien-introuvable: avertissement
  titre-saute: {gravite: conseil}
  terme-sans-exemple:
    gravite: aucune
    raison: Nos exemples sont dans les ateliers.
  fichier-cite-absent: {gravite: erreur, raison: On y tient.}""",
    )
    assert found == []
    assert settings.policy == Policy(
        severities={
            "lien-introuvable": Severity.WARNING,
            "titre-saute": Severity.INFO,
            "terme-sans-exemple": None,
            "fichier-cite-absent": Severity.ERROR,
        },
        inclusive="point-median",
        longest_sentence=40,
        longest_plain_sentence=20,
        stale_after=12,
    )


@pytest.mark.parametrize(
    ("options", "line", "column", "words"),
    [
        ("phrase_long: 30", 3, 5, "Vouliez-vous dire « phrase_longue » ?"),
        ("rien: 30", 3, 5, f"Choix : {', '.join(OPTIONS)}."),
        ("phrase_longue: trente", 3, 20, "un nombre entier, de 10 à 200"),
        ("phrase_longue: true", 3, 20, "« oui »"),
        ("relecture_mois: 0", 3, 21, "de 1 à 600"),
        ("relecture_mois:", 3, 20, "il n’y a rien"),
        ("ecriture_inclusive: doublets", 3, 25, "Vouliez-vous dire « doublet » ?"),
        ("ecriture_inclusive: [epicene]", 3, 25, "Choix : epicene, doublet"),
        ("regles: [lien-introuvable]", 3, 13, "noms de règles"),
        ("regles:\n  lien-introuvabl: conseil", 4, 7, "Vouliez-vous dire « lien-introuvable » ?"),
        ("regles:\n  zzz: conseil", 4, 7, "ressourcerie rule"),
        ("regles:\n  titre-saute: warning", 4, 20, "Vouliez-vous dire « avertissement » ?"),
        ("regles:\n  titre-saute: non", 4, 20, "Vouliez-vous dire « aucune » ?"),
        ("regles:\n  titre-saute: off", 4, 20, "Vouliez-vous dire « aucune » ?"),
        ("regles:\n  titre-saute:", 4, 19, "il n’y a rien"),
        ("regles:\n  titre-saute: aucune", 4, 7, "sans dire pourquoi"),
        ('regles:\n  titre-saute: {gravite: aucune, raison: " "}', 4, 7, "sans dire pourquoi"),
        ("regles:\n  titre-saute: {raison: Parce que.}", 4, 7, "Il manque la gravité"),
        ("regles:\n  titre-saute: {gravité: conseil}", 4, 21, "« gravite »"),
        ("regles:\n  titre-saute:\n    gravite: [erreur]", 5, 18, "ce n’est pas un mot"),
        ("regles:\n  cle-manquante: conseil", 4, 7, "ne se règle pas"),
        ("regles:\n  bloc-inconnu: conseil", 4, 7, "ne se règle pas"),
    ],
)
def test_mistake_in_an_option_is_said_at_its_place(
    tmp_path: Path, options: str, line: int, column: int, words: str
) -> None:
    settings, found = asked(tmp_path, options)
    assert settings.policy.severities == {}
    assert {(d.code, d.place.path, d.place.line) for d in found} == {
        ("reglages", "mkdocs.yml", line)
    }
    assert column in {d.place.column for d in found}
    assert any(words in f"{d.message} {d.hint}" for d in found), found


def test_mistake_does_not_hide_what_is_right(tmp_path: Path) -> None:
    settings, found = asked(tmp_path, "phrase_longue: 0\nrelecture_mois: 6")
    assert (settings.policy.longest_sentence, settings.policy.stale_after) == (35, 6)
    assert len(found) == 1


_words = st.sampled_from(["regles", "gravite", "raison", "aucune", "titre-saute", *OPTIONS, "x"])
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _words | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=8,
)


@given(_values)
def test_no_option_crashes(value: object) -> None:
    policy, found = read_policy(Config(Path("mkdocs.yml"), {"extra": {"ressourcerie": value}}))
    assert isinstance(policy, Policy)
    assert {d.code for d in found} <= {"reglages"}


def test_firm_rules_exist() -> None:
    """What cannot be silenced is named by its code: a rule renamed must not escape."""
    known = families()
    assert set(known) >= FIRM
    assert Family.READING not in {known[code] for code in FIRM}
