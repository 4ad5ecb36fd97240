"""The palette: asks as one types, shows what was found and what can be done, and does it."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from time import perf_counter

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.search import Hit, HitKind
from console.store.palette import Answer, kept_hits, look_up
from console.ui.palette.answers import MOST, MOST_OF_ONE, counted, lines_of, syntax, ways_on
from console.ui.palette.card import PaletteCard
from console.ui.palette.deeds import GROUP as ACTIONS
from console.ui.palette.deeds import deed_items
from console.ui.palette.groups import KINDS, hit_item
from console.ui.palette.items import Heading, Item, Line
from console.ui.palette.recent import recent, with_newest
from console.ui.profile.wording import isolated
from console.ui.session import Session
from console.ui.widgets.announce import announce
from console.ui.widgets.labels import set_look

GROUPS = (*(kind.value for kind in KINDS), ACTIONS)


class Palette(QObject):
    """One palette in one window; made when it is first opened.

    While a question is under way the next one waits, and only the newest of those that wait is asked. Old results stay
    until new ones come; Enter waits for them.
    """

    def __init__(
        self,
        session: Session,
        window: QWidget,
        actions: Callable[[], Sequence[QAction]],
        further: Callable[[Answer], list[Item]] = lambda _: [],
    ) -> None:
        """`actions` gives what can be done in this window, at the moment in which it is asked; `further` what can be done
        with those who meet the conditions of an answer."""
        super().__init__(window)
        self._session, self._actions, self._further = session, actions, further
        self.card = PaletteCard(window, GROUPS)
        self.only = ""
        self._asked: tuple[str, str] | None = None
        self._shown: tuple[str, str] | None = None
        self._waiting: bool | None = None  # Enter was pressed before its answer came; True with Ctrl
        self._items: dict[str, list[Item]] = {}
        self._recent: list[Item] = []
        self._focus_before: weakref.ref[QWidget] | None = None
        self._connect()

    def open(self, text: str = "", only: str = "") -> None:
        """Shows it with the keyboard in its box; what is open already only takes the text."""
        before = QApplication.focusWidget()
        if not self.is_open():
            self._focus_before = weakref.ref(before) if before is not None else None
        self.only, self._shown, self._recent = only, None, []
        self.card.place()
        self.card.show()
        self.card.raise_()
        self.card.box.set_text(text)
        self.card.box.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._read_recent()

    def is_open(self) -> bool:
        """Whether it stands open."""
        return self.card.isVisible()

    def close(self) -> None:
        """Hides it and gives the focus back."""
        if not self.is_open():
            return
        self._session.background.forget(self, "palette")
        self._asked = self._waiting = None
        self.card.hide()
        before = self._focus_before() if self._focus_before is not None else None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def ask_for(self, text: str) -> None:
        """Goes on asking with another text."""
        self.card.box.set_text(text)
        self.card.box.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_syntax(self) -> None:
        """Shows how conditions are written (F1)."""
        self._show_lines(syntax(self.ask_for))

    def _connect(self) -> None:
        box, line, found = self.card.box, self.card.box.line, self.card.list
        box.changed.connect(self._ask)
        line.stepped.connect(self._step)
        line.grouped.connect(self._step_group)
        line.kind_wanted.connect(self._choose_place)
        line.chosen.connect(self._choose)
        line.escaped.connect(self._escape)
        line.helped.connect(self.show_syntax)
        found.picked.connect(self._choose)
        self.card.kinds.chosen.connect(self._choose_kind)
        self.card.pressed_beside.connect(self.close)

    def _read_recent(self) -> None:
        keys = recent(self._session.state())
        if not keys:
            return
        workspace = self._session.workspace
        self._session.background.run(lambda: kept_hits(workspace, keys), self._take_recent, asker=self, about="recent")

    def _take_recent(self, hits: tuple[Hit, ...]) -> None:
        self._recent = [self._item(hit) for hit in hits]
        if self.is_open() and not self.card.box.text().strip():
            self._show_nothing_asked()

    def _ask(self) -> None:
        """Asks what the box says now, once the question before is answered."""
        if not self.is_open():
            return
        question = (self.card.box.text(), self.only)
        if not question[0].strip():
            self._session.background.forget(self, "palette")
            self._asked, self._waiting = None, None
            self._show_nothing_asked()
            return
        if self._asked is not None or question == self._shown:
            return
        self._asked = question
        text, only = question
        kinds = [kind for kind in KINDS if only in ("", kind.value)]
        workspace, now, begun = self._session.workspace, self._session.now(), perf_counter()
        self._session.background.run(
            lambda: (look_up(workspace, text, kinds, MOST_OF_ONE if only else MOST, now=now), perf_counter() - begun),
            self._take,
            asker=self,
            about="palette",
            failed=self._tell_trouble,
        )

    def _take(self, told: tuple[Answer, float]) -> None:
        answer, seconds = told
        question, self._asked = self._asked, None
        if question is None:
            return
        if question != (self.card.box.text(), self.only):
            self._ask()
            return
        self._shown = question
        if answer.problem is not None:
            # Old results stay: what is being typed may make sense with the next letter.
            self.card.box.show_wrong(answer.problem.start, answer.problem.end)
            self._tell(answer.problem.sentence, "red")
            announce(self.card, answer.problem.sentence)
            self._waiting = None
            return
        self.card.box.line.mark_wrong(None)
        self._show_answer(answer, seconds)
        self.card.box.take_chips(answer.parts)
        self._shown = (self.card.box.text(), self.only)
        if self._waiting is not None:
            self._choose(self._waiting)

    def _show_answer(self, answer: Answer, seconds: float) -> None:
        most = MOST_OF_ONE if self.only else MOST
        self._items = {}
        for hit in answer.hits:
            self._items.setdefault(hit.kind.value, []).append(self._item(hit))
        if not answer.parts and self.only in ("", ACTIONS):
            self._items[ACTIONS] = deed_items(self._actions(), answer.words)
        elif answer.parts and any(hit.kind is HitKind.CUSTOMER for hit in answer.hits) and not self.only:
            self._items[ACTIONS] = self._further(answer)
        count = sum(len(items) for items in self._items.values())
        counts = {group: counted(len(items), most) for group, items in self._items.items()}
        plus = "+" if any(len(items) >= most for group, items in self._items.items() if group != ACTIONS) else ""
        self.card.kinds.show_counts({**counts, "": f"{count}{plus}"}, self.only)
        lines: list[Line] = lines_of(self._items, GROUPS, self.only, most)
        if not answer.hits and (not lines or answer.field):
            lines = [*ways_on(answer, self.ask_for), *lines]
        words = self.tr("{0} results in {1} ms").format(f"{count}{plus}", max(1, round(seconds * 1000)))
        self._tell(self.tr("Nearest: “{0}”").format(isolated(answer.spelled)) if answer.spelled else words)
        self._show_lines(lines)

    def _show_nothing_asked(self) -> None:
        """Recent items and actions."""
        self._shown = None
        deeds = deed_items(self._actions(), "") if self.only in ("", ACTIONS) else []
        lines: list[Line] = []
        lately = [item for item in self._recent if self.only in ("", item.group)]
        if lately:
            lines += [Heading("recent", self.tr("Recent")), *lately]
        if deeds:
            lines += [Heading(ACTIONS, self.tr("Actions"), str(len(deeds))), *deeds]
        self._tell("")
        self.card.box.line.mark_wrong(None)
        self.card.kinds.show_counts({}, self.only)
        self._show_lines(lines)

    def _show_lines(self, lines: Sequence[Line]) -> None:
        self.card.list.items.show_lines(lines)
        first = self.card.list.items.next_item(-1, 1)
        if first is not None:
            self.card.list.go_to(first)

    def _item(self, hit: Hit) -> Item:
        return hit_item(hit, self._session, self._session.now(), self.ask_for)

    def _tell_trouble(self, error: Exception) -> None:
        self._asked = self._waiting = None
        self._tell(str(error), "red")

    def _tell(self, words: str, look: str = "small") -> None:
        set_look(self.card.told, look)
        self.card.told.set_words(words)

    def _step(self, by: int) -> None:
        found, row = self.card.list, self.card.list.row()
        for _ in range(abs(by)):
            further = found.items.next_item(row, 1 if by > 0 else -1)
            if further is None:
                break
            row = further
        if row >= 0:
            self._go_to(row)

    def _step_group(self, by: int) -> None:
        row = self.card.list.items.next_group(self.card.list.row(), by)
        if row is not None:
            self._go_to(row)

    def _go_to(self, row: int) -> None:
        self.card.list.go_to(row)
        item = self.card.list.items.item_at(row)
        if item is not None:
            announce(self.card, item.spoken)

    def _choose_place(self, place: int) -> None:
        if place <= len(GROUPS):
            group = GROUPS[place - 1] if place else ""
            self._choose_kind("" if group == self.only else group)

    def _choose_kind(self, group: str) -> None:
        self.only = group
        self.card.box.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    def _choose(self, is_beside: bool) -> None:
        if self.card.box.text().strip() and self._shown != (self.card.box.text(), self.only):
            # The list still answers an older text: what Enter means is known with the answer.
            self._waiting = is_beside
            self._ask()
            return
        self._waiting = None
        if self.card.box.line.wrong() is not None:
            return  # What stands in the list answers another text.
        item = self.card.list.items.item_at(self.card.list.row())
        if item is None or not item.is_enabled:
            return
        deed = item.open_beside if is_beside and item.open_beside is not None else item.open
        if not item.stays:
            self.close()
        if item.key:
            self._session.keep_state(with_newest(self._session.state(), item.key))
        deed()

    def _escape(self) -> None:
        if self.card.box.text() or self.only:
            self.only = ""
            self.card.box.empty()
        else:
            self.close()
