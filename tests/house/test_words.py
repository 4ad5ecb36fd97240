"""One word per thing: the vocabulary of docs/architecture.md, and no names that say nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.reading import FUNCTION, Module, arguments, is_override, modules, shown, words

from console.connectors.rest.bundled import bundled_connectors

EMPTY_WORDS = {"manager", "helper", "util", "handler", "processor", "data", "info", "misc", "base", "common"}
# What we call these: customer, conversation, teammate, company, merge, broadcast, property, segment, profile.
FOREIGN_WORDS = {
    "contact",
    "ticket",
    "user",
    "agent",
    "admin",
    "organization",
    "organisation",
    "account",
    "dedupe",
    "unify",
    "campaign",
    "blast",
    "trait",
    "cohort",
    "mutation",
    "plugin",
    "backend",
}
# Names of things outside, which are called so by the whole world.
NAMES_OF_THINGS_OUTSIDE = {
    ("data", "version"),  # SQLite's PRAGMA
    ("user", "version"),  # SQLite's PRAGMA
    ("user", "agent"),  # HTTP's header
    ("user", "role"),  # Qt's first free item role
    ("render", "info"),  # Qt
    ("base", "subject"),  # RFC 5256
}
NEVER_ON_SCREEN = re.compile(r"\b(users?|tickets?|contacts?)\b", re.IGNORECASE)


def test_no_name_says_nothing() -> None:
    empty = [
        f"{where} {name}"
        for module in modules("src", "packaging", "bench")
        for where, name in _chosen_names(module)
        if _forbidden(name, EMPTY_WORDS - ({"handler"} if "/ui/" in module.path else set()))
    ]

    assert not empty, shown(empty)


def test_no_name_uses_another_products_words() -> None:
    foreign = [
        f"{where} {name}"
        for module in modules("src")
        for where, name in (*_chosen_names(module), *_variables(module))
        if _forbidden(name, FOREIGN_WORDS)
    ]

    assert not foreign, shown(foreign)


def test_the_screen_never_says_user_ticket_or_contact() -> None:
    said = [
        f"{module.at(text)} {text.value!r}"
        for module in modules("src")
        for text in _translated_texts(module)
        if isinstance(text.value, str) and NEVER_ON_SCREEN.search(text.value)
    ]

    assert not said, shown(said)


def test_what_manifests_show_is_said_in_our_words_and_not_in_their_vendors() -> None:
    shown_words = [
        (kind.name, words)
        for kind in (connector.kind for connector in bundled_connectors())
        for words in (kind.brings, *(stream.label for stream in kind.streams))
    ]

    assert shown_words
    assert not [one for one in shown_words if NEVER_ON_SCREEN.search(one[1])]


def test_the_rule_knows_a_forbidden_word_from_a_word_that_contains_it() -> None:
    assert _forbidden("messageData", EMPTY_WORDS)
    assert _forbidden("contacts_of", FOREIGN_WORDS)
    assert not _forbidden("database_metadata", EMPTY_WORDS)
    assert not _forbidden("data_version_of", EMPTY_WORDS)
    assert not _forbidden("superuser", FOREIGN_WORDS)


def _forbidden(name: str, banned: set[str]) -> bool:
    said = words(name)
    outside = {
        index + step
        for index in range(len(said))
        if said[index : index + 2] in NAMES_OF_THINGS_OUTSIDE
        for step in (0, 1)
    }
    return any(
        index not in outside and (word in banned or word.removesuffix("s") in banned) for index, word in enumerate(said)
    )


def _chosen_names(module: Module) -> Iterator[tuple[str, str]]:
    """Where and what: module, classes, functions and arguments whose names are ours to choose."""
    for part in module.path.removesuffix(".py").split("/"):
        yield module.path, part
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            yield module.at(node), node.name
        elif isinstance(node, FUNCTION) and not is_override(node):
            yield module.at(node), node.name
            for argument in arguments(node):
                yield module.at(argument), argument.arg


def _variables(module: Module) -> Iterator[tuple[str, str]]:
    """Names and attributes that are assigned, fields of classes among them."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield module.at(node), node.id if isinstance(node, ast.Name) else node.attr


def _translated_texts(module: Module) -> Iterator[ast.Constant]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and _called(node) in {"tr", "translate"}:
            yield from (part for part in node.args if isinstance(part, ast.Constant))


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
