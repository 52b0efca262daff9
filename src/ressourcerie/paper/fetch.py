"""What a document may load: files of its own project and data URIs, nothing else, ever."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from ressourcerie.links import PROJECT

MAX_BYTES: Final = 20_000_000


class ProjectFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Serves `projet:path` from the project's folder. What it refused is in `refused`."""

    def __init__(self, root: Path) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._root = root.resolve()
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Raises ValueError for anything outside the project."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        scheme, _, path = url.partition(":")
        file = (self._root / unquote(path.partition("#")[0])).resolve()
        if scheme != PROJECT or not file.is_relative_to(self._root) or not file.is_file():
            self.refused.append(url)
            raise ValueError(f"refused: {url}")
        if file.stat().st_size > MAX_BYTES:
            self.refused.append(url)
            raise ValueError(f"too big: {url}")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})
