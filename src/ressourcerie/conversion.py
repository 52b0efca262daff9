"""Python-Markdown, made quick: one parse for several renderings, and no search for nothing."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, Final, cast
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor, Treeprocessor

# What Python-Markdown’s own patterns need in a text to find anything there.
_TRIGGER: Final = re.compile(r"[`\\\[<&*_]|  \n")
_OWN_PATTERNS: Final = frozenset(
    "backtick escape reference link image_link image_reference short_reference short_image_ref "  # noqa: SIM905
    "autolink automail linebreak html entity not_strong em_strong em_strong2".split()
)
_INLINE: Final = 20  # Python-Markdown’s own rank for it


def extension(name: str, config: Mapping[str, Any]) -> Extension | str:
    """A Markdown extension; its name alone for one that only Python-Markdown can find.

    To find one, it reads what every package installed declares, at each start.
    """
    module = name if "." in name else f"markdown.extensions.{name}"
    try:
        made = import_module(module).makeExtension(**config)
    except Exception:  # noqa: BLE001 - Python-Markdown meets it again, and says it
        return name
    return made if isinstance(made, Extension) else name


def hasten(converter: markdown.Markdown) -> None:
    """Spare a converter, once all is registered, work that changes nothing.

    It would sort its patterns for each bit of text, and try them all on words that hold no mark.
    """
    patterns: Any = converter.inlinePatterns
    known = {item.name for item in patterns._priority} <= _OWN_PATTERNS
    inline: Any = _Inline(converter) if known else converter.treeprocessors["inline"]
    inline.inlinePatterns = list(converter.inlinePatterns)
    converter.treeprocessors.register(inline, "inline", _INLINE)


class _Inline(InlineProcessor):
    """Leaves alone the texts in which no pattern could match."""

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - Python-Markdown's names
        if not patternIndex and not _TRIGGER.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, patternIndex)  # type: ignore[misc,no-any-return]


def convert(
    converter: markdown.Markdown,
    text: str,
    fork: Treeprocessor,
    turns: Iterable[Callable[[], None]],
) -> Iterator[str]:
    """Convert a text once for each of `turns`, called before the part that is not shared.

    What `fork` and the tree processors after it do is done again, on a copy of the tree.
    """
    if not text.strip():
        for turn in turns:
            turn()
            yield ""
        return
    lines = text.split("\n")
    for preprocessor in converter.preprocessors:
        lines = preprocessor.run(lines)
    converter.lines = lines  # type: ignore[attr-defined] # some extensions read it
    root = cast("Element", converter.parser.parseDocument(lines).getroot())
    steps = list(converter.treeprocessors)
    at = steps.index(fork)
    root = _run(steps[:at], root)
    for turn in turns:
        turn()
        yield _written(converter, _run(steps[at:], copy.deepcopy(root)))


def _run(steps: Iterable[Treeprocessor], root: Element) -> Element:
    for step in steps:
        made = step.run(root)
        root = root if made is None else made
    return root


def _written(converter: markdown.Markdown, root: Element) -> str:
    output = converter.serializer(root).strip()
    opening, closing = f"<{converter.doc_tag}>", f"</{converter.doc_tag}>"
    # An empty tree is written as one tag, with nothing in it.
    output = output[len(opening) : -len(closing)] if output.startswith(opening) else ""
    output = output.strip()
    for postprocessor in converter.postprocessors:
        output = postprocessor.run(output)
    return output.strip()
