"""Keys: the 32 bytes that open a workspace, where they are kept, and how they come back when the keyring loses them.

The key is made once, from the system's randomness. It lies in the keyring of the operating system, or is wrapped by a
passphrase in ``workspace.json``; nothing of it is ever written in clear. The recovery code is the key itself in 56 letters.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from console.system.key_errors import KeyMissing, KeyringAbsent, KeyringLocked, KeyTrouble, KeyWrong
from console.system.paths import write_private

KEY_BYTES = 32
_FILE = "workspace.json"
_SERVICE = "support-console"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP = 8, 7
_KEY_BITS, _CHECK_BITS = 256, 24
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 1 << 15, 8, 1
_MOST_SCRYPT_P = 16
_SCRYPT_MEMORY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wrap:
    """The key under a passphrase: scrypt of the passphrase, XORed with the key; all as hexadecimal text."""

    salt: str
    wrapped: str
    n: int = _SCRYPT_N
    r: int = _SCRYPT_R
    p: int = _SCRYPT_P


@dataclass(frozen=True, slots=True)
class KeyFile:
    """``workspace.json``: which workspace this is, how to tell the right key from a wrong one, and the passphrase's wrap."""

    id: str
    fingerprint: str
    wrap: Wrap | None = None


def new_key() -> bytes:
    """A fresh key."""
    return os.urandom(KEY_BYTES)


def read_key_file(folder: Path) -> KeyFile | None:
    """The key file of a workspace, None where there is none. Raises KeyTrouble where it is damaged."""
    try:
        content = json.loads((folder / _FILE).read_text("utf-8"))
        wrap = _wrap_of(content["wrap"]) if content["wrap"] else None
        return KeyFile(_text(content["id"]), _text(content["fingerprint"]), wrap)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KeyTrouble(
            f"{_FILE} in {folder.name} is damaged; restore it from a backup, or use the recovery code"
        ) from error


def _wrap_of(content: Mapping[str, object]) -> Wrap:
    """A wrap as the file says it. Raises ValueError or TypeError where scrypt could not work with it."""
    wrap = Wrap(**content)  # pyright: ignore[reportArgumentType]  # seen to below
    numbers = (wrap.n, wrap.r, wrap.p)
    if len(bytes.fromhex(_text(wrap.wrapped))) != KEY_BYTES or not bytes.fromhex(_text(wrap.salt)):
        raise ValueError("a wrap holds a salt and a key")
    if not all(type(number) is int and number > 0 for number in numbers) or wrap.n & (wrap.n - 1):
        raise ValueError("scrypt's costs are whole numbers, the first a power of two")
    if 128 * wrap.n * wrap.r >= _SCRYPT_MEMORY or wrap.p > _MOST_SCRYPT_P:
        raise ValueError("scrypt's costs are beyond what this machine is asked for")
    return wrap


def _text(content: object) -> str:
    if not isinstance(content, str):
        raise TypeError("text is expected")
    return content


def make_key_file(folder: Path, key: bytes, passphrase: str | None) -> KeyFile:
    """Write the key file of a new workspace."""
    import uuid  # for new workspaces only: a start does without it, and without what it brings along

    made = KeyFile(str(uuid.uuid4()), fingerprint(key), wrapped(key, passphrase) if passphrase else None)
    write_private(folder / _FILE, json.dumps(asdict(made), indent=1).encode())
    return made


def copy_key_file(folder: Path, target: Path) -> None:
    """Put a workspace's key file beside a copy of its files. Nothing of the key stands in it in clear."""
    if (folder / _FILE).exists():
        write_private(target / _FILE, (folder / _FILE).read_bytes())


def forget_key_file(folder: Path) -> None:
    """Take the key file of a workspace away that came to nothing."""
    (folder / _FILE).unlink(missing_ok=True)


def rewrap(folder: Path, file: KeyFile, key: bytes, passphrase: str) -> None:
    """Put the key of a workspace under another passphrase; the key itself stays."""
    renewed = KeyFile(file.id, file.fingerprint, wrapped(key, passphrase))
    write_private(folder / _FILE, json.dumps(asdict(renewed), indent=1).encode())


def fingerprint(key: bytes) -> str:
    """Eight bytes by which the right key is known; they say nothing about it."""
    return hmac.new(key, b"support-console workspace key", hashlib.sha256).hexdigest()[:16]


