"""What a window asks that needs connectors or migrations: carried out in a process of its own, so that none enters the window's.

One question as a line of JSON on stdin, one answer as JSON on stdout: ``guess`` (what files hold), ``check`` (a source tried
out), ``kinds`` (of sources), ``prepare`` (the settings of one, seen to), ``make`` (a workspace), ``update`` (older files), ``zone`` (the time zone of a point, whose data holds up every thread
while it is read), ``dossier`` and ``backup`` (which cost seconds of processor time). Secrets come over the pipe and are kept nowhere.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from console.domain.importing import (
    ImportKind,
    ImportPlan,
    LayoutChoice,
    choice_of_tree,
    plan_from_json,
    plan_to_json,
)
from console.domain.source_kinds import SourceKind, kind_of_tree
from console.domain.source_settings import ours, theirs
from console.store import workspace
from console.store.errors import DiskFull, NewerFile, StoreError, WrongKey
from console.system.key_errors import KeyringAbsent, KeyringLocked, KeyTrouble
from console.wiring import opening

_SECONDS = 180.0
_PATIENT_SECONDS = 3_600.0


def guess(paths: tuple[str, ...], kind: ImportKind | None, choice: LayoutChoice) -> ImportPlan:
    """What files hold, the first of them laid out as chosen. Slow; raises StoreError with a sentence."""
    question = {"paths": list(paths), "kind": kind.value if kind else None, "choice": asdict(choice)}
    answer = _ask({"ask": "guess", **question})
    return plan_from_json(str(answer["plan"]))


def check(
    kind: str, settings: Mapping[str, str], secret: str
) -> tuple[bool, str, tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Whether a source answers, in a sentence, the folders it offers, and facts (label, value). Slow."""
    try:
        answer = _ask({"ask": "check", "kind": kind, "settings": dict(settings), "secret": secret})
    except StoreError as error:
        return False, str(error), (), ()
    facts = tuple((str(label), str(value)) for label, value in answer["facts"])
    return True, str(answer["sentence"]), tuple(answer["folders"]), facts


def source_kinds() -> tuple[SourceKind, ...]:
    """The kinds of source that can be connected, by title. Slow; raises StoreError."""
    return tuple(kind_of_tree(tree) for tree in _ask({"ask": "kinds"})["kinds"])


