"""Edits of segments: a rule is kept, and who meets it joins in the same transaction."""

from __future__ import annotations

from console.domain import edits as e
from console.domain.records import OwnerKind
from console.domain.segment_rules import BadRule, Rule, Subject, Verb, conditions_of, rule_from_json
from console.domain.segment_tests import lower, test_of
from console.domain.segments import LONGEST_NAME, built_in
from console.domain.values import ValueProblem
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.moments import moment
from console.store.own_clock import zone_of


def effect(folding: Folding, edit: e.DefineSegment | e.RemoveSegment) -> None:
    """Define a segment, or take it away. Raises Refused with a sentence."""
    key = {"id": edit.segment}
    there = folding.recorder.find("segments", key)
    if isinstance(edit, e.RemoveSegment):
        if there is None:
            raise Refused("The segment is not there any more")
        folding.recorder.delete("segments", key)
    elif there is None:
        _define(folding, edit)
    else:
        _check(folding, edit, str(there["owner_kind"]))
        folding.recorder.update("segments", key, {"name": _tidy(edit.name), "rule": edit.rule})
    folding.touched.segments.add(edit.segment)


def _define(folding: Folding, edit: e.DefineSegment) -> None:
    _check(folding, edit, edit.owner_kind.value)
    place = folding.connection.exec_driver_sql("SELECT coalesce(max(position), 0) + 1 FROM segments").scalar_one()
    made = {"made_by": folding.entry.teammate, "made_at": folding.recorder.now, "edit_id": folding.entry.id}
    said = {"name": _tidy(edit.name), "owner_kind": edit.owner_kind.value, "rule": edit.rule, "position": place}
    folding.recorder.insert("segments", {"id": edit.segment}, {**said, **made})


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _check(folding: Folding, edit: e.DefineSegment, owner_kind: str) -> None:
    name = _tidy(edit.name)
    if not name or len(name) > LONGEST_NAME:
        raise Refused(f"The name of a segment has 1 to {LONGEST_NAME} characters")
    if edit.owner_kind is OwnerKind.CONVERSATION or edit.owner_kind.value != owner_kind:
        raise Refused("A segment is of customers or of companies, and stays so; make another one")
    if lower(name) in {lower(one.name) for one in built_in(edit.owner_kind)}:
        raise Refused(f"“{name}” is built in; choose another name")
    taken = folding.connection.exec_driver_sql(
        "SELECT 1 FROM segments WHERE owner_kind = ? AND lower(name) = lower(?) AND id <> ?",
        (owner_kind, name, edit.segment),
    ).scalar()
    if taken:
        raise Refused(f"There is a segment “{name}” already; choose another name")
    _check_rule(folding, _read(edit.rule))


def _read(rule: str) -> Rule:
    try:
        return rule_from_json(rule)
    except BadRule as error:
        raise Refused(str(error)) from error


def _check_rule(folding: Folding, rule: Rule) -> None:
    ours = {lower(row[0]) for row in folding.connection.exec_driver_sql("SELECT name FROM segments").fetchall()}
    zone, now = zone_of(folding.connection), moment(folding.recorder.now)
    for condition in conditions_of(rule):
        try:
            test_of(condition, now, zone)
        except ValueProblem as problem:
            raise Refused(f"A rule of the segment cannot be used: {problem}") from problem
        named = condition.values if condition.verb is Verb.IS else ()
        if condition.subject is Subject.SEGMENT and any(lower(value) in ours for value in named):
            # Else two segments could each hang on the other.
            raise Refused("A rule cannot ask for a segment of yours; put that segment's rules in its place")
