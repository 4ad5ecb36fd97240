"""Lost, damaged and badly named files: what can be built again is, what cannot is said, and no edit is lost."""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.command_line.editing import undo
from console.command_line.errors import World, as_sentences
from console.command_line.importing import run as import_files
from console.command_line.keeping import doctor, recover
from console.command_line.opening import Desk, writing
from console.command_line.program import parser
from console.domain.edits import AddTag, CreateCustomer, Owner
from console.domain.health import Severity
from console.domain.ids import CustomerId, stable_id
from console.domain.records import OwnerKind
from console.store import profiles
from console.store.errors import DamagedFile, WrongKey
from console.store.imports import batches
from console.store.profile_calling import customer_called
from console.system import logs
from console.system.keys import KeyTrouble, new_key, read_key_file, recovery_code
from console.wiring import opening

ADA = CustomerId(stable_id("customer", "ada@north.example"))
IMPORTING = {
    name: value
    for name, value in vars(parser().parse_args(["import", "--json"])).items()
    if name not in ("workspace", "passphrase_file")
}
"""What the command line knows of an import that names nothing but its files."""


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace in which Ada is known and tagged, closed."""

    folder: Path
    options: argparse.Namespace

    def tagged(self, tag: str) -> None:
        with writing(self.options) as desk:
            desk.submit(AddTag(Owner(OwnerKind.CUSTOMER, ADA), tag))

    def tags(self) -> list[str]:
        with writing(self.options) as desk, desk.workspace.database.read() as connection:
            return [tag.name for tag in profiles.profile(connection, ADA).tags]

    def asked(self, **more: object) -> argparse.Namespace:
        return argparse.Namespace(**vars(self.options), **more)


@pytest.fixture(scope="module", autouse=True)
def _own_log() -> Iterator[None]:
    """A command takes over the log of its process; here that is the tests'."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logs, "write_to", lambda _folder, _name: None)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Place:
    home = tmp_path_factory.mktemp("home")
    (home / "passphrase").write_text("open sesame\n", encoding="utf-8")
    options = argparse.Namespace(workspace=home / "workspace", passphrase_file=home / "passphrase")
    opening.make(options.workspace, "open sesame")
    with writing(options) as desk:
        desk.submit(CreateCustomer(ADA, "Ada", ("ada@north.example",)))
        desk.submit(AddTag(Owner(OwnerKind.CUSTOMER, ADA), "first"))
    return Place(options.workspace, options)


@pytest.fixture
def place(made: Place, tmp_path: Path) -> Place:
    folder = tmp_path / "workspace"
    shutil.copytree(made.folder, folder)
    return Place(folder, argparse.Namespace(workspace=folder, passphrase_file=made.options.passphrase_file))


@contextmanager
def _beside_another_writer(place: Place) -> Iterator[Desk]:
    """A command that began while another process held the workspace; that one has ended since."""
    other = opening.writer_lock(place.folder)
    assert other.take()
    with writing(place.options) as desk:
        assert not desk.is_writer
        other.give_back()
        yield desk


def test_a_command_takes_over_from_a_writer_that_ended_before_it_folded(place: Place) -> None:
    with _beside_another_writer(place) as desk:
        desk.submit(AddTag(Owner(OwnerKind.CUSTOMER, ADA), "second"))
        assert desk.is_writer
    assert place.tags() == ["first", "second"]


def test_edits_after_the_journal_was_lost_are_folded_too(place: Place) -> None:
    (place.folder / "journal.db").unlink()
    place.tagged("second")
    assert place.tags() == ["first", "second"]


@pytest.mark.parametrize("content", [None, b""])
def test_a_lost_workspace_is_not_made_anew_under_a_journal_full_of_edits(place: Place, content: bytes | None) -> None:
    (place.folder / "workspace.db").unlink()
    if content is not None:
        (place.folder / "workspace.db").write_bytes(content)
    with pytest.raises(World, match=r"2 edits.*backup"), as_sentences():
        place.tags()
    assert not (place.folder / "workspace.db").exists() or not (place.folder / "workspace.db").stat().st_size


