"""Tags: all there are, and which ones stick on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.store.connection import Connection
from console.store.dialect import IN_LIST
from console.store.moments import moment

if TYPE_CHECKING:
    from console.domain.edits import Owner
    from console.domain.profile_view import TagRow
    from console.domain.tags import TagCount


def all_tags(connection: Connection) -> tuple[TagCount, ...]:
    """Every tag that sticks on something, in the order of names."""
    from console.domain.tags import TagCount

    found = connection.exec_driver_sql(
        """SELECT g.name, count(*) FROM tags g JOIN taggings t ON t.tag_id = g.id
           GROUP BY g.id ORDER BY lower(g.name), g.name"""
    ).fetchall()
    return tuple(TagCount(name, count) for name, count in found)


def tags_on(connection: Connection, owner: Owner) -> tuple[TagRow, ...]:
    """The tags on ``owner``, by name; where two identities of a customer bear the same tag, the older one is shown."""
    from console.domain.profile_view import TagRow

    found = connection.exec_driver_sql(
        """SELECT g.name, t.by, min(t.at) FROM taggings t JOIN tags g ON g.id = t.tag_id
           WHERE t.owner_id = ? AND t.owner_kind = ? GROUP BY g.id ORDER BY lower(g.name), g.name""",
        (owner.id, owner.kind.value),
    ).fetchall()
    return tuple(TagRow(name, by, moment(at)) for name, by, at in found)


def tags_of_conversations(connection: Connection, ids: str) -> dict[int, tuple[str, ...]]:
    """The names of the tags on each conversation of a list made by ``dialect.listed``."""
    return names_by_owner(connection, "conversation", ids)


def names_by_owner(connection: Connection, owner_kind: str, ids: str) -> dict[int, tuple[str, ...]]:
    """The names of the tags on each owner of one kind, for a list made by ``dialect.listed``."""
    found = connection.exec_driver_sql(
        f"""SELECT DISTINCT t.owner_id, g.name FROM taggings t JOIN tags g ON g.id = t.tag_id
            WHERE t.owner_id IN {IN_LIST} AND t.owner_kind = ? ORDER BY lower(g.name), g.name""",
        (ids, owner_kind),
    ).fetchall()
    names: dict[int, list[str]] = {}
    for owner, name in found:
        names.setdefault(owner, []).append(name)
    return {owner: tuple(of_owner) for owner, of_owner in names.items()}
