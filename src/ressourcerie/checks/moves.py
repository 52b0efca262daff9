"""Former addresses: each must be free, and lead to one page only."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from ressourcerie.diagnostics import Diagnostic, Family, rule
from ressourcerie.library import Library
from ressourcerie.settings import Settings

TAKEN = rule(
    "ancienne-adresse-prise",
    "Une ancienne adresse est déjà prise",
    "Enlevez-la : une adresse ne peut mener qu’à une page.",
    family=Family.LINKS,
)


def check(library: Library, _settings: Settings) -> Iterator[Diagnostic]:
    """Look at every former address. Some disks confuse capitals, so they are all confused here."""
    taken = {_key(url): f"C’est celle de « {r.source.path} »" for url, r in library.by_url.items()}
    for workshop in library.workshops:
        said = f"C’est celle de la fiche participant de « {workshop.source.path} »"
        taken[_key(workshop.participant_url)] = said
    taken["404.html"] = "C’est celle de la page d’erreur"
    for resource in library.resources:
        for index, address in enumerate(resource.anciennes_adresses):
            path = resource.source.path
            if (other := taken.get(_key(address))) is not None:
                place = resource.source.place("anciennes_adresses", index)
                yield TAKEN.at(place, f"« {address} » n’est pas libre. {other}.")
            else:
                taken[_key(address)] = f"« {path} » la demande déjà"


def _key(address: str) -> str:
    """What two addresses share when one file would be written over the other."""
    folded = normalize("NFC", address).casefold()
    return folded.removesuffix("index.html") if f"/{folded}".endswith("/index.html") else folded
