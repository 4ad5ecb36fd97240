"""The window put together: its doorway, its session, and the sync process beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from console.store.workspace import Workspace
    from console.ui.session import Session
    from console.ui.start.doorway import Doorway, Unlock


_SETTLE_MS = 500


class NoDisplay(OSError):
    """There is nowhere to show a window."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open workspace with the key that the sync process needs as well."""

    workspace: Workspace
    key: bytes = field(repr=False)


def start(options: argparse.Namespace) -> int:
    """Show the window until it is closed; gives the exit code."""
    if _has_no_display():
        raise NoDisplay(
            "There is no display here. Use the commands (support-console --help), or “support-console tour DIR” for pictures"
        )
    from console.ui import app

    passphrase = None
    if options.passphrase_file:
        _keep_private()
        from console.wiring import opening

        passphrase = opening.read_passphrase(options.passphrase_file)
    folder: Path = options.workspace
    doorway = doorway_of(folder, passphrase, starts_with_sample=options.sample)
    # After the first frame, and before any secret is asked for or read.
    return app.run(doorway, sys.argv[:1], begun=_keep_private, link=options.link)


def doorway_of(folder: Path, passphrase: str | None = None, *, starts_with_sample: bool = False) -> Doorway:
    """How the window comes to a workspace; what is slow is imported when it is needed, after the first frame."""
    from console.ui.start.doorway import Doorway

    return Doorway(
        folder=folder,
        exists=lambda: (folder / "workspace.json").exists() or (folder / "workspace.db").exists(),
        has_passphrase=lambda: passphrase is None and _has_passphrase(folder),
        make=lambda chosen: _made(folder, chosen or passphrase, is_sample=False),
        make_sample=lambda chosen: _made(folder, chosen or passphrase, is_sample=True),
        unlock=lambda unlock: _unlocked(folder, unlock, passphrase),
        session=lambda opened: session_of(opened),
        starts_with_sample=starts_with_sample,
    )


def session_of(opened: Opened) -> Session:
    """The session of an open workspace, with its sync process started."""
    from PySide6.QtCore import QCoreApplication, QTimer

    from console.system import clock
    from console.ui.session import Session
    from console.ui.sync_process import SyncProcess
    from console.wiring import opening
    from console.wiring.services import services_of

    workspace = opened.workspace
    process = SyncProcess(workspace.folder, opened.key)
    name = opening.teammate_name(workspace.journal.settings())
    session = Session(workspace, name, now=clock.now, services=services_of(workspace, opened.key, process.poke))
    process.setParent(session)
    process.progressed.connect(session.progressed)
    application = QCoreApplication.instance()
    if application is not None:
        application.aboutToQuit.connect(process.stop)
    session.closing.connect(process.stop)
    # The first page of the inbox is read and painted before another process wants the machine.
    QTimer.singleShot(_SETTLE_MS, process, process.start)
    return session


def _made(folder: Path, passphrase: str | None, *, is_sample: bool) -> str:
    from console.wiring import asked

    return asked.make(folder, passphrase, is_sample=is_sample)


def _keep_private() -> None:
    from console.system import hardening

    hardening.keep_memory_private()


def _has_passphrase(folder: Path) -> bool:
    from console.system import keys

    known = keys.read_key_file(folder)
    return known is not None and known.wrap is not None


def _unlocked(folder: Path, unlock: Unlock, passphrase: str | None) -> Opened:
    from console.store.errors import NewerFile, StoreError, WrongKey
    from console.store.workspace import Role, Workspace
    from console.system import logs
    from console.wiring import asked, opening

    key = (
        opening.recover(folder, unlock.recovery_code, unlock.passphrase)
        if unlock.recovery_code
        else opening.key_for(folder, unlock.passphrase or passphrase)
    )
    logs.write_to(folder / "logs", "window")
    try:
        return Opened(Workspace(folder, key, Role.WINDOW), key)
    except (NewerFile, WrongKey):
        raise
    except StoreError:
        asked.bring_up_to_date(folder, key)
        return Opened(Workspace(folder, key, Role.WINDOW), key)


def _has_no_display() -> bool:
    names: Mapping[str, str] = os.environ
    return sys.platform == "linux" and not any(
        names.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )
