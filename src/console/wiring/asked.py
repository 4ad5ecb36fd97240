"""What a window asks that needs connectors: carried out in a process of its own, so that none of them enters the window's.

One question as a line of JSON on stdin, one answer as JSON on stdout: ``guess`` (what files hold) and ``check`` (a source
tried out; its password comes over the pipe and is kept nowhere).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from console.domain.importing import ImportKind, ImportPlan, plan_from_json, plan_to_json
from console.store.errors import StoreError

_SECONDS = 180.0


def guess(paths: tuple[str, ...], kind: ImportKind | None) -> ImportPlan:
    """What files hold. Slow; raises StoreError with a sentence."""
    answer = _ask({"ask": "guess", "paths": list(paths), "kind": kind.value if kind else None})
    return plan_from_json(str(answer["plan"]))


def check(kind: str, settings: Mapping[str, str], secret: str) -> tuple[bool, str, tuple[str, ...]]:
    """Whether a source answers, in a sentence, and the folders it offers. Slow."""
    answer = _ask({"ask": "check", "kind": kind, "settings": dict(settings), "secret": secret})
    return bool(answer["is_good"]), str(answer["sentence"]), tuple(answer["folders"])


def main() -> int:
    """Answer the one question."""
    from console.system import hardening

    hardening.keep_memory_private()
    json.dump(_answer(json.loads(sys.stdin.readline())), sys.stdout)
    return 0


def _answer(question: Mapping[str, Any]) -> dict[str, object]:
    from console.connectors.errors import ConnectorError
    from console.connectors.kinds import registry
    from console.wiring.plans import plan_for

    try:
        if question["ask"] == "guess":
            kind = ImportKind(question["kind"]) if question["kind"] else None
            return {"plan": plan_to_json(plan_for(tuple(Path(path) for path in question["paths"]), kind))}
        settings, _ = registry.settings_of(question["kind"], question["settings"])
        found = registry.check(question["kind"], settings, question["secret"])
        return {"is_good": True, "sentence": found.sentence, "folders": found.folders}
    except (ConnectorError, ValueError, OSError) as error:
        return {"is_good": False, "sentence": str(error), "folders": [], "problem": str(error)}


def _ask(question: Mapping[str, object]) -> dict[str, Any]:
    command = [sys.executable, "-m", "console.wiring.asked"]
    try:
        done = subprocess.run(
            command, input=json.dumps(question) + "\n", capture_output=True, text=True, timeout=_SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise StoreError("The answer did not come. Try again; nothing was changed") from error
    answer = json.loads(done.stdout)
    if question["ask"] == "guess" and "problem" in answer:
        raise StoreError(answer["problem"])
    return answer


if __name__ == "__main__":
    sys.exit(main())
