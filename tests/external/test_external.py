"""What is said of links to other sites, on a web of straw."""

from __future__ import annotations

import gzip
import itertools
import json
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from web import (
    CERTIFICATES,
    HTML,
    QUICK,
    TODAY,
    Answer,
    Checker,
    Site,
    dead_port,
    page,
    raw_port,
    site,
    to,
)

from ressourcerie import french
from ressourcerie.diagnostics import Place, Severity
from ressourcerie.external import Occurrence, check_external, transport

DEAD, UNVERIFIED = "lien-mort", "lien-non-verifie"
CASES = Path(__file__).parent


# Verdicts.


@pytest.mark.parametrize("status", [200, 201, 203, 204, 206, 300, 304])
def test_page_that_answers_is_alive(check: Checker, status: int) -> None:
    with site({"/page": Answer(status)}) as web:
        assert check(web.url("/page")) == []


@pytest.mark.parametrize(
    ("status", "words"), [(404, "la page n’existe pas"), (410, "la page a été retirée")]
)
def test_page_that_is_gone_is_dead(check: Checker, status: int, words: str) -> None:
    with site({"/page": Answer(status)}) as web:
        [found] = check(web.url("/page"))
    assert (found.code, found.severity) == (DEAD, Severity.ERROR)
    assert words in found.message
    assert found.link == web.url("/page")
    assert f"https://web.archive.org/web/2026*/{web.url('/page')}" in found.hint


@pytest.mark.parametrize(
    "status", [400, 401, 402, 403, 405, 406, 418, 429, 451, 500, 502, 503, 504, 520, 999]
)
def test_doubt_is_never_dead(check: Checker, status: int) -> None:
    with site({"/page": Answer(status)}) as web:
        [found] = check(web.url("/page"))
    assert (found.code, found.severity) == (UNVERIFIED, Severity.WARNING)
    assert str(status) in found.message


@pytest.mark.parametrize("head", [404, 405, 403, 500, 501])
def test_head_is_believed_only_when_it_is_good_news(check: Checker, head: int) -> None:
    with site({"HEAD /page": Answer(head), "GET /page": Answer()}) as web:
        assert check(web.url("/page")) == []
    assert [a.method for a in web.asked] == ["HEAD", "GET"]


def test_page_is_not_read_when_its_head_is_enough(check: Checker) -> None:
    with site({"/page": Answer(body=b"x" * 10_000)}) as web:
        assert check(web.url("/page")) == []
    assert [a.method for a in web.asked] == ["HEAD"]


def test_address_at_which_nothing_listens_is_dead(check: Checker) -> None:
    [found] = check(dead_port())
    assert found.code == DEAD
    assert "refuse la connexion" in found.message


def test_name_that_cannot_exist_is_dead(check: Checker) -> None:
    assert set(check.codes("http://nulle-part.invalid/").values()) == {DEAD}


@pytest.mark.parametrize(
    "url",
    [
        "http://[::1",
        "http://",
        "https:///",
        "http://a b/",
        "http://h:99999/",
        "http://h:x/",
        "http://300.1.1.1/",
        "http://[::zz]/",
        "http://a%00b/",
        "http://xn--é.fr:1:2/",
        "http://%/",
    ],
)
def test_address_that_no_browser_opens_is_dead(check: Checker, url: str) -> None:
    [found] = check(url)
    assert found.code == DEAD
    assert "aucun navigateur" in found.message
    assert "web.archive.org" not in found.hint


def test_other_kinds_of_addresses_are_left_alone(check: Checker) -> None:
    assert check("mailto:a@example.org", "tel:+33", "data:,x", "ftp://h/") == []


# Odd servers. None may take longer than the options say, or stop the others.


def _drip(send: Callable[[bytes], Any]) -> None:
    send(b"HTTP/1.1 200 OK\r\n")
    for number in itertools.count():
        time.sleep(0.02)
        send(b"X-%d: y\r\n" % number)


def _endless(send: Callable[[bytes], Any]) -> None:
    send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p id=debut>")
    while True:
        send(b"<p>texte</p>" * 5000)