def wrapped(key: bytes, passphrase: str) -> Wrap:
    """The key under a passphrase, with a salt of its own (used once, so that the XOR is a one-time pad)."""
    salt = os.urandom(16)
    pad = _stretched(passphrase, salt, _SCRYPT_N, _SCRYPT_R, _SCRYPT_P)
    return Wrap(salt.hex(), bytes(a ^ b for a, b in zip(key, pad, strict=True)).hex())


def unwrapped(file: KeyFile, passphrase: str) -> bytes:
    """The key that a passphrase opens. Raises KeyWrong where it is another passphrase, KeyMissing where none was ever set."""
    if file.wrap is None:
        raise KeyMissing("This workspace was made without a passphrase; open it with the keyring or the recovery code")
    pad = _stretched(passphrase, bytes.fromhex(file.wrap.salt), file.wrap.n, file.wrap.r, file.wrap.p)
    return checked(file, bytes(a ^ b for a, b in zip(bytes.fromhex(file.wrap.wrapped), pad, strict=True)), "passphrase")


def checked(file: KeyFile, key: bytes, what: str) -> bytes:
    """The key, where it is the one of this workspace. Raises KeyWrong."""
    if not hmac.compare_digest(fingerprint(key), file.fingerprint):
        raise KeyWrong(f"This {what} does not open the workspace. Nothing was changed; check it and try again")
    return key


def recovery_code(key: bytes) -> str:
    """The key as eight groups of seven letters and digits without I, L, O and U; 24 bits of it are a check."""
    check = hashlib.sha256(b"recovery" + key).digest()[: _CHECK_BITS // 8]
    number = int.from_bytes(key + check, "big")
    letters = [_ALPHABET[number >> shift & 31] for shift in range(_KEY_BITS + _CHECK_BITS - 5, -1, -5)]
    text = "".join(letters)
    return "-".join(text[place : place + _GROUP] for place in range(0, _GROUPS * _GROUP, _GROUP))


def key_of(code: str) -> bytes:
    """The key that a recovery code says; case, spaces and dashes do not matter, O reads as 0 and I, L as 1.

    Raises KeyWrong where the code has a slip in it.
    """
    letters = "".join(letter for letter in code.upper() if letter.isalnum()).translate(str.maketrans("OIL", "011"))
    if len(letters) != _GROUPS * _GROUP or any(letter not in _ALPHABET for letter in letters):
        raise KeyWrong(
            f"A recovery code has {_GROUPS} groups of {_GROUP} letters and digits; compare it with your copy"
        )
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    content = number.to_bytes((_KEY_BITS + _CHECK_BITS) // 8, "big")
    key, check = content[:KEY_BYTES], content[KEY_BYTES:]
    if not hmac.compare_digest(hashlib.sha256(b"recovery" + key).digest()[: _CHECK_BITS // 8], check):
        raise KeyWrong("The recovery code has a slip in it; compare it with your copy")
    return key


def keep_in_keyring(name: str, secret: str) -> None:
    """Keep a secret in the keyring of the operating system. May block while the keyring asks: never on the GUI thread.

    Raises KeyringAbsent or KeyringLocked.
    """
    import keyring

    with _sentences():
        keyring.set_password(_SERVICE, name, secret)


def from_keyring(name: str) -> str | None:
    """A secret from the keyring, None where it holds none by that name. May block; raises KeyringAbsent or KeyringLocked."""
    import keyring

    with _sentences():
        return keyring.get_password(_SERVICE, name)


def forget_in_keyring(name: str) -> None:
    """Remove a secret from the keyring; one that is not there is no trouble."""
    import keyring
    from keyring.errors import PasswordDeleteError

    with _sentences():
        try:
            keyring.delete_password(_SERVICE, name)
        except PasswordDeleteError:
            return


@contextlib.contextmanager
def _sentences() -> Iterator[None]:
    """The keyring's many errors as two: there is none, or it is locked."""
    from keyring.errors import KeyringError, NoKeyringError

    try:
        yield
    except NoKeyringError as error:
        raise KeyringAbsent(
            "This machine has no keyring to keep the key in. Choose a passphrase, or give --passphrase-file FILE"
        ) from error
    except KeyringError as error:
        raise KeyringLocked(
            "The keyring is locked. Unlock it, and the console opens; or use the recovery code"
        ) from error


def _stretched(passphrase: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(passphrase.encode(), salt=salt, n=n, r=r, p=p, maxmem=_SCRYPT_MEMORY, dklen=KEY_BYTES)
