"""Where a customer is: which addresses count."""

from __future__ import annotations

import pytest

from console.domain.places import is_public


@pytest.mark.parametrize("ip", ["10.0.0.1", "192.168.1.1", "172.16.4.4", "127.0.0.1", "198.51.100.7", "100.64.0.1", "fe80::1", "fd00::1", "::1", "2001:db8::1", "", "x"])  # fmt: skip
def test_private_reserved_and_example_addresses_are_no_place(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["81.2.69.142", "2001:4860:4860::8888", " 8.8.8.8 "])
def test_an_address_of_the_internet_is_one(ip: str) -> None:
    assert is_public(ip)
