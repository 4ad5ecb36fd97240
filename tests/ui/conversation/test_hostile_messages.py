"""Whatever a message holds: nothing is fetched, no file is opened, and it shows in time."""

from __future__ import annotations

import ctypes
import http.server
import os
import struct
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot
from tests.ui.rich import PIXEL

from console.ui.conversation import pictures
from console.ui.conversation.message_text import MessageText

IN_OPEN, IN_ACCESS, IN_NONBLOCK = 0x20, 0x1, 0o4000


class Trap:
    """A server on this machine that counts who comes."""

    def __init__(self) -> None:
        hits = self.hits = []

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hits.append(self.path)
                self.send_error(404)

            def log_message(self, format: str, *args: object) -> None:  # the name of the base class
                """Nothing: the test looks at the hits."""

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Watch:
    """Tells whether any file in a folder was opened, by the kernel's own account."""

    def __init__(self, folder: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._handle = self._libc.inotify_init1(IN_NONBLOCK)
        self._libc.inotify_add_watch(self._handle, os.fsencode(folder), IN_OPEN | IN_ACCESS)

    def opened(self) -> list[str]:
        """The names of files opened since the last call."""
        try:
            read = os.read(self._handle, 65536)
        except BlockingIOError:
            return []
        names, at = [], 0
        while at < len(read):
            (length,) = struct.unpack_from("I", read, at + 12)
            names.append(read[at + 16 : at + 16 + length].rstrip(b"\0").decode())
            at += 16 + length
        return [name for name in names if name]

    def close(self) -> None:
        os.close(self._handle)


@pytest.fixture
def trap() -> Iterator[Trap]:
    made = Trap()
    yield made
    made.close()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    (tmp_path / "canary.png").write_bytes(PIXEL)
    (tmp_path / "canary.css").write_text("p { color: red }")
    made = Watch(tmp_path)
    yield made
    made.close()


def test_the_watch_sees_a_file_that_is_opened(tmp_path: Path, watch: Watch) -> None:
    assert not watch.opened()
    (tmp_path / "canary.png").read_bytes()
    assert "canary.png" in watch.opened()


def test_hostile_html_opens_no_file_and_no_connection(qtbot: QtBot, tmp_path: Path, trap: Trap, watch: Watch) -> None:
    file, name = (tmp_path / "canary.png"), "canary.png"
    sources = [
        file.as_uri(), str(file), f"file:{file}", f"//localhost{file}", f"qrc:{file}", f"{trap.address}/a.png",
        f"{trap.address[5:]}/b.png", "data:image/png;base64,AAAA", f"cid:../{name}", f"cid:{file}", ":/canary.png", name,
        "\\\\server\\share\\x.png", "",
    ]  # fmt: skip
    parts = [f'<img src="{source}"><table background="{source}"><tr><td>x</td></tr></table>' for source in sources]
    parts += [
        f'<link rel="stylesheet" href="{file.with_suffix(".css").as_uri()}">',
        f'<body background="{file.as_uri()}">',
    ]
    parts += [f'<style>@import url("{trap.address}/c.css"); p {{ background: url({file.as_uri()}) }}</style>']
    parts += [f'<script src="{trap.address}/d.js"></script><iframe src="{file.as_uri()}"></iframe>']
    parts += [
        f'<p style="background-image: url({file.as_uri()})">x</p><ul style="list-style-image:url({file})"><li>a</ul>'
    ]
    parts.insert(0, "<p>begin</p>")
    text = MessageText()
    qtbot.addWidget(text)
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        text.show_rich("".join(parts), lambda content_id: None)
        text.resize(500, 500)
        text.show()
        text.grab()
        text.refresh()
        text.grab()
        qtbot.wait(50)
    finally:
        os.chdir(before)

    assert watch.opened() == []
    assert trap.hits == []
    assert "begin" in text.toPlainText()


def test_qts_own_browser_would_have_opened_the_file(qtbot: QtBot, tmp_path: Path, watch: Watch) -> None:
    """So the test above can fail."""
    browser = QTextBrowser()
    qtbot.addWidget(browser)
    browser.setHtml(f'<img src="{(tmp_path / "canary.png").as_uri()}">')
    browser.grab()

    assert "canary.png" in watch.opened()


def test_a_text_has_no_source_to_go_to(qtbot: QtBot, tmp_path: Path, watch: Watch) -> None:
    text = MessageText()
    qtbot.addWidget(text)
    text.setSource(QUrl.fromLocalFile(str(tmp_path / "canary.png")))

    assert watch.opened() == []
    assert text.toPlainText() == ""


def test_a_picture_with_a_content_id_is_shown_from_the_message_itself(qtbot: QtBot) -> None:
    asked: list[str] = []

    def image_of(content_id: str) -> bytes:
        asked.append(content_id)
        return PIXEL

    text = MessageText()
    qtbot.addWidget(text)
    text.show_rich('<img src="cid:logo@x">', image_of)

    shown = text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("cid:logo@x"))
    assert isinstance(shown, QImage)
    assert "logo@x" in asked


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_picture_is_not_shown(content: bytes) -> None:
    assert pictures.picture(content) is None


def test_a_huge_picture_is_refused_before_it_is_decoded() -> None:
    header = struct.pack(">II5B", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    assert pictures.picture(bomb + b"\0" * 100) is None


def test_a_wide_picture_is_made_as_wide_as_a_message() -> None:
    image = QImage(2000, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportArgumentType, reportCallIssue]  # PySide takes text here

    shown = pictures.picture(bytes(content.data()))
    assert shown is not None
    assert (shown.width(), shown.height()) == (pictures.WIDEST, 104)
