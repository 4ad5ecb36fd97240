"""Lists that mappings look things up in: each fetched whole, once a pull, a parent or a record, when it is first needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from typing_extensions import override

from console.connectors.rest.asking import Asking
from console.connectors.rest.manifest import Listed
from console.connectors.rest.paths import Scope
from console.connectors.rest.picks import Pick, text_of
from console.connectors.rest.templates import names_in


class Lists(Mapping[str, Mapping[str, Any]]):
    """By the name of a list: its records by their key.

    Lists that name ``{parent}`` are fetched for each parent, those that name ``{id}`` for each record.
    """

    def __init__(
        self,
        asking: Asking,
        listed: Mapping[str, Listed],
        parent: str = "",
        fetched: dict[tuple[str, str], dict[str, Any]] | None = None,
        record: str = "",
    ) -> None:
        self._asking = asking
        self._listed = listed
        self._parent = parent
        self._fetched = {} if fetched is None else fetched
        self._record = record
        self._own: dict[str, dict[str, Any]] = {}

    def of(self, parent: str, record: str = "") -> Lists:
        """The same lists as they are for a parent, and for one record of it."""
        return Lists(self._asking, self._listed, parent, self._fetched, record)

    def give(self, name: str, records: Iterable[Any], key: Pick) -> None:
        """Further records of this record's own list: what stood beside its messages. Of several with one key the last stays."""
        found = {text_of(key, Scope(one)): one for one in records}
        self._own[name] = {**self._own.get(name, {}), **found}

    @override
    def __getitem__(self, name: str) -> Mapping[str, Any]:
        if name in self._own:
            return self._own[name]
        one = self._listed[name]
        named = names_in([one.request.path, one.request.params, one.request.body])
        if "id" in named:
            # One record's alone: kept no longer than the record is being mapped.
            self._own[name] = self._asked(one)
            return self._own[name]
        place = (name, self._parent if "parent" in named else "")
        if place not in self._fetched:
            self._fetched[place] = self._asked(one)
        return self._fetched[place]

    def _asked(self, one: Listed) -> dict[str, Any]:
        values = {"parent": self._parent or None, "id": self._record or None}
        return {
            key: record
            for turned in self._asking.pages(one.request, values)
            for record in turned.records
            if (key := text_of(one.key, Scope(record)))
        }

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    @override
    def __len__(self) -> int:
        return len(self._listed)
