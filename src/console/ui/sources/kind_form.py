"""The form of a kind of source, made of what it says it needs; a secret is kept apart and never shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFormLayout, QLineEdit, QWidget

from console.domain.source_kinds import FieldKind, SourceField, SourceKind
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.calm_box import CalmBox
from console.ui.widgets.cards import row
from console.ui.widgets.labels import label

_MOST_LETTERS = 2_000
YES = "yes"
Editor = QLineEdit | QComboBox | QCheckBox


class KindForm(QWidget):
    """A line for each field of a kind; `values` are as connectors take them, text by name.

    Signals:
        changed: something was filled in.
    """

    changed = Signal()

    def __init__(
        self,
        kind: SourceKind,
        above: Sequence[tuple[str, QWidget]] = (),
        parent: QWidget | None = None,
        *,
        is_standing: bool = False,
    ) -> None:
        """`above`: lines of any source. `is_standing`: it exists, so an empty secret means that the kept one stays."""
        super().__init__(parent)
        self._kind, self._is_standing = kind, is_standing
        self.editors: dict[str, Editor] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(tokens.SPACE_5)
        form.setVerticalSpacing(tokens.SPACE_3)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for words, widget in above:
            form.addRow(label(words, "value"), widget)
        for field in kind.fields:
            words = field.label if field.is_required else self.tr("{0} (optional)").format(field.label)
            form.addRow(label(words, "value"), self._made(field))

    def show_values(self, settings: Mapping[str, str]) -> None:
        """Fills in what is kept."""
        for name, editor in self.editors.items():
            value = settings.get(name, "")
            match editor:
                case QLineEdit():
                    if editor.echoMode() is QLineEdit.EchoMode.Normal:
                        editor.setText(value)
                case QComboBox():
                    editor.setCurrentIndex(max(0, editor.findData(value)))
                case QCheckBox():
                    editor.setChecked(value == YES)

    def values(self) -> dict[str, str]:
        """What is filled in, without the secret."""
        secret = self._secret_name()
        return {name: _text_of(editor) for name, editor in self.editors.items() if name != secret}

    def secret(self) -> str:
        """The secret that was typed, empty where none was."""
        editor = self.editors.get(self._secret_name())
        return _text_of(editor) if editor is not None else ""

    def secret_field(self) -> QLineEdit | None:
        """Where the secret is typed; None where the kind has none."""
        editor = self.editors.get(self._secret_name())
        return editor if isinstance(editor, QLineEdit) else None

    def is_complete(self) -> bool:
        """Whether everything that is needed is filled in."""
        needed = [one.name for one in self._kind.fields if one.is_required]
        if self._is_standing:
            needed = [name for name in needed if name != self._secret_name()]
        return all(_text_of(self.editors[name]).strip() for name in needed)

    def forget_secret(self) -> None:
        """Also what undo in the field would bring back."""
        field = self.secret_field()
        if field is not None:
            field.clear()
            field.setMaxLength(0)

    def _secret_name(self) -> str:
        return next((one.name for one in self._kind.fields if one.kind is FieldKind.SECRET), "")

    def _made(self, field: SourceField) -> QWidget:
        match field.kind:
            case FieldKind.CHOICE:
                box = CalmBox(field.label)
                for choice in field.choices:
                    box.addItem(choice or self.tr("automatic"), choice)
                box.setCurrentIndex(max(0, box.findData(field.default)))
                box.currentIndexChanged.connect(self.changed)
                return self._kept(field.name, box)
            case FieldKind.FLAG:
                tick = QCheckBox(field.hint or field.label)
                tick.setAccessibleName(field.label)
                tick.setChecked(field.default == YES)
                tick.toggled.connect(self.changed)
                return self._kept(field.name, tick)
            case FieldKind.FILE | FieldKind.FOLDER:
                return self._path(field)
            case _:
                return self._line(field)

    def _line(self, field: SourceField) -> QLineEdit:
        line = QLineEdit(field.default)
        line.setAccessibleName(field.label)
        line.setMaxLength(_MOST_LETTERS)
        line.setPlaceholderText(field.hint)
        if field.kind is FieldKind.SECRET:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            if self._is_standing:
                line.setPlaceholderText(self.tr("Empty: the one that is kept stays"))
        line.textChanged.connect(self.changed)
        self.editors[field.name] = line
        return line

    def _path(self, field: SourceField) -> QWidget:
        line = self._line(field)
        choose = Button(self.tr("Choose…"), icon="folder-open")
        choose.setAccessibleName(self.tr("Choose: {0}").format(field.label))
        is_folder = field.kind is FieldKind.FOLDER
        choose.clicked.connect(lambda: self._ask_path(line, field.label, is_folder=is_folder))
        held = QWidget()
        both = row(line, choose)
        both.setStretch(0, 1)
        held.setLayout(both)
        return held

    def _ask_path(self, line: QLineEdit, title: str, *, is_folder: bool) -> None:
        if is_folder:
            path = QFileDialog.getExistingDirectory(self, title, line.text())
        else:
            path, _ = QFileDialog.getOpenFileName(self, title, line.text())
        if path:
            line.setText(path)

    def _kept(self, name: str, editor: QComboBox | QCheckBox) -> QWidget:
        self.editors[name] = editor
        return editor


def _text_of(editor: Editor) -> str:
    match editor:
        case QLineEdit():
            is_plain = editor.echoMode() is QLineEdit.EchoMode.Normal
            return editor.text().strip() if is_plain else editor.text()
        case QComboBox():
            return str(editor.currentData() or "")
        case _:
            return YES if editor.isChecked() else ""