ODD = {
    "silence": Answer(delay=5),
    "drip": Answer(stream=_drip, raw=b""),
    "closes": Answer(raw=b""),
    "not-http": Answer(raw=b"SSH-2.0-OpenSSH_9.2\r\n"),
    "status-line": Answer(raw=b"HTTP/1.1 abc OK\r\n\r\n"),
    "status-of-no-class": Answer(raw=b"HTTP/1.1 42 Hm\r\n\r\n"),
    "header-without-end": Answer(raw=b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000),
    "giant-headers": Answer(
        raw=b"HTTP/1.1 200 OK\r\n" + b"X: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 20_000 + b"\r\n"
    ),
    "half-a-header": Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "nul": Answer(raw=b"HTTP/1.1 200 OK\r\nA\x00: b\r\n\r\n"),
    "redirect-to-nowhere": Answer(302),
    "empty-location": to(""),
    "bad-location": to("http://[::1"),
    "other-application": to("intent://ouvrir"),
    "to-a-file": to("file:///etc/passwd"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_server_is_unverified_in_bounded_time(check: Checker, name: str) -> None:
    with site({"/odd": ODD[name], "/absent": Answer(404)}) as web:
        start = time.monotonic()
        options = replace(QUICK, timeout=0.4)
        codes = check.codes(web.url("/odd"), web.url("/absent"), options=options)
        assert time.monotonic() - start < 3
    assert codes == {web.url("/odd"): UNVERIFIED, web.url("/absent"): DEAD}


ENOUGH = {
    "endless": Answer(stream=_endless, raw=b""),
    "longer-than-said": page("court", **{"Content-Length": "3"}),
    "shorter-than-said": Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\ncourt"),
    "old": Answer(raw=b"HTTP/1.0 200 OK\r\n\r\nbonjour"),
    "no-reason": Answer(raw=b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"),
    "hints-first": Answer(raw=b"HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
    "latin-1-header": Answer(raw="HTTP/1.1 200 OK\r\nX: é\r\n\r\n".encode("latin-1")),
}


@pytest.mark.parametrize("name", ENOUGH)
def test_odd_server_that_shows_its_page_is_alive(check: Checker, name: str) -> None:
    with site({"/odd": ENOUGH[name]}) as web:
        assert check(web.url("/odd")) == []


def test_server_that_accepts_and_never_speaks_ends_with_the_run(check: Checker) -> None:
    def wait(connection: socket.socket) -> None:
        while connection.recv(1000):
            pass

    with raw_port(wait) as url:
        start = time.monotonic()
        urls = [f"{url}/{number}" for number in range(50)]
        found = check(*urls, options=replace(QUICK, total_seconds=0.6))
        assert time.monotonic() - start < 2
    assert [d.code for d in found] == [UNVERIFIED] * 50


def test_run_out_of_time_still_says_what_it_learnt(check: Checker) -> None:
    with site({"/lent": Answer(delay=5), "/absent": Answer(404)}) as web:
        urls = [web.url("/absent"), *(web.url(f"/lent?{n}") for n in range(5))]
        web.routes |= {f"/lent?{n}": Answer(delay=5) for n in range(5)}
        found = check(*urls, options=replace(QUICK, timeout=5, total_seconds=0.5))
    assert [d.code for d in found] == [DEAD, *[UNVERIFIED] * 5]
    assert "le temps accordé" in found[-1].message


# Redirects.


def test_temporary_redirect_is_nobodys_fault(check: Checker) -> None:
    with site({"/a": to("/b/c", 302), "/b/c": to("../d", 307), "/d": Answer()}) as web:
        assert check(web.url("/a")) == []


@pytest.mark.parametrize("status", [301, 308])
def test_new_address_is_said(check: Checker, status: int) -> None:
    routes = {"/a": to("b", status), "/b": to("/c?d=é", status), "/c?d=%C3%A9": to("/e", 302)}
    with site(routes | {"/e": Answer()}) as web:
        [found] = check(web.url("/a#ici"))
    assert (found.code, found.severity) == ("lien-redirige", Severity.INFO)
    assert web.url("/c?d=%C3%A9#ici") in found.hint


def test_redirect_to_a_dead_page_is_dead(check: Checker) -> None:
    with site({"/a": to("/b", 301)}) as web:
        [found] = check(web.url("/a"))
    assert found.code == DEAD
    assert web.url("/b") in found.message


def test_redirect_to_another_host_is_followed(check: Checker) -> None:
    with site({"/b": Answer()}, host="127.0.0.2") as other, site({}) as web:
        web.routes["/a"] = to(other.url("/b"), 302)
        assert check(web.url("/a")) == []
        assert other.asked[0].headers["host"] == f"127.0.0.2:{other.port}"


@pytest.mark.parametrize("length", [1, 2, 5])
def test_circle_of_redirects_is_dead(check: Checker, length: int) -> None:
    routes = {f"/{n}": to(f"/{(n + 1) % length}") for n in range(length)}
    with site(routes) as web:
        [found] = check(web.url("/0"))
    assert found.code == DEAD
    assert "sans fin" in found.message


def test_endless_redirects_are_dead(check: Checker) -> None:
    with site({}) as web:
        routes = {f"/{n}": to(f"/{n + 1}") for n in range(60)}
        web.routes |= routes
        assert check.codes(web.url("/0")) == {web.url("/0"): DEAD}
    assert len(web.paths("GET")) == 21


def test_site_that_wants_its_cookie_back_gets_it(check: Checker) -> None:
    def door(asked: Any) -> Answer:
        if "vu=oui" in asked.headers.get("cookie", ""):
            return Answer()
        return to("/page", 302, **{"Set-Cookie": "vu=oui; Path=/; HttpOnly"})

    with site({"/page": door, "/autre": door}) as web:
        assert check(web.url("/page"), web.url("/autre")) == []


def test_cookies_are_told_to_no_other_host(check: Checker) -> None:
    with site({"/b": Answer()}, host="127.0.0.2") as other, site({}) as web:
        web.routes["/a"] = to(other.url("/b"), 302, **{"Set-Cookie": "secret=1"})
        assert check(web.url("/a")) == []
    assert "cookie" not in other.asked[0].headers


@pytest.mark.parametrize("home", ["/", "/index.html", "/accueil", "/fr/", "/Home.aspx"])
def test_deep_link_sent_home_is_suspect(check: Checker, home: str) -> None:
    with site({"/cours/12": to(home, 301), home: Answer()}) as web:
        [found] = check(web.url("/cours/12#plan"))
    assert (found.code, found.severity) == ("lien-vers-accueil", Severity.WARNING)


def test_home_page_sent_to_another_home_page_is_fine(check: Checker) -> None:
    routes = {"/": to("/fr/"), "/fr/": Answer(), "/page": to("/connexion"), "/connexion": Answer()}
    with site(routes) as web, site({"/": Answer()}, host="127.0.0.2") as other:
        web.routes["/court"] = to(other.url("/"))
        assert check(web.url("/"), web.url("/page"), web.url("/court")) == []


@pytest.mark.parametrize(
    "content", ["0;url=/b", "0; URL='/b'", '1 ; url="/b"', "0;/b", " 0,URL = /b "]
)
def test_page_that_sends_elsewhere_is_followed(check: Checker, content: str) -> None:
    content = content.replace('"', "&quot;")
    with site({"/a": page(f'<meta http-equiv="Refresh" content="{content}">')}) as web:
        assert check.codes(web.url("/a")) == {web.url("/a"): DEAD}
        web.routes["/b"] = Answer()
        assert check.codes(web.url("/a")) == {web.url("/a"): "lien-redirige"}


def test_page_that_renews_itself_is_alive(check: Checker) -> None:
    routes = {
        "/a": page('<meta http-equiv="refresh" content="0">'),
        "/b": page('<meta http-equiv="refresh" content="0;url=/b">'),
        "/c": page('<meta http-equiv="refresh" content="60;url=/absente">'),
    }
    with site(routes) as web:
        assert check(web.url("/a"), web.url("/b"), web.url("/c")) == []


# Local addresses.


def test_local_network_is_not_asked_unless_allowed(check: Checker) -> None:
    with site({"/": Answer(404)}) as web:
        [found] = check(web.url("/"), options=replace(QUICK, allow_private=False))
        assert web.asked == []
    assert found.code == UNVERIFIED
    assert "--allow-private" in found.hint


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "0x7f.1",
        "2130706433",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "127.0.0.1.",
        "0.0.0.0",  # noqa: S104 - asked, not listened on
        "LOCALHOST.",
        "[::]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
        "192.168.0.1",
        "100.64.0.1",
    ],
)
def test_no_spelling_reaches_the_local_network(check: Checker, host: str) -> None:
    with site({"/": Answer(404)}) as web:
        options = replace(QUICK, allow_private=False)
        [found] = check(f"http://{host}:{web.port}/", options=options)
        assert web.asked == []
    assert found.code == UNVERIFIED
    assert "réseau local" in found.message


@pytest.fixture
def one_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if 127.0.0.1 were of the open internet; 127.0.0.2 stays local."""
    from ressourcerie.external import guard

    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")


@pytest.fixture
def directory(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """A directory of names: the addresses of each, or none."""
    names: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in names:
            if name.endswith(".fr"):
                raise socket.gaierror(socket.EAI_NONAME, "unknown")
            return real(host, port, *args, **kwargs)
        kind = socket.SOCK_STREAM
        return [(socket.AF_INET, kind, 6, "", (address, 0)) for address in names[name]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


@pytest.mark.usefixtures("one_is_public")
def test_redirect_to_the_local_network_is_refused(check: Checker) -> None:
    with site({"/": Answer()}, host="127.0.0.2") as printer, site({}) as web:
        web.routes["/a"] = to(printer.url("/"))
        [found] = check(web.url("/a"), options=replace(QUICK, allow_private=False))
        assert web.asked
        assert printer.asked == []
    assert found.code == UNVERIFIED
    assert printer.url("/") in found.message


@pytest.mark.usefixtures("one_is_public")
def test_name_that_changes_its_mind_gains_nothing(
    check: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address checked is the one connected to, and it is looked up once."""
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    asked = []

    def look_up(host: Any, *_: Any, **__: Any) -> Any:
        asked.append(host)
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 0)) for a in found]

    with site({"/": Answer()}, host="127.0.0.2") as printer, site({"/": Answer(404)}) as web:
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        options = replace(QUICK, allow_private=False)
        found = check(web.url("/", "piege.fr"), web.url("/b", "piege.fr"), options=options)
        assert printer.asked == []
    assert [d.code for d in found] == [DEAD, DEAD]
    assert asked == [b"piege.fr"]