def prepare(kind: str, settings: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Settings as they are kept, as JSON, and our own addresses. Slow; raises StoreError for what is missing or wrong."""
    answer = _ask({"ask": "prepare", "kind": kind, "settings": dict(settings)})
    return str(answer["settings"]), tuple(answer["own_addresses"])


def make(folder: Path, passphrase: str | None, *, is_sample: bool) -> str:
    """Make a workspace, filled with the sample or empty; gives its recovery code. Slow; raises StoreError or KeyTrouble."""
    return str(
        _ask({"ask": "make", "folder": str(folder), "passphrase": passphrase, "is_sample": is_sample})["recovery_code"]
    )


def bring_up_to_date(folder: Path, key: bytes) -> None:
    """Migrate the files of an older version. Slow; raises StoreError."""
    _ask({"ask": "update", "folder": str(folder), "key": key.hex()})


def zone_at(latitude: float, longitude: float) -> str:
    """The time zone of a point, empty where there is none. Slow; raises StoreError."""
    return str(_ask({"ask": "zone", "latitude": latitude, "longitude": longitude})["zone"])


def write_dossier(folder: Path, key: bytes, customer: int, target: str, by: str) -> None:
    """Write everything known of a customer into one file. Slow; raises StoreError with a sentence."""
    said = {"folder": str(folder), "key": key.hex(), "customer": customer, "target": target, "by": by}
    _ask({"ask": "dossier", **said}, _PATIENT_SECONDS)


def back_up(folder: Path, key: bytes) -> str:
    """Write a verified backup; gives its folder. Slow; raises StoreError with a sentence."""
    return str(_ask({"ask": "backup", "folder": str(folder), "key": key.hex()}, _PATIENT_SECONDS)["backup"])


def main() -> int:
    """Answer the one question."""
    from console.system import hardening

    hardening.keep_memory_private()
    json.dump(_answer(json.loads(sys.stdin.readline())), sys.stdout)
    return 0


def _answer(question: Mapping[str, Any]) -> dict[str, object]:
    from console.connectors.errors import ConnectorError

    try:
        return _ANSWERS[question["ask"]](question)
    except (ConnectorError, StoreError, KeyTrouble, ValueError, OSError) as error:
        return {"problem": str(error), "problem_kind": type(error).__name__}


def _guess(question: Mapping[str, Any]) -> dict[str, object]:
    from console.wiring.plans import plan_for

    kind = ImportKind(question["kind"]) if question["kind"] else None
    paths = tuple(Path(path) for path in question["paths"])
    return {"plan": plan_to_json(plan_for(paths, kind, choice=choice_of_tree(question["choice"])), has_samples=True)}


def _check(question: Mapping[str, Any]) -> dict[str, object]:
    from console.connectors.kinds import registry

    settings, _ = registry.settings_of(question["kind"], theirs(question["settings"]))
    return asdict(registry.check(question["kind"], settings, question["secret"]))


def _kinds(_question: Mapping[str, Any]) -> dict[str, object]:
    from console.connectors.kinds import registry

    kinds = sorted((one.kind for one in registry.CONNECTORS.values()), key=lambda kind: kind.title.lower())
    return {"kinds": [asdict(kind) for kind in kinds]}


def _prepare(question: Mapping[str, Any]) -> dict[str, object]:
    from console.connectors.kinds import registry

    given = question["settings"]
    settings, own = registry.settings_of(question["kind"], theirs(given))
    return {"settings": json.dumps({**settings, **ours(given)}, ensure_ascii=False), "own_addresses": own}


def _make(question: Mapping[str, Any]) -> dict[str, object]:
    from console.wiring.filling import make_sample

    folder = Path(question["folder"])
    making = make_sample if question["is_sample"] else opening.make
    return {"recovery_code": making(folder, question["passphrase"]).recovery_code}


def _update(question: Mapping[str, Any]) -> dict[str, object]:
    workspace.create(Path(question["folder"]), bytes.fromhex(question["key"]))
    return {}


def _zone(question: Mapping[str, Any]) -> dict[str, object]:
    from console.system import geography

    return {"zone": geography.zone_at(question["latitude"], question["longitude"])}


def _dossier(question: Mapping[str, Any]) -> dict[str, object]:
    from console.system import clock
    from console.wiring import dossiers

    with _guest(question) as guest, guest.database.read() as connection:
        dossiers.write(
            connection, int(question["customer"]), Path(question["target"]), by=str(question["by"]), at=clock.now()
        )
    return {}


def _backup(question: Mapping[str, Any]) -> dict[str, object]:
    from console.store import backups
    from console.system import clock

    with _guest(question) as guest:
        return {"backup": str(backups.back_up(guest, bytes.fromhex(question["key"]), clock.now()))}


@contextlib.contextmanager
def _guest(question: Mapping[str, Any]) -> Iterator[workspace.Workspace]:
    opened = workspace.Workspace(Path(question["folder"]), bytes.fromhex(question["key"]), workspace.Role.GUEST)
    try:
        yield opened
    finally:
        opened.close()


_ANSWERS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, object]]] = {
    "guess": _guess,
    "check": _check,
    "kinds": _kinds,
    "prepare": _prepare,
    "make": _make,
    "update": _update,
    "zone": _zone,
    "dossier": _dossier,
    "backup": _backup,
}
_PROBLEMS: Mapping[str, type[Exception]] = {
    kind.__name__: kind for kind in (KeyringAbsent, KeyringLocked, KeyTrouble, NewerFile, WrongKey, DiskFull)
}


def _ask(question: Mapping[str, object], seconds: float = _SECONDS) -> dict[str, Any]:
    command = [sys.executable, "-m", "console.wiring.asked"]
    try:
        done = subprocess.run(
            command, input=json.dumps(question) + "\n", capture_output=True, text=True, timeout=seconds, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise StoreError("The answer did not come. Try again; nothing was changed") from error
    answer = json.loads(done.stdout)
    if "problem" in answer:
        raise _PROBLEMS.get(answer["problem_kind"], StoreError)(answer["problem"])
    return answer


if __name__ == "__main__":
    sys.exit(main())
