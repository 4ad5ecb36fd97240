"""Backlot, which imitates HubSpot from a corpus of ours: its searches, cursors, associations and refusals; telemetry off."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.peers.network import free_port, stop, wait_until_listening

TOKEN = "admin-service-token"  # Backlot's own, the same for everybody
FOLDER = "SUPPORT_CONSOLE_BACKLOT"


def company(number: int, **properties: object) -> dict[str, Any]:
    return _record("companies", number, {"name": f"Company {number}", **properties})


def contact(number: int, at: str = "2026-02-01T10:00:00Z", company: int | None = None) -> dict[str, Any]:
    said = {"email": f"c{number}@example.com", "firstname": "C", "lastname": str(number), "jobtitle": "Head"}
    return _record("contacts", number, {**said, "associatedcompanyid": str(company) if company else ""}, at)


def ticket(number: int, contact: int, **properties: object) -> dict[str, Any]:
    return _record("tickets", number, properties, to=[("contacts", contact)])


def note(number: int, body: str, *, on: tuple[str, int]) -> dict[str, Any]:
    return _record("notes", number, {"hs_note_body": body, "hs_timestamp": "2026-02-03T11:00:00Z"}, to=[on])


def _record(
    kind: str,
    number: int,
    properties: Mapping[str, object],
    at: str = "2026-02-01T10:00:00Z",
    to: Sequence[tuple[str, int]] = (),
) -> dict[str, Any]:
    """One record with what HubSpot itself adds to every one's properties."""
    modified = "lastmodifieddate" if kind == "contacts" else "hs_lastmodifieddate"
    return {
        "source_type": "hubspot",
        "doc_id": f"{kind}-{number}",
        "record_id": str(number),
        "object_type": kind,
        "content": f"{kind} {number}",
        "author_email": "dana@acme.example",
        "visibility": "public",
        "created": "2026-01-14T09:00:00Z",
        "updated": at,
        "properties": {**properties, "hs_object_id": str(number), modified: at},
        "associations": [{"to": f"{other}-{there}"} for other, there in to],
    }


@contextmanager
def running_backlot(records: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The address of a HubSpot with these records, for the length of the block; skips where Backlot is missing."""
    program = Path(os.environ.get(FOLDER, "")) / "bin" / "backlot"
    if not os.environ.get(FOLDER) or not program.exists():
        pytest.skip(f"needs Backlot: pip install backlot into an environment that {FOLDER} names")
    folder = Path(tempfile.mkdtemp(prefix="backlot-"))
    environment = {**os.environ, "BACKLOT_TELEMETRY": "0", "BACKLOT_DATA_DIR": str(folder / "kept")}
    corpus = folder / "corpus.jsonl"
    corpus.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    port = free_port()
    server: subprocess.Popen[bytes] | None = None
    try:
        _started([program, "import", corpus], environment).wait(60)
        command = [program, "serve", "--port", str(port), "--disable-telemetry"]
        server = _started(command, environment)
        wait_until_listening(port, server, seconds=60)
        yield f"http://127.0.0.1:{port}/hubspot"
    finally:
        if server is not None:
            stop(server)
        shutil.rmtree(folder)


def _started(command: Sequence[str | Path], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    none = subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, stdin=none, stdout=none, stderr=none)
