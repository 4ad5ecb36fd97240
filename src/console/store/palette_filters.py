"""The conditions of the palette as SQL on customers, companies, conversations, messages and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from console.domain.expressions import BadExpression, Condition, Negated, tree
from console.domain.inbox import ConversationState
from console.domain.palette_query import Part
from console.domain.records import Channel, OwnerKind
from console.domain.segment_rules import Condition as Ruled
from console.domain.segment_rules import Not, Rule
from console.domain.segment_tests import Moments, test_of
from console.domain.segment_text import FIELDS, Vocabulary, rule_of
from console.domain.values import ValueProblem
from console.store.connection import Connection
from console.store.expressions import vocabulary
from console.store.own_clock import time_of, zone_of
from console.store.search import EVERY
from console.store.segment_asking import Asked
from console.store.segment_sql import clause_of
from console.store.segment_tests import Clause, negated

AT = "at"
OF_CONVERSATIONS = (AT, "state", "channel", "assignee", "tag", "is", "customer")
_COMMON = ("company", "company_tag", "event", "has")
_MARKS = {"unread": "c.unread_count > 0", "unassigned": "c.assignee IS NULL", "unlinked": "c.customer_id IS NULL"}


class NoFilter(Exception):
    """A condition cannot be understood: ``sentence`` says why, ``part`` which."""

    def __init__(self, sentence: str, part: Part) -> None:
        super().__init__(sentence)
        self.sentence, self.part = sentence, part


@dataclass(slots=True)
class Narrowed:
    """Tests on rows that the SQL calls u (customer), y (company) and c (conversation); a kind is None where a condition says
    nothing of it, so that none of it is shown.

    ``low`` and ``high``: between which moments (microseconds, the second excluded) something was said or written; customers
    and companies are not said (``is_of_talk``). ``is_of_customers``: every condition is one on whose the conversation is.
    """

    is_any: bool = False
    is_of_talk: bool = False
    is_of_customers: bool = True
    customer: Clause | None = EVERY
    company: Clause | None = EVERY
    conversation: Clause | None = EVERY
    low: float | None = None
    high: float | None = None


class Fields:
    """The fields that conditions may name in this workspace, read once a question."""

    def __init__(self, connection: Connection, now: datetime | None) -> None:
        self._of = {kind: vocabulary(connection, kind) for kind in (OwnerKind.CUSTOMER, OwnerKind.COMPANY)}
        self._now, self._zone = time_of(connection, now), zone_of(connection)
        self._of_few = True
        customer, company = self._of[OwnerKind.CUSTOMER], self._of[OwnerKind.COMPANY]
        self.names = frozenset(
            {
                *FIELDS[OwnerKind.CUSTOMER], *FIELDS[OwnerKind.COMPANY], *customer.own, *company.own,
                *(f"company.{name}" for name in (*customer.of_company, *FIELDS[OwnerKind.COMPANY])),
                *_COMMON, *OF_CONVERSATIONS,
            }
        )  # fmt: skip

    def narrow(self, parts: Iterable[Part], *, of_few: bool) -> Narrowed:
        """All conditions together; ``of_few``: they are asked of few rows each, not of everybody.

        Raises NoFilter with the first one that says nothing of anybody.
        """
        narrowed, self._of_few = Narrowed(), of_few
        for part in parts:
            self._add(narrowed, part)
        return narrowed

    def _add(self, narrowed: Narrowed, part: Part) -> None:
        problems: list[str] = []

        def tried(make: Callable[[], Clause]) -> Clause | None:
            try:
                return make()
            except (BadExpression, ValueProblem) as error:
                problems.append(str(error))
                return None

        narrowed.is_any = True
        if part.name == AT:
            moments = self._moments(part).moments
            narrowed.is_of_talk, narrowed.low, narrowed.high = True, moments.low, moments.high
            return
        customer = tried(lambda: self._owner(part, OwnerKind.CUSTOMER, "u"))
        company = tried(lambda: self._owner(part, OwnerKind.COMPANY, "y"))
        of_talk = tried(lambda: self._conversation(part)) if part.name in OF_CONVERSATIONS else None
        narrowed.is_of_customers &= of_talk is None and customer is not None
        if of_talk is None and customer is not None:
            of_talk = _among("c.customer_id", "customers u", customer)
        elif of_talk is None and company is not None:
            of_talk = _among("c.company_id", "companies y", company)
        if customer is None and company is None and of_talk is None:
            raise NoFilter(_best(problems, part, self._of[OwnerKind.CUSTOMER]), part)
        narrowed.customer = _both(narrowed.customer, customer)
        narrowed.company = _both(narrowed.company, company)
        narrowed.conversation = _both(narrowed.conversation, of_talk)

    def _owner(self, part: Part, kind: OwnerKind, row: str) -> Clause:
        asked = Asked(self._now, self._zone, is_narrow=self._of_few)
        return clause_of(rule_of(part.expression, self._of[kind]), kind, row, asked)

    def _moments(self, part: Part) -> Moments:
        """When something was said: any field of a moment is compared alike."""
        _, dash, rest = part.expression.partition(part.expression[len(part.name) :])
        try:
            rule: Rule = rule_of(f"last_seen{dash}{rest}", self._of[OwnerKind.CUSTOMER])
            if isinstance(rule, Not) or not isinstance(rule, Ruled):
                raise BadExpression("“at:” cannot be turned round; write a range like at:..2026-01-31")
            test = test_of(rule, self._now, self._zone)
        except (BadExpression, ValueProblem) as error:
            raise NoFilter(str(error).replace("last_seen", AT), part) from error
        if not isinstance(test, Moments):
            raise NoFilter("“at” takes a day or a range, like at:2026-01-01..2026-01-31 or at<30d", part)
        return test

    def _conversation(self, part: Part) -> Clause:
        node = tree(part.expression)
        node = node.part if (is_turned := isinstance(node, Negated)) else node
        if not isinstance(node, Condition):
            raise BadExpression("Only one condition can stand here")
        if node.operator not in (":", "=", "!="):
            raise BadExpression(f"“{node.name}” is no number or date; use {node.name}:…")
        clause = _any([self._talk(node.name.lower(), value) for value in (node.value, *node.more)])
        return negated(clause) if is_turned != (node.is_negated != (node.operator == "!=")) else clause

    def _talk(self, name: str, value: str) -> Clause:
        match name:
            case "state":
                return Clause("c.state = ?", (_one_of(name, value, [one.value for one in ConversationState]),))
            case "channel":
                return Clause("c.channel = ?", (_one_of(name, value, [one.value for one in Channel]),))
            case "assignee":
                return Clause("coalesce(instr(lower(c.assignee), lower(?)) > 0, 0)", (value,))
            case "tag":
                sql = """EXISTS (SELECT 1 FROM taggings t JOIN tags g ON g.id = t.tag_id
                    WHERE t.owner_id = c.id AND t.owner_kind = 'conversation' AND lower(g.name) = lower(?))"""
                return Clause(sql, (value,))
            case "is":
                return Clause(_MARKS[_one_of(name, value, list(_MARKS))])
            case _:
                inner = self._owner(Part(f'"{value}"', "", 0, 0), OwnerKind.CUSTOMER, "u")
                return _among("c.customer_id", "customers u", inner)


def _among(column: str, rows: str, clause: Clause) -> Clause:
    return Clause(f"EXISTS (SELECT 1 FROM {rows} WHERE {rows[-1]}.id = {column} AND {clause.sql})", clause.arguments)


def _both(before: Clause | None, also: Clause | None) -> Clause | None:
    if before is None or also is None:
        return None
    return also if before == EVERY else Clause(f"({before.sql} AND {also.sql})", (*before.arguments, *also.arguments))


def _any(clauses: list[Clause]) -> Clause:
    sql = " OR ".join(clause.sql for clause in clauses)
    return Clause(f"({sql})", tuple(argument for clause in clauses for argument in clause.arguments))


def _one_of(name: str, value: str, there: list[str]) -> str:
    if value.lower() not in there:
        raise BadExpression(f"{name}:{value} finds nothing; there are {', '.join(there)}")
    return value.lower()


def _best(problems: list[str], part: Part, of_customers: Vocabulary) -> str:
    """The sentence of the kind that knows the field."""
    if part.name in OF_CONVERSATIONS and part.name not in ("tag", "channel"):
        return problems[-1]
    is_of_customers = part.name in of_customers.own or part.name in FIELDS[OwnerKind.CUSTOMER]
    return problems[0] if is_of_customers or part.name not in FIELDS[OwnerKind.COMPANY] else problems[1]
