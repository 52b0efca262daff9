"""Our press, as a program: loads a project and prints a part of it, as a build does without a site.

`ours.py PROJECT sheets` prints one edition of each workshop, `ours.py PROJECT book` the booklet of
the glossary. It ends with JSON: the seconds of the press alone, from a loaded library to PDFs on
disk, its processes to start included; what was printed; and what was really made.

`--html FOLDER` writes the same HTML there, for others to print.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path


def main() -> None:
    # Not in the processes of the press, which read this file again.
    from ressourcerie.diagnostics import has_errors
    from ressourcerie.examine import examine_file
    from ressourcerie.paper import binding, editions
    from ressourcerie.paper.books import book
    from ressourcerie.paper.cache import PdfCache
    from ressourcerie.paper.documents import Works
    from ressourcerie.paper.press import Press
    from ressourcerie.paper.render import print_all
    from ressourcerie.paper.sheets import sheet

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("what", choices=("sheets", "book"))
    parser.add_argument("--html", type=Path)
    options = parser.parse_args()
    examined, settings = examine_file(options.project / "mkdocs.yml")
    if settings is None or examined.library is None or has_errors(examined.diagnostics):
        sys.exit(f"nothing to print: {[str(d) for d in examined.diagnostics[:5]]}")
    started = time.perf_counter()
    press, cache = Press(examined.library, settings), PdfCache(settings)
    if options.what == "sheets":
        edition = editions.ANIMATION
        documents = [sheet(press, w, edition) for w in press.library.workshops]
        books = []
        tasks = tuple(Works(tuple(documents), ()).tasks(press, cache))
    else:
        documents = []
        books = [book(press, booklet) for booklet in press.library.booklets]
        tasks = tuple(binding.reading(one, press, cache) for one in books)
    pdfs, found, made = print_all(tasks, cache)
    seconds = time.perf_counter() - started
    if found:
        sys.exit(f"not printed: {found[:5]}")
    told = {"seconds": seconds, "pdfs": len(pdfs), "pages": sum(p.pages for p in pdfs)}
    print(json.dumps({**told, "made": made, "bytes": sum(p.size for p in pdfs)}))
    if options.html:
        import others

        others.write_html(options.html, settings, documents, books)


if __name__ == "__main__":
    main()
