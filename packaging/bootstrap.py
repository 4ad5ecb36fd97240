#!/usr/bin/env python3
"""From a fresh clone to the running program, or to its whole test suite, with nothing but Python's standard library.

    python3 packaging/bootstrap.py run [ARGS…]           start the console (or pass ARGS to its command line)
    python3 packaging/bootstrap.py test [PYTEST ARGS…]   run the whole test suite

Exit codes: 2 wrong usage, 3 the machine lacks something (the sentence says what to do), else the started program's.
"""

from __future__ import annotations

import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)
EXIT_USAGE = 2
EXIT_WORLD = 3


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST_PYTHON:
        # Said before anything else is imported: the other files use the grammar of 3.11.
        print(
            "bootstrap: Python {}.{} or newer is needed, this one is {}.{}; "
            "start this file with a newer one, such as `python3.11 packaging/bootstrap.py run`.".format(
                *OLDEST_PYTHON, *sys.version_info[:2]
            ),
            file=sys.stderr,
        )
        return EXIT_WORLD
    if not arguments or arguments[0] not in {"run", "test"}:
        print(__doc__, file=sys.stderr)
        return 0 if arguments and arguments[0] in {"-h", "--help"} else EXIT_USAGE

    from bootstrap_steps.errors import WorldError  # only now: see the check of the version above
    from bootstrap_steps.start import prepare, run, test

    root = Path(__file__).resolve().parent.parent
    command, rest = arguments[0], arguments[1:]
    try:
        python = prepare(root, purpose=command)
        return run(python, rest) if command == "run" else test(root, python, rest)
    except WorldError as error:
        print(f"bootstrap: {error}", file=sys.stderr)
        return EXIT_WORLD
    except OSError as error:
        print(f"bootstrap: {error.strerror}: {error.filename}; may you write there?", file=sys.stderr)
        return EXIT_WORLD
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
