"""``docs/cli.md`` says what the command line does: its commands, its options, and every key of its JSON."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator

import pytest
from tests.command_line.desk import Desk, small_desk
from tests.house.reading import ROOT

from console.command_line.program import parser

DOCUMENT = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


def _examples(text: str) -> dict[str, object]:
    """The JSON examples by the heading that each stands under."""
    found: dict[str, object] = {}
    for part in re.split(r"^#+ ", text, flags=re.MULTILINE):
        example = re.search(r"^```json\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
        if example:
            found[part.split("\n", 1)[0].strip("`")] = json.loads(example[1])
    return found


EXAMPLES = _examples(DOCUMENT)
# Making the sample takes half a minute; its document is three lines of `making.sample`, which counts the same tables.
NOT_RUN = {"sample --json"}
# Given by sources or told by mails only; the small workspace has none.
LISTS_THAT_MAY_BE_EMPTY = {
    "show company --json.properties.PROPERTY.disagreement",
    "show company --json.properties.PROPERTY.losers",
    "sources show NAME --json.quarantine",
    "quarantine list --json",
    "outbox show ID --json.conflicts",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return small_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def documents(desk: Desk) -> dict[str, object]:
    """What the documented commands answer, by the heading they stand under."""
    conversation = desk.one("list", "conversations", "--json").document[0]["id"]
    desk.one("edit", "conversation", conversation, "--reply", "It is mended")
    commands = {
        "import PATH --json": ["import", str(desk.files / "newer.csv"), "--json"],
        "import --batches --json": ["import", "--batches", "--json"],
        "list customers --json": ["list", "customers", "--json"],
        "list companies --json": ["list", "companies", "--json"],
        "list conversations --json": ["list", "conversations", "--json"],
        "show customer --json": ["show", "customer", "ada@northpeak.example", "--json"],
        "show company --json": ["show", "company", "North Peak", "--json"],
        "show conversation": ["show", "conversation", conversation],
        "activity --json": ["activity", "customer", "ada@northpeak.example", "--kind", "events", "--json"],
        "search --json": ["search", "export", "--json"],
        "sources kinds --json": ["sources", "kinds", "--json"],
        "sync --once NAME --json": ["sync", "--once", "Team mail", "--json"],
        "sources list --json": ["sources", "list", "--json"],
        "sources show NAME --json": ["sources", "show", "Team mail", "--json"],
        "quarantine list --json": ["quarantine", "list", "--json"],
        "outbox list --json": ["outbox", "list", "--json"],
        "outbox show ID --json": ["outbox", "show", "1", "--json"],
        "segment add --json": ["segment", "add", "Team plan", "--rule", "plan=team", "--json"],
        "segment list --json": ["segment", "list", "--json"],
        "segment members --json": ["segment", "members", "Team plan", "--json"],
        "segment why --json": ["segment", "why", "ada@northpeak.example", "Team plan", "--json"],
        "doctor --json": ["doctor", "--json"],
        "export --json": ["export", str(desk.folder.parent / "export"), "--json"],
    }
    answers = dict(zip(commands, desk.run(*commands.values()), strict=True))
    merged = desk.one("show", "customer", "ben@harbor.example", "--json").document
    found = {name: answer.document for name, answer in answers.items()}
    found["show customer --json"]["merged_from"] = merged["merged_from"]
    rejected = desk.one("import", str(desk.files / "customers.csv"), "--dry-run", "--json").document
    found["import PATH --json"]["problems"] = rejected["problems"]
    return found


def test_every_documented_document_is_looked_at(documents: dict[str, object]) -> None:
    assert set(EXAMPLES) == set(documents) | NOT_RUN


@pytest.mark.parametrize("name", sorted(set(EXAMPLES) - NOT_RUN))
def test_a_document_has_exactly_the_keys_that_are_documented(name: str, documents: dict[str, object]) -> None:
    differences = list(_differences(EXAMPLES[name], documents[name], name))
    never_seen = _lists_of_objects(EXAMPLES[name], name) - _lists_of_objects(documents[name], name)

    assert differences == []
    assert never_seen - LISTS_THAT_MAY_BE_EMPTY == set()


def test_every_command_and_option_is_documented() -> None:
    undocumented = [words for words in _commands(parser(), "") if not _is_documented(words)]

    assert undocumented == []


def test_every_option_in_the_documentation_exists() -> None:
    there = {word for words in _commands(parser(), "") for word in words.split()}
    said = set(re.findall(r"--[a-z][a-z-]+", DOCUMENT))

    assert said - there == set()


def _differences(said: object, found: object, place: str) -> Iterator[str]:
    match said, found:
        case dict(), dict():
            stands_for_any = [key for key in said if key.isupper()]
            if stands_for_any:
                for value in found.values():
                    yield from _differences(said[stands_for_any[0]], value, f"{place}.{stands_for_any[0]}")
                return
            if set(said) != set(found):
                yield f"{place}: {sorted(set(said) ^ set(found))}"
            for key in set(said) & set(found):
                yield from _differences(said[key], found[key], f"{place}.{key}")
        case list(), list():
            for value in found if said else ():
                yield from _differences(said[0], value, place)
        case _ if said is not None and found is not None and not place.endswith((".value", ".done", ".total")):
            if type(said) is not type(found):
                yield f"{place}: {type(said).__name__} is documented, {type(found).__name__} came"


def _lists_of_objects(document: object, place: str) -> set[str]:
    """Where a document holds lists of objects that are not empty; every property counts as ``PROPERTY``."""
    match document:
        case dict():
            inner = (
                (value, f"{place}.{'PROPERTY' if place.endswith('.properties') else key}")
                for key, value in document.items()
            )
            return set().union(*(_lists_of_objects(value, name) for value, name in inner))
        case list():
            mine = {place} if any(isinstance(value, dict) for value in document) else set()
            return mine.union(*(_lists_of_objects(value, place) for value in document))
        case _:
            return set()


def _commands(program: argparse.ArgumentParser, name: str) -> Iterator[str]:
    """Each command's name, and each option as "command --option"."""
    for action in program._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, command in action.choices.items():
                yield f"{name} {word}".strip()
                yield from _commands(command, f"{name} {word}".strip())
        elif action.help != argparse.SUPPRESS:
            yield from (f"{name} {option}".strip() for option in action.option_strings if option.startswith("--"))


def _is_documented(words: str) -> bool:
    """A command is named in code; an option stands somewhere in the document."""
    last = words.split()[-1]
    if last.startswith("--"):
        return re.search(rf"{re.escape(last)}(?![a-z-])", DOCUMENT) is not None
    return re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", DOCUMENT) is not None
