"""French spaces in what templates say: a line never begins with « : », nor with « » »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from ressourcerie.french import NBSP, NNBSP

_AFTER: Final = r"(?=[\s<,.)]|$)"
_RULES: Final = (
    (re.compile(rf" ([:»]){_AFTER}"), rf"{NBSP}\1"),
    (re.compile(rf" ([;!?]){_AFTER}"), rf"{NNBSP}\1"),
    (re.compile("« "), f"«{NBSP}"),
)


class FrenchSpaces(Extension):
    """Typesets the words of templates themselves, as the filter `typo` does their values.

    Their values may come between a word and its sign: `« {{ title }} »`.
    """

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterable[Token]:
        """The same template, with no-break spaces."""
        return self._spaced(stream)

    @staticmethod
    def _spaced(stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            text = token.value
            if token.type == "data":
                for pattern, replacement in _RULES:
                    text = pattern.sub(replacement, text)
            yield Token(token.lineno, token.type, text)
