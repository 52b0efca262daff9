"""Looking at one text with the rules of the language family, and mending it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from ressourcerie.checks import inclusive, numbers, quotes, slips, spelling, typography, wording
from ressourcerie.diagnostics import Diagnostic, Rule
from ressourcerie.fixing import MOST_PASSES, mend
from ressourcerie.model import Resource
from ressourcerie.settings import Policy, Settings
from ressourcerie.source import Source, parse

BY_TEXT = (typography, quotes, numbers, spelling, slips, wording, inclusive)
SETTINGS = Settings(root=Path("/projet"))
HEAD = "---\ntitre: Essai\n---\n"


def policy(**options: object) -> Settings:
    return Settings(root=Path("/projet"), policy=Policy(**options))  # type: ignore[arg-type]


def source(body: str, head: str = HEAD) -> Source:
    read, _ = parse("content/essai.md", (head + body).encode())
    assert read is not None, head
    return read


def look(
    read: Source | str, resource: Resource | None = None, settings: Settings = SETTINGS
) -> list[Diagnostic]:
    """All that the checks by text of the language family say."""
    if isinstance(read, str):
        read = source(read)
    return sorted(d for check in BY_TEXT for d in check.check_text(read, resource, settings))


def codes(body: str, settings: Settings = SETTINGS) -> list[str]:
    return [d.code for d in look(body, settings=settings)]


def rules_of(check: ModuleType) -> list[Rule]:
    """The rules that a module declares."""
    return [value for value in vars(check).values() if isinstance(value, Rule)]


def again(_path: str, data: bytes, settings: Settings = SETTINGS) -> Iterable[Diagnostic]:
    read, _ = parse("content/essai.md", data)
    return look(read, settings=settings) if read else []


def mended(body: str, settings: Settings = SETTINGS) -> str:
    """The body once all that is certain is mended, as many times as it takes."""
    data = (HEAD + body).encode()
    for _ in range(MOST_PASSES):
        data = mend(data, again("", data, settings))
    return data.decode().removeprefix(HEAD)
