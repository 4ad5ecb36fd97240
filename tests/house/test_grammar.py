"""What no file of ours may say, each for a reason that was paid for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.reading import Module, comments, modules, shown, text_of, tracked_files

# The one place per process where an error nobody expected becomes a line in the log and an exit code.
PROCESS_ENTRIES = {
    "src/console/__main__.py",
    "src/console/command_line/program.py",
    "src/console/sync/process.py",
    "src/console/ui/app.py",
    "src/console/wiring/window.py",
}
BROAD = {"Exception", "BaseException"}
_SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pyright:\s*ignore|basedpyright:\s*ignore)\b(.*)")
_SUPPRESSED_CODES = re.compile(r"^(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[\w\-, ]+\])")
_REASON = re.compile(r"[a-z]+\W+[a-z]+", re.IGNORECASE)
_PROMISE = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
_OUR_TEXTS = (".py", ".md", ".toml", ".cfg", ".in", "/run")


def test_nobody_opens_a_second_sqlite_or_forks() -> None:
    second = [
        f"{where} {name}"
        for module in modules()
        for where, name in (*_imports(module), *_attributes(module))
        if name in {"sqlite3", "_sqlite3", "os.fork", "os.forkpty"} or name.startswith(("sqlite3.", "PySide6.QtSql"))
    ]

    assert not second, shown(second)


def test_no_process_is_started_by_forking_an_open_database() -> None:
    forked = [
        module.at(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _name_of(node.func).endswith(("get_context", "set_start_method"))
        if not any(isinstance(argument, ast.Constant) and argument.value == "spawn" for argument in node.args)
    ]

    assert not forked, shown(forked)


def test_broad_excepts_stand_once_in_each_process_entry_and_nowhere_else() -> None:
    """One that cleans up and raises again swallows nothing, and is not meant."""
    broad = [
        (module.path, node.lineno)
        for module in modules("src", "packaging")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _raises_again(node)
    ]
    paths = [path for path, _ in broad]

    misplaced = [f"{path}:{line}" for path, line in broad if path not in PROCESS_ENTRIES or paths.count(path) > 1]

    assert not misplaced, shown(misplaced)


def test_every_suppressed_rule_is_named_and_has_its_reason_beside_it() -> None:
    bare = [
        f"{module.path}:{line} {comment}"
        for module in modules()
        for line, comment in comments(module)
        if (found := _SUPPRESSION.search(comment)) and not _is_explained(found[2])
    ]

    assert not bare, shown(bare)


def test_a_suppression_is_explained_only_by_words_behind_its_code() -> None:
    assert _is_explained(": BLE001 the last line of defence of this process")
    assert _is_explained("[reportAttributeAccessIssue]  # the stubs miss it")
    assert not _is_explained(": BLE001")
    assert not _is_explained(" because I say so")
    assert not _is_explained("")


def test_nothing_is_left_for_later() -> None:
    promises = [
        f"{name}:{number}"
        for name in tracked_files()
        if name.endswith(_OUR_TEXTS) and not name.startswith("resources/")
        for number, line in enumerate((text_of(name) or "").splitlines(), start=1)
        if _PROMISE.search(line)
    ]

    assert not promises, shown(promises)


def test_no_translated_text_is_an_f_string() -> None:
    """`pyside6-lupdate` does not see a text inside an f-string, so it would never be translated."""
    lost = [
        module.at(node)
        for module in modules("src")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _name_of(node.func).rpartition(".")[2] in {"tr", "translate"}
        if any(isinstance(argument, ast.JoinedStr) for argument in node.args)
    ]

    assert not lost, shown(lost)


def _imports(module: Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((module.at(node), alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield module.at(node), node.module
            yield from ((module.at(node), f"{node.module}.{alias.name}") for alias in node.names)


def _attributes(module: Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            yield module.at(node), _name_of(node)


def _name_of(node: ast.expr) -> str:
    """`a.b.c` as written; empty parts where it is not made of names."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{_name_of(value)}.{attr}"
        case _:
            return ""


def _is_broad(node: ast.ExceptHandler) -> bool:
    if node.type is None:
        return True
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(isinstance(part, ast.Name) and part.id in BROAD for part in caught)


def _raises_again(node: ast.ExceptHandler) -> bool:
    last = node.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _is_explained(rest: str) -> bool:
    codes = _SUPPRESSED_CODES.match(rest)
    return codes is not None and _REASON.search(rest[codes.end() :]) is not None
