"""Which address may be talked to: what a learner logged in to, and nothing less safe that it names."""

from __future__ import annotations

import pytest

from exporters.anki.exchange.addresses import checked_address, sent_on
from srs.errors import SrsError, UsageError

HTTPS, HTTP = "https://sync.example.org/", "http://sync.example.org:8080/"


@pytest.mark.parametrize("address", ["https://a.org", "http://localhost:1", "http://127.0.0.1:1", "http://[::1]:27701"])
def test_an_address_is_https_or_here(address: str) -> None:
    assert checked_address(address, insecure=False) == f"{address}/"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a.org",
        "ftp://a.org",
        "https://",
        "https://a b/",
        f"https://{'a' * 300}/",
        "https://a:x/",
        "https://[a",
        "//a",
    ],
)
def test_what_is_no_address_is_wrong_usage(address: str) -> None:
    with pytest.raises(UsageError, match="--server takes an address"):
        checked_address(address, insecure=True)
    with pytest.raises(SrsError, match="no address"):
        sent_on(HTTPS, address)


@pytest.mark.parametrize(
    "address", ["http://a.org", "http://127.0.0.1.a.org", "http://localhost@a.org", "HTTP://A.org"]
)
def test_http_beyond_this_computer_has_to_be_wanted(address: str) -> None:
    with pytest.raises(SrsError, match="--insecure"):
        checked_address(address, insecure=False)
    assert checked_address(address, insecure=True) == f"{address}/"


@pytest.mark.parametrize(
    ("server", "address"),
    [
        (HTTPS, HTTPS),
        (HTTPS, "https://SYNC.example.org:8443/anki/"),
        (HTTP, "http://sync.example.org:9/"),
        (HTTP, HTTPS),
    ],
)
def test_a_server_may_send_on_to_what_is_as_safe_on_its_own_host(server: str, address: str) -> None:
    assert sent_on(server, address) == address


@pytest.mark.parametrize(
    ("server", "address"),
    [
        (HTTPS, HTTP),
        (HTTPS, "https://evil.example.org/"),
        (HTTPS, "https://sync.example.org@evil.org/"),
        (HTTPS, "http://127.0.0.1:631/"),
        (HTTP, "http://127.0.0.1:631/"),
        ("http://127.0.0.1:27701/", "http://10.0.0.1/"),
        (HTTPS, "https://evil.org/;touch$IFS/tmp/owned"),
    ],
)
def test_no_server_sends_on_elsewhere_or_into_the_clear(server: str, address: str) -> None:
    with pytest.raises(SrsError, match=r"sends on to .*, to which you did not log in"):
        sent_on(server, address)


def test_the_command_that_is_told_is_one_for_a_shell() -> None:
    with pytest.raises(SrsError) as told:
        sent_on(HTTPS, "https://evil.org/;touch$IFS/tmp/owned")
    assert "`srs login USER --server 'https://evil.org/;touch$IFS/tmp/owned'`" in str(told.value)
