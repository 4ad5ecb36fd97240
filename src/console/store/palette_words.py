"""Tags, properties and segments by their names: few enough to be looked through, wherever in the name the words stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from console.domain.records import OwnerKind
from console.domain.search import Hit, HitKind
from console.domain.search_query import fold
from console.store.connection import Connection

_TAGS = """SELECT g.name, (SELECT count(*) FROM taggings t WHERE t.tag_id = g.id) AS many FROM tags g"""
_PROPERTIES = "SELECT p.name, p.owner_kind, p.kind FROM properties p"
_SEGMENTS = """SELECT s.name, s.owner_kind,
       (SELECT count(*) FROM segment_spans p WHERE p.segment_id = s.id AND p.until IS NULL) AS many FROM segments s"""


def tags_called(connection: Connection, folded: str, limit: int) -> list[Hit]:
    """Tags, the most used first, those that begin with the words before the others."""
    rows = connection.exec_driver_sql(_TAGS).fetchall()
    hits = [_hit(HitKind.TAG, name, name, "", many) for name, many in rows if many]
    return _chosen(hits, folded, limit)


def properties_called(connection: Connection, folded: str, limit: int) -> list[Hit]:
    """Properties of customers and companies; the identity names the kind of owner: ``customer plan``."""
    rows = connection.exec_driver_sql(_PROPERTIES).fetchall()
    hits = [_hit(HitKind.PROPERTY, f"{owner} {name}", name, kind, None) for name, owner, kind in rows]
    return _chosen(hits, folded, limit)


def segments_called(connection: Connection, folded: str, limit: int) -> list[Hit]:
    """Segments that teammates made, with how many are in them."""
    rows = connection.exec_driver_sql(_SEGMENTS).fetchall()
    hits = [_hit(HitKind.SEGMENT, f"{OwnerKind(owner)} {name}", name, "", many) for name, owner, many in rows]
    return _chosen(hits, folded, limit)


def _hit(kind: HitKind, key: str, title: str, snippet: str, count: int | None) -> Hit:
    return Hit(kind, key, title, snippet, None, None, count=count)


def _chosen(hits: Iterable[Hit], folded: str, limit: int) -> list[Hit]:
    words = folded.split()
    passing = [hit for hit in hits if all(word in fold(hit.title) for word in words)]
    by_place: Callable[[Hit], tuple[bool, int, str]] = lambda hit: (  # noqa: E731 - the order of one list
        not fold(hit.title).startswith(folded),
        -(hit.count or 0),
        fold(hit.title),
    )
    return [_marked(hit, words) for hit in sorted(passing, key=by_place)[:limit]]


def _marked(hit: Hit, words: list[str]) -> Hit:
    title = fold(hit.title)
    found = sorted({(title.find(word), title.find(word) + len(word)) for word in words})
    apart = tuple(one for place, one in enumerate(found) if not place or one[0] >= found[place - 1][1])
    return Hit(hit.kind, hit.id, hit.title, hit.snippet, None, None, title_spans=apart, count=hit.count)
