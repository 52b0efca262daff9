"""Our build, as a program, without what no peer does: `site_only.py MKDOCS_YML [--checks]`.

PDFs are another matter, and another cache. Checks read each text closely; without them, texts are
only read. `--checks` keeps them.
"""

from __future__ import annotations

import sys

from ressourcerie import source as source_files
from ressourcerie.settings import Settings
from ressourcerie.study import Study


def read_text(path: str, data: bytes, _settings: Settings) -> Study:
    """A text that is read, and not judged."""
    source, reading = source_files.parse(path, data)
    return Study(source, tuple(reading))


def main() -> None:
    from mkdocs.__main__ import cli

    from ressourcerie import pipeline
    from ressourcerie.checks import suite

    pipeline.STEPS = (pipeline.check,)  # type: ignore[misc]
    if "--checks" not in sys.argv:
        suite.run = lambda *_: []
        suite.study_text = read_text
    cli(["build", "--strict", "--quiet", "--config-file", sys.argv[1]])


if __name__ == "__main__":
    main()
