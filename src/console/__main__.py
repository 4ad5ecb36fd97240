"""The program: without a command the window, with one the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Run ``support-console`` with the arguments of this process; gives the exit code."""
    from console.command_line.program import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
