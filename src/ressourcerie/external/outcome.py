"""What came of asking for an address, and what may be said of it: alive, dead or unverified."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ressourcerie.external.page import Page


class Verdict(StrEnum):
    """What may be said of an address. Dead is said only of what no browser could open either."""

    ALIVE = "alive"
    DEAD = "dead"
    UNVERIFIED = "unverified"


class End(StrEnum):
    """How asking for an address ended."""

    ANSWERED = "answered"
    MALFORMED = "malformed"
    NO_HOST = "no-host"
    NO_NAMES = "no-names"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    BAD_CERTIFICATE = "bad-certificate"
    UNKNOWN_CERTIFICATE = "unknown-certificate"
    NO_TLS = "no-tls"
    LOOP = "loop"
    PRIVATE = "private"
    FOREIGN = "foreign"
    TIMEOUT = "timeout"
    BROKEN = "broken"
    PAUSED = "paused"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking for one address.

    `landing` is the address that answered, or the one at which the visit stopped; `moved` the one
    that permanent redirects gave, if any. `anchored`: a redirect chose its own place in the page.
    `certain`: the end does not depend on this computer's network being whole.
    """

    end: End
    landing: str
    status: int = 0
    moved: str = ""
    at_home: bool = False
    anchored: bool = False
    certain: bool = False
    private: bool = False
    page: Page | None = None
    retry_after: float = 0


# An end that a broken network, a filter or a hotel's welcome page would give for any address.
_NEED_PROOF: Final = {End.NO_HOST, End.REFUSED, End.BAD_CERTIFICATE}
_DEAD: Final = {End.MALFORMED, End.LOOP}
_GONE: Final = {404, 410}
# 300 has something to show; 304 answers that the page has not changed.
_THERE: Final = {300, 304}

_ENDS: Final = {
    End.MALFORMED: "aucun navigateur ne peut ouvrir cette adresse",
    End.NO_HOST: "ce site n’existe pas ou n’existe plus",
    End.NO_NAMES: "le nom du site n’a pas pu être cherché",
    End.REFUSED: "le site refuse la connexion",
    End.UNREACHABLE: "le site n’a pas pu être joint",
    End.BAD_CERTIFICATE: "les navigateurs refusent le certificat du site",
    End.UNKNOWN_CERTIFICATE: "l’autorité qui garantit le site n’est pas connue ici",
    End.NO_TLS: "la connexion sécurisée n’a pas pu s’établir",
    End.LOOP: "l’adresse renvoie sans fin vers elle-même",
    End.PRIVATE: "c’est une adresse du réseau local, qui n’a pas été demandée",
    End.FOREIGN: "elle renvoie vers une autre application",
    End.TIMEOUT: "le site n’a pas répondu à temps",
    End.BROKEN: "le site a donné une réponse incompréhensible",
    End.PAUSED: "le site demande d’attendre",
    End.UNASKED: "le temps accordé à la vérification est écoulé",
}
_STATUSES: Final = {
    401: "la page demande de se connecter",
    402: "la page demande de payer",
    403: "le site ne laisse pas les robots lire cette page",
    404: "la page n’existe pas",
    407: "le réseau d’ici demande de se connecter",
    408: "le site n’a pas répondu à temps",
    410: "la page a été retirée",
    429: "le site demande d’attendre",
    451: "la page n’est pas montrée, pour une raison légale",
}


def needs_proof(visit: Visit) -> bool:
    """Whether it is dead only if this computer's network is known to work."""
    return visit.end in _NEED_PROOF and not visit.certain


def judge(visit: Visit, network_works: bool) -> Verdict:
    """The verdict; a doubt is never « dead »."""
    if visit.end is End.ANSWERED:
        if visit.status in _GONE:
            return Verdict.DEAD
        fine = 200 <= visit.status < 300 or visit.status in _THERE
        return Verdict.ALIVE if fine else Verdict.UNVERIFIED
    if visit.end in _DEAD or (visit.end in _NEED_PROOF and (visit.certain or network_works)):
        return Verdict.DEAD
    return Verdict.UNVERIFIED


def reason(end: End, status: int) -> str:
    """Why, in French: the end of a sentence."""
    if end is not End.ANSWERED:
        return _ENDS[end]
    words = _STATUSES.get(status)
    if not words:
        words = (
            "le site est en panne" if status >= 500 else "le site a donné une réponse inattendue"
        )
    return f"{words} (réponse {status})"
