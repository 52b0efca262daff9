"""What lets a reader trust a page and take it further: how to quote it, how to report a fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from ressourcerie.french import day, typeset
from ressourcerie.settings import Settings
from ressourcerie.site import feeds, social
from ressourcerie.site.pages import SitePage
from ressourcerie.site.plan import Site

# What can be wrong: the name a form knows it by, the first words of a message, what readers see.
_REASONS: Final = (
    ("obsolete", "Obsolète", "Une information n’est plus vraie"),
    ("erreur", "Erreur", "Il y a une erreur"),
    ("doublon", "Doublon", "Une autre page dit la même chose"),
    ("inapproprie", "Inapproprié", "Un passage est inapproprié"),
)
_SHORT_LICENCES: Final = {"CC-BY-SA-4.0": "CC BY-SA 4.0"}


@dataclass(frozen=True, slots=True)
class Report:
    """One thing that can be wrong, and where to say so: by e-mail, with a form, or neither."""

    label: str
    mail: str
    form: str


@dataclass(frozen=True, slots=True)
class Trust:
    """`quotation` ends with `address`, which is empty while the site has none.

    `card` is the full address of the picture that social networks show; `feeds` are the address,
    the type and the name of each feed.
    """

    title: str
    quotation: str
    address: str
    reports: tuple[Report, ...]
    card: str
    feeds: tuple[tuple[str, str, str], ...]


def trust(page: SitePage, site: Site) -> Trust:
    """What one page says of itself."""
    settings, resource = site.settings, page.resource
    title = f"{resource.titre}, fiche participant" if page.is_participant else resource.titre
    address = feeds.absolute(page.url, settings) if settings.site_url else ""
    licence = _SHORT_LICENCES[resource.licence]
    quotation = f"« {title} », {', '.join(resource.auteurs)}, licence {licence}"
    card = feeds.absolute(social.card_url(resource), settings) if settings.site_url else ""
    return Trust(
        typeset(title),
        typeset(quotation),
        address,
        tuple(_reports(title, address or page.url, page, settings)),
        card,
        feeds.FEEDS if feeds.are_there(site) else (),
    )


def _reports(title: str, address: str, page: SitePage, settings: Settings) -> Iterator[Report]:
    if not settings.contact and not settings.report_url:
        return
    for name, word, label in _REASONS:
        subject = f"{word} : {title}"
        body = (
            f"Page : {title}\nAdresse : {address or 'accueil'}\n"
            f"Texte : {page.resource.source.path}, relu le {day(page.resource.relu_le)}\n\n"
            "Ce qui ne va pas :\n\n"
        )
        known = {
            "motif": name,
            "titre": subject,
            "adresse": address,
            "source": page.resource.source.path,
            "texte": body,
        }
        yield Report(label, _mail(settings.contact, subject, body), _form(settings, known))


def _mail(contact: str, subject: str, body: str) -> str:
    # RFC 6068: lines end with both signs, and a space is never « + ».
    said = {"subject": subject, "body": body.replace("\n", "\r\n")}
    return (
        f"mailto:{quote(contact, safe='@')}?{urlencode(said, quote_via=quote)}" if contact else ""
    )


def _form(settings: Settings, known: dict[str, str]) -> str:
    """The address of the form, filled in: at the places it names, or as most forges expect."""
    url = settings.report_url
    filled = url
    for name, value in known.items():
        filled = filled.replace(f"{{{name}}}", quote(value, safe=""))
    if filled != url or not url:
        return filled
    said = urlencode({"title": known["titre"], "body": known["texte"]}, quote_via=quote)
    return f"{url}{'&' if '?' in url else '?'}{said}"
