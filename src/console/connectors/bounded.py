"""Untrusted files are read in a child process that can do little: bounded memory, no files to write, one pipe out.

    parent                                        child: python -m console.connectors.bounded
    pages_in_child("mailbox", …)  ── stdin, one line of JSON ──▶  the task's generator
                    ▲                                             │
                    └──────── stdout, frames of pages ────────────┘

The child ends when its stdin closes, so that it never outlives the one who asked. Whatever it does wrong (dies, hangs,
sends nonsense) is a SourceError for that file and touches nothing else.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, TypeVar

from console.connectors.bounds import bound_this_process, renew_cpu_seconds
from console.connectors.errors import ConnectorError, RecordError, SourceError, TemporaryError
from console.connectors.frames import FrameError, packed, read_frame, unpacked, write_frame
from console.domain.records import Page

TASKS: Mapping[str, str] = {
    "mailbox": "console.connectors.mailbox_files:pages_of",
    "spreadsheet": "console.connectors.spreadsheet_pages:pages",
    "surveys": "console.connectors.survey_files:pages",
    "preview": "console.connectors.spreadsheet_pages:preview",
}
COMMAND = ("-P", "-s", "-m", "console.connectors.bounded")
MEMORY_BYTES = 1_536 * 1024 * 1024
NICENESS = 10
_PAGE, _PROBLEM, _END = b"P", b"E", b"D"
_NO_TRUST = "Reading this file failed in a way that cannot be trusted."
T = TypeVar("T")
_ERRORS: Mapping[str, type[ConnectorError]] = {
    error.__name__: error for error in (TemporaryError, SourceError, RecordError)
}
_PAGES_AHEAD = 2
_POLL_SECONDS = 0.2
_TRY_ANOTHER = "Check that the file opens in the program it comes from, or export it again; nothing else is affected."


def pages_in_child(
    task: str, arguments: Mapping[str, object], *, seconds_without_page: float, memory_bytes: int = MEMORY_BYTES
) -> Iterator[Page]:
    """The pages of a task in TASKS, made by a bounded child; ``arguments`` is what JSON can say.

    Closing the generator kills the child. Raises SourceError where the child dies, exceeds its limits, or gives no page
    for ``seconds_without_page``; and what the task itself raised.
    """
    return _values(task, arguments, Page, seconds_without_page, memory_bytes)


def result_in_child(task: str, arguments: Mapping[str, object], wanted: type[T], *, seconds: float) -> T:
    """The one value that a task gives which makes no pages ("preview"); raises as ``pages_in_child`` does."""
    for value in _values(task, arguments, wanted, seconds, MEMORY_BYTES):
        return value
    raise SourceError("Reading this file gave nothing.", _TRY_ANOTHER)


def _values(
    task: str, arguments: Mapping[str, object], wanted: type[T], seconds: float, memory_bytes: int
) -> Iterator[T]:
    if task not in TASKS:
        raise KeyError(task)
    child = _started()
    reader = _Reader(child)
    try:
        order = {"task": task, "arguments": arguments, "cpu": seconds, "memory": memory_bytes}
        _send(child, json.dumps(order))
        while (content := _next_content(reader, child, seconds)) is not None:
            try:
                value = unpacked(content, wanted)
            except FrameError as error:
                raise SourceError(_NO_TRUST, _TRY_ANOTHER) from error
            yield value
    finally:
        _ended(child)
        reader.close()


def _started() -> subprocess.Popen[bytes]:
    """A fresh interpreter (never a fork: a database may be open), with an empty environment and no other handles."""
    environment = {
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if sys.platform == "win32":
        environment["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")
    try:
        return subprocess.Popen(
            [sys.executable, *COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            close_fds=True,
            start_new_session=True,
        )
    except OSError as error:
        raise TemporaryError("The process that reads files could not be started.") from error


def _send(child: subprocess.Popen[bytes], order: str) -> None:
    if child.stdin is None:
        raise ValueError("the child has no stdin")
    try:
        child.stdin.write(order.encode() + b"\n")
        child.stdin.flush()
    except OSError as error:
        raise SourceError("The process that reads files ended at once.", _TRY_ANOTHER) from error


class _Reader:
    """Reads frames in a thread of its own, so that waiting for them can end; at most two pages ahead."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        if child.stdout is None:
            raise ValueError("the child has no stdout")
        self._stream: BinaryIO = child.stdout  # pyright: ignore[reportAttributeAccessIssue]  (buffered: reads whole frames)
        self._frames: queue.Queue[tuple[bytes, bytes] | FrameError | None] = queue.Queue(_PAGES_AHEAD)
        self._is_closed = threading.Event()
        self._thread = threading.Thread(target=self._read, name="bounded-reader", daemon=True)
        self._thread.start()

    def next(self, seconds: float) -> tuple[bytes, bytes] | FrameError | None:
        """The next frame, what was wrong with it, or None at the end; raises queue.Empty when the time is over."""
        return self._frames.get(timeout=seconds)

    def close(self) -> None:
        """Stop the thread; the child has ended already."""
        self._is_closed.set()
        self._thread.join()
        self._stream.close()

    def _read(self) -> None:
        while True:
            try:
                frame = read_frame(self._stream)
            except (FrameError, MemoryError) as error:
                frame = error if isinstance(error, FrameError) else FrameError("a frame is too large")
            except OSError:
                frame = None
            if not self._put(frame) or not isinstance(frame, tuple):
                return

    def _put(self, frame: tuple[bytes, bytes] | FrameError | None) -> bool:
        while not self._is_closed.is_set():
            try:
                self._frames.put(frame, timeout=_POLL_SECONDS)
            except queue.Full:
                continue
            return True
        return False


