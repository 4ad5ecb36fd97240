"""What a screen reader is told of the running program: names, roles and rows, read from a real accessibility bus."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from console.domain.channels import Owner, OwnerKind
from console.domain.deep_links import link_to
from console.domain.ids import stable_id
from console.wiring.filling import make_sample

READER = Path(__file__).parents[1] / "peers" / "screen_reader.py"
DEBIAN_PYTHON, LAUNCHER = "/usr/bin/python3", "/usr/libexec/at-spi-bus-launcher"
ARIANA = Owner(OwnerKind.CUSTOMER, stable_id("customer", "ariana@northpeak.io"))
FIELDS = ("Answer to the customer", "Search this activity")
PALETTE = "Search or do"
# A class or an attribute, a private name, a placeholder of a text, a value of Python: none is a word for a teammate.
INTERNAL = re.compile(r"^Q[A-Z]\w+$|\b[a-z]+_[a-z_]+\b|^[A-Z][a-z]+[A-Z]\w*$|%\d|\{\w*\}|\bNone\b|<\w+ object|qt_")
# What may have the keyboard, by the role that a screen reader announces.
ROLES = {
    "push button",
    "check box",
    "radio button",
    "toggle button",
    "text",
    "table",
    "table cell",
    "combo box",
    "list",
}
# A place that scrolls and can be scrolled by keys is a filler to Qt.
ROLES |= {
    "filler",
    "list item",
    "menu item",
    "label",
    "slider",
    "spin button",
    "tree",
    "tree item",
    "page tab",
    "document text",
}


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that a screen reader can go to."""

    depth: int
    role: str
    name: str
    is_focusable: bool
    is_shown: bool
    acts: list[str]


def _lacking() -> str | None:
    programs = [
        name for name in ("Xvfb", "dbus-daemon", "xdotool", DEBIAN_PYTHON, LAUNCHER) if shutil.which(name) is None
    ]
    if (
        not programs
        and subprocess.run([DEBIAN_PYTHON, "-c", "import pyatspi"], check=False, capture_output=True).returncode
    ):
        programs = ["pyatspi"]
    return (
        f"needs {', '.join(programs)}: apt-get install xvfb xdotool dbus at-spi2-core python3-pyatspi"
        if programs
        else None
    )


pytestmark = pytest.mark.skipif(_lacking() is not None, reason=_lacking() or "")


