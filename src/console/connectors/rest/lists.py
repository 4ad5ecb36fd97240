"""Lists that mappings look things up in: each fetched whole, once a pull, when it is first needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from typing_extensions import override

from console.connectors.rest.asking import Asking
from console.connectors.rest.manifest import Listed
from console.connectors.rest.paths import Scope
from console.connectors.rest.picks import text_of


class Lists(Mapping[str, Mapping[str, Any]]):
    """By the name of a list: its records by their key."""

    def __init__(self, asking: Asking, listed: Mapping[str, Listed]) -> None:
        self._asking = asking
        self._listed = listed
        self._fetched: dict[str, dict[str, Any]] = {}

    @override
    def __getitem__(self, name: str) -> Mapping[str, Any]:
        if name not in self._fetched:
            one = self._listed[name]
            self._fetched[name] = {
                key: record
                for turned in self._asking.pages(one.request, {})
                for record in turned.records
                if (key := text_of(one.key, Scope(record)))
            }
        return self._fetched[name]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    @override
    def __len__(self) -> int:
        return len(self._listed)
