"""Logs say what broke and where, never what a customer wrote."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from console.system import logs


def test_a_thread_that_breaks_says_which_error_and_where_and_not_what_it_says(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    logs.note_broken_threads()
    thread = threading.Thread(target=_break)
    thread.start()
    thread.join()

    assert "a thread ended by ValueError at test_logs.py:" in caplog.text
    assert "Dear team" not in caplog.text


def _break() -> None:
    raise ValueError("Dear team, my password is")


def test_addresses_and_secrets_are_struck_out_and_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        logs.write_to(tmp_path / "logs", "trial")
        logging.getLogger("trial").warning("ada@example.com says token=abc123")
    finally:
        for one in root.handlers:
            one.close()
        root.handlers[:] = handlers
        root.setLevel(level)

    written = (tmp_path / "logs" / "trial.log").read_text(encoding="utf-8")
    assert "***@***" in written
    assert "abc123" not in written
    assert (tmp_path / "logs" / "trial.log").stat().st_mode & 0o077 == 0
