"""Where links lead, and how they are written from a page."""

from __future__ import annotations

import posixpath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressourcerie import links
from ressourcerie.library import Library

WORKSHOP = "ateliers/essai/index.md"


@pytest.mark.parametrize(
    ("href", "full"),
    [
        ("../../glossary/navigateur.md", "glossaire/navigateur/"),
        ("../../glossary/navigateur.md#un-exemple", "glossaire/navigateur/#un-exemple"),
        ("../../content/index.md", ""),
        ("../../content/guide/../utiliser.md", "utiliser/"),
        ("table.svg", "ateliers/essai/table.svg"),
        ("../../content/images/dessin.svg", "images/dessin.svg"),
        ("#deroule", "ateliers/essai/#deroule"),
    ],
)
def test_links_between_sources_lead_to_public_addresses(
    library: Library, href: str, full: str
) -> None:
    target = links.resolve(href, WORKSHOP, library)
    assert target is not None
    assert target.internal
    assert target.full == full


@pytest.mark.parametrize(
    "href", ["https://example.org/a?b#c", "mailto:a@example.org", "tel:+33100000000"]
)
def test_links_out_are_kept_as_they_are(library: Library, href: str) -> None:
    assert links.resolve(href, WORKSHOP, library) == links.Target(href, internal=False)


@pytest.mark.parametrize(
    "href",
    [
        "absent.md",
        "../../glossary/navigateur",
        "../../glossary/Navigateur.md",
        "/glossary/navigateur.md",
        "../../../../etc/passwd",
        "../../mkdocs.yml",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/a",
        "http://[",
    ],
)
def test_links_to_nothing_or_worse_lead_nowhere(library: Library, href: str) -> None:
    assert links.resolve(href, WORKSHOP, library) is None


def test_accents_and_spaces_may_be_coded(library: Library) -> None:
    assets = {"content/images/été 1.svg": "images/été 1.svg"}
    with_accents = library.model_copy(update={"assets": assets})
    target = links.resolve("images/%C3%A9t%C3%A9%201.svg", "content/index.md", with_accents)
    assert target is not None
    assert target.url == "images/été 1.svg"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("/:.#?%[]@")), max_size=40))
def test_resolve_answers_any_link(href: str) -> None:
    target = links.resolve(href, WORKSHOP, Library())
    if target is not None and not target.internal:
        scheme = target.url.partition(":")[0]
        assert scheme.strip().lower() in links.SAFE_SCHEMES


_PATHS = st.lists(st.sampled_from("abc"), max_size=3).map(lambda p: "/".join([*p, ""]) if p else "")


@given(_PATHS, st.sampled_from(["", "image.svg"]), st.sampled_from(["", "#partie"]), _PATHS)
def test_relative_link_leads_a_browser_to_the_same_place(
    folder: str, name: str, fragment: str, page: str
) -> None:
    url = folder + name + fragment
    root = "https://example.org/sous-dossier/"
    written = links.relative(url, page)
    assert urljoin(root + page, written) == root + url
    assert not posixpath.isabs(written)
    assert written
