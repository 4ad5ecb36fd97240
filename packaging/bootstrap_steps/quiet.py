"""Running another program without its chatter, unless it fails."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bootstrap_steps.errors import WorldError

LINES_SHOWN = 25


def say(sentence: str) -> None:
    print(f"bootstrap: {sentence}", flush=True)


def run_quietly(
    command: Sequence[str | Path], *, or_say: str, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> str:
    """Run a command and return what it printed; on failure show the end of that and raise WorldError(or_say)."""
    words = [str(word) for word in command]
    try:
        result = subprocess.run(
            words,
            cwd=cwd,
            env=None if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise WorldError(f"{or_say} ({error.strerror}: {words[0]})") from error
    if result.returncode != 0:
        print(f"$ {shlex.join(words)}", flush=True)
        print("\n".join(result.stdout.splitlines()[-LINES_SHOWN:]), flush=True)
        raise WorldError(or_say)
    return result.stdout


def succeeds(command: Sequence[str | Path]) -> bool:
    """Whether a command can be run and ends with 0; its output is dropped."""
    try:
        result = subprocess.run(
            [str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        return False
    return result.returncode == 0
