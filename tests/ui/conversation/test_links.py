"""Only four kinds of links are followed, and each says where it leads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from console.ui.conversation import links

SCHEMES = ("http", "https", "mailto", "tel", "file", "ftp")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "x-custom:go",
        "\\\\server\\share", "//server/share", "ftp://example.com/x", "http:", "https://", "/etc/passwd", "about:blank",
        "ms-settings:x", "mailto:", "qrc:/x", "cid:x", "\u2028javascript:alert(1)", " javascript:alert(1)",
    ],
)  # fmt: skip
def test_no_other_link_is_opened(address: str, opened: list[str]) -> None:
    assert not links.open_link(QUrl(address))
    assert opened == []


@pytest.mark.parametrize("address", ["https://example.com/a", "http://example.com", "mailto:a@example.com", "tel:+331"])
def test_links_to_web_mail_and_telephone_are_handed_to_the_desktop(address: str, opened: list[str]) -> None:
    assert links.open_link(QUrl(address))
    assert opened == [address]


def test_the_tool_tip_names_the_host_in_the_letters_of_the_network() -> None:
    assert links.where(QUrl("https://аpple.com/login")).startswith("xn--pple-43d.com\n")
    assert "look like others" in links.where(QUrl("https://аpple.com/login"))
    assert links.where(QUrl("https://bank.com@evil.example/x")).startswith("evil.example\n")
    assert "not the place" in links.where(QUrl("https://bank.com@evil.example/x"))
    assert links.where(QUrl("https://example.com/a")) == "example.com\nhttps://example.com/a"


def test_addresses_in_plain_text_are_links_and_markup_stays_text() -> None:
    linked = links.linked('See https://example.com/a?b=1&c=2, <b onclick="x">now</b>.\nNext')

    assert '<a href="https://example.com/a?b=1&amp;c=2">https://example.com/a?b=1&amp;c=2</a>,' in linked
    assert "&lt;b onclick=" in linked
    assert linked.endswith("<br>Next")


class Desktop(QObject):
    """Takes what the desktop is asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.asked.append(url.toString())


@pytest.fixture
def opened(qapp: object) -> Iterator[list[str]]:
    """What the desktop was asked to open."""
    desktop = Desktop()
    for scheme in SCHEMES:
        QDesktopServices.setUrlHandler(scheme, desktop, "take")  # pyright: ignore[reportArgumentType]  # PySide takes no bytes here
    yield desktop.asked
    for scheme in SCHEMES:
        QDesktopServices.unsetUrlHandler(scheme)
