"""A built page as a strict reader sees it: the tags as written, not as a browser mends them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

_VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
)
_LINK_ATTRIBUTES = {"href", "src", "poster", "action", "data"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Tag:
    """A tag, its attributes, the tags around it (outermost first), and the text inside it."""

    name: str
    attributes: dict[str, str]
    around: list[Tag]
    text: str = ""
    # The text of the nearest paragraph, list item or cell that stands before this tag.
    before: str = ""

    def inside(self, *names: str) -> bool:
        return any(tag.name in names for tag in self.around)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())


_BLOCKS = frozenset(
    {"p", "li", "td", "th", "dd", "dt", "blockquote", "summary", "figcaption", "div"}
)


@dataclass
class Markup:
    """All the tags of a page, and what is wrong with the way they are written."""

    path: Path
    tags: list[Tag] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def all(self, *names: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name in names]

    def one(self, name: str) -> Tag:
        found = self.all(name)
        assert len(found) == 1, f"{len(found)} <{name}> in {self.path}"
        return found[0]

    @cached_property
    def ids(self) -> list[str]:
        return [tag.attributes["id"] for tag in self.tags if "id" in tag.attributes]

    @cached_property
    def addresses(self) -> list[str]:
        """Everything the page links to or loads, as written."""
        found = []
        for tag in self.tags:
            found += [v for k, v in tag.attributes.items() if k in _LINK_ATTRIBUTES]
            for choice in tag.attributes.get("srcset", "").split(","):
                found += choice.split()[:1]
        return found

    @property
    def terms(self) -> list[Tag]:
        """The glossary words linked in the prose."""
        return [tag for tag in self.all("a") if "term" in tag.classes]


class _Reader(HTMLParser):
    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Markup(path)
        self._open: list[Tag] = []

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [key for key, _ in attrs]
        if len(set(names)) != len(names):
            self.page.faults.append(f"<{name}> says an attribute twice: {names}")
        block = next((t for t in reversed(self._open) if t.name in _BLOCKS), None)
        attributes = {key: value or "" for key, value in attrs}
        tag = Tag(name, attributes, list(self._open), before=block.text if block else "")
        self.page.tags.append(tag)
        if name not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(name, attrs)
        if name not in _VOID:
            self._open.pop()

    def handle_endtag(self, name: str) -> None:
        if name in _VOID:
            return
        if not self._open or self._open[-1].name != name:
            opened = self._open[-1].name if self._open else "nothing"
            self.page.faults.append(f"</{name}> closes <{opened}>")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            tag.text += data

    def close(self) -> None:
        super().close()
        self.page.faults += [f"<{tag.name}> is never closed" for tag in self._open]


@cache
def read(path: Path) -> Markup:
    reader = _Reader(path)
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader.page


@cache
def is_signpost(path: Path) -> bool:
    """Whether a file only leads to another page: kept from search engines, and without a text."""
    text = path.read_text("utf-8")
    return '<meta name="robots" content="noindex">' in text and "<article" not in text


class Site:
    """A folder of pages that link to each other, which does not change.

    `base` is the path of its public address.
    """

    def __init__(self, folder: Path, base: str = "/") -> None:
        self.folder = folder
        self._base = base

    @cached_property
    def pages(self) -> dict[str, Path]:
        """Address from the root → file, but for signposts."""
        return {k: v for k, v in self._found.items() if not is_signpost(v)}

    @property
    def signposts(self) -> dict[str, Path]:
        """Address from the root → file of what only leads to another page."""
        return {k: v for k, v in self._found.items() if is_signpost(v)}

    @property
    def _found(self) -> dict[str, Path]:
        found = {p.relative_to(self.folder).as_posix(): p for p in self.folder.rglob("*.html")}
        return {k.removesuffix("index.html"): v for k, v in sorted(found.items())}

    def broken(self, page: str, address: str) -> str:
        """Why what `page` links to does not exist; empty when it does."""
        origin = f"http://site{self._base}{page}"
        try:
            full, anchor = urldefrag(urljoin(origin, address.strip()))
            parts = urlsplit(full)
        except ValueError as error:
            return str(error)
        if parts.scheme in {"data", "mailto", "tel"} or parts.netloc not in {
            "site",
            "exemple.test",
        }:
            return ""
        path = unquote(parts.path)
        if not path.startswith(self._base):
            return f"{path} is out of the site"
        file = self.folder / path.removeprefix(self._base)
        if not file.resolve().is_relative_to(self.folder.resolve()):
            return f"{path} is out of the folder"
        if path.endswith("/"):
            file /= "index.html"
        if not file.is_file():
            return f"{path} does not exist"
        if anchor and file.suffix == ".html" and unquote(anchor) not in read(file).ids:
            return f"{path} has no #{anchor}"
        return ""

    def of_kind(self, *parts: str) -> list[str]:
        return [address for address in self.pages if all(part in address for part in parts)]
