"""The model of long lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication

from console.domain.inbox import PageKey
from console.ui.row_model import DEEP, PAGE, RowModel
from console.ui.row_runs import runs_between


class Rows:
    """Rows by key, newest first; `reads` counts how many were fetched."""

    def __init__(self, count: int) -> None:
        self.at_by_id = {number: number * 10 for number in range(1, count + 1)}
        self.reads = 0

    def keys(self, after: PageKey | None, limit: int) -> Sequence[PageKey]:
        order = sorted((PageKey(at, key) for key, at in self.at_by_id.items()), key=lambda k: (-k.at, -k.id))
        rest = [key for key in order if after is None or (key.at, key.id) < (after.at, after.id)]
        return rest[:limit]

    def rows(self, ids: Sequence[int]) -> Mapping[int, str]:
        self.reads += len(ids)
        return {key: f"row {key} at {self.at_by_id[key]}" for key in ids if key in self.at_by_id}


def _model(rows: Rows) -> RowModel:
    model = RowModel(rows.keys, rows.rows, str)
    model.load()
    return model


def _shown(model: RowModel) -> list[int | None]:
    return [model.id_at(place) for place in range(model.rowCount())]


def test_only_the_first_page_is_read_and_more_comes_as_one_scrolls(qapp: QApplication) -> None:
    rows = Rows(3 * PAGE)
    model = _model(rows)

    assert model.rowCount() == PAGE
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert _shown(model) == list(range(3 * PAGE, 3 * PAGE - model.rowCount(), -1))


def test_rows_are_fetched_when_they_are_looked_at_and_only_around(qapp: QApplication) -> None:
    rows = Rows(PAGE)
    model = _model(rows)

    assert model.row_of(100) == "row 300 at 3000"
    assert 0 < rows.reads < 60
    before = rows.reads
    assert model.row_of(101) == "row 299 at 2990"
    assert rows.reads == before


def test_a_stale_row_is_read_again_and_others_are_not(qapp: QApplication) -> None:
    rows = Rows(50)
    model = _model(rows)
    model.row_of(0)
    before = rows.reads

    model.refresh(frozenset({50}))
    model.row_of(0)

    assert rows.reads == before + 1


def test_a_change_never_resets_the_model(qapp: QApplication) -> None:
    rows = Rows(20)
    model = _model(rows)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))

    rows.at_by_id[99] = 10_000
    del rows.at_by_id[7]
    rows.at_by_id[3] = 9_999
    model.refresh(None)

    assert resets == []
    assert _shown(model)[:3] == [99, 3, 20]
    assert 7 not in _shown(model)


def test_changes_do_not_make_the_list_longer_than_it_was(qapp: QApplication) -> None:
    rows = Rows(3 * PAGE)
    model = _model(rows)

    for _ in range(5):
        model.refresh(frozenset())

    assert model.rowCount() == PAGE
    assert model.canFetchMore(QModelIndex())


def test_far_down_a_long_list_what_is_seen_and_the_head_follow_without_reading_all(qapp: QApplication) -> None:
    rows = Rows(3 * DEEP)
    model = _model(rows)
    while model.rowCount() < 2 * DEEP:
        model.fetchMore(QModelIndex())
    count, seen = model.rowCount(), 2 * DEEP - 500
    around, gone, moved = model.id_at(seen), model.id_at(seen + 5), model.id_at(seen + 9)
    assert around is not None
    assert gone is not None
    assert moved is not None

    del rows.at_by_id[gone]
    rows.at_by_id[moved] = 10**9
    rows.at_by_id[10**6] = 10**9 + 1
    model.refresh(frozenset({gone, moved}), around=around)

    assert model.id_at(0) == 10**6
    assert model.id_at(1) == moved
    assert model.position_of(gone) is None
    shown = _shown(model)
    assert len(shown) == len(set(shown)) == count
    assert shown == [key.id for key in rows.keys(None, len(shown))]


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_taking_runs_out_and_putting_runs_in_gives_the_new_order(old: set[int], new: set[int]) -> None:
    before, after = sorted(old), sorted(new)

    removed, inserted = runs_between(before, after)
    shown = list(before)
    for run in reversed(removed):
        del shown[run.first : run.last + 1]
    for run in inserted:
        shown[run.first : run.first] = after[run.first : run.last + 1]

    assert shown == after
