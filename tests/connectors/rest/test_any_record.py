"""Whatever stands in a record, mapping it gives records or a reason: for every manifest of ours, with records that aim at it."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.connectors.contract.sets.shop import MANIFEST

from console.connectors.errors import RecordError
from console.connectors.rest.manifest import Stream
from console.connectors.rest.mapping import Taken, records_of
from console.connectors.rest.paths import Scope
from console.connectors.rest.reading import manifest_of
from console.connectors.rest.values import moment_in
from console.store.record_json import raw_of
from console.system.paths import resources

TEXTS = [MANIFEST, *(path.read_text(encoding="utf-8") for path in sorted((resources() / "connectors").glob("*.yaml")))]
EARLIEST, LATEST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["", "\0", "\ud800", "a@b.example", "2026-11-22T10:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31", "<p>x</p>", "1e400"])
)  # fmt: skip


def streams() -> list[tuple[str, Stream, str]]:
    found = []
    for text in TEXTS:
        manifest = manifest_of(text)
        found += [(f"{manifest.name}: {stream.name}", stream, text) for stream in manifest.streams]
    return found


STREAMS = streams()


def records_for(text: str) -> st.SearchStrategy[Any]:
    """JSON whose names are words of the manifest, so that it comes where the manifest looks."""
    names = st.sampled_from(sorted(set(re.findall(r"[A-Za-z_@][A-Za-z0-9_@]*", text)))) | st.text(max_size=5)
    return st.recursive(
        SCALARS,
        lambda inside: st.lists(inside, max_size=3) | st.dictionaries(names, inside, max_size=12),
        max_leaves=25,
    )


@pytest.mark.parametrize(("stream", "text"), [one[1:] for one in STREAMS], ids=[one[0] for one in STREAMS])
def test_any_record_becomes_records_or_a_reason(stream: Stream, text: str) -> None:
    paths = [pick for mapped in stream.maps for pick in (mapped.id, *mapped.pick_by_name.values())]
    first_names = sorted({pick.path.partition(".")[0] for pick in paths if pick.path} | {"id"})

    @settings(max_examples=60)
    @given(st.dictionaries(st.sampled_from(first_names), records_for(text), min_size=1) | records_for(text))
    def never_crashes(raw: Any) -> None:
        said = [[raw] for one in stream.maps for _ in one.messages]
        found, rejected = records_of(stream.maps, Taken(Scope(raw), said), "shop:1")
        for record in found:
            assert raw_of(record)
            assert EARLIEST <= (getattr(record, "at", None) or EARLIEST) <= LATEST
        assert all(one.reason and one.external_id.encode() for one in rejected)
        with suppress(RecordError):
            moment_in(stream.cursor.at if stream.cursor else None, Scope(raw))

    never_crashes()