@contextmanager
def _running(command: list[str], environment: dict[str, str], **more: Any) -> Iterator[subprocess.Popen[str]]:
    """A process for the length of the block."""
    process = subprocess.Popen(command, env=environment, text=True, **more)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def _desk(home: Path) -> Iterator[dict[str, str]]:
    """A screen, a message bus and an accessibility bus of our own; gives the environment of programs there."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DBUS_", "WAYLAND_"))
    }
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    for name in ("XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        (home / name).mkdir(mode=0o700)
        environment[name] = str(home / name)
    silent = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with ExitStack() as stack:
        screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1100x24", "-nolisten", "tcp"]
        environment["DISPLAY"] = ":" + _first_line(stack.enter_context(_running(screen, environment, **silent)))
        bus = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        environment["DBUS_SESSION_BUS_ADDRESS"] = _first_line(stack.enter_context(_running(bus, environment, **silent)))
        stack.enter_context(_running([LAUNCHER, "--launch-immediately"], environment, **silent))
        yield environment | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line, "it did not start"
    return line


@pytest.fixture(scope="module")
def read() -> Iterator[dict[str, list[Node]]]:
    """What is told of the two windows, and with the palette above one of them; the program says nothing meanwhile."""
    # A socket's path has to be short, so it is not pytest's folder.
    with tempfile.TemporaryDirectory(prefix="console-") as folder:
        home = Path(folder)
        (home / "passphrase").write_text("open sesame\n", encoding="utf-8")
        make_sample(home / "workspace", "open sesame")
        command = [sys.executable, "-m", "console", "--workspace", str(home / "workspace")]
        command += ["--passphrase-file", str(home / "passphrase"), "--open", link_to(ARIANA)]
        with (
            _desk(home) as environment,
            (home / "said").open("w") as said,
            _running(command, environment, stdout=said, stderr=said),
        ):
            found = {"windows": _nodes(environment, *FIELDS)}
            _press(environment, "ctrl+k")
            found["palette"] = _nodes(environment, PALETTE)
        words = (home / "said").read_text("utf-8")
        # WORKAROUND(Qt 6.11): its accessibility says so whenever a reader connects.
        lines = [line for line in words.splitlines() if "GetApplicationBusAddress" not in line]
        assert lines == []
        yield found


def _press(environment: dict[str, str], keys: str) -> None:
    # Without a window manager nobody else gives a window the keyboard.
    window = ["search", "--onlyvisible", "--name", "^Support Console$", "windowfocus", "--sync"]
    subprocess.run(["xdotool", *window, "key", keys], env=environment, check=True, capture_output=True, timeout=20)


def _nodes(environment: dict[str, str], *wanted: str) -> list[Node]:
    done = subprocess.run(
        [DEBIAN_PYTHON, READER, *wanted], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [Node(*one) for one in json.loads(done.stdout)]


@pytest.mark.parametrize("place", ["windows", "palette"])
def test_whatever_takes_the_keyboard_has_a_name_and_a_role(read: dict[str, list[Node]], place: str) -> None:
    taking = [node for node in read[place] if node.is_focusable and node.is_shown]
    assert len(taking) > 60
    assert [node for node in taking if not node.name.strip()] == []
    assert [node for node in taking if node.role not in ROLES] == []


@pytest.mark.parametrize("place", ["windows", "palette"])
def test_no_name_is_a_word_of_the_program_itself(read: dict[str, list[Node]], place: str) -> None:
    # What customers wrote and sources named may look like anything; what can be pressed or filled is ours.
    ours = [node for node in read[place] if node.role in {"push button", "check box", "radio button", "text", "table"}]
    assert [node.name for node in ours if INTERNAL.search(node.name)] == []


def test_the_windows_say_whose_they_are(read: dict[str, list[Node]]) -> None:
    frames = {node.name for node in read["windows"] if node.depth == 0}
    assert frames == {"Support Console", "Ariana Delacroix"}


def test_buttons_fields_and_lists_are_what_they_are_called(read: dict[str, list[Node]]) -> None:
    role_by_name = {(node.role, node.name) for node in read["windows"] if node.is_shown}
    expected = {
        ("radio button", "Inbox"),
        ("radio button", "Customers"),
        ("push button", "Search"),
        ("table", "Conversations"),
        ("text", "Answer to the customer"),
        ("table", "Activity"),
        ("text", "Search this activity"),
        ("push button", "Message"),
    }
    assert expected - role_by_name == set()
    acts_by_name = {node.name: node.acts for node in read["windows"] if node.role == "push button" and node.is_shown}
    assert "Press" in acts_by_name["Message"]
    assert "Press" in acts_by_name["Queue"]


@pytest.mark.parametrize("place", ["windows", "palette"])
def test_whatever_is_called_a_button_can_be_pressed_by_a_screen_reader(read: dict[str, list[Node]], place: str) -> None:
    roles = {"push button", "check box", "radio button"}
    buttons = [node for node in read[place] if node.role in roles and node.is_shown and node.is_focusable]
    assert len(buttons) > 20
    assert [node for node in buttons if not {"Press", "ShowMenu", "Toggle"} & set(node.acts)] == []


def test_rows_read_as_who_what_where_and_when(read: dict[str, list[Node]]) -> None:
    rows = [node.name for node in read["windows"] if node.role == "table cell" and node.is_shown]
    assert any(
        row.startswith("Ariana Delacroix, Northpeak Analytics, CSV export drops custom fields, E-mail") for row in rows
    )
    assert [row for row in rows if not row.strip() or "\n" in row] == []


def test_the_palette_is_a_field_and_a_list_whose_rows_say_their_keys(read: dict[str, list[Node]]) -> None:
    new = {(one.role, one.name) for one in read["palette"] if one.is_shown}
    new -= {(one.role, one.name) for one in read["windows"]}
    assert ("text", PALETTE) in new
    assert ("list", "Results") in new
    assert ("list item", "Next conversation. J") in new
