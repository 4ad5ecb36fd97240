"""The page of segments: the list at the left, the rules with explanations in the middle, who fits at the right."""

from __future__ import annotations

import os
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from console.domain.edits import DefineSegment, RemoveSegment
from console.domain.ids import new_edit_id, stable_id
from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, Condition, Subject, Verb, rule_to_json
from console.domain.segment_text import quoted, text_of
from console.domain.segments import Segment, SegmentKind
from console.store.changes import Stale
from console.store.segments import GivenSegment
from console.ui.overriding import override
from console.ui.segments import draft as d
from console.ui.segments import reading
from console.ui.segments.choices import abouts
from console.ui.segments.columns import Columns
from console.ui.segments.counting import Counting
from console.ui.segments.reading import Listed
from console.ui.segments.side import Key
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.labels import label
from console.ui.widgets.toast import Toasts


class SegmentsPage(QWidget):
    """All segments, and the one that is looked at. What is changed and not saved yet is kept until it is, or is discarded.

    Signals:
        all_wanted: (OwnerKind, expression) all of them are to be shown in the directory.
    """

    all_wanted = Signal(object, str)

    def __init__(self, session: Session, toasts: Toasts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self.toasts = session, toasts
        self.listed: Listed | None = None
        self.current: Segment | GivenSegment | None = None
        self.key: Key | None = None
        self._kept: dict[Key, tuple[str, d.Group]] = {}
        self._new: Segment | None = None
        self._columns = Columns()
        self.side, self.middle, self.beside = self._columns.side, self._columns.middle, self._columns.beside
        self.counting = Counting(session, self.middle, self.beside, self)
        self._foot = QFrame()
        self._note = label("", "small")
        self.discard = Button(self.tr("Discard"), "quiet")
        self.save = Button(self.tr("Save segment"), "primary", keys="Ctrl+S")
        self._lay_out()
        self._connect()

    def choose(self, key: Key) -> None:
        """Shows the segment of that key."""
        found = self._find(key)
        if found is None:
            return
        self.current, self.key = found, key
        self.side.show_current(key)
        if isinstance(found, GivenSegment):
            self.middle.show_given(found)
            self.counting.show_given(found)
        else:
            name, draft = self._kept.get(key) or (found.name, d.draft_of(found.rule))
            known = self.listed.known if self.listed else reading.Known()
            offered = abouts(found.owner_kind, known)
            self.middle.show_segment(found, name, draft, offered, known, is_new=found is self._new)
            self.counting.begin(found, draft, is_kept=found.kind is SegmentKind.OURS and found is not self._new)
        self._show_standing()

    def begin_new(
        self, rule: d.Group | None = None, name: str = "", owner_kind: OwnerKind = OwnerKind.CUSTOMER
    ) -> None:
        """Begins a segment that is not there yet."""
        made = stable_id("segment", new_edit_id(self._session.now(), os.urandom(10)))
        self._new = Segment(made, "", owner_kind, AllOf(()))
        key = ("ours", str(made))
        self._kept[key] = (name, rule or d.new_group(d.Mode.ALL, (d.new_line(),)))
        self.choose(key)
        self.middle.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.middle.name.selectAll()

    def keep(self) -> bool:
        """Saves the segment; tells whether it could be: it needs a name, and every rule must be finished."""
        segment = self.current
        if not isinstance(segment, Segment) or segment.kind is not SegmentKind.OURS or self.key is None:
            return False
        name, draft = self.middle.name.text().strip(), self.middle.editor.draft
        if not name or d.unfinished(draft):
            for one in self.middle.editor.rows():
                one.mark(is_strict=True)
            (self.middle.name if not name else self.middle.editor).setFocus()
            self._show_standing()
            return False
        edit = DefineSegment(segment.id, name, segment.owner_kind, rule_to_json(d.rule_of(draft)))
        if self._session.submit(edit) is None:
            return False
        self._kept.pop(self.key, None)
        if segment is self._new:
            # It stays in sight until the list has it.
            self._new = self.current = replace(segment, name=name, rule=d.rule_of(draft))
        self._read()
        return True

    def take_back(self) -> None:
        """Forgets what was changed since it was saved."""
        if self.key is None:
            return
        self._kept.pop(self.key, None)
        was_new = self.current is self._new
        self._new = None if was_new else self._new
        if was_new:
            self.key = None
            self._show_first()
        else:
            self.choose(self.key)

    def _lay_out(self) -> None:
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot = self._foot
        foot.setProperty("line", "top")
        line = row(self._note, None, self.discard, self.save)
        line.setContentsMargins(tokens.SPACE_5, tokens.SPACE_2, tokens.SPACE_4, tokens.SPACE_2)
        foot.setLayout(line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._columns, 1)
        whole.addWidget(foot)

    def _connect(self) -> None:
        self.side.chosen.connect(self.choose)
        self.side.new_wanted.connect(self.begin_new)
        self.middle.named.connect(lambda _: self._take_change())
        self.middle.kind_chosen.connect(self._take_kind)
        self.middle.copied.connect(self._copy)
        self.middle.removed.connect(self._remove)
        self.middle.editor.changed.connect(lambda _: self._take_change())
        self.middle.editor.removed.connect(self._offer_back)
        for part in (self.middle, self.beside):
            part.opened.connect(self._open)
        self.beside.all_wanted.connect(self._show_all)
        self.discard.clicked.connect(self.take_back)
        self.save.clicked.connect(self.keep)
        self._session.feed.changed.connect(self._hear)
        for keys, deed in (("Ctrl+S", self.keep), ("Ctrl+Shift+N", self.begin_new), ("Ctrl+Return", self._add_rule)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    def _add_rule(self) -> None:
        """Below the rule that has the keyboard, else at the end."""
        editor = self.middle.editor
        focus = self.focusWidget()
        here = next((row.line.key for row in editor.rows() if focus is not None and row.isAncestorOf(focus)), None)
        group = d.group_of(editor.draft, here) if here is not None else None
        editor.act("add", (group or editor.draft).key, here)

    def _read(self) -> None:
        now = self._session.now()
        self._session.ask(lambda c: reading.listed(c, now), self.show_listed, asker=self, about="list")

    def show_listed(self, listed: Listed) -> None:
        """Shows which segments there are; the one that is looked at stays, with what is not saved of it."""
        self.listed = listed
        if self._new is not None and any(one.id == self._new.id for one, _ in listed.ours):
            self._new = None
        self.side.show_listed(listed)
        if self.key is not None and self._find(self.key) is not None:
            self.side.show_current(self.key)
            if self.key not in self._kept:
                self.choose(self.key)
        else:
            self._show_first()

    def _show_first(self) -> None:
        listed = self.listed
        if listed is None:
            return
        if listed.ours:
            self.choose(("ours", str(listed.ours[0][0].id)))
        elif listed.built_in:
            self.choose(("built in", listed.built_in[1][0].name))

    def _find(self, key: Key) -> Segment | GivenSegment | None:
        listed = self.listed
        if listed is None:
            return None
        match key:
            case ("given", name):
                return next((one for one in listed.given if one.name == name), None)
            case ("built in", name):
                return next((one for one, _ in listed.built_in if one.name == name), None)
            case (_, number):
                new = (self._new,) if self._new is not None else ()
                every = (*(one for one, _ in listed.ours), *new)
                return next((one for one in every if str(one.id) == number), None)

    def _take_change(self) -> None:
        if self.key is None or not isinstance(self.current, Segment):
            return
        name, draft = self.middle.name.text(), self.middle.editor.draft
        is_same = (
            d.rule_of(draft) == self.current.rule and not d.unfinished(draft) and name.strip() == self.current.name
        )
        if is_same and self.current is not self._new:
            self._kept.pop(self.key, None)
        else:
            self._kept[self.key] = (name, draft)
        self.counting.expect(draft)
        self._show_standing()

    def _take_kind(self, kind: OwnerKind) -> None:
        """A new segment is of companies, or of customers: other rules can be asked."""
        if self.current is self._new and isinstance(self.current, Segment) and self.current.owner_kind is not kind:
            self.begin_new(name=self.middle.name.text(), owner_kind=kind)

    def _show_standing(self) -> None:
        is_ours = isinstance(self.current, Segment) and self.current.kind is SegmentKind.OURS
        open_lines = len(d.unfinished(self.middle.editor.draft)) if is_ours else 0
        is_changed = is_ours and self.key in self._kept
        if open_lines:
            words = (
                self.tr("One rule is not finished")
                if open_lines == 1
                else self.tr("{0} rules are not finished").format(open_lines)
            )
        else:
            words = self.tr("Not saved yet") if is_changed else ""
        if is_changed and not self.middle.name.text().strip():
            words = self.tr("It needs a name")
        self._note.setText(words)
        self.save.setEnabled(bool(is_changed and not open_lines and self.middle.name.text().strip()))
        self.discard.setVisible(bool(is_changed))
        self._foot.setVisible(is_ours)

    def _copy(self) -> None:
        words = self.tr("Copy of {0}")
        if isinstance(self.current, GivenSegment):
            given = Condition(Subject.SEGMENT, Verb.IS, (self.current.name,))
            self.begin_new(d.draft_of(given), words.format(self.current.name))
        elif self.current is not None:
            self.begin_new(
                d.draft_of(d.rule_of(self.middle.editor.draft)),
                words.format(self.current.name),
                self.current.owner_kind,
            )

    def _remove(self) -> None:
        if isinstance(self.current, Segment) and self.key is not None:
            self._kept.pop(self.key, None)
            self._session.submit(RemoveSegment(self.current.id))

    def _offer_back(self, before: d.Group) -> None:
        toast = self.toasts.say(self.tr("Rule removed"), self.tr("Undo"))
        toast.acted.connect(lambda: self.middle.editor.put_back(before))

    def _show_all(self) -> None:
        """By name where it is saved as it stands, else by its rules."""
        if self.current is None:
            return
        kind = self.current.owner_kind if isinstance(self.current, Segment) else OwnerKind.CUSTOMER
        is_kept = self.key not in self._kept and self.current is not self._new
        expression = f"segment={quoted(self.current.name)}" if is_kept else text_of(d.rule_of(self.middle.editor.draft))
        self.all_wanted.emit(kind, expression)

    def _open(self, key: int) -> None:
        kind = self.current.owner_kind if isinstance(self.current, Segment) else OwnerKind.CUSTOMER
        (self._session.open_customer if kind is OwnerKind.CUSTOMER else self._session.open_company)(key)

    def _hear(self, kind: Stale, _keys: object) -> None:
        if kind is Stale.SEGMENT and self.listed is not None:
            self._read()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.listed is None:
            self._read()
