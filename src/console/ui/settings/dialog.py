"""The settings: who one is, how the window looks, how large its text is."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QLabel, QLineEdit, QSlider, QVBoxLayout, QWidget

from console.store.backups import last_backup
from console.ui.profile.wording import since_words
from console.ui.session import Session
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.fitting import fitting
from console.ui.widgets.labels import label
from console.ui.widgets.segmented import Choice, Segmented

_SMALLEST, _LARGEST, _STEP = 80, 200, 10


class SettingsDialog(QDialog):
    """Every choice holds at once; it is kept when the dialog closes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(fitting(self, 480, 320).width())
        self.name = QLineEdit(session.teammate)
        self.name.setMaxLength(80)
        self.name.setAccessibleName(self.tr("Your name"))
        themes = (
            Choice("system", self.tr("As the desktop")),
            Choice("light", self.tr("Light")),
            Choice("dark", self.tr("Dark")),
        )
        self.theme = Segmented(self.tr("Theme"), themes)
        self.theme.choose(theme.current().setting)
        self.theme.chosen.connect(self._choose_theme)
        self.size_ = self._slider()
        self._percent = label("", "value")
        self.motion = QCheckBox(self.tr("Less motion"))
        self.motion.setChecked(theme.current().is_motion_reduced)
        self.motion.toggled.connect(self._reduce_motion)
        self._lay_out()
        self._say_size(self.size_.value())
        self.finished.connect(self._keep)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.SPACE_6)
        form.setVerticalSpacing(tokens.SPACE_4)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(label(self.tr("Your name"), "value"), self.name)
        form.addRow("", label(self.tr("Notes and edits are made under this name."), "small", is_wrapping=True))
        form.addRow(label(self.tr("Theme"), "value"), self.theme)
        sizes = QWidget()
        sizes.setLayout(row(self.size_, self._percent))
        form.addRow(label(self.tr("Text size"), "value"), sizes)
        form.addRow("", self.motion)
        form.addRow(label(self.tr("Last backup"), "value"), self._backup())
        done = Button(self.tr("Done"), "primary")
        done.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_5, tokens.SPACE_6, tokens.SPACE_5)
        column.setSpacing(tokens.SPACE_5)
        column.addWidget(label(self.tr("Settings"), "title"))
        column.addLayout(form)
        column.addLayout(row(None, done))

    def _backup(self) -> QLabel:
        last, now = last_backup(self._session.workspace.folder), self._session.now()
        words = self.tr("There is none yet") if last is None else since_words(last, now)
        return label(words, "body2" if last is not None else "amber")

    def _slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(_SMALLEST // _STEP, _LARGEST // _STEP)
        slider.setValue(round(theme.current().text_scale * 100 / _STEP))
        slider.setPageStep(2)
        slider.setAccessibleName(self.tr("Text size"))
        slider.valueChanged.connect(self._scale)
        return slider

    def _choose_theme(self, key: str) -> None:
        for setting in get_args(theme.Setting):
            if setting == key:
                theme.current().choose(setting)

    def _scale(self, value: int) -> None:
        theme.current().scale_text(value * _STEP / 100)
        self._say_size(value)

    def _say_size(self, value: int) -> None:
        words = self.tr("{0} %").format(QLocale().toString(value * _STEP))
        self._percent.setText(words)
        self.size_.setAccessibleDescription(words)

    def _reduce_motion(self, is_reduced: bool) -> None:
        theme.current().reduce_motion(is_reduced=is_reduced)

    def _keep(self) -> None:
        look = theme.current()
        self._session.keep_settings(
            {
                "teammate": self.name.text().strip() or self._session.teammate,
                "theme": look.setting,
                "text_scale": str(look.text_scale),
                "less_motion": "1" if look.is_motion_reduced else "0",
            }
        )
