"""Folders → Library, with all that is wrong with their files."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from pydantic import ValidationError

from ressourcerie import source as source_files
from ressourcerie import synonyms
from ressourcerie.assessment import Assessment
from ressourcerie.checklist import Checklist
from ressourcerie.diagnostics import Diagnostic, Place, Severity, rule
from ressourcerie.french import fold, sort_key
from ressourcerie.library import Library
from ressourcerie.messages import diagnose
from ressourcerie.model import Booklet, Chapter, Page, Resource, Term, Workshop
from ressourcerie.model import Path as LearningPath
from ressourcerie.questionnaire import Questionnaire
from ressourcerie.source import Source

CONTENT: Final = "content"
GLOSSARY: Final = "glossary"
WORKSHOPS: Final = "ateliers"
SOURCE_FOLDERS: Final = (CONTENT, GLOSSARY, WORKSHOPS)
IMAGES: Final = f"{CONTENT}/images"
GUIDE: Final = f"{CONTENT}/guide"
PATHS: Final = f"{CONTENT}/parcours"
BOOKLETS: Final = f"{CONTENT}/livrets"
QUESTIONNAIRES: Final = f"{CONTENT}/questionnaires"
ASSESSMENTS: Final = f"{CONTENT}/positionnement"
CHECKLISTS: Final = f"{CONTENT}/grilles"
# What is written in keys alone, with no text after them.
OF_KEYS: Final[dict[str, type[Resource]]] = {
    QUESTIONNAIRES: Questionnaire,
    ASSESSMENTS: Assessment,
    CHECKLISTS: Checklist,
}
IMAGE_SUFFIXES: Final = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})

BAD_NAME = rule(
    "nom-de-fichier",
    "Un nom de fichier ou de dossier n’est pas utilisable comme adresse",
    "Minuscules sans accent, chiffres et tirets seulement : « se-proteger.md ».",
)
SAME_ADDRESS = rule(
    "adresse-en-double",
    "Deux ressources ont la même adresse",
    "Renommez l’un des deux fichiers.",
)
MISPLACED = rule(
    "fichier-mal-range",
    "Un texte est dans un dossier où on ne l’attend pas",
    "Un terme va dans glossary/, un atelier dans ateliers/son-nom/index.md, "
    "le reste dans content/.",
)
IGNORED = rule(
    "fichier-ignore",
    "Un fichier des dossiers de sources n’est ni un texte ni une image",
    "Enregistrez un texte en « .md », une image en .svg, .png ou .jpg ; sinon, ôtez le fichier.",
    Severity.WARNING,
)
NO_FOLDER = rule(
    "dossier-absent",
    "Un des trois dossiers de sources manque",
    "Créez les dossiers content/, glossary/ et ateliers/ à côté de mkdocs.yml.",
)

Reader = Callable[[str], tuple[Source | None, Sequence[Diagnostic]]]
# Folders of `content/` that hold no page.
_RESERVED: Final = frozenset(
    posixpath.basename(folder) for folder in (IMAGES, GUIDE, BOOKLETS, PATHS, *OF_KEYS)
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
R = TypeVar("R", bound=Resource)


class Listed(NamedTuple):
    """A file: its path relative to the project, and whether it surely lies in it."""

    path: str
    inside: bool


def load(
    root: Path, read: Reader | None = None, listed: Iterable[Listed] | None = None
) -> tuple[Library, list[Diagnostic]]:
    """Read the three folders under `root`. Resources with errors are left out and reported.

    `read` gives the source of a path, and what is wrong with it, to whoever already knows them;
    `listed` are the files, when they have been listed before.
    """
    reader = read or (lambda path: source_files.read(root, path))
    found: list[Diagnostic] = [
        NO_FOLDER.at(Place(folder), f"Le dossier « {folder}/ » n’existe pas.")
        for folder in SOURCE_FOLDERS
        if not (root / folder).is_dir()
    ]
    resources: list[Resource] = []
    assets: dict[str, str] = {}
    unread: set[str] = set()
    drafts: list[Source] = []
    groups: tuple[tuple[str, ...], ...] = ()
    for path, inside in files(root) if listed is None else listed:
        if path.endswith(".md") or _is_of_keys(path):
            resource, draft, wrong = _resource(path, reader)
            found += wrong
            if resource:
                resources.append(resource)
            else:
                unread.add(path)
                # What is made of keys has no body to check.
                drafts += [draft] if draft and path.endswith(".md") else []
        elif path == synonyms.FILE:
            read_source, said = reader(path)
            groups, faults = synonyms.read_synonyms(read_source) if read_source else ((), [])
            found += [*said, *faults]
        elif posixpath.splitext(path)[1].lower() in IMAGE_SUFFIXES:
            if inside or source_files.is_inside(root, root / path):
                assets[path] = path.removeprefix(f"{CONTENT}/")
            else:
                found.append(source_files.outside(path))
        elif path.lower().endswith(".md"):
            found.append(_rename(path, posixpath.basename(path)[:-3] + ".md"))
        elif _is_of_keys(path.lower().replace(".yaml", source_files.YAML)):
            found.append(_rename(path, f"{posixpath.splitext(posixpath.basename(path))[0]}.yml"))
        else:
            found.append(IGNORED.at(Place(path), "Ce fichier n’est pas lu."))
    found += _same_addresses(resources)
    library = _library(resources).model_copy(
        update={
            "assets": assets,
            "unread": frozenset(unread),
            "drafts": tuple(drafts),
            "synonyms": groups,
        }
    )
    return library, sorted(found)


def files(root: Path) -> Iterator[Listed]:
    """Every file of the three folders."""
    for folder in SOURCE_FOLDERS:
        inside = not (root / folder).is_symlink()
        todo = [folder]
        while todo:
            parent = todo.pop()
            try:
                entries = sorted(os.scandir(root / parent), key=lambda entry: entry.name)
            except OSError:
                continue
            folders = []
            for entry in entries:
                if entry.name.startswith((".", "_")):
                    continue
                path = f"{parent}/{entry.name}"
                if not _is_folder(entry):
                    yield Listed(path, inside and not entry.is_symlink())
                elif not entry.is_symlink():
                    # Linked folders are not entered: they may loop, or leave the project.
                    folders.append(path)
            todo += reversed(folders)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _resource(path: str, reader: Reader) -> tuple[Resource | None, Source | None, list[Diagnostic]]:
    """The resource of a file; its source alone when only the front matter is at fault."""
    place = _where(path)
    if place is None:
        lower = path.lower()
        if lower != path and _where(lower):
            return None, None, [_rename(path, posixpath.basename(lower))]
        return None, None, [MISPLACED.at(Place(path), "Ce texte n’est pas à sa place.")]
    model, slug = place
    read, wrong = reader(path)
    found = list(wrong)
    for part in slug.split("/"):
        if not _SLUG.fullmatch(part):
            better = re.sub(r"[^a-z0-9]+", "-", fold(part)).strip("-")
            found.append(_rename(path, better, part))
    if read is None:
        return None, None, found
    try:
        resource = model.model_validate(read.front, context={"source": read, "slug": slug})
    except ValidationError as error:
        return None, read, [*found, *diagnose(error, read, model)]
    return resource, None, found


def resource_of(source: Source) -> Resource | None:
    """The resource of a source, or None when its place or its front matter is at fault."""
    if place := _where(source.path):
        model, slug = place
        try:
            return model.model_validate(source.front, context={"source": source, "slug": slug})
        except ValidationError:
            pass
    return None


def _rename(path: str, better: str, part: str = "") -> Diagnostic:
    message = f"« {part or posixpath.basename(path)} » ne peut pas servir d’adresse."
    return BAD_NAME.at(Place(path), message, f"Renommez-le « {better} »." if better else "")


def _is_of_keys(path: str) -> bool:
    return path.endswith(source_files.YAML) and posixpath.dirname(path) in OF_KEYS


def _where(path: str) -> tuple[type[Resource], str] | None:
    """Which kind of resource a file is, and its slug, from where it lies."""
    if _is_of_keys(path):
        model = OF_KEYS[posixpath.dirname(path)]
        return model, posixpath.basename(path).removesuffix(source_files.YAML)
    parts = path.removesuffix(".md").split("/")
    match parts:
        case ["glossary", name]:
            return Term, name
        case ["ateliers", name, "index"]:
            return Workshop, name
        case ["content", "guide", name]:
            return Chapter, name
        case ["content", "livrets", name]:
            return Booklet, name
        case ["content", "parcours", name]:
            return LearningPath, name
        case ["content", folder, _, *_] if folder in _RESERVED:
            return None
        case ["content", *names]:
            if len(names) > 1 and names[-1] == "index":
                names = names[:-1]
            return Page, "/".join(names)
    return None


def _same_addresses(resources: Iterable[Resource]) -> Iterator[Diagnostic]:
    by_address: dict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        urls = [resource.url]
        if isinstance(resource, Workshop):
            urls.append(resource.participant_url)
        for url in urls:
            # Names that differ only by case or by the coding of accents are one on some disks.
            by_address[unicodedata.normalize("NFC", url).casefold()].append(resource)
    for url, same in by_address.items():
        for resource in same[1:]:
            message = f"L’adresse « /{url} » est déjà prise par {same[0].source.path}."
            yield SAME_ADDRESS.at(Place(resource.source.path), message)


def _library(resources: Iterable[Resource]) -> Library:
    everything = list(resources)

    def kind(model: type[R]) -> list[R]:
        return [r for r in everything if isinstance(r, model)]

    return Library(
        terms=tuple(sorted(kind(Term), key=lambda t: sort_key(t.titre))),
        workshops=tuple(_in_path_order(kind(Workshop), kind(LearningPath))),
        chapters=tuple(sorted(kind(Chapter), key=lambda c: (c.ordre, c.slug))),
        pages=tuple(sorted(kind(Page), key=lambda p: p.slug)),
        booklets=tuple(sorted(kind(Booklet), key=lambda b: b.slug)),
        paths=tuple(sorted(kind(LearningPath), key=lambda p: p.rank)),
        questionnaires=tuple(sorted(kind(Questionnaire), key=lambda q: q.slug)),
        assessments=tuple(sorted(kind(Assessment), key=lambda a: a.slug)),
        checklists=tuple(sorted(kind(Checklist), key=lambda c: c.slug)),
    )


def _in_path_order(
    workshops: Iterable[Workshop], paths: Iterable[LearningPath]
) -> Iterator[Workshop]:
    """Workshops in the order of the paths that hold them, then the others by title."""
    by_slug = {w.slug: w for w in sorted(workshops, key=lambda w: sort_key(w.titre))}
    for path in sorted(paths, key=lambda p: p.rank):
        for slug in path.ateliers:
            if workshop := by_slug.pop(slug, None):
                yield workshop
    yield from by_slug.values()