@pytest.mark.usefixtures("one_is_public")
def test_local_address_among_public_ones_is_passed_over(
    check: Checker, directory: dict[str, list[str]]
) -> None:
    directory["mixte.fr"] = ["127.0.0.2", "127.0.0.1"]
    with site({"/": Answer()}) as web:
        url = web.url("/", "mixte.fr")
        assert check(url, options=replace(QUICK, allow_private=False)) == []


# A network that does not work must not make links look dead.


@pytest.mark.usefixtures("one_is_public")
def test_unknown_name_is_dead_only_when_the_network_works(
    check: Checker, directory: dict[str, list[str]]
) -> None:
    options = replace(QUICK, allow_private=False)
    lost = "http://disparu.fr/"
    assert check.codes(lost, options=options) == {lost: UNVERIFIED}
    with site({"/": Answer()}) as web:
        assert check.codes(lost, web.url("/"), options=options) == {lost: DEAD}
        # The other page is not asked again so soon: it is, when there is a doubt.
        assert check.codes(lost, web.url("/"), options=options) == {lost: DEAD}
        assert len(web.asked) == 2
    # Nothing answers any more: the fault may be here.
    assert check.codes(lost, web.url("/"), options=options) == {lost: UNVERIFIED}


def test_names_that_cannot_be_looked_up_are_unverified(
    check: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert check.codes("https://exemple.fr/") == {"https://exemple.fr/": UNVERIFIED}


def test_directory_of_names_that_never_answers_is_not_waited_for(
    check: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:

    def hang(*_: Any, **__: Any) -> Any:
        time.sleep(3)
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    start = time.monotonic()
    codes = check.codes("https://exemple.fr/", options=replace(QUICK, timeout=0.3))
    assert codes == {"https://exemple.fr/": UNVERIFIED}
    assert time.monotonic() - start < 2


# Encryption.


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the authority of the tests."""
    context = ssl.create_default_context(cafile=CERTIFICATES / "authority.pem")
    monkeypatch.setattr(transport, "_certificates", lambda: context)


@pytest.mark.usefixtures("authority")
def test_name_is_said_and_certificate_checked_though_the_address_is_pinned(
    check: Checker, directory: dict[str, list[str]]
) -> None:
    directory |= {"site.test": ["127.0.0.1"], "site.test.": ["127.0.0.1"]}
    with site({"/": Answer()}, certificate="good") as web:
        assert check(web.url("/", "SITE.test"), web.url("/", "site.test.")) == []
    assert set(web.names) == {"site.test"}
    assert {a.headers["host"].partition(":")[0] for a in web.asked} == {"site.test", "site.test."}


@pytest.mark.usefixtures("authority")
@pytest.mark.parametrize("certificate", ["self-signed", "expired", "other-host"])
def test_certificate_that_browsers_refuse_is_dead(check: Checker, certificate: str) -> None:
    with site({"/": Answer()}, certificate=certificate) as web:
        [found] = check(web.url("/"))
    assert found.code == DEAD
    assert "certificat" in found.message


@pytest.mark.usefixtures("authority")
def test_certificate_sent_without_its_chain_is_unverified(check: Checker) -> None:
    """Browsers fetch what is missing."""
    with site({"/": Answer()}, certificate="incomplete") as web:
        assert check.codes(web.url("/")) == {web.url("/"): UNVERIFIED}


def test_site_without_encryption_asked_with_it_is_unverified(check: Checker) -> None:
    with site({"/": Answer()}) as web:
        url = web.url("/").replace("http:", "https:")
        assert check.codes(url) == {url: UNVERIFIED}


def test_link_without_scheme_is_asked_both_ways(check: Checker) -> None:
    with site({"/": Answer(), "/p": page("<p id=a>")}) as web:
        for path, code in (("/", None), ("/absent", DEAD), ("/p#b", "ancre-externe-absente")):
            url = web.url(path).replace("http:", "https:")
            codes = check.codes(url, typed=url.removeprefix("https:"))
            assert codes == ({url.removeprefix("https:"): code} if code else {})


# Fragments.


PAGE = """<!doctype html><title>Page</title>
<h2 id="été">É</h2> <a name="ancien">x</a> <p name="non">y</p> <h2 id="a%20b">z</h2>
<h2 id="deux mots">x</h2> <a id=user-content-lisez-moi></a> <svg><g id=dessin /></svg>
<template><p id=cache></template> <!-- <p id=commentaire> -->"""


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "top",
        "TOP",
        "été",
        "%C3%A9t%C3%A9",
        "ancien",
        "a%20b",
        "deux%20mots",
        "dessin",
        ":~:text=mots",
        "été:~:text=mots",
        "/route",
        "!route",
        "t=30",
        "page=2",
        "lisez-moi",
        "L10",
    ],
)
def test_fragment_that_is_there_or_is_for_a_script(check: Checker, fragment: str) -> None:
    with site({"/page": page(PAGE)}) as web:
        assert check(web.url(f"/page#{fragment}")) == []


@pytest.mark.parametrize(
    "fragment", ["absent", "ete", "Été", "non", "cache", "commentaire", "e%CC%81te%CC%81", "%FF"]
)
def test_fragment_that_is_not_there(check: Checker, fragment: str) -> None:
    with site({"/page": page(PAGE)}) as web:
        [found] = check(web.url(f"/page#{fragment}"))
    assert (found.code, found.severity) == ("ancre-externe-absente", Severity.ERROR)
    assert fragment in found.message


def test_page_is_fetched_once_for_all_its_fragments(check: Checker) -> None:
    with site({"/page": page(PAGE)}) as web:
        urls = [web.url(f"/page{end}") for end in ("", "#été", "#ancien", "#absent")]
        assert check.codes(*urls) == {urls[3]: "ancre-externe-absente"}
        assert len(web.asked) == 1


def test_fragment_of_what_is_no_page_says_nothing(check: Checker) -> None:
    with site({"/doc": Answer(headers={"Content-Type": "application/pdf"})}) as web:
        assert check(web.url("/doc#section.3")) == []


def test_fragment_does_not_save_a_dead_page(check: Checker) -> None:
    with site({"/page": Answer(404, HTML, PAGE.encode())}) as web:
        assert check.codes(web.url("/page#ancien")) == {web.url("/page#ancien"): DEAD}


def test_fragment_follows_redirects_as_in_a_browser(check: Checker) -> None:
    routes = {
        "/garde": to("/page"),
        "/choisit": to("/page#ancien"),
        "/meta": page('<meta http-equiv=refresh content="0;url=/page">'),
        "/page": page(PAGE),
    }
    with site(routes) as web:
        urls = [web.url(p) for p in ("/garde#ancien", "/garde#x", "/choisit#x", "/meta#x")]
        assert check.codes(*urls) == {urls[1]: "ancre-externe-absente", urls[3]: "lien-redirige"}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(headers=HTML, body="<p id='été'>".encode()), None),
        (
            Answer(
                headers={"Content-Type": "text/html"}, body=b"\xef\xbb\xbf<p id=\xc3\xa9t\xc3\xa9>"
            ),
            None,
        ),
        (
            Answer(
                headers={"Content-Type": "text/html"},
                body="<meta charset=latin1><p id='été'>".encode("latin1"),
            ),
            None,
        ),
        (
            Answer(
                headers={"Content-Type": "Text/HTML; charset=ISO-8859-1"},
                body="<p id='été'>".encode("latin1"),
            ),
            None,
        ),
        (
            Answer(headers=HTML | {"Content-Encoding": "gzip"}, body=gzip.compress(PAGE.encode())),
            None,
        ),
        # What cannot be read to its end may hold it further on.
        (Answer(headers=HTML | {"Content-Encoding": "br"}, body=b"\x00"), UNVERIFIED),
        (Answer(headers=HTML | {"Content-Encoding": "gzip"}, body=b"pas du gzip"), UNVERIFIED),
        (
            Answer(
                headers=HTML | {"Content-Encoding": "gzip"}, body=gzip.compress(bytes(50_000_000))
            ),
            UNVERIFIED,
        ),
        (Answer(stream=_endless, raw=b""), UNVERIFIED),
        (
            Answer(
                raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n<p>"
            ),
            UNVERIFIED,
        ),
        # Written by its scripts.
        (page("<div id=app></div><script>ecrire()</script>"), UNVERIFIED),
    ],
)
def test_page_is_read_whatever_it_is_written_in(
    check: Checker, answer: Answer, code: str | None
) -> None:
    with site({"/page": answer}) as web:
        url = web.url("/page#été")
        assert check.codes(url) == ({url: code} if code else {})


# Good manners.


def test_each_address_is_asked_once_and_each_link_reported(check: Checker) -> None:
    with site({}) as web:
        url = web.url("/absent")
        places = [Place(path, line, 4) for path in ("a.md", "b.md") for line in (3, 1)]
        links = [Occurrence(url, url, place) for place in places]
        found = check_external(links, QUICK, check.cache)
        assert web.paths() == ["/absent", "/absent"]
    assert [d.place for d in found] == sorted(places)


def test_same_address_written_differently_is_asked_once(check: Checker) -> None:
    with site({"/%C3%A9?a=b": Answer()}) as web:
        port = web.port
        spellings = ["/é?a=b", "/%C3%A9?a=b#", "/x/../é?a=b", "/./é?a=b", "\\é?a=b"]
        urls = [f"HTTP://127.0.0.1:{port}{s}" for s in spellings]
        urls += [f"http://moi:secret@127.0.0.1:{port}/é?a=b", f"  http:/127.1:{port}/\té?a=b "]
        assert check(*urls) == []
        assert web.paths() == ["/%C3%A9?a=b"]
        assert "authorization" not in web.asked[0].headers


def test_browser_spelling_is_what_is_asked(check: Checker) -> None:
    with site({}) as web:
        for typed, asked in (
            ("/css?family=A|B", "/css?family=A|B"),
            ("/a b", "/a%20b"),
            ("/é?q=ü", "/%C3%A9?q=%C3%BC"),
            ("/a%2Fb%zz", "/a%2Fb%zz"),
            ('/"<>`{}', "/%22%3C%3E%60%7B%7D"),
            ("/a/%2e%2E/b/.", "/b/"),
            ("?x='y'", "/?x=%27y%27"),
            ("/\ud800", "/%EF%BF%BD"),
        ):
            web.routes = {asked: Answer()}
            assert check(web.url(typed)) == [], typed


def test_who_asks_is_said(check: Checker) -> None:
    with site({"/": Answer()}) as web:
        check(web.url("/"))
    assert web.asked[0].headers["user-agent"].startswith("ressourcerie/")
    assert "referer" not in web.asked[0].headers


def test_one_host_is_asked_few_things_at_once(check: Checker) -> None:
    routes = {f"/{n}": Answer(delay=0.02) for n in range(30)}
    with site(routes) as web:
        options = replace(QUICK, per_host=2)
        assert check(*(web.url(path) for path in routes), options=options) == []
    assert web.most_at_once <= 2
    assert len(web.asked) == 30


def test_one_host_is_not_asked_too_fast(check: Checker) -> None:
    routes = {f"/{n}": Answer() for n in range(11)}
    with site(routes) as web:
        assert check(*(web.url(path) for path in routes), options=replace(QUICK, rate=40)) == []
    times = [a.at for a in web.asked]
    assert max(times) - min(times) > 0.22


def test_hosts_are_asked_together(check: Checker) -> None:
    webs = [Site({"/": Answer(delay=0.2)}, f"127.0.0.{n}", "") for n in range(1, 11)]
    start = time.monotonic()
    assert check(*(web.url("/") for web in webs), options=replace(QUICK, per_host=1)) == []
    assert time.monotonic() - start < 1.5
    for web in webs:
        web.close()


def test_wait_that_is_asked_for_is_respected(check: Checker) -> None:
    busy = Answer(429, {"Retry-After": "1"})
    with site({"/page": [busy, Answer()], "/autre": Answer()}) as web:
        assert check(web.url("/page")) == []
    first, second = (a.at for a in web.asked)
    assert second - first >= 0.95


def test_long_wait_is_not_waited_for(check: Checker) -> None:
    busy = Answer(429, {"Retry-After": "3600"})
    urls = ["/a", "/b", "/c"]
    with site(dict.fromkeys(urls, busy)) as web:
        start = time.monotonic()
        found = check(*map(web.url, urls), options=replace(QUICK, per_host=1))
        assert time.monotonic() - start < 1
        assert len(web.asked) == 1
    assert [d.code for d in found] == [UNVERIFIED] * 3
    assert all("attendre" in d.message for d in found)


@pytest.mark.parametrize("first", [500, 502, 503, 504, 429])
def test_passing_trouble_is_tried_again(check: Checker, first: int) -> None:
    with site({"/page": [Answer(first), Answer(first), Answer()]}) as web:
        assert check(web.url("/page")) == []


def test_server_that_never_answers_is_asked_no_more(check: Checker) -> None:
    with site({}) as web:
        web.routes = {f"/{n}": Answer(delay=3) for n in range(40)}
        options = replace(QUICK, timeout=0.1, per_host=4)
        found = check(*map(web.url, web.routes), options=options)
        assert len(web.asked) < 20
    assert [d.code for d in found] == [UNVERIFIED] * 40


def test_progress_is_told(check: Checker) -> None:
    told: list[tuple[int, int, str]] = []
    with site({"/a": Answer(), "/b": Answer(404)}) as web:
        links = [Occurrence(web.url(p), "x", Place("a.md")) for p in ("/a", "/b", "/b#c")]
        check_external(links, QUICK, check.cache, lambda *words: told.append(words))
    assert [words[:2] for words in told] == [(1, 2), (2, 2)]
    assert {words[2] for words in told} == {web.url("/a"), web.url("/b")}


# What is remembered.


def test_address_seen_alive_is_not_asked_again_for_a_week(check: Checker) -> None:
    with site({"/page": page(PAGE), "/ancien": to("/page", 301)}) as web:
        urls = [web.url("/page#ancien"), web.url("/ancien")]
        first = check(*urls)
        asked = len(web.asked)
        assert check(*urls, options=replace(QUICK, now=TODAY + timedelta(days=6))) == first
        assert len(web.asked) == asked
        check(*urls, options=replace(QUICK, now=TODAY + timedelta(days=7)))
        assert len(web.asked) > asked


def test_new_fragment_of_a_known_page_is_looked_for(check: Checker) -> None:
    with site({"/page": page(PAGE)}) as web:
        assert check(web.url("/page")) == []
        assert check.codes(web.url("/page#x")) == {web.url("/page#x"): "ancre-externe-absente"}
        assert check(web.url("/page#ancien")) == []
        web.routes["/page"] = page("<p id=x>")
        assert check(web.url("/page#x")) == []


def test_failure_is_asked_again_and_says_since_when(check: Checker) -> None:
    with site({"/page": Answer()}) as web:
        assert check(web.url("/page")) == []
        web.routes["/page"] = Answer(404)
        later = replace(QUICK, now=TODAY + timedelta(days=100))
        [found] = check(web.url("/page"), options=later)
        assert french.day(TODAY) in found.message
        assert "/web/2026*/" in found.hint
        web.routes["/page"] = Answer()
        assert check(web.url("/page"), options=later) == []


def test_oldest_failure_comes_first(check: Checker) -> None:
    with site({"/neuf": Answer(404), "/vieux": Answer(404)}) as web:
        check(web.url("/vieux"))
        later = replace(QUICK, now=TODAY + timedelta(days=1))
        found = check(web.url("/neuf"), web.url("/panne"), web.url("/vieux"), options=later)
    assert [d.link for d in found] == [web.url(p) for p in ("/vieux", "/neuf", "/panne")]
    assert french.day(TODAY) in found[0].message


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"x": 1}', "\x00", "[" * 100_000, '{"http://a/": {}}']
)
def test_damaged_memory_is_ignored(check: Checker, text: str) -> None:
    check.cache.parent.mkdir()
    check.cache.write_text(text)
    with site({"/": Answer()}) as web:
        assert check(web.url("/")) == []
        assert len(web.asked) == 1
    assert list(json.loads(check.cache.read_text("utf-8"))) == [web.url("/")]


def test_memory_written_by_hand_can_do_no_harm(check: Checker) -> None:
    with site({"/": Answer(404)}) as web:
        check.cache.parent.mkdir()
        record = {"verdict": "alive", "end": "answered", "checked": "2099-01-01"}
        for more in (
            {"alive": "2099-01-01"},
            {"alive": "2026-11-20", "private": True},
            {"alive": "2026-11-20", "moved": "javascript:alert(1)"},
            {"alive": "2026-11-20", "landing": "http://h/\u001b[2J"},
        ):
            check.cache.write_text(json.dumps({web.url("/"): record | more}))
            options = replace(QUICK, allow_private=more.get("private") is None)
            [found] = check(web.url("/"), options=options)
            assert found.code in {DEAD, UNVERIFIED}
            assert "javascript" not in found.hint


def test_memory_that_cannot_be_written_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with site({"/": Answer()}) as web:
        assert Checker(tmp_path / "fichier" / "liens.json")(web.url("/")) == []


def test_memory_is_replaced_in_one_go(check: Checker) -> None:
    with site({"/": Answer()}) as web:
        check(web.url("/"))
    assert sorted(f.name for f in check.cache.parent.iterdir()) == ["liens.json", "liens.json.lock"]
