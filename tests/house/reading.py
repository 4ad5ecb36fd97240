"""Our files as the rules read them: paths, syntax trees, names and comments."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "console"
CODE_FOLDERS = ("src", "tests", "packaging", "bench")
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its path from the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every Python file below the folders (all folders of code when none is named), in order of path."""
    found = []
    for folder in folders or CODE_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            found.append(Module(path.relative_to(ROOT).as_posix(), text, ast.parse(text)))
    return tuple(found)


@cache
def tracked_files() -> tuple[str, ...]:
    """What the repository holds (with what is about to be added), or every file where there is no git."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        listed = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if not _is_made_by_tools(path)]
    return tuple(sorted(name for name in listed if (ROOT / name).is_file()))


def _is_made_by_tools(path: Path) -> bool:
    made = {".git", ".venv", "__pycache__", ".hypothesis"}
    return any(part in made or part.endswith("_cache") for part in path.relative_to(ROOT).parts)


def text_of(name: str) -> str | None:
    """The text of a tracked file; None for a binary one."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def shown(found: Iterable[str]) -> str:
    """What a failed rule prints: everything that breaks it, one a line."""
    return "\n" + "\n".join(found)


def words(name: str) -> tuple[str, ...]:
    """The words of an identifier: `rowsOf_MessageData` → rows, of, message, data."""
    return tuple(word.lower() for word in _WORD.findall(name))


def comments(module: Module) -> Iterator[tuple[int, str]]:
    """Line number and text of every comment."""
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def is_override(node: ast.AST) -> bool:
    """Whether a function's name was chosen by its base class (Qt's, mostly)."""
    decorators = getattr(node, "decorator_list", [])
    return any(isinstance(decorator, ast.Name) and decorator.id == "override" for decorator in decorators)


def arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[ast.arg, ...]:
    given = function.args
    extra = [argument for argument in (given.vararg, given.kwarg) if argument is not None]
    return (*given.posonlyargs, *given.args, *given.kwonlyargs, *extra)
