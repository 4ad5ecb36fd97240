"""The child that reads untrusted files: what it gives, and that it harms nobody when it fails."""

from __future__ import annotations

import io
import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.connectors import bounded, frames
from console.connectors.bounded import pages_in_child, result_in_child
from console.connectors.errors import SourceError
from console.connectors.frames import FrameError, packed, read_frame, unpacked, write_frame
from console.connectors.mailbox_files import pages_of
from console.domain.records import CustomerRecord, EventRecord, Page
from console.domain.values import Money, Value, ValueKind

MAIL = b"From a@x Mon Mar  2 10:00:00 2026\nFrom: ann@b.example\nMessage-ID: <%d@b>\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\nHi\n\n"


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    path = tmp_path / "mails.mbox"
    path.write_bytes(b"".join(MAIL % number for number in range(450)))
    return path


def order(path: Path) -> dict[str, object]:
    return {"paths": [str(path)], "own_addresses": []}


def task(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the child run a misbehaving function of this file."""
    program = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from console.connectors import bounded; import os; "
    program += f"bounded.TASKS = {{'mailbox': 'test_bounded:{name}'}}; os._exit(bounded.main())"
    monkeypatch.setattr(bounded, "COMMAND", ("-s", "-c", program))


def test_the_child_gives_the_same_pages_as_reading_here(mbox: Path) -> None:
    here = list(pages_of(order(mbox)))

    there = list(pages_in_child("mailbox", order(mbox), seconds_without_page=60))

    assert there == here
    assert [len(page.records) for page in there] == [200, 200, 50]


def test_what_the_task_refuses_comes_back_as_its_own_sentences(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"There is no mail in gone\. Choose an mbox"):
        list(pages_in_child("mailbox", order(tmp_path / "gone"), seconds_without_page=60))


def test_an_unknown_task_is_a_mistake_of_ours(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        list(pages_in_child("os.system", order(tmp_path), seconds_without_page=60))


def dying(_: Mapping[str, object]) -> Iterator[Page]:
    yield Page("mails", ())
    os.kill(os.getpid(), signal.SIGKILL)


def failing(_: Mapping[str, object]) -> Iterator[Page]:
    yield Page("mails", ())
    raise ZeroDivisionError


def hanging(_: Mapping[str, object]) -> Iterator[Page]:
    yield Page("mails", ())
    threading.Event().wait()


def spinning(_: Mapping[str, object]) -> Iterator[Page]:
    yield Page("mails", ())
    while True:
        pass


def greedy(_: Mapping[str, object]) -> Iterator[Page]:
    yield Page("mails", ())
    blocks = []
    while True:
        blocks.append(bytearray(10_000_000))


def printing(_: Mapping[str, object]) -> Iterator[Page]:
    print("a library speaks")
    yield Page("mails", (), done=1)


def writing(arguments: Mapping[str, object]) -> Iterator[Page]:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        Path(str(arguments["path"])).write_bytes(b"x" * 10)
    except OSError as error:
        yield Page("mails", (), done=error.errno or 0)


def looking(_: Mapping[str, object]) -> Iterator[Page]:
    names = ",".join(sorted(os.environ))
    yield Page(names, (), done=os.nice(0), total=len(list(Path("/proc/self/fd").iterdir())))


def lying(_: Mapping[str, object]) -> Iterator[object]:
    yield "no page"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("dying", "stopped by the system"),
        ("failing", "ended before its end"),
        ("hanging", "took too long"),
        ("greedy", "more memory than it may have"),
        ("lying", "cannot be trusted"),
    ],
)
def test_a_child_that_fails_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch, name: str, sentence: str) -> None:
    task(monkeypatch, name)

    seconds = 4 if name == "hanging" else 120
    with pytest.raises(SourceError, match=sentence):
        list(pages_in_child("mailbox", {}, seconds_without_page=seconds, memory_bytes=400_000_000))


def test_a_child_that_spins_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    task(monkeypatch, "spinning")

    with pytest.raises(SourceError):
        list(pages_in_child("mailbox", {}, seconds_without_page=2))


def test_what_a_library_prints_does_not_disturb(monkeypatch: pytest.MonkeyPatch) -> None:
    task(monkeypatch, "printing")

    assert list(pages_in_child("mailbox", {}, seconds_without_page=30)) == [Page("mails", (), done=1)]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_the_child_can_write_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    task(monkeypatch, "writing")

    (page,) = pages_in_child("mailbox", {"path": str(tmp_path / "x")}, seconds_without_page=30)

    assert page.done == 27  # EFBIG
    assert not (tmp_path / "x").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_child_knows_nothing_and_is_polite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "canary")
    task(monkeypatch, "looking")
    niceness = os.nice(0)

    (page,) = pages_in_child("mailbox", {}, seconds_without_page=30)

    assert "SECRET" not in page.stream
    assert set(page.stream.split(",")) <= {"PYTHONPATH", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "LC_CTYPE"}
    assert page.done == min(niceness + bounded.NICENESS, 19)
    assert page.total is not None
    assert page.total <= 5  # in, out twice, errors, and the folder that is being listed


def test_closing_the_generator_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    task(monkeypatch, "hanging")
    started = []
    real = bounded._started
    monkeypatch.setattr(bounded, "_started", lambda: started.append(real()) or started[0])
    generator = pages_in_child("mailbox", {}, seconds_without_page=60)
    next(generator)

    generator.close()  # pyright: ignore[reportAttributeAccessIssue]  # an Iterator that is a generator

    assert started[0].returncode is not None
    assert not [thread for thread in threading.enumerate() if thread.name == "bounded-reader"]


def test_the_child_ends_with_the_one_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    task(monkeypatch, "hanging")
    child = bounded._started()
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(b'{"task": "mailbox", "arguments": {}, "cpu": 60, "memory": 1000000000}\n')
    child.stdin.flush()
    assert child.stdout.read(1) == b"P"

    child.stdin.close()

    assert child.wait(20) == 1
    child.stdout.close()


def test_the_preview_of_a_table_comes_from_the_child_too(tmp_path: Path) -> None:
    from console.domain.importing import ImportPlan

    path = tmp_path / "customers.csv"
    path.write_text("E-mail,Plan\nann@b.example,Pro\n", encoding="utf-8")

    plan = result_in_child("preview", {"path": str(path)}, ImportPlan, seconds=60)

    assert plan.paths == (str(path),)


def test_every_kind_of_value_passes_the_pipe() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    properties = {
        "mrr": Value(ValueKind.MONEY, Money(Decimal("12.50"), "EUR")),
        "on": Value(ValueKind.DATE, at.date()),
        "at": Value(ValueKind.DATETIME, at),
    }
    page = Page("s", (CustomerRecord("1", properties=properties, at=at), EventRecord("2", "x", at)), cursor="c")

    assert unpacked(packed(page), Page) == page


class Attack:
    def __init__(self, call: object, *arguments: object) -> None:
        self.call = call
        self.arguments = arguments

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self.call, self.arguments


@pytest.mark.parametrize(
    "attack",
    [
        Attack(os.system, "true"),
        Attack(eval, "1"),
        Attack(getattr, Page, "__init__"),
        Attack(frames.FrameError, "x"),
        Attack(__import__, "os"),
        Attack(pages_of, {}),
        {"a": 1},
    ],
)
def test_nothing_but_values_of_ours_comes_out_of_a_frame(attack: object) -> None:
    with pytest.raises(FrameError):
        unpacked(pickle.dumps(attack), Page)


@pytest.mark.parametrize(
    "name",
    [
        "console.domain.records\nre.compile",
        "console.domain.values\njson",
        "console.domain.values\n_LINK",
        "console.domain.address\nre",
    ],
)
def test_what_a_module_of_ours_only_imported_is_not_ours(name: str) -> None:
    with pytest.raises(FrameError):
        unpacked(b"c" + name.encode() + b"\n.", object)


@given(st.binary(max_size=200))
def test_nonsense_is_never_more_than_a_frame_error(content: bytes) -> None:
    with pytest.raises(FrameError):
        unpacked(content, Page)


def test_frames_that_are_cut_or_too_large_are_refused() -> None:
    stream = io.BytesIO()
    write_frame(stream, b"P", b"content")
    whole = stream.getvalue()

    assert read_frame(io.BytesIO(whole)) == (b"P", b"content")
    assert read_frame(io.BytesIO(b"")) is None
    for broken in (whole[:3], whole[:-1], struct.pack(">cQ", b"P", frames.MAX_FRAME_BYTES + 1) + b"x"):
        with pytest.raises(FrameError):
            read_frame(io.BytesIO(broken))
