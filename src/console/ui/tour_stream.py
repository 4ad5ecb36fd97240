"""The scenes of the stream: a customer's and a company's, unfolded, narrowed, searched, jumped in, empty and broken."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.activity import Chip
from console.domain.records import OwnerKind
from console.store.standing_out import most_varied
from console.ui.stream.rows import EntryRow
from console.ui.stream.view import StreamView
from console.ui.tour_stage import Stage

_WIDTH = 640
_SHOWN = (OwnerKind.CUSTOMER, OwnerKind.COMPANY)


def streams(stage: Stage) -> None:
    """The stream in each of its states."""
    customer, company = (stage.session.read(partial(most_varied, kind=kind)) for kind in _SHOWN)
    if customer is None or company is None:
        stage.leave_out("stream")
        return
    frame, view = _framed(stage)
    view.show_owner(OwnerKind.CUSTOMER, customer)
    stage.take("stream", frame)
    _unfold_some(stage, view)
    stage.take("stream-unfolded", frame)
    for chip in Chip:
        view.bar.choose(chip)
        stage.take(f"stream-{chip.value}", frame)
    view.bar.show_all()
    view.bar.search.setText("export")
    view.bar.search.tell()
    stage.take("stream-search", frame)
    view.bar.search.setText("zzxqy")
    view.bar.search.tell()
    stage.take("stream-nothing-matches", frame)
    view.bar.show_all()
    stage.settle()
    view.jump_to((stage.session.now() - timedelta(days=60)).astimezone().date())
    stage.take("stream-jumped", frame)
    view.trouble.say("workspace.db cannot be read now. Another program holds it")
    stage.take("stream-trouble", frame)
    view.trouble.hide()
    view.ask_date()
    stage.take("stream-jump", frame)
    view.show_owner(OwnerKind.COMPANY, company)
    stage.take("stream-company", frame)
    view.show_owner(OwnerKind.CUSTOMER, 0)
    stage.take("stream-empty", frame)
    view.wait()
    stage.take("stream-loading", frame)
    frame.close()
    frame.deleteLater()


def _framed(stage: Stage) -> tuple[QWidget, StreamView]:
    frame, view = QWidget(), StreamView(stage.session)
    frame.setProperty("surface", "bg")
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(view)
    frame.resize(QSize(_WIDTH, stage.size.height()))
    frame.show()
    return frame, view


def _unfold_some(stage: Stage, view: StreamView) -> None:
    """The first rows that unfold, one of each kind of line."""
    seen: set[type] = set()
    for _ in range(4):
        for place in range(view.rows.rowCount()):
            row, words = view.rows.row_at(place), view.rows.words_at(place)
            if (
                isinstance(row, EntryRow)
                and words is not None
                and words.goes
                and type(row.entry.newest.what) not in seen
            ):
                seen.add(type(row.entry.newest.what))
                view.rows.toggle(place, is_open=True)
                break
    stage.settle()
