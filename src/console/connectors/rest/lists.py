"""Lists that mappings look things up in: each fetched whole, once a pull (or once a parent), when it is first needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from typing_extensions import override

from console.connectors.rest.asking import Asking
from console.connectors.rest.manifest import Listed, Request
from console.connectors.rest.paths import Scope
from console.connectors.rest.picks import text_of
from console.connectors.rest.templates import names_in


class Lists(Mapping[str, Mapping[str, Any]]):
    """By the name of a list: its records by their key. Lists that name ``{parent}`` are fetched for each parent."""

    def __init__(
        self,
        asking: Asking,
        listed: Mapping[str, Listed],
        parent: str = "",
        fetched: dict[tuple[str, str], dict[str, Any]] | None = None,
    ) -> None:
        self._asking = asking
        self._listed = listed
        self._parent = parent
        self._fetched = {} if fetched is None else fetched

    def of(self, parent: str) -> Lists:
        """The same lists as they are for a parent."""
        return Lists(self._asking, self._listed, parent, self._fetched)

    @override
    def __getitem__(self, name: str) -> Mapping[str, Any]:
        one = self._listed[name]
        place = (name, self._parent if _depends(one.request) else "")
        if place not in self._fetched:
            self._fetched[place] = {
                key: record
                for turned in self._asking.pages(one.request, {"parent": self._parent or None})
                for record in turned.records
                if (key := text_of(one.key, Scope(record)))
            }
        return self._fetched[place]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    @override
    def __len__(self) -> int:
        return len(self._listed)


def _depends(request: Request) -> bool:
    """Whether the list is another one for each parent."""
    return "parent" in names_in([request.path, request.params, request.body])
