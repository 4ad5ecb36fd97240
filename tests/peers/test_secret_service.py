"""The keyring of a test is a real one, in each of the three states a teammate's may be in."""

from __future__ import annotations

import sys

import pytest
from tests.peers.secret_service import lacking, run_with_keyring

pytestmark = [pytest.mark.peer, pytest.mark.skipif(lacking() is not None, reason=lacking() or "")]

STORE_AND_READ = """
import keyring
try:
    keyring.set_password("support-console-peer", "somebody", "a secret ø")
    print(type(keyring.get_keyring()).__module__, keyring.get_password("support-console-peer", "somebody"))
except keyring.errors.KeyringError as error:
    print(type(error).__name__)
"""
PROGRAM = [sys.executable, "-X", "utf8", "-c", STORE_AND_READ]


def test_an_unlocked_keyring_keeps_a_secret() -> None:
    result = run_with_keyring(PROGRAM, state="unlocked")

    assert result.stdout.strip() == "keyring.backends.SecretService a secret ø", result.stderr


def test_a_locked_keyring_refuses_at_once() -> None:
    result = run_with_keyring(PROGRAM, state="locked")

    assert result.stdout.strip() in {"KeyringLocked", "PasswordSetError", "InitError"}, result.stderr


def test_without_a_bus_there_is_no_keyring() -> None:
    result = run_with_keyring(PROGRAM, state="absent")

    assert result.stdout.strip() == "NoKeyringError", result.stderr


def test_the_commands_exit_code_comes_back() -> None:
    result = run_with_keyring([sys.executable, "-c", "raise SystemExit(7)"], state="unlocked")

    assert result.returncode == 7