def _next_content(reader: _Reader, child: subprocess.Popen[bytes], seconds: float) -> bytes | None:
    """What the next frame holds, or None after the last; raises what the child says went wrong."""
    try:
        frame = reader.next(seconds)
    except queue.Empty as error:
        what = f"Reading this file took too long (nothing new for {seconds:.0f} seconds) and was stopped."
        raise SourceError(what, _TRY_ANOTHER) from error
    if frame is None:
        raise SourceError(_how_it_ended(child), _TRY_ANOTHER)
    if isinstance(frame, FrameError):
        raise SourceError(_NO_TRUST, _TRY_ANOTHER) from frame
    match frame:
        case (b"P", content):
            return content
        case (b"E", content):
            raise _problem(content)
        case (b"D", _):
            return None
    raise SourceError(_NO_TRUST, _TRY_ANOTHER)


def _how_it_ended(child: subprocess.Popen[bytes]) -> str:
    try:
        code = child.wait(1)
    except subprocess.TimeoutExpired:
        code = None
    if code is not None and code < 0:
        return "Reading this file was stopped by the system: it needs more memory or time than it may have."
    return "Reading this file ended before its end."


def _problem(content: bytes) -> ConnectorError:
    try:
        said = json.loads(content)
        return _ERRORS[said["kind"]](str(said["what"])[:1_000], str(said["to_do"])[:1_000])
    except (ValueError, LookupError, TypeError) as error:
        raise SourceError(_NO_TRUST, _TRY_ANOTHER) from error


def _ended(child: subprocess.Popen[bytes]) -> None:
    """End that one child, whatever it does."""
    if child.poll() is None:
        child.kill()
    child.wait()
    if child.stdin is not None:
        try:
            child.stdin.close()
        except OSError:
            return


def main() -> int:
    """The child: read the order, accept the bounds, write frames; exit code 0 whenever a last frame was written."""
    order = json.loads(sys.stdin.buffer.readline())
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not get between the frames.
    sys.stdout = sys.stderr
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    seconds = float(order["cpu"])
    module_name, _, function_name = TASKS[order["task"]].partition(":")
    task = getattr(importlib.import_module(module_name), function_name)
    bound_this_process(memory_bytes=int(order["memory"]), cpu_seconds=seconds, niceness=NICENESS)
    try:
        made = task(order["arguments"])
        for value in made if isinstance(made, Iterator) else (made,):
            write_frame(output, _PAGE, packed(value))
            renew_cpu_seconds(seconds)
    except ConnectorError as error:
        return _say(output, error)
    except MemoryError:
        return _say(output, SourceError("This file needs more memory than it may have.", _TRY_ANOTHER))
    except BrokenPipeError:
        return 1
    write_frame(output, _END, b"")
    return 0


def _say(output: BinaryIO, error: ConnectorError) -> int:
    kind = next(name for name, known in _ERRORS.items() if isinstance(error, known))
    said = {"kind": kind, "what": error.what, "to_do": error.to_do}
    write_frame(output, _PROBLEM, json.dumps(said).encode())
    return 0


def _end_with_parent() -> None:
    """Nothing more comes over stdin but its end: then nobody waits for pages any longer."""
    while os.read(0, 1):
        continue
    os._exit(1)


if __name__ == "__main__":
    # Nothing is left to clean up, and the thread that waits for the parent would keep the interpreter from ending.
    os._exit(main())
