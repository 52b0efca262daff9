"""What `mkdocs.yml` says of the project, read without MkDocs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ressourcerie.diagnostics import Diagnostic, Place
from ressourcerie.markdown import MarkdownSettings
from ressourcerie.mkdocs_yml import NO_SETTINGS, Config, read_config
from ressourcerie.policy import Policy, read_policy

# Enough to see that something else was pasted; only sending a message proves an address.
_MAIL: Final = re.compile(r"[^\s@<>()\",:;]+@[^\s@<>()\",:;/?#]+\.[^\s@<>()\",:;/?#.]{2,}")


@dataclass(frozen=True, slots=True)
class Settings:
    """A project: where it lies, its name, its public address, how its Markdown is read.

    `site_url` is empty while the site has no public address: paper then prints no link to it.
    `source_url` is the address of the sources on a forge, ready to be followed by a path. `config`
    is `mkdocs.yml` as it was read, for those who must say something of it at its place.
    `contact` is the e-mail address readers may write to, `report_url` the form where they report a
    problem: both empty until there are any. `offline` says whether browsers may keep the site for
    the days without a connection.
    """

    root: Path
    site_name: str = "La Ressourcerie"
    site_url: str = ""
    source_url: str = ""
    offline: bool = True
    contact: str = ""
    report_url: str = ""
    markdown: MarkdownSettings = field(default_factory=MarkdownSettings)
    policy: Policy = field(default_factory=Policy)
    config: Config | None = field(default=None, compare=False, repr=False)

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
    """Read `mkdocs.yml`; no settings at all when no work can be done with it."""
    place = Place(config_file.name)
    config, found = read_config(config_file)
    if config is None:
        return None, found
    for key in ("site_name", "site_url"):
        if not isinstance(config.data.get(key, ""), str | None):
            message = f"« {key} » attend un texte."
            return None, [NO_SETTINGS.at(config.place(key), message, "Écrivez un texte simple.")]
    try:
        settings = _from_mapping(config.root, config.data)
    except (TypeError, ValueError):
        message = "« extra » ou « markdown_extensions » n’a pas la forme attendue."
        return None, [NO_SETTINGS.at(place, message, "Comparez avec le mkdocs.yml du dépôt.")]
    addresses = (
        ("SITE_URL", settings.site_url),
        ("SOURCES_URL", settings.source_url),
        ("SIGNALER_URL", settings.report_url),
    )
    for name, url in addresses:
        if url and not url.startswith(("https://", "http://")):
            message = f"L’adresse {name} doit commencer par « https:// » : « {url} »."
            return None, [NO_SETTINGS.at(place, message, f"Corrigez la variable {name}.")]
    if settings.contact and not _MAIL.fullmatch(settings.contact):
        message = f"CONTACT n’est pas une adresse de courriel : « {settings.contact} »."
        hint = "Écrivez l’adresse seule, par exemple bonjour@exemple.org."
        return None, [NO_SETTINGS.at(place, message, hint)]
    policy, wrong = read_policy(config)
    return replace(settings, policy=policy, config=config), wrong


def _from_mapping(root: Path, data: Mapping[str, Any]) -> Settings:
    """Settings from the content of `mkdocs.yml`; TypeError or ValueError when misshapen."""
    extra = dict(data.get("extra") or {})
    return Settings(
        root=root,
        site_name=str(data.get("site_name") or "La Ressourcerie"),
        site_url=str(data.get("site_url") or ""),
        source_url=str(extra.get("sources") or ""),
        offline=extra.get("hors_connexion") is not False,
        contact=str(extra.get("contact") or ""),
        report_url=str(extra.get("signaler") or ""),
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
