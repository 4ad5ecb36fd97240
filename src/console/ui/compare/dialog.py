"""Two customers or two companies side by side: what a merge would keep, move and lose, before it is done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.comparing import Comparison, PropertyRow, Side, losing, merging, parting, property_rows
from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.store.changes import Stale
from console.store.comparing import compare
from console.ui.compare.parts import Heads, Totals, name_of
from console.ui.compare.row import Shown, of_date, of_property, of_set
from console.ui.compare.table import CompareTable
from console.ui.overriding import override
from console.ui.profile.wording import isolated
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.banner import Banner
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.skeleton import Skeleton

_USUAL = QSize(1180, 780)


class CompareDialog(QDialog):
    """The preview of a merge. The focus starts on Cancel; S swaps, Ctrl+Enter merges. It follows what becomes stale.

    Signals:
        decided: (Edit) the two are to be one, with what was chosen by hand, or never to be.
    """

    decided = Signal(object)

    def __init__(
        self, session: Session, stays: Owner, goes: Owner, because: str = "", parent: QWidget | None = None
    ) -> None:
        """`because` says in a sentence why they are thought to be one."""
        super().__init__(parent)
        self._session, self._owners = session, (stays, goes)
        self._found: Comparison | None = None
        self._chosen: dict[str, Side] = {}
        self._is_company = stays.kind is OwnerKind.COMPANY
        title = self.tr("Merge two companies") if self._is_company else self.tr("Merge two customers")
        self.setWindowTitle(title)
        screen = QGuiApplication.primaryScreen().availableGeometry().size()
        self.resize(_USUAL.boundedTo(screen))
        self.heads, self.table, self.totals = Heads(), CompareTable(), Totals()
        self.never = Button(self.tr("These are not the same"))
        self.cancel = Button(self.tr("Cancel"))
        words = self.tr("Merge companies") if self._is_company else self.tr("Merge customers")
        self.merge = Button(words, "primary", icon="git-merge", keys="Ctrl+Enter")
        self.banner = Banner("", "", "amber")
        self.banner.hide()
        self._losses = label("", "small")
        self._pages = QStackedWidget()
        self._lay_out(title, because)
        self._connect()
        self.merge.setEnabled(False)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.load()

    def found(self) -> Comparison | None:
        """What is compared; None before it was read."""
        return self._found

    def load(self) -> None:
        """Reads both again."""
        stays, goes = self._owners
        self._session.ask(
            lambda connection: compare(connection, stays, goes),
            self._take,
            asker=self,
            about="comparison",
            failed=self._say_gone,
        )

    def swap(self) -> None:
        """The other one stays (S)."""
        if self._found is None:
            return
        self._owners = self._owners[1], self._owners[0]
        other = {Side.STAYS: Side.GOES, Side.GOES: Side.STAYS}
        self._chosen = {name: other[side] for name, side in self._chosen.items()}
        self._found = self._found.swapped()
        self._show(is_news=False)

    def decide(self) -> None:
        """Merges (Ctrl+Enter), unless one of them changed into nobody meanwhile."""
        if self._found is not None and self.merge.isEnabled():
            title = self.tr("Merge {0} into {1}").format(name_of(self._found.goes), name_of(self._found.stays))
            self.decided.emit(merging(self._found, self._rows(), title))
            self.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.decide()
        elif event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.swap()
        else:
            super().keyPressEvent(event)

    def _rows(self) -> tuple[PropertyRow, ...]:
        return () if self._found is None else property_rows(self._found, self._chosen)

    def _take(self, found: Comparison) -> None:
        before, self._found = self._found, found
        self._owners = found.stays.owner, found.goes.owner
        if found == before:
            return
        self._show(is_news=before is not None)
        self.merge.setEnabled(True)
        if before is not None:
            self._say(self.tr("Something has changed meanwhile"), self.tr("The marked rows are new."))
        elif found.is_apart:
            words = self.tr("A merge takes that back.")
            self._say(self.tr("A teammate had said that these two are not the same"), words)

    def _show(self, *, is_news: bool) -> None:
        found = self._found
        if found is None:
            return
        self.heads.show_found(found)
        rows = self._rows()
        self.table.show_rows(_ordered(found, rows), is_news=is_news)
        self.totals.show_totals(found.totals)
        count = losing(rows)
        many = self.tr("{0} values lose. They stay in the history with their source and come back when you split.")
        one = self.tr("One value loses. It stays in the history with its source and comes back when you split.")
        self._losses.setText(self.tr("No value loses.") if not count else one if count == 1 else many.format(count))
        self._pages.setCurrentIndex(1)

    def _choose(self, name: str, side: Side | None) -> None:
        if side is None:
            self._chosen.pop(name, None)
        else:
            self._chosen[name] = side
        self._show(is_news=False)
        chosen = self.table.row_of(name)
        if chosen is not None and chosen.choose is not None:
            chosen.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, title: str, words: str) -> None:
        self.banner.set_banner(title, words, "amber")
        self.banner.show_once()

    def _say_gone(self, error: Exception) -> None:
        self.merge.setEnabled(False)
        self.never.setEnabled(False)
        self._say(str(error), self.tr("There is nothing to merge any more."))

    def _part(self) -> None:
        self.decided.emit(parting(*self._owners))
        self.accept()

    def _hear(self, kind: Stale, keys: frozenset[int] | None) -> None:
        mine = {one.id for one in self._owners}
        if kind in (Stale.CUSTOMER, Stale.COMPANY, Stale.PROPERTY) and (keys is None or mine & keys):
            self.load()

    def _connect(self) -> None:
        self.heads.swap.clicked.connect(self.swap)
        self.table.chosen.connect(self._choose)
        self.never.clicked.connect(self._part)
        self.cancel.clicked.connect(self.reject)
        self.merge.clicked.connect(self.decide)
        self._session.feed.changed.connect(self._hear)

    def _lay_out(self, title: str, because: str) -> None:
        check = self.tr("Check what stays before you merge.")
        subtitle = f"{isolated(because.rstrip('.'))}. {check}" if because else check
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(title, "title"))
        texts.addWidget(label(subtitle, "small"))
        head = row(IconLabel("git-merge", "accentfg", 24), texts, None, self.never, gap=tokens.SPACE_3)
        head.setContentsMargins(tokens.SPACE_5, tokens.SPACE_3, tokens.SPACE_5, tokens.SPACE_3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(_framed(head, "bg", "bottom"))
        whole.addWidget(self.banner)
        self._pages.addWidget(Skeleton(7, 48, has_avatar=False))
        self._pages.addWidget(self._body())
        whole.addWidget(self._pages, 1)
        split = row(IconLabel("split", "green", 16), label(self.tr("You can split them again at any time."), "strong"),
                    label(self.tr("Everything goes back to where it came from."), "small"), None, self.cancel, self.merge)  # fmt: skip
        split.setContentsMargins(tokens.SPACE_5, tokens.SPACE_3, tokens.SPACE_5, tokens.SPACE_3)
        whole.addWidget(_framed(split, "panel", "top"))

    def _body(self) -> QWidget:
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setSpacing(0)
        column.addWidget(self.table)
        column.addStretch(1)
        area = scrolled(rows, self.tr("What stays and what moves"))
        # Always there, so that the result column stands below its head whether there is anything to scroll or not.
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        column.setContentsMargins(tokens.SPACE_5, 0, tokens.SPACE_5 - area.verticalScrollBar().sizeHint().width(), 0)
        heads, below = QHBoxLayout(), QVBoxLayout()
        heads.setContentsMargins(tokens.SPACE_5, tokens.SPACE_3, tokens.SPACE_5, 0)
        heads.addWidget(self.heads)
        below.setContentsMargins(tokens.SPACE_5, tokens.SPACE_3, tokens.SPACE_5, tokens.SPACE_3)
        below.setSpacing(tokens.SPACE_2)
        below.addWidget(self.totals)
        below.addLayout(row(IconLabel("history", "text2", 15), self._losses, None))
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(heads)
        whole.addWidget(area, 1)
        whole.addLayout(below)
        return body


def _ordered(found: Comparison, rows: tuple[PropertyRow, ...]) -> list[Shown]:
    """The name, then addresses and companies, then the other properties, those that differ first, then dates."""
    name = [of_property(one) for one in rows if one.name == "name"]
    others = sorted((of_property(one) for one in rows if one.name != "name"), key=lambda one: one.choosable is None)
    sets = [of_set(one) for one in found.sets if one.stays or one.goes]
    dates = [of_date(one) for one in found.dates if one.stays or one.goes]
    return [*name, *sets, *others, *dates]


def _framed(line: QHBoxLayout, surface: str, side: str) -> QWidget:
    frame = QWidget()
    frame.setProperty("surface", surface)
    frame.setProperty("line", side)
    frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    frame.setLayout(line)
    return frame
