"""Addresses as browsers read them, and those that may be connected to."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressourcerie.external.address import ForeignError, MalformedError, follow, read
from ressourcerie.external.guard import is_public
from ressourcerie.external.manners import retry_after

BASE = read("https://site.fr/a/b?c")[0]


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("HTTP://Site.FR", "http://site.fr/"),
        ("https://site.fr:443/", "https://site.fr/"),
        ("http://site.fr:443/", "http://site.fr:443/"),
        ("http://site.fr:/", "http://site.fr/"),
        ("http://élan.fr/", "http://xn--lan-9la.fr/"),
        ("http://ÉLAN。fr/", "http://xn--lan-9la.fr/"),
        ("http://a_b.fr/", "http://a_b.fr/"),
        ("http://💩.la/", "http://xn--ls8h.la/"),
        ("http://%C3%A9lan.fr/", "http://xn--lan-9la.fr/"),
        ("http://moi:mot@site.fr/@b", "http://site.fr/@b"),
        ("http:\\\\site.fr\\a", "http://site.fr/a"),
        ("  http://site.fr/a\n b ", "http://site.fr/a%20b"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[0:0::1]:80/", "http://[::1]/"),
        ("http://site.fr./", "http://site.fr./"),
        ("http://site.fr?q#f", "http://site.fr/?q"),
        ("http://site.fr/a/./b/../c/%2E%2e/d/..", "http://site.fr/a/"),
    ],
)
def test_address_is_read_as_browsers_do(typed: str, url: str) -> None:
    address, _ = read(typed)
    assert address.url == url
    assert read(url)[0] == address


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("x", "https://site.fr/a/x"),
        ("../x?y#z", "https://site.fr/x?y"),
        ("/x", "https://site.fr/x"),
        ("//autre.fr/x", "https://autre.fr/x"),
        ("\\\\autre.fr\\x", "https://autre.fr/x"),
        ("?d", "https://site.fr/a/b?d"),
        ("#d", "https://site.fr/a/b?c"),
        ("", "https://site.fr/a/b?c"),
        ("http://autre.fr", "http://autre.fr/"),
        ("https:x", "https://site.fr/a/x"),
    ],
)
def test_location_is_followed_as_browsers_do(location: str, url: str) -> None:
    assert follow(BASE, location)[0].url == url


@given(st.text() | st.text("htps:/\\.@[]%#?é1x \t", max_size=30).map("http://".__add__))
def test_no_address_is_too_odd(text: str) -> None:
    for reader in (read, lambda typed: follow(BASE, typed)):
        with contextlib.suppress(MalformedError, ForeignError):
            address, _ = reader(text)
            assert address.url.isascii()
            assert address.url.isprintable()
            assert " " not in address.url
            assert read(address.url) == (address, "")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.1"),  # noqa: S104 - refused, not listened on
        *("198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00::1"),
        *("ff02::1", "fec0::1", "2001:db8::1", "::ffff:10.0.0.1", "::ffff:7f00:1", "::10.0.0.1"),
        *("64:ff9b::10.0.0.1", "64:ff9b:1::1", "2002:a00:1::", "2002:7f00:1::", "100::1"),
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)
def test_address_of_a_local_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::1.1.1.1", "::ffff:1.1.1.1"]
)
def test_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("-5", 0),
        ("Sat, 21 Nov 2026 12:01:00 GMT", 60),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0),
        ("bientôt", 0),
        ("9" * 5000, 999_999_999),
        ("Sat, 99 Nov 99999 99:99:99 GMT", 0),
        ("", 0),
    ],
)
def test_wait_asked_for_is_understood(value: str, seconds: float) -> None:
    assert retry_after(value, datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp()) == seconds
