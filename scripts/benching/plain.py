"""WeasyPrint, as a program: one warm process lays out the HTML files of a folder, one by one.

Fonts and style are read once; the documents are tagged, as ours are, unless `--untagged`. It ends
with JSON: the seconds it took, and what was printed.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

WARMING = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--untagged", action="store_true")
    options = parser.parse_args()
    fonts = FontConfiguration()
    style = CSS(options.folder / "style.css", font_config=fonts)
    variant = {} if options.untagged else {"pdf_variant": "pdf/ua-1"}

    def lay_out(file: Path) -> int:
        laid_out = HTML(file).render(font_config=fonts, stylesheets=[style], **variant)
        laid_out.write_pdf(file.with_suffix(".pdf"), **variant)
        return len(laid_out.pages)

    files = sorted(options.folder.glob("*.html"))
    if len(files) > WARMING:
        for file in files[:WARMING]:
            lay_out(file)
    started = time.perf_counter()
    pages = sum(map(lay_out, files))
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "pdfs": len(files), "pages": pages}))


if __name__ == "__main__":
    main()
