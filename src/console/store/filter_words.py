"""What the inbox can be narrowed to and whom a conversation can be given to: companies, tags, teammates."""

from __future__ import annotations

from console.domain.ids import CompanyId
from console.domain.tags import TagCount
from console.store.connection import Connection

# Both read one index and no conversation: of those that were joined to another none keeps a company.
_COMPANIES = """SELECT o.id, o.name, c.many FROM (
    SELECT company_id, count(*) AS many FROM conversations WHERE company_id IS NOT NULL GROUP BY company_id) c
    JOIN companies o ON o.id = c.company_id AND o.merged_into IS NULL ORDER BY c.many DESC, lower(o.name), o.id"""
_TAGS = """SELECT g.name, t.many FROM (
    SELECT tag_id, count(*) AS many FROM taggings WHERE owner_kind = 'conversation' GROUP BY tag_id) t
    JOIN tags g ON g.id = t.tag_id ORDER BY t.many DESC, lower(g.name), g.name"""
# One step in the index for each name, however many conversations each has.
_ASSIGNEES = """WITH RECURSIVE found (name) AS (
    SELECT (SELECT min(assignee) FROM conversations)
    UNION ALL SELECT (SELECT min(assignee) FROM conversations WHERE assignee > name) FROM found WHERE name IS NOT NULL)
    SELECT name FROM found WHERE name <> ''"""
_AUTHORS = """SELECT DISTINCT author_name FROM (SELECT author_name, author_kind FROM messages ORDER BY id DESC LIMIT ?)
    WHERE author_kind = 'teammate' AND author_name <> ''"""
_WRITERS = "SELECT DISTINCT author FROM notes WHERE author <> '' LIMIT ?"
_NEWEST, _MOST = 5_000, 1_000


def companies_of_conversations(connection: Connection) -> tuple[tuple[CompanyId, str, int], ...]:
    """Every company that has a conversation, with how many; the most first."""
    rows = connection.exec_driver_sql(_COMPANIES).fetchall()
    return tuple((CompanyId(key), name, many) for key, name, many in rows)


def tags_of_conversations(connection: Connection) -> tuple[TagCount, ...]:
    """Every tag that sticks on a conversation, with on how many; the most first."""
    return tuple(TagCount(name, many) for name, many in connection.exec_driver_sql(_TAGS).fetchall())


def teammates(connection: Connection, me: str) -> tuple[str, ...]:
    """Everybody known to work here, ``me`` first, then by name: who has conversations, answered lately, or wrote a note."""
    found = {
        row[0]
        for question, arguments in ((_ASSIGNEES, ()), (_AUTHORS, (_NEWEST,)), (_WRITERS, (_MOST,)))
        for row in connection.exec_driver_sql(question, arguments).fetchall()
    }
    return (me, *sorted(found - {me}, key=lambda name: (name.casefold(), name)))
