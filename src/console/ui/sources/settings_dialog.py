"""The settings of a source that is connected: its name, how often it is asked, what it needs, another secret."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from console.domain.edits import ChangeSource, Edit, RenameSource, SetSourcePace, Several
from console.domain.source_kinds import SourceKind
from console.domain.source_settings import LONGEST_EVERY, ours, theirs
from console.domain.sources import SourceRow
from console.ui.services import PreparedSource, SourceDraft
from console.ui.session import Session
from console.ui.sources.kind_form import KindForm
from console.ui.sources.trial import EXPECTED, Trial
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.fields import NumberField
from console.ui.widgets.fitting import fitting
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled

_USUAL_MINUTES = 5


class SourceSettingsDialog(QDialog):
    """Keeps what was changed as one step of the undo; a secret that is typed replaces the kept one.

    Signals:
        signed_in: another secret is kept, so the source can be read again.
    """

    signed_in = Signal()

    def __init__(self, session: Session, source: SourceRow, kind: SourceKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._source, self._kind = session, source, kind
        self.setWindowTitle(self.tr("Settings of {0}").format(source.name))
        self.resize(fitting(self, 580, 600))
        self.name = QLineEdit(source.name)
        self.name.setAccessibleName(self.tr("Name of the source"))
        self.is_own_pace = QCheckBox(self.tr("Ask every"))
        self.is_own_pace.setAccessibleName(self.tr("Ask at a pace of its own"))
        self.is_own_pace.setChecked(source.every is not None)
        self.minutes = NumberField(self.tr("Minutes"), 1, LONGEST_EVERY, source.every or _USUAL_MINUTES)
        self.minutes.setEnabled(source.every is not None)
        pace = QWidget()
        pace.setLayout(row(self.is_own_pace, self.minutes, label(self.tr("minutes"), "body2"), None))
        above = ((self.tr("Name"), self.name), (self.tr("Pace"), pace))
        self.form = KindForm(kind, above, is_standing=True)
        self.form.show_values(source.settings)
        self.trial = Trial(session, self.draft)
        self.save = Button(self.tr("Save"), "primary")
        self.cancel = Button(self.tr("Cancel"), "quiet")
        self._lay_out()
        self.is_own_pace.toggled.connect(self.minutes.setEnabled)
        self.form.changed.connect(self._take_change)
        self.name.textChanged.connect(self._enable)
        self.save.clicked.connect(self._begin_save)
        self.cancel.clicked.connect(self.reject)
        self.finished.connect(self.form.forget_secret)
        self._enable()

    def ask_secret(self) -> None:
        """Puts the keyboard where the secret is typed."""
        field = self.form.secret_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> SourceDraft:
        """What is filled in; settings that the form does not show stay as they are."""
        settings = {**theirs(self._source.settings), **self.form.values()}
        return SourceDraft(self._source.kind, self._source.name, settings, self.form.secret())

    def _lay_out(self) -> None:
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, tokens.SPACE_2, 0)
        inner.setSpacing(tokens.SPACE_4)
        inner.addWidget(self.form)
        inner.addWidget(self.trial)
        if self._kind.tried:
            tried = row(IconLabel("info", "text2"), label(self._kind.tried, "small", is_wrapping=True), gap=6)
            tried.setStretch(1, 1)
            inner.addLayout(tried)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_5, tokens.SPACE_6, tokens.SPACE_5)
        column.setSpacing(tokens.SPACE_4)
        column.addWidget(label(self.tr("Settings of the source"), "title"))
        column.addWidget(scrolled(body, self.tr("Settings of the source")), 1)
        column.addLayout(row(self.trial.button, None, self.cancel, self.save))

    def _take_change(self) -> None:
        self.trial.forget()
        self._enable()

    def _enable(self) -> None:
        is_whole = self.form.is_complete()
        self.save.setEnabled(is_whole and bool(self.name.text().strip()))
        has_secret_field = self.form.secret_field() is not None
        # The kept secret never comes back into a window, so a trial needs it typed.
        self.trial.button.setEnabled(is_whole and (not has_secret_field or bool(self.form.secret())))

    def _begin_save(self) -> None:
        draft, services, key = self.draft(), self._session.services, self._source.id
        is_changed = dict(draft.settings) != theirs(self._source.settings)
        self.save.setEnabled(False)

        def prepare() -> PreparedSource | None:
            prepared = services.prepare_source(draft) if is_changed else None
            if draft.secret:
                services.keep_secret(key, draft.secret)
            return prepared

        self._session.background.run(
            prepare,
            lambda prepared: self._submit(prepared, is_secret_new=bool(draft.secret)),
            asker=self,
            about="save",
            failed=self._tell_trouble,
            expected=EXPECTED,
        )

    def _submit(self, prepared: PreparedSource | None, *, is_secret_new: bool) -> None:
        edits = self._edits(prepared)
        if edits:
            self._session.submit(edits[0] if len(edits) == 1 else Several(self.tr("Change a source"), tuple(edits)))
        if is_secret_new:
            self.signed_in.emit()
        self.accept()

    def _edits(self, prepared: PreparedSource | None) -> list[Edit]:
        source, found = self._source, list[Edit]()
        name = self.name.text().strip()
        if name != source.name:
            found.append(RenameSource(source.id, name))
        every = self.minutes.value() if self.is_own_pace.isChecked() else None
        if every != source.every:
            found.append(SetSourcePace(source.id, every))
        if prepared is not None:
            kept = {**json.loads(prepared.settings), **ours(source.settings)}
            found.append(ChangeSource(source.id, json.dumps(kept, ensure_ascii=False), prepared.own_addresses))
        return found

    def _tell_trouble(self, error: Exception) -> None:
        self.trial.say(str(error), "red")
        self._enable()
