"""Whose request it is that is counted: the nearest proxy that is trusted says so, and nobody else."""

from types import SimpleNamespace

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def address(monkeypatch):
    """The address under which a request is counted, so many proxies being trusted."""
    from rongji.public import limits

    def told(forwarded: str, *, proxies: int, peer: str = "10.0.0.1") -> str:
        options = SimpleNamespace(trusted_proxies=proxies)
        monkeypatch.setattr(limits, "settings", SimpleNamespace(RONGJI_PUBLIC=options))
        return limits.address_of(SimpleNamespace(META={"HTTP_X_FORWARDED_FOR": forwarded, "REMOTE_ADDR": peer}))

    return told


@pytest.mark.parametrize(
    ("forwarded", "proxies", "counted"),
    [
        ("203.0.113.7", 0, "10.0.0.1"),  # nobody is trusted
        ("198.51.100.1, 203.0.113.7", 1, "203.0.113.7"),  # what comes before, anybody may have written
        ("198.51.100.1, 203.0.113.7, 10.0.0.2", 2, "203.0.113.7"),
        ("203.0.113.7", 2, "203.0.113.7"),
        ("", 1, "10.0.0.1"),
        ("203.0.113.7:50123", 1, "203.0.113.7"),  # another port with every connection
        ("[2001:db8:1:2::7]:50123", 1, "2001:0db8:0001:0002"),
        ("2001:db8:1:2:ffff::7", 1, "2001:0db8:0001:0002"),  # who has one of a network has all of it
        ("::ffff:203.0.113.7", 1, "203.0.113.7"),  # else all would be one
        ("unknown", 1, "unknown"),
    ],
)
def test_an_address_is_the_senders_own(address, forwarded, proxies, counted):
    assert address(forwarded, proxies=proxies) == counted
