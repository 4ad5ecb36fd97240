"""Edits of many at once: one set at a time instead of one owner at a time, with one inverse for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from console.domain import edits as e
from console.domain.edits_of_many import OfMany
from console.domain.profile import ClaimState, Rank
from console.domain.records import OwnerKind
from console.domain.tags import LONGEST_TAG, tidy
from console.domain.values import Value, ValueKind, stored
from console.store import many
from console.store.changes import Stale
from console.store.claims import COMPANY_PREFIX, define, property_id, stands_alone
from console.store.dialect import IN_LIST, listed
from console.store.errors import Refused
from console.store.folding import MANUAL_KEY, Folding
from console.store.identities import table_of
from console.store.memberships import derive_memberships
from console.store.tags_given import make_tag, tagging_id

_LIVING = """WITH RECURSIVE path(asked, id) AS (
    SELECT value, value FROM json_each(?) UNION
    SELECT p.asked, u.merged_into FROM path p JOIN {table} u ON u.id = p.id WHERE u.merged_into IS NOT NULL)
SELECT p.asked, u.id, u.home_id FROM path p JOIN {table} u ON u.id = p.id WHERE u.merged_into IS NULL"""


@dataclass(frozen=True, slots=True)
class _Living:
    """Those who are there, after merges: the home identity by customer or company."""

    home_by_owner: dict[int, int]

    @property
    def listed(self) -> str:
        """Their keys, as an argument."""
        return listed(self.home_by_owner)


def effect(folding: Folding, edit: OfMany) -> None:
    """Let it take effect on all who are there. Raises Refused where nobody is, and where it changes nothing."""
    if edit.owner_kind is OwnerKind.CONVERSATION:
        raise Refused("Many at once are customers or companies")
    living = _living(folding, edit.owner_kind, edit.owners)
    _touch(folding, edit, living)
    match edit:
        case e.AddTagToMany(tag=tag):
            _add_tag(folding, edit.owner_kind, living, _tidied(tag))
        case e.RemoveTagFromMany(tag=tag):
            _remove_tag(folding, edit.owner_kind, living, _tidied(tag))
        case e.SetPropertyOfMany(name=name, value=value):
            _say(folding, edit.owner_kind, living, name, value)
        case e.RemovePropertyOfMany(name=name):
            _say(folding, edit.owner_kind, living, name, None)
        case _:
            assert_never(edit)


def _living(folding: Folding, kind: OwnerKind, owners: Iterable[int]) -> _Living:
    asked = set(owners)
    rows = folding.connection.exec_driver_sql(_LIVING.format(table=table_of(kind)), (listed(asked),)).fetchall()
    gone = len(asked) - len({row[0] for row in rows})
    if not rows:
        raise Refused("None of them is here any more")
    if gone:
        done = len(asked) - gone
        folding.remark = f"Done for {done:,}; {gone:,} {'is' if gone == 1 else 'are'} gone since"
    return _Living({row[1]: row[2] for row in rows})


def _touch(folding: Folding, edit: OfMany, living: _Living) -> None:
    touched = folding.touched
    if edit.owner_kind is OwnerKind.COMPANY:
        touched.companies.update(living.home_by_owner)
    elif isinstance(edit, e.AddTagToMany | e.RemoveTagFromMany):
        touched.worded.update(living.home_by_owner)
    elif stands_alone(edit.name):
        touched.told.setdefault(property_id(edit.owner_kind, edit.name), set()).update(living.home_by_owner)
    else:
        touched.customers.update(living.home_by_owner)


def _tidied(words: str) -> str:
    tag = tidy(words)
    if not tag or len(tag) > LONGEST_TAG:
        raise Refused(f"A tag has 1 to {LONGEST_TAG} characters")
    return tag


def _add_tag(folding: Folding, kind: OwnerKind, living: _Living, tag: str) -> None:
    recorder = folding.recorder
    key = make_tag(folding.connection, tag, recorder.now)
    bearing = _bearing(folding, kind, living, tag)
    columns = ("id", "tag_id", "owner_kind", "subject_id", "owner_id", "by", "at", "edit_id")
    rows = [
        (tagging_id(tag, home), key, kind.value, home, owner, folding.entry.teammate, recorder.now, folding.entry.id)
        for owner, home in sorted(living.home_by_owner.items())
        if owner not in bearing
    ]
    if not rows:
        raise Refused(f"All of them bear the tag {tag} already")
    many.insert(recorder, "taggings", columns, rows)
    folding.touched.also(Stale.TAG)


def _remove_tag(folding: Folding, kind: OwnerKind, living: _Living, tag: str) -> None:
    bearing = _bearing(folding, kind, living, tag)
    if not bearing:
        raise Refused(f"None of them bears the tag {tag} any more")
    many.delete(folding.recorder, "taggings", [tagging for found in bearing.values() for tagging in found])
    folding.touched.also(Stale.TAG)


def _bearing(folding: Folding, kind: OwnerKind, living: _Living, tag: str) -> dict[int, list[int]]:
    """The taggings with this tag, by who bears them."""
    found: dict[int, list[int]] = {}
    for owner, tagging in folding.connection.exec_driver_sql(
        f"""SELECT g.owner_id, g.id FROM taggings g JOIN tags t ON t.id = g.tag_id
            WHERE t.name = ? AND g.owner_kind = ? AND g.owner_id IN {IN_LIST}""",
        (tag, kind.value, living.listed),
    ).fetchall():
        found.setdefault(owner, []).append(tagging)
    return found


def _say(folding: Folding, kind: OwnerKind, living: _Living, name: str, value: Value | None) -> None:
    if not name.strip():
        raise Refused("A property needs a name")
    recorder, key = folding.recorder, property_id(kind, name)
    known = folding.connection.exec_driver_sql("SELECT kind FROM properties WHERE id = ?", (key,)).scalar()
    value_kind = value.kind if value else ValueKind(known or ValueKind.STRING.value)
    define(folding.connection, [(kind, name, value_kind.value)], recorder.now)
    before = folding.connection.exec_driver_sql(
        f"""SELECT c.id FROM claims c JOIN identities i ON i.id = c.identity_id
            WHERE i.owner_id IN {IN_LIST} AND c.property_id = ? AND c.origin_key = ? AND c.until IS NULL""",
        (living.listed, key, MANUAL_KEY),
    ).fetchall()
    many.close_claims(recorder, [row[0] for row in before])
    many.open_claims(recorder, sorted(living.home_by_owner.values()), {
        "property_id": key, "rank": int(Rank.BY_HAND), "state": (ClaimState.VALUE if value else ClaimState.REMOVED).value,
        "kind": value_kind.value, "value": stored(value) if value else None, "is_pin": False, **folding.origin(),
    })  # fmt: skip
    folding.touched.also(Stale.PROPERTY)
    if kind is OwnerKind.CUSTOMER and name in (f"{COMPANY_PREFIX}name", f"{COMPANY_PREFIX}domain"):
        homes = living.home_by_owner.values()
        folding.touched.companies.update(*derive_memberships(folding.connection, homes, recorder.now))