@pytest.mark.parametrize("content", [b"", b"no index at all" * 500])
def test_an_index_that_cannot_be_read_is_built_again(place: Place, content: bytes) -> None:
    (place.folder / "search.db").write_bytes(content)
    assert place.tags() == ["first"]
    assert doctor(place.asked(json=True)) == 0


def test_the_check_up_names_a_file_that_does_not_open(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    os.truncate(place.folder / "workspace.db", 8_192)
    with pytest.raises(DamagedFile):
        place.tags()
    assert doctor(place.asked(json=True)) == 1
    broken = [one for one in json.loads(capsys.readouterr().out) if one["severity"] == Severity.BROKEN]
    assert [one["check"] for one in broken] == ["pages of workspace.db"]


@pytest.mark.parametrize(
    "content",
    ["[1]", "null", '"x"', "{}", '{"id": 3, "fingerprint": "x", "wrap": null}', "[" * 100_000]
    + [
        json.dumps({"id": "x", "fingerprint": "00", "wrap": {"salt": "00", "wrapped": "00" * 32} | wrong})
        for wrong in (
            {"salt": "zz"},
            {"salt": 5},
            {"wrapped": "00"},
            {"n": 1 << 40},
            {"n": 3},
            {"p": 1 << 20},
            {"x": 1},
        )
    ],
)
def test_a_damaged_key_file_is_said_to_be_damaged(tmp_path: Path, content: str) -> None:
    (tmp_path / "workspace.json").write_text(content, encoding="utf-8")
    with pytest.raises(KeyTrouble, match="damaged"):
        read_key_file(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
@pytest.mark.parametrize("ending", [b".csv", b".mbox"])
def test_a_file_whose_name_is_no_text_is_imported_like_any_other(place: Place, tmp_path: Path, ending: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path / "caf") + b"\xe9" + ending))
    mail = "From a@x Thu Jan  1 00:00:00 2026\nFrom: ben@north.example\nMessage-ID: <1@n>\nSubject: s\n\nhello\n"
    path.write_text(mail if ending == b".mbox" else "email,plan\nben@north.example,Pro\n,Free\n", encoding="utf-8")
    wanted = place.asked(**{**IMPORTING, "paths": [path]})
    assert import_files(wanted) == 0
    assert place.tags() == ["first"]


@pytest.mark.parametrize("content", [None, "[]"])
def test_the_recovery_code_brings_a_lost_key_file_back_and_a_foreign_one_leaves_no_trace(
    place: Place, tmp_path: Path, content: str | None
) -> None:
    key = opening.key_for(place.folder, "open sesame")
    (place.folder / "workspace.json").unlink()
    if content is not None:
        (place.folder / "workspace.json").write_text(content, encoding="utf-8")
    for code in (recovery_code(new_key()), recovery_code(key)):
        (tmp_path / "code").write_text(code, encoding="utf-8")
        wanted = place.asked(code_file=tmp_path / "code")
        if code == recovery_code(key):
            recover(wanted)
        else:
            with pytest.raises(WrongKey):
                recover(wanted)
    assert place.tags() == ["first"]


def test_undoing_that_an_import_was_taken_out_brings_it_in_again(place: Place, tmp_path: Path) -> None:
    (tmp_path / "ben.csv").write_text("email,plan\nben@north.example,Pro\n", encoding="utf-8")
    import_files(place.asked(**{**IMPORTING, "paths": [tmp_path / "ben.csv"]}))
    with writing(place.options) as desk, desk.workspace.database.read() as connection:
        batch = batches(connection)[0].id
    import_files(place.asked(**{**IMPORTING, "undo": batch}))
    undo(place.options)
    with writing(place.options) as desk, desk.workspace.database.read() as connection:
        assert batches(connection)[0].state == "done"
        assert customer_called(connection, "ben@north.example")
