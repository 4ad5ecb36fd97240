"""Keys: never a new one over files that are there, a clear word in every state of the keyring, and the recovery code opens (P17, P18)."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.peers.secret_service import State, lacking, run_with_keyring

from console.store.errors import StoreError, WrongKey
from console.store.workspace import Role, Workspace
from console.system import keys
from console.wiring import opening

ROOT = Path(__file__).parent.parent.parent
PEER = [pytest.mark.peer, pytest.mark.skipif(lacking() is not None, reason=lacking() or "")]

# Says what happened in one word, so that nothing of a key is ever printed.
MAKE = "made = opening.make(folder); pathlib.Path(sys.argv[2]).write_text(made.recovery_code); print('made')"
OPEN = "Workspace(folder, opening.key_for(folder), Role.SCRIPT).close(); print('open')"
RECOVER = "Workspace(folder, opening.recover(folder, pathlib.Path(sys.argv[2]).read_text()), Role.SCRIPT).close(); print('open')"
PROGRAM = """
import pathlib, sys
from console.store.workspace import Role, Workspace
from console.system import keys
from console.wiring import opening
folder = pathlib.Path(sys.argv[1])
for act in sys.argv[3:]:
    try:
        exec(act)
    except keys.KeyTrouble as trouble:
        print(type(trouble).__name__)
"""


def in_state(state: State, folder: Path, *acts: str) -> list[str]:
    """Do some acts one after the other in a process of their own, with the keyring in a state; gives a word for each."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    code = folder.parent / "code"
    found = run_with_keyring([sys.executable, "-c", PROGRAM, folder, code, *acts], state=state, environment=environment)
    assert found.returncode == 0, found.stderr
    return found.stdout.split()


def hash_of(folder: Path) -> dict[str, str]:
    """The bytes of every file of a closed workspace."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, opening.Made]:
    folder = tmp_path / "workspace"
    return folder, opening.make(folder, "correct horse")


class TestKeyring:
    pytestmark = PEER

    def test_an_unlocked_keyring_opens_the_workspace_it_was_made_with(self, tmp_path: Path) -> None:
        assert in_state("unlocked", tmp_path / "workspace", MAKE, OPEN) == ["made", "open"]

    @pytest.mark.parametrize(
        ("state", "word"), [("locked", "KeyringLocked"), ("absent", "KeyringAbsent"), ("unlocked", "KeyMissing")]
    )
    def test_a_keyring_without_the_key_says_which_trouble_it_is_and_changes_nothing(
        self, tmp_path: Path, state: State, word: str
    ) -> None:
        """The third one is a keyring that works and has forgotten: each run has a keyring of its own."""
        folder = tmp_path / "workspace"
        assert in_state("unlocked", folder, MAKE) == ["made"]
        before = hash_of(folder)

        assert in_state(state, folder, OPEN) == [word]
        assert hash_of(folder) == before

    def test_the_recovery_code_opens_it_and_puts_the_key_back(self, tmp_path: Path) -> None:
        folder = tmp_path / "workspace"
        in_state("unlocked", folder, MAKE)

        assert in_state("unlocked", folder, OPEN, RECOVER, OPEN) == ["KeyMissing", "open", "open"]

    @pytest.mark.parametrize("state", ["locked", "absent"])
    def test_where_the_key_cannot_be_kept_no_workspace_is_made(self, tmp_path: Path, state: State) -> None:
        folder = tmp_path / "workspace"

        assert in_state(state, folder, MAKE) == ["KeyringLocked" if state == "locked" else "KeyringAbsent"]
        assert hash_of(folder) == {}


def test_a_wrong_passphrase_says_so_and_changes_nothing(made: tuple[Path, opening.Made]) -> None:
    folder, _ = made
    before = hash_of(folder)

    with pytest.raises(keys.KeyWrong, match="Nothing was changed"):
        opening.key_for(folder, "wrong horse")
    assert hash_of(folder) == before
    assert opening.key_for(folder, "correct horse") == made[1].key


def test_a_wrong_key_opens_no_file_and_changes_none(made: tuple[Path, opening.Made]) -> None:
    folder, _ = made
    before = hash_of(folder)

    with pytest.raises(WrongKey, match="Nothing was changed"):
        Workspace(folder, bytes(32), Role.SCRIPT)
    assert hash_of(folder) == before


@pytest.mark.parametrize("left", ["journal.db", "workspace.db", "search.db", "workspace.json"])
def test_a_new_key_is_never_made_over_any_file_that_is_left(made: tuple[Path, opening.Made], left: str) -> None:
    folder, _ = made
    for path in folder.iterdir():
        if path.is_file() and path.name != left:
            path.unlink()
    before = hash_of(folder)

    with pytest.raises(StoreError, match="never made anew"):
        opening.make(folder, "another")
    assert hash_of(folder) == before


def test_a_lost_key_file_asks_for_the_recovery_code_and_the_code_makes_it_anew(made: tuple[Path, opening.Made]) -> None:
    folder, found = made
    (folder / "workspace.json").unlink()

    with pytest.raises(keys.KeyMissing, match="recovery code"):
        opening.key_for(folder, "correct horse")
    assert opening.recover(folder, found.recovery_code, "new horse") == found.key
    assert opening.key_for(folder, "new horse") == found.key


def test_a_damaged_key_file_is_a_sentence(made: tuple[Path, opening.Made]) -> None:
    folder, _ = made
    (folder / "workspace.json").write_text("{")

    with pytest.raises(keys.KeyTrouble, match="damaged"):
        opening.key_for(folder, "correct horse")


def test_the_key_file_says_nothing_of_the_key(made: tuple[Path, opening.Made]) -> None:
    folder, found = made
    text = (folder / "workspace.json").read_text()

    assert found.key.hex() not in text
    assert found.recovery_code not in text
    assert found.key.hex() not in repr(found)
    assert set(json.loads(text)) == {"id", "fingerprint", "wrap"}


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.sampled_from(keys._ALPHABET))
def test_a_recovery_code_is_read_in_any_writing_and_a_slip_is_noticed(key: bytes, place: int, letter: str) -> None:
    code = keys.recovery_code(key)
    letters = code.replace("-", "")

    assert keys.key_of(f" {code.lower().replace('0', 'o').replace('1', 'l')} ") == key
    slipped = letters[:place] + letter + letters[place + 1 :]
    if slipped != letters:
        with pytest.raises(keys.KeyWrong):
            keys.key_of(slipped)
