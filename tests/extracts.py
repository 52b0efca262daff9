"""Lays the extract that shows a rule in the tiny project, to see whether the rule speaks.

Where the documentation of a rule says « ou: » a kind of resource (« page » unless told), the
extract goes into the one the tiny project has. It may be keys, text, or both:

- keys (its first line is `cle: …`) take the place of those of the same name;
- text takes the place of the sections of the same titles, « Déroulé » when it has only steps;
  without a section, it comes before the first one. It is the whole body of anything but a
  workshop as soon as it has a section;
- both: the keys stand between two lines `---`, as in a file.

« ou: » a path: the extract is that whole file. « ou: plusieurs-fichiers »: nothing can be tried.
"""

from __future__ import annotations

import re
from typing import Final

from projects import Project
from ressourcerie import outline

SEVERAL_FILES: Final = "plusieurs-fichiers"
PLACES: Final = {
    "page": "content/utiliser.md",
    "terme": "glossary/navigateur.md",
    "atelier": "ateliers/essai/index.md",
    "chapitre": "content/guide/premiers-pas.md",
    "livret": "content/livrets/carnet.md",
    "parcours": "content/parcours/voyage.md",
}
_KEY: Final = re.compile(r"[a-z_]+:(?=\s|$)")


def lay(project: Project, where: str, extract: str) -> str:
    """Write an extract in the project; returns the path of the file that has it."""
    path = PLACES.get(where, where)
    if where not in PLACES:
        project.write(path, extract + "\n")
        return path
    keys, text = _split(extract)
    _, head, body = project.read(path).split("---\n", 2)
    if keys:
        head = _without_keys(head, keys) + keys
    if text:
        body = _with_sections(body, text) if where == "atelier" else _with_text(body, text)
    project.write(path, f"---\n{head}---\n{body}")
    return path


def _split(extract: str) -> tuple[str, str]:
    if extract.startswith("---\n"):
        _, keys, text = f"{extract}\n".split("---\n", 2)
        return keys, text.strip("\n") + "\n" if text.strip() else ""
    if _KEY.match(extract):
        return f"{extract}\n", ""
    return "", f"{extract}\n"


def _without_keys(head: str, keys: str) -> str:
    names = {line.split(":")[0] for line in keys.split("\n") if _KEY.match(line)}
    kept = []
    dropping = False
    for line in head.split("\n"):
        if _KEY.match(line):
            dropping = line.split(":")[0] in names
        if not dropping or not line:
            kept.append(line)
    return "\n".join(kept)


def _with_text(body: str, text: str) -> str:
    if outline.sections(text):
        return f"\n{text}"
    before, mark, after = body.partition("\n## ")
    return f"{before}\n{text}{mark}{after}"


def _with_sections(body: str, text: str) -> str:
    lines = text.split("\n")
    parts = outline.sections(text)
    if not parts and outline.sections(text, level=3):
        return _replaced(body, outline.SCHEDULE, f"## {outline.SCHEDULE}\n\n{text}")
    if not parts:
        return _with_text(body, text)
    for part in parts:
        body = _replaced(body, part.heading.title, "\n".join(lines[part.start : part.end]))
    return body


def _replaced(body: str, title: str, text: str) -> str:
    lines = body.split("\n")
    for part in outline.sections(body):
        if part.heading.title == title:
            return "\n".join([*lines[: part.start], *text.split("\n"), *lines[part.end :]])
    return f"{body}\n{text}\n"
