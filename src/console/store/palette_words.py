"""Tags, properties and segments by their names: few enough to be looked through, wherever in the name the words stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from console.domain.search import Hit, HitKind
from console.domain.search_query import fold
from console.store.connection import Connection

COUNTED_UP_TO = 1_000
_TAGS = "SELECT g.name, g.id FROM tags g WHERE EXISTS (SELECT 1 FROM taggings t WHERE t.tag_id = g.id)"
_TAGGINGS = "SELECT count(*) FROM (SELECT 1 FROM taggings t WHERE t.tag_id = ? LIMIT ?)"
_PROPERTIES = "SELECT p.name, p.owner_kind, p.kind FROM properties p"
_SEGMENTS = "SELECT s.name, s.owner_kind, s.id FROM segments s"
_SPANS = "SELECT count(*) FROM (SELECT 1 FROM segment_spans p WHERE p.segment_id = ? AND p.until IS NULL LIMIT ?)"


def tags_called(connection: Connection, folded: str, limit: int) -> list[Hit]:
    """Tags, those that begin with the words first; their counts end at a thousand."""
    key_by_name = {row.name: row.id for row in connection.exec_driver_sql(_TAGS).fetchall()}
    hits = _chosen((_hit(HitKind.TAG, name, name, "") for name in key_by_name), folded, limit)
    return [_counted(connection, hit, _TAGGINGS, key_by_name[hit.id]) for hit in hits]


def properties_called(connection: Connection, folded: str, limit: int) -> list[Hit]:
    """Properties of customers and companies; the identity names the kind of owner: ``customer plan``."""
    rows = connection.exec_driver_sql(_PROPERTIES).fetchall()
    return _chosen((_hit(HitKind.PROPERTY, f"{owner} {name}", name, kind) for name, owner, kind in rows), folded, limit)


def segments_called(connection: Connection, folded: str, limit: int) -> list[Hit]:
    """Segments that teammates made, with how many are in them, up to a thousand."""
    key_by_id = {
        f"{owner} {name}": (key, name) for name, owner, key in connection.exec_driver_sql(_SEGMENTS).fetchall()
    }
    hits = _chosen((_hit(HitKind.SEGMENT, one, name, "") for one, (_, name) in key_by_id.items()), folded, limit)
    return [_counted(connection, hit, _SPANS, key_by_id[hit.id][0]) for hit in hits]


def _hit(kind: HitKind, key: str, title: str, snippet: str) -> Hit:
    return Hit(kind, key, title, snippet, None, None)


def _counted(connection: Connection, hit: Hit, statement: str, key: int) -> Hit:
    return replace(hit, count=connection.exec_driver_sql(statement, (key, COUNTED_UP_TO)).scalar_one())


def _chosen(hits: Iterable[Hit], folded: str, limit: int) -> list[Hit]:
    words = folded.split()
    passing = [(fold(hit.title), hit) for hit in hits if all(word in fold(hit.title) for word in words)]
    passing.sort(key=lambda one: (not one[0].startswith(folded), one[0], one[1].id))
    return [_marked(hit, title, words) for title, hit in passing[:limit]]


def _marked(hit: Hit, title: str, words: list[str]) -> Hit:
    found = sorted({(title.find(word), title.find(word) + len(word)) for word in words})
    apart = tuple(one for place, one in enumerate(found) if not place or one[0] >= found[place - 1][1])
    return replace(hit, title_spans=apart)
