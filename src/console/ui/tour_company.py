"""The scenes of the window of one company."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QSize

from console.domain.edits import Owner
from console.domain.ids import CompanyId
from console.domain.records import OwnerKind
from console.store.company_suggestions import company_cards
from console.store.company_usage import usage_of
from console.store.errors import StoreError
from console.ui.company.window import CompanyWindow
from console.ui.tour_stage import Scene, Stage

_SIZE = QSize(1180, 820)
_NONE = 0
_LOOKED_AT = 400


def members(stage: Stage) -> None:
    """A company with many members: nobody selected, some, a tag being chosen."""
    window = _opened(stage, _by_size(stage)[0])
    stage.take("company-window", window)
    for place in (0, 2, 4):
        window.members.rows.toggle(place)
    stage.take("company-window-selected", window)
    window.bulk.ask_tag(window.members.bar.tag)
    stage.take("company-window-tag", window)
    window.bulk.close()
    window.members.rows.choose_all(is_wanted=False)
    window.members.field.setText("nobody of this name")
    window.members.field.tell()
    stage.take("company-window-none-fits", window)
    window.close()


def tabs(stage: Stage) -> None:
    """Its activity, conversations and notes."""
    window = _opened(stage, _by_size(stage)[0])
    for key in ("activity", "conversations", "notes"):
        window.frame.show_tab(key)
        stage.settle(200)
        stage.take(f"company-window-{key}", window)
    window.close()


def another_day(stage: Stage) -> None:
    """The same company as of last month, marked as past."""
    window = _opened(stage, _by_size(stage)[0])
    window.ask_day()
    stage.settle(200)
    window.show_day(stage.session.now().date() - timedelta(days=30))
    stage.settle(400)
    stage.take("company-window-past", window)
    window.leave_past()
    window.close()


def popovers(stage: Stage) -> None:
    """What asks and explains: health, message to all, merge."""
    keys = _by_size(stage)
    window = _opened(stage, keys[0])
    window.acts.explain(window.banner.why)
    stage.take("company-window-health", window)
    window.acts.message(window.header.message)
    stage.take("company-window-message", window)
    window.acts.ask_merge(window.header.more)
    stage.take("company-window-merge-with", window)
    window.acts.close_all()
    dialog = window.acts.open_merge(keys[1])
    if dialog is not None:
        stage.settle(200)
        stage.take_dialog("company-merge", dialog)
    window.close()


def states(stage: Stage) -> None:
    """Companies that are worse off, one of which nothing is known, one that is not there, one that cannot be read."""
    shown = set[str]()
    for key in _by_size(stage)[:_LOOKED_AT]:
        state = stage.session.read(lambda connection, key=key: usage_of(connection, key)).health.state.value
        if state not in shown and state != "active":
            shown.add(state)
            window = _opened(stage, key)
            stage.take(f"company-window-{state.replace(' ', '-')}", window)
            window.close()
    window = _opened(stage, _NONE)
    stage.take("company-window-nobody", window)
    window.close()
    window = _opened(stage, _by_size(stage)[-1])
    window.banner.wait()
    window.members.say_failed(StoreError("The workspace is being restored. Try again in a minute"))
    stage.take("company-window-error", window)
    window.close()


def _by_size(stage: Stage) -> list[CompanyId]:
    """All companies, the one with the most members first."""
    rows = stage.session.read(lambda connection: company_cards(connection, _NONE))
    return [key for key, _, _ in sorted(rows, key=lambda row: -row[2])]


def _opened(stage: Stage, company: int) -> CompanyWindow:
    window = stage.view.windows.open(Owner(OwnerKind.COMPANY, company))
    if not isinstance(window, CompanyWindow):
        raise TypeError("A company opens in a window of a company")
    window.resize(_SIZE)
    stage.settle(300)
    return window


SCENES: tuple[Scene, ...] = (members, tabs, another_day, popovers, states)
