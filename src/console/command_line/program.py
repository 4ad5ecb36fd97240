"""The command line: every command with its options, and errors as one line that says what to do."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

from console.command_line import choices
from console.command_line.errors import BadInput, World
from console.system.paths import default_workspace

_LONGEST = 600
_LINKS = "console://"
BAD_INPUT, USAGE, WORLD = 1, 2, 3


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code: 0, 1 bad input, 2 usage, 3 the world (keys, disks, servers)."""
    _speak_utf8()
    options = parser().parse_args(with_link_as_option(arguments))
    try:
        _check_link(options.link)
        code = _act(options)
        sys.stdout.flush()
        return code
    except BadInput as error:
        return _failed(str(error), BAD_INPUT)
    except World as error:
        return _failed(str(error), WORLD)
    except KeyboardInterrupt:
        return _failed("Stopped; what was done so far is kept", WORLD)
    except BrokenPipeError:
        _hang_up()
        return 0
    except OSError as error:
        _hang_up()
        return _failed(f"The answer could not be written: {error.strerror}. Make room, or send it elsewhere", WORLD)


def with_link_as_option(arguments: Sequence[str]) -> list[str]:
    """A deep link alone, as desktops give it to a program, means the same as ``--open`` with it."""
    first, *rest = arguments or [""]
    return ["--open", first, *rest] if first.startswith(_LINKS) else list(arguments)


def parser() -> argparse.ArgumentParser:
    """All commands; each sets ``act`` to the dotted name of the function that carries it out."""
    program = _Program(
        prog="support-console", description="Every customer, every conversation, one encrypted local database."
    )
    choices.add_global(program, None)
    program.add_argument("--sample", action="store_true", help="where there is no workspace yet, make the sample")
    program.add_argument(
        "--open",
        dest="link",
        metavar="LINK",
        default="",
        help="what to show: console://customer/ID, company/ID or conversation/ID",
    )
    program.set_defaults(act="console.wiring.window:start", json=False)
    commands = program.add_subparsers(title="commands", metavar="COMMAND")
    choices.add_all(commands)
    return program


def _check_link(link: str) -> None:
    if not link:
        return
    # Imported here: most starts are without a link, and a window's first frame waits for this module.
    from console.domain.deep_links import owner_of

    try:
        owner_of(link)
    except ValueError as error:
        raise BadInput(str(error)) from error


def _speak_utf8() -> None:
    """Answer in UTF-8 whatever the locale says, and go on where somebody started us with stdout or stderr closed."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _hang_up() -> None:
    """Nobody reads any longer: what is left in the buffer must not fail once more when the interpreter ends."""
    sys.stdout = _nowhere()


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _act(options: argparse.Namespace) -> int:
    from importlib import import_module

    from console.command_line.errors import as_sentences

    options.workspace = (options.workspace or default_workspace()).expanduser().absolute()
    module, _, name = options.act.partition(":")
    with as_sentences():
        return int(getattr(import_module(module), name)(options) or 0)


def _failed(sentence: str, code: int) -> int:
    from console.command_line.words import printable

    said = printable(sentence)
    # What was given is repeated in the sentence, and may be a page long; what to do stands at the end.
    print(said if len(said) <= _LONGEST else f"{said[: _LONGEST // 2]} … {said[-_LONGEST // 2 :]}", file=sys.stderr)
    return code


class _Program(argparse.ArgumentParser):
    """A parser whose errors are one line, and whose options are written out: a short form of today may be two tomorrow."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{message[:1].upper()}{message[1:]}. “{self.prog} --help” shows what there is\n")
