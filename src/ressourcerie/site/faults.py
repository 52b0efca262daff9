"""What is wrong with the texts, shown in the page its author is looking at (`mkdocs serve`)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ressourcerie.diagnostics import Diagnostic
from ressourcerie.reporting import summary


def panel(diagnostics: Iterable[Diagnostic], path: str) -> str:
    """HTML for the page made from the source `path`; empty when there is nothing to say.

    Errors of all files come first, for they keep the site from being published; what is only
    advised is said on the page it is about, folded.
    """
    found = list(diagnostics)
    errors = sorted((d for d in found if d.is_error), key=lambda d: (d.place.path != path, d.place))
    advice = [d for d in found if not d.is_error and d.place.path == path]
    parts = []
    if errors:
        title = "À corriger : le site affiché est celui d’avant."
        listed = _listed(errors)
        parts.append(f'<div class="faults" role="alert"><p>{title}</p>{listed}</div>')
    if advice:
        title = f"Relecture de ce texte : {summary(advice)}"
        listed = _listed(advice)
        parts.append(
            f'<details class="faults"><summary>{escape(title)}</summary>{listed}</details>'
        )
    return "".join(parts)


def _listed(diagnostics: Iterable[Diagnostic]) -> str:
    items = "".join(
        f"<li><code>{escape(str(d.place))}</code> [{d.code}] {escape(d.message)}"
        f"{f'<br>→ {escape(d.hint)}' if d.hint else ''}</li>"
        for d in diagnostics
    )
    return f"<ul>{items}</ul>"
