"""The dialog that connects a source: first its kind, then what that kind needs, tried before it is added."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from console.domain.edits import AddSource
from console.domain.ids import SourceId
from console.domain.source_kinds import SourceKind
from console.store.source_writes import source_id
from console.store.sources import sources
from console.ui.services import PreparedSource, SourceDraft
from console.ui.session import Session
from console.ui.sources import looks
from console.ui.sources.kind_form import KindForm
from console.ui.sources.kind_picker import FILES, KindPicker
from console.ui.sources.kinds import MAILBOX, Kinds
from console.ui.sources.trial import EXPECTED, Trial
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import column, empty, row
from console.ui.widgets.empty_state import Seal
from console.ui.widgets.fitting import fitting
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled

_LONGEST_NAME = 120


class AddSourceDialog(QDialog):
    """Adds as an edit; the secret goes to the keyring and nowhere else.

    Signals:
        added: the `SourceId` of the new source.
        mailbox_wanted: a mailbox was chosen, which has a dialog of its own.
        import_wanted: files are to be imported once instead.
    """

    added = Signal(object)
    mailbox_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Add a source"))
        self.resize(fitting(self, 620, 640))
        self.kinds = Kinds(session, self)
        self.picker, self._pages = KindPicker(), QStackedWidget()
        self.form: KindForm | None = None
        self.trial: Trial | None = None
        self.name: QLineEdit | None = None
        self._kind: SourceKind | None = None
        self._says = label(self.tr("Asking which kinds there are…"), "small", is_wrapping=True)
        self.back = Button(self.tr("Back"), "quiet", icon="arrow-left")
        self.cancel = Button(self.tr("Cancel"), "quiet")
        self.add = Button(self.tr("Add the source"), "primary")
        self._lay_out()
        self._connect()
        self._show_page(is_form=False)
        self.kinds.ask()

    def choose(self, name: str) -> None:
        """Goes on with a kind of source."""
        if name in (MAILBOX, FILES):
            (self.mailbox_wanted if name == MAILBOX else self.import_wanted).emit()
            self.reject()
            return
        kind = self.kinds.kind_of(name)
        if kind is not None:
            self._kind = kind
            self._make_form(kind)
            self._show_page(is_form=True)

    def draft(self) -> SourceDraft:
        """What is filled in."""
        if self._kind is None or self.form is None or self.name is None:
            return SourceDraft("", "", {})
        return SourceDraft(self._kind.name, self.name.text().strip(), self.form.values(), self.form.secret())

    def _lay_out(self) -> None:
        first = QWidget()
        first.setLayout(
            column(
                label(self.tr("Add a source"), "title"),
                label(self.tr("What comes in is kept encrypted on this computer."), "body2", is_wrapping=True),
                self.picker,
                self._says,
                gap=tokens.SPACE_3,
            )
        )
        self._form_page = QWidget()
        self._form_column = QVBoxLayout(self._form_page)
        self._form_column.setContentsMargins(0, 0, tokens.SPACE_2, 0)
        self._form_column.setSpacing(tokens.SPACE_4)
        self._pages.addWidget(first)
        self._pages.addWidget(scrolled(self._form_page, self.tr("Settings of the source")))
        self._foot = row(self.back, None, self.cancel, self.add)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_6, tokens.SPACE_5, tokens.SPACE_6, tokens.SPACE_5)
        whole.setSpacing(tokens.SPACE_3)
        whole.addWidget(self._pages, 1)
        whole.addLayout(self._foot)

    def _connect(self) -> None:
        self.kinds.came.connect(self._take_kinds)
        self.kinds.failed.connect(self._says.setText)
        self.picker.chosen.connect(self.choose)
        self.back.clicked.connect(lambda: self._show_page(is_form=False))
        self.cancel.clicked.connect(self.reject)
        self.add.clicked.connect(self._begin_add)
        self.finished.connect(self._forget_secret)

    def _take_kinds(self) -> None:
        self._says.hide()
        self.picker.show_kinds(self.kinds.all())

    def _show_page(self, *, is_form: bool) -> None:
        self._pages.setCurrentIndex(1 if is_form else 0)
        for part in (self.back, self.add):
            part.setVisible(is_form)
        if self.trial is not None:
            self.trial.button.setVisible(is_form)
        first = self.name if is_form else self.picker
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._enable()

    def _make_form(self, kind: SourceKind) -> None:
        self._drop_form()
        icon, tone = looks.look_of(kind.name, kind)
        self.name = QLineEdit(self._free_name(kind.title))
        self.form = KindForm(kind, ((self.tr("Name"), self.name),))
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setAccessibleName(self.tr("Name of the source"))
        self.trial = Trial(self._session, self.draft)
        self._foot.insertWidget(1, self.trial.button)
        texts = column(label(kind.title, "title"), label(kind.brings, "body2", is_wrapping=True), gap=2)
        head = row(Seal(icon, tone, 40, is_round=False), texts, gap=tokens.SPACE_3)
        head.setStretch(1, 1)
        self._form_column.addLayout(head)
        self._form_column.addWidget(self.form)
        self._form_column.addWidget(self.trial)
        if kind.tried:
            tried = row(IconLabel("info", "text2"), label(kind.tried, "small", is_wrapping=True), gap=6)
            tried.setStretch(1, 1)
            self._form_column.addLayout(tried)
        self._form_column.addStretch(1)
        self.form.changed.connect(self._take_change)
        self.name.textChanged.connect(self._take_change)
        self._enable()

    def _free_name(self, title: str) -> str:
        taken = {one.name for one in self._session.read(sources)}
        number = 2
        name = title
        while name in taken:
            name, number = f"{title} {number}", number + 1
        return name

    def _take_change(self) -> None:
        if self.trial is not None:
            self.trial.forget()
        self._enable()

    def _enable(self) -> None:
        is_whole = self.form is not None and self.form.is_complete()
        is_named = self.name is not None and bool(self.name.text().strip())
        self.add.setEnabled(is_whole and is_named)
        if self.trial is not None:
            self.trial.button.setEnabled(is_whole)

    def _begin_add(self) -> None:
        draft, services = self.draft(), self._session.services
        key = source_id(draft.kind, draft.name)
        self.add.setEnabled(False)

        def prepare() -> PreparedSource:
            prepared = services.prepare_source(draft)
            if draft.secret:
                services.keep_secret(key, draft.secret)
            return prepared

        self._session.background.run(
            prepare,
            lambda prepared: self._submit(key, draft, prepared),
            asker=self,
            about="add",
            failed=self._tell_trouble,
            expected=EXPECTED,
        )

    def _submit(self, key: SourceId, draft: SourceDraft, prepared: PreparedSource) -> None:
        edit = AddSource(key, draft.kind, draft.name, prepared.settings, prepared.own_addresses)
        if self._session.submit(edit) is not None:
            self.added.emit(key)
            self.accept()
        else:
            self._enable()

    def _tell_trouble(self, error: Exception) -> None:
        if self.trial is not None:
            self.trial.say(str(error), "red")
        self._enable()

    def _forget_secret(self) -> None:
        if self.form is not None:
            self.form.forget_secret()

    def _drop_form(self) -> None:
        self._forget_secret()
        if self.trial is not None:
            self._foot.removeWidget(self.trial.button)
            self.trial.button.deleteLater()
        empty(self._form_column)
