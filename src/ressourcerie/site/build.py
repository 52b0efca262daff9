"""Runs MkDocs with our plugin from Python, as `mkdocs build` does from the shell."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from click import ClickException

# Material announces its end of life at every start; the project knows, and plans for it.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from ressourcerie.paper.render import Progress, silent
from ressourcerie.pipeline import Work
from ressourcerie.site.plugin import RessourceriePlugin


class BuildError(Exception):
    """The site was not built; the message is for authors."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, and where."""

    work: Work
    folder: Path
    pages: int


def build(config_file: Path, site_dir: Path | None = None, progress: Progress = silent) -> Built:
    """Build the site and the PDFs. Raises BuildError, having left the previous site untouched."""
    plugin: RessourceriePlugin | None = None
    try:
        options = {"site_dir": str(site_dir)} if site_dir else {}
        config = load_config(str(config_file), **options)
        plugin = next(
            (p for p in config.plugins.values() if isinstance(p, RessourceriePlugin)), None
        )
        if plugin is None:
            raise BuildError(f"{config_file} : ajoutez « ressourcerie » à la liste « plugins ».")
        folder = Path(config.site_dir)
        plugin.progress = progress
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    except (MkDocsException, ClickException) as error:
        raise BuildError(str(error).strip()) from error
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"La construction s’est arrêtée ({reason}). Le site précédent est intact."
        raise BuildError(message) from error
    finally:
        if plugin is not None:
            plugin.discard()
    return Built(plugin.work, folder, sum(1 for _ in folder.rglob("*.html")))
