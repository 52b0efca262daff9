"""What « Ma sélection » has to know of each workshop, to make kits and a programme of a series."""

from __future__ import annotations

from typing import Any, Final

from ressourcerie import french
from ressourcerie.data import vocabulary
from ressourcerie.library import Library
from ressourcerie.model import Workshop
from ressourcerie.parts import Printout
from ressourcerie.site.catalogue import Catalogue
from ressourcerie.site.plan import Site
from ressourcerie.templating import paper

_CONNECTION: Final = {
    "utile": "Internet, utile mais pas indispensable",
    "requis": "Internet, indispensable",
}


def context(site: Site) -> dict[str, Any]:
    """What the page of the series receives."""
    return {
        "sheets": sheets(site.library, site.papers),
        "criteria_url": site.library.url_of("criteres"),
    }


def sheets(library: Library, papers: Catalogue) -> dict[str, dict[str, Any]]:
    """Slug → what a series shows of a workshop. Addresses are relative to the root of the site."""
    return {w.slug: _sheet(w, papers) for w in library.workshops}


def _sheet(workshop: Workshop, papers: Catalogue) -> dict[str, Any]:
    entry = papers.by_owner.get(workshop.source.path)
    equipment = workshop.materiel
    devices = [vocabulary("materiels")[d] for d in equipment.par_personne]
    return {
        "title": french.typeset(workshop.titre),
        "url": workshop.url,
        "minutes": workshop.duree,
        "group": [workshop.effectif.min, workshop.effectif.max],
        "goals": [french.typeset(goal) for goal in workshop.objectifs],
        "room": [french.typeset(thing) for thing in equipment.salle],
        "devices": _one_of(devices),
        # What one prepares: nothing when the session does without, or when nobody has said.
        "internet": french.typeset(_CONNECTION.get(equipment.internet or "", "")),
        "papers": [_printout(printout) for printout in workshop.a_imprimer],
        "before": list(workshop.prerequis),
        "kits": [{"url": kit.url, "size": kit.size} for kit in entry.kits] if entry else [],
    }


def _one_of(names: list[str]) -> str:
    """« Téléphone ou ordinateur »."""
    return " ou ".join([names[0], *(name.lower() for name in names[1:])])


def _printout(printout: Printout) -> str:
    where = " (à l’écran)" if printout.is_for_screen else ""
    if not where and not printout.noir_et_blanc:
        where = " (en couleurs)"
    return french.typeset(f"{paper(printout.document)} : {printout.exemplaires}{where}")
