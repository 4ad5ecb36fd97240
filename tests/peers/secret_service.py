"""A real Secret Service (gnome-keyring on a D-Bus of its own) around a command, without touching the person's keyring.

    python3 tests/peers/secret_service.py unlocked|locked|absent COMMAND…

Standard library only: `.ci/run` starts the whole test suite through it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

State = Literal["unlocked", "locked", "absent"]
NEEDED = ("dbus-run-session", "dbus-send", "gnome-keyring-daemon")
WAIT_SECONDS = 10.0
# Under dbus-run-session this file runs itself a second time, with this word in front.
INSIDE = "--inside"

_NAME = "org.freedesktop.secrets"
_SERVICE = "/org/freedesktop/secrets"
_LOGIN = "/org/freedesktop/secrets/collection/login"


def lacking() -> str | None:
    """Why no Secret Service can be started here, as a sentence; None when one can."""
    absent = [program for program in NEEDED if shutil.which(program) is None]
    return f"needs {', '.join(absent)}: apt-get install gnome-keyring dbus dbus-bin" if absent else None


def run_with_keyring(
    command: Sequence[str | Path], *, state: State, environment: Mapping[str, str] | None = None, capture: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a command where the keyring is unlocked, locked, or where there is none, not even a D-Bus.

    Every XDG folder of the command is fresh and removed afterwards; HOME stays.
    """
    words = [str(word) for word in command]
    if state != "absent":
        words = ["dbus-run-session", "--", sys.executable, str(Path(__file__).resolve()), INSIDE, state, *words]
    with tempfile.TemporaryDirectory(prefix="keyring-") as folder:
        return subprocess.run(
            words,
            env=_fresh_environment(Path(folder), os.environ if environment is None else environment),
            capture_output=capture,
            text=True,
            check=False,
        )


def _fresh_environment(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    fresh = {name: value for name, value in environment.items() if name not in {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY"}}
    for name in ("XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        (folder / name).mkdir(mode=0o700)
        fresh[name] = str(folder / name)
    return fresh


def _inside(state: str, command: Sequence[str]) -> int:
    """The second run, on the new D-Bus: start the keyring, bring it into its state, run the command, end it."""
    with _keyring():
        if state == "locked":
            _send(_NAME, _SERVICE, "org.freedesktop.Secret.Service.Lock", f"array:objpath:{_LOGIN}")
        return subprocess.run(command, check=False).returncode


@contextmanager
def _keyring() -> Iterator[None]:
    """An unlocked keyring with its "login" collection made, for the length of the block."""
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        if daemon.stdin is not None:
            daemon.stdin.write(b"test-only")
            daemon.stdin.close()
        deadline = time.monotonic() + WAIT_SECONDS
        while not _is_unlocked():
            if time.monotonic() > deadline or daemon.poll() is not None:
                raise SystemExit("gnome-keyring did not start")
            time.sleep(0.05)
        yield
    finally:
        daemon.terminate()
        daemon.wait()


def _is_unlocked() -> bool:
    # First whether it is there at all: asking an absent one would make D-Bus start a second, locked keyring.
    if "boolean true" not in _send("org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", f"string:{_NAME}"):
        return False
    question = ["string:org.freedesktop.Secret.Collection", "string:Locked"]
    return "boolean false" in _send(_NAME, _LOGIN, "org.freedesktop.DBus.Properties.Get", *question)


def _send(destination: str, path: str, method: str, *arguments: str) -> str:
    command = ["dbus-send", "--session", "--print-reply", f"--dest={destination}", path, method, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] == [INSIDE]:
        return _inside(arguments[1], arguments[2:])
    states = get_args(State)
    if len(arguments) < 2 or arguments[0] not in states:
        print(__doc__, file=sys.stderr)
        return 2
    state: State = states[states.index(arguments[0])]
    return run_with_keyring(arguments[1:], state=state, capture=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
