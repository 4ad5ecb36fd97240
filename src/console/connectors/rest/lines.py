"""YAML as a tree whose parts know their lines, and a list of everything that is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from console.connectors.errors import SourceError

_LARGEST = 1_000_000
_DEEPEST = 30
_SCALARS = frozenset({"str", "int", "float", "bool", "null"})


@dataclass(frozen=True, slots=True)
class Said:
    """A part of a manifest: names to parts, a list of parts, or a plain value; ``line`` counts from 1."""

    content: Mapping[str, Said] | Sequence[Said] | str | int | float | bool | None
    line: int

    @property
    def plain(self) -> object:
        """The same without lines."""
        if isinstance(self.content, Mapping):
            return {name: one.plain for name, one in self.content.items()}
        if isinstance(self.content, Sequence) and not isinstance(self.content, str):
            return [one.plain for one in self.content]
        return self.content


@dataclass(slots=True)
class Problems:
    """What is wrong with one manifest, each with its line."""

    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, sentence: str) -> None:
        if (line, sentence) not in self.found:
            self.found.append((line, sentence))

    def raise_if_any(self) -> None:
        """Raises SourceError that lists them all, in order of lines."""
        if self.found:
            raise mistaken(self.found)


def mistaken(found: Sequence[tuple[int, str]]) -> SourceError:
    """All mistakes of a manifest as one error."""
    lines = "\n".join(f"line {line}: {sentence}" for line, sentence in sorted(found))
    return SourceError(
        f"The manifest has mistakes:\n{lines}\n", "Correct them; docs/connectors.md says what may stand there."
    )


def tree_of(text: str) -> Said:
    """The manifest as a tree. Raises SourceError with the line where it is no YAML, or uses more of it than data needs."""
    if len(text) > _LARGEST:
        raise mistaken([(1, "the file is too large for a manifest")])
    try:
        _refuse_traps(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise mistaken([(line, f"this is no YAML ({error.problem})")]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise mistaken([(1, "this is no YAML")]) from error
    problems = Problems()
    tree = _said(node, problems) if node is not None else Said({}, 1)
    problems.raise_if_any()
    return tree


def _refuse_traps(text: str) -> None:
    """A few aliases of aliases would grow to more than any memory holds, and depth costs its square in time."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.events.AliasEvent) or getattr(event, "anchor", None):
            raise mistaken([(line, "anchors and aliases are not allowed")])
        depth += isinstance(event, yaml.events.CollectionStartEvent)
        depth -= isinstance(event, yaml.events.CollectionEndEvent)
        if depth > _DEEPEST:
            raise mistaken([(line, "this is nested too deeply")])


def _said(node: yaml.Node, problems: Problems) -> Said:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Said] = {}
        for name, value in node.value:
            key = name.value if isinstance(name, yaml.ScalarNode) else ""
            if key in found:
                problems.add(name.start_mark.line + 1, f"{key} stands here twice")
            found[key] = _said(value, problems)
        return Said(found, line)
    if isinstance(node, yaml.SequenceNode):
        return Said([_said(one, problems) for one in node.value], line)
    return Said(_scalar(node, problems), line)


def _scalar(node: yaml.Node, problems: Problems) -> str | int | float | bool | None:
    kind = node.tag.rpartition(":")[2]
    if kind not in _SCALARS or (kind != "str" and ":" in node.value):
        # A date or a number with colons is meant as it is written.
        return str(node.value)
    try:
        return yaml.SafeLoader("").construct_object(node)
    except (ValueError, yaml.YAMLError):
        problems.add(node.start_mark.line + 1, f"{node.value} is no value")
        return None


def nearest(word: str, words: Sequence[str]) -> str:
    """ ", did you mean …" for a word that is not one of ``words``."""
    close = difflib.get_close_matches(word, words, 1)
    return f"; did you mean {close[0]}?" if close else ""
