"""What `mkdocs.yml` says of the project, read without MkDocs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from ressourcerie.diagnostics import Diagnostic, Place, Severity, rule
from ressourcerie.markdown import MarkdownSettings

NO_SETTINGS = rule(
    "reglages",
    "Le fichier mkdocs.yml manque ou ne se lit pas",
    "Lancez la commande dans le dossier qui contient mkdocs.yml.",
)


class _Loader(yaml.SafeLoader):
    """Safe YAML, plus `!ENV` for what depends on where the site is published."""


_Loader.add_constructor("!ENV", construct_env_tag)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a project asks of its texts: `extra.ressourcerie` in `mkdocs.yml`.

    `severities` replaces that of a rule, None silencing it; `inclusive` is the one way of writing
    for both genders (« epicene », « doublet », « point-median » or « libre », which asks nothing);
    sentences are counted in words, a review in months.
    """

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    inclusive: str = "epicene"
    longest_sentence: int = 35
    longest_plain_sentence: int = 25
    stale_after: int = 24


@dataclass(frozen=True, slots=True)
class Settings:
    """A project: where it lies, its name, its public address, how its Markdown is read.

    `site_url` is empty while the site has no public address: paper then prints no link to it.
    `source_url` is the address of the sources on a forge, ready to be followed by a path.
    """

    root: Path
    site_name: str = "La Ressourcerie"
    site_url: str = ""
    source_url: str = ""
    markdown: MarkdownSettings = field(default_factory=MarkdownSettings)
    policy: Policy = field(default_factory=Policy)

    @property
    def cache(self) -> Path:
        """Where work is kept from one build to the next."""
        return self.root / ".cache" / "ressourcerie"

    @property
    def print_theme(self) -> Path:
        """Templates and styles of paper."""
        return self.root / "theme" / "print"

    @property
    def fonts(self) -> Path:
        """The fonts shared by the site and paper."""
        return self.root / "theme" / "web" / "assets" / "fonts"


def read_settings(config_file: Path) -> tuple[Settings | None, list[Diagnostic]]:
    """Read `mkdocs.yml`."""
    place = Place(config_file.name)
    try:
        text = config_file.read_text("utf-8")
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader with one tag more
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "ce n’est pas de l’UTF-8"
        return None, [NO_SETTINGS.at(place, f"« {config_file.name} » est illisible ({reason}).")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Place(config_file.name, mark.line + 1, mark.column + 1) if mark else place
        return None, [
            NO_SETTINGS.at(where, "La ponctuation YAML est fautive.", "Relisez la ligne.")
        ]
    if not isinstance(data, dict):
        return None, [NO_SETTINGS.at(place, f"« {config_file.name} » est vide.")]
    try:
        settings = _from_mapping(config_file.resolve().parent, data)
    except (TypeError, ValueError):
        message = "« extra » ou « markdown_extensions » n’a pas la forme attendue."
        return None, [NO_SETTINGS.at(place, message, "Comparez avec le mkdocs.yml du dépôt.")]
    for name, url in (("SITE_URL", settings.site_url), ("SOURCES_URL", settings.source_url)):
        if url and not url.startswith(("https://", "http://")):
            message = f"L’adresse {name} doit commencer par « https:// » : « {url} »."
            return None, [NO_SETTINGS.at(place, message, f"Corrigez la variable {name}.")]
    return settings, []


def _from_mapping(root: Path, data: Mapping[str, Any]) -> Settings:
    """Settings from the content of `mkdocs.yml`; TypeError or ValueError when misshapen."""
    extra = dict(data.get("extra") or {})
    return Settings(
        root=root,
        site_name=str(data.get("site_name") or "La Ressourcerie"),
        site_url=str(data.get("site_url") or ""),
        source_url=str(extra.get("sources") or ""),
        markdown=_markdown(data.get("markdown_extensions") or ()),
    )


def _markdown(listed: Any) -> MarkdownSettings:
    """Extensions as MkDocs accepts them: a list of names, of `name: options`, or one mapping."""
    names: list[str] = []
    configs: dict[str, dict[str, Any]] = {}
    if isinstance(listed, str):
        raise TypeError("a list of extensions is expected")
    items = [{name: listed[name]} for name in listed] if isinstance(listed, Mapping) else listed
    for item in items:
        pairs = item.items() if isinstance(item, Mapping) else [(item, None)]
        for name, config in pairs:
            names.append(str(name))
            configs[str(name)] = dict(config or {})
    return MarkdownSettings(tuple(names), configs) if names else MarkdownSettings()
