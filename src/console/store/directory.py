"""Lists of customers, companies and conversations, narrowed by filter expressions, page by page."""

from __future__ import annotations

from console.domain.address import is_deceptive
from console.domain.directory import CompanyRow, CustomerRow, NameKey
from console.domain.expressions import BadExpression, Condition, conditions
from console.domain.ids import CompanyId, CustomerId
from console.domain.inbox import ConversationState, InboxFilter
from console.domain.records import Channel, OwnerKind
from console.store.connection import Connection
from console.store.dialect import listed
from console.store.errors import NotFound
from console.store.expressions import clauses_of
from console.store.moments import moment_or_none
from console.store.profile_calling import company_called, customer_called
from console.store.tags import names_by_owner

_CUSTOMERS = """SELECT u.id, u.name, u.email, coalesce(o.name, '') AS company, u.conversation_count, u.first_seen,
       u.last_seen, u.is_role, u.is_shared
FROM customers u LEFT JOIN companies o ON o.id = u.company_id WHERE """
_COMPANIES = "SELECT u.id, u.name, u.domain, u.member_count, u.last_seen FROM companies u WHERE "


def list_customers(
    connection: Connection, expression: str, limit: int, after: NameKey | None = None
) -> tuple[CustomerRow, ...]:
    """The customers that meet an expression, in the order of names, after a page's end. Raises BadExpression."""
    where, arguments = _where(connection, OwnerKind.CUSTOMER, expression, after)
    rows = connection.exec_driver_sql(f"{_CUSTOMERS}{where}", (*arguments, limit)).fetchall()
    tags = names_by_owner(connection, "customer", listed(row.id for row in rows))
    return tuple(
        CustomerRow(
            id=CustomerId(row.id),
            name=row.name,
            email=row.email,
            company_name=row.company,
            conversation_count=row.conversation_count,
            first_seen=moment_or_none(row.first_seen),
            last_seen=moment_or_none(row.last_seen),
            tags=tags.get(row.id, ()),
            is_role=bool(row.is_role),
            is_shared=bool(row.is_shared),
            is_deceptive=is_deceptive(row.name),
        )
        for row in rows
    )


def list_companies(
    connection: Connection, expression: str, limit: int, after: NameKey | None = None
) -> tuple[CompanyRow, ...]:
    """The companies that meet an expression, in the order of names, after a page's end. Raises BadExpression."""
    where, arguments = _where(connection, OwnerKind.COMPANY, expression, after)
    rows = connection.exec_driver_sql(f"{_COMPANIES}{where}", (*arguments, limit)).fetchall()
    tags = names_by_owner(connection, "company", listed(row.id for row in rows))
    return tuple(
        CompanyRow(CompanyId(key), name, domain, members, moment_or_none(last_seen), tags.get(key, ()))
        for key, name, domain, members, last_seen in rows
    )


def inbox_filter(connection: Connection, expression: str) -> InboxFilter:
    """The filter that an expression on conversations writes, all states where it names none. Raises BadExpression.

    ``state:open assignee:Marta channel:email tag:vip company:"North peak" customer:ada@north.example is:unread
    is:unassigned is:unlinked``.
    """
    wanted: dict[str, object] = {"state": None}
    for condition in conditions(expression):
        if condition.is_negated or condition.operator not in (":", "="):
            raise BadExpression(f"“{condition.name}” of conversations is asked with : only, and not negated")
        wanted.update(_inbox_condition(connection, condition))
    return InboxFilter(**wanted)  # pyright: ignore[reportArgumentType]  # each value comes typed from _inbox_condition


def _inbox_condition(connection: Connection, condition: Condition) -> dict[str, object]:
    name, value = condition.name.lower(), condition.value
    try:
        match name, value:
            case "state", _:
                return {"state": None if value == "all" else ConversationState(value)}
            case "channel", _:
                return {"channel": Channel(value)}
            case (("assignee" | "tag"), _):
                return {name: value}
            case "company", _:
                return {"company": company_called(connection, value)}
            case "customer", _:
                return {"customer": customer_called(connection, value)}
            case "is", ("unread" | "unassigned"):
                return {f"is_{value}": True}
            case "is", "unlinked":
                return {"has_no_customer": True}
    except ValueError as error:
        there = ", ".join(one.value for one in (ConversationState if name == "state" else Channel))
        raise BadExpression(f"{name}:{value} finds nothing; there are {there}") from error
    except NotFound as error:
        raise BadExpression(f"{name}:{value} finds nothing: {error}") from error
    raise BadExpression(
        f"“{name or value}” says nothing of conversations; there are state, channel, assignee, tag, company, customer, "
        "is:unread, is:unassigned and is:unlinked"
    )


def _where(
    connection: Connection, owner_kind: OwnerKind, expression: str, after: NameKey | None
) -> tuple[str, tuple[object, ...]]:
    parts, arguments = ["u.merged_into IS NULL"], []
    for clause in clauses_of(connection, owner_kind, "u", expression):
        parts.append(clause.sql)
        arguments += clause.arguments
    if after is not None:
        parts.append("(u.name, u.id) > (?, ?)")
        arguments += [after.name, after.id]
    return f"{' AND '.join(parts)} ORDER BY u.name, u.id LIMIT ?", tuple(arguments)
