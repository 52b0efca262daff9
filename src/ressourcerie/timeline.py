"""The small drawing of a session: one bar a step, as long as it lasts. Readable in black and white.

Steps are told apart by their outline and number, never by colour alone (WCAG 1.4.1): breaks are
hatched, the others are plain.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from ressourcerie.french import clock, duration, typeset
from ressourcerie.outline import Step

WIDTH: Final = 960
BAR: Final = 46
TOP: Final = 6
HEIGHT: Final = TOP + BAR + 34
INK: Final = "#14213D"


def describe(steps: Sequence[Step]) -> str:
    """The drawing in words, for those who do not see it."""
    parts = ", ".join(f"{n}. {s.title} ({duration(s.minutes or 0)})" for n, s in _numbered(steps))
    return typeset(f"Frise de la séance : {parts}.")


def _numbered(steps: Sequence[Step]) -> list[tuple[int, Step]]:
    return list(enumerate(steps, start=1))


def draw(steps: Sequence[Step], prefix: str = "frise") -> str:
    """An SVG of the session; empty when no step has a duration. `prefix` keeps ids apart."""
    total = sum(step.minutes or 0 for step in steps)
    if not total:
        return ""
    scale = (WIDTH - 4) / total
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'class="timeline" font-family="Ressourcerie Sans, sans-serif" '
        f'aria-labelledby="{prefix}-t"><title id="{prefix}-t">{escape(describe(steps))}</title>',
        f'<defs><pattern id="{prefix}-p" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="8" height="8" fill="#fff"/>'
        f'<rect width="2" height="8" fill="{INK}"/></pattern></defs>',
    ]
    for number, step in _numbered(steps):
        parts += _bar(number, step, scale, f"{prefix}-p")
    parts += _ruler(total, scale)
    parts.append("</svg>")
    return "".join(parts)


def _bar(number: int, step: Step, scale: float, pattern: str) -> list[str]:
    left, width = 2 + step.start * scale, (step.minutes or 0) * scale
    fill = f"url(#{pattern})" if step.is_break else "#fff" if number % 2 else "#E3ECEB"
    middle = TOP + BAR / 2
    parts = [
        f'<rect x="{left:.1f}" y="{TOP}" width="{width:.1f}" height="{BAR}" rx="4" '
        f'fill="{fill}" stroke="{INK}" stroke-width="2"/>'
    ]
    if step.is_break:
        parts.append(
            f'<circle cx="{left + width / 2:.1f}" cy="{middle}" r="12" fill="#fff" '
            f'stroke="{INK}" stroke-width="1.5"/>'
        )
    parts.append(
        f'<text x="{left + width / 2:.1f}" y="{middle + 6}" text-anchor="middle" '
        f'font-size="18" font-weight="700" fill="{INK}">{number}</text>'
    )
    return parts


def _ruler(total: int, scale: float) -> list[str]:
    parts = []
    for minute in [*range(0, max(total - 10, 1), 30), total]:
        x = 2 + minute * scale
        anchor = "start" if minute == 0 else "end" if minute == total else "middle"
        parts.append(
            f'<line x1="{x:.1f}" y1="{TOP + BAR}" x2="{x:.1f}" y2="{TOP + BAR + 7}" '
            f'stroke="{INK}" stroke-width="2"/>'
            f'<text x="{x:.1f}" y="{HEIGHT - 6}" text-anchor="{anchor}" font-size="17" '
            f'fill="{INK}">{clock(minute)}</text>'
        )
    return parts
