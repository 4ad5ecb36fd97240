"""The corpus is whole, and every form it is written in holds each mail once."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest
from tests.peers import corpus

pytestmark = pytest.mark.peer


def test_the_corpus_holds_4150_wanted_mails_without_separators() -> None:
    mails = list(corpus.ham())

    assert len(mails) == corpus.HAM_COUNT
    assert not any(mail.startswith(b"From ") for mail in mails)
    assert all(b"\n\n" in mail for mail in mails)


def test_mbox_maildir_and_eml_hold_the_same_mails(tmp_path: Path) -> None:
    mails = [*corpus.ham(200), b"Subject: trap\n\nFrom here on\n>From there\n"]

    box = mailbox.mbox(corpus.write_mbox(tmp_path / "mails.mbox", mails), create=False)
    try:
        held = len(box)
    finally:
        box.close()
    maildir = corpus.write_maildir(tmp_path / "Maildir", mails)
    folder = corpus.write_eml_folder(tmp_path / "eml", mails)

    assert held == len(mails)
    assert [path.read_bytes() for path in sorted((maildir / "cur").iterdir())] == mails
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == mails
    assert b"\n>From here on\n>>From there\n" in (tmp_path / "mails.mbox").read_bytes()


def test_without_the_corpus_a_test_skips_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(corpus.FOLDER_VARIABLE, raising=False)

    with pytest.raises(pytest.skip.Exception, match="datasets-spam-assassin"):
        corpus.ham()
