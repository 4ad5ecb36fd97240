"""Every widget and state on one page: how the design system is looked at."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QAction, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSlider,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from console.ui.style import gallery_pieces, icons
from console.ui.style.theme import Theme
from console.ui.widgets.buttons import Button, CopyButton, IconButton, Kind
from console.ui.widgets.calm_box import CalmBox
from console.ui.widgets.cards import Card, column, row
from console.ui.widgets.fields import DateField, NumberField
from console.ui.widgets.labels import CountBadge, KeyCaps, label
from console.ui.widgets.menu import Menu
from console.ui.widgets.progress import ProgressLine, Spinner, Steps
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.segmented import Choice, Segmented

COMPANIES = (
    ("Weiß & Söhne GmbH", 96, "19 days ago", "Slipping"),
    ("Raman Labs", 205, "41 min ago", "Active"),
    ("Okafor Logistics", 310, "5 h ago", "Active"),
    ("Northpeak Analytics", 1482, "2 min ago", "Active"),
    ("Lindqvist AB", 12, "41 days ago", "Away"),
)


def gallery(theme: Theme) -> QWidget:
    """A page of every widget, 1,440 points wide before the text scale; it follows the theme while it lives."""
    page = QWidget()
    page.setProperty("surface", "bg")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    page.setFont(theme.font())
    grid = QGridLayout(page)
    grid.setContentsMargins(24, 24, 24, 24)
    grid.setHorizontalSpacing(32)
    grid.setVerticalSpacing(24)
    for place, part in enumerate((_left(), _middle(), _right())):
        grid.addLayout(part, 0, place)
        grid.setColumnStretch(place, 1)
    page.setFixedWidth(theme.pixels(1440))
    page.ensurePolished()
    page.setMinimumHeight(page.sizeHint().height())
    return page


def _left() -> QVBoxLayout:
    return column(_tabs(), _buttons(), _states(), gallery_pieces.banners(), None, gap=20)


def _middle() -> QVBoxLayout:
    return column(
        _table(),
        gallery_pieces.chips(),
        gallery_pieces.faces(),
        gallery_pieces.profile(),
        gallery_pieces.choices(),
        None,
        gap=20,
    )


def _right() -> QVBoxLayout:
    return column(
        row(_menu(), gallery_pieces.empty(), gap=16),
        gallery_pieces.popover(),
        gallery_pieces.loading(),
        gallery_pieces.cards(),
        gallery_pieces.toast(),
        gallery_pieces.rail(),
        None,
        gap=20,
    )


def _tabs() -> QWidget:
    tabs = QTabWidget()
    tabs.addTab(_form(), "General")
    for name in ("Sources", "Notifications", "Security"):
        tabs.addTab(QWidget(), name)
    return tabs


def _form() -> QWidget:
    made = QWidget()
    form = QFormLayout(made)
    form.setContentsMargins(0, 16, 0, 0)
    form.setHorizontalSpacing(20)
    form.setVerticalSpacing(10)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    email = QLineEdit("ariana@northpeak.io")
    wrong = QLineEdit("12 apples")
    wrong.setProperty("invalid", "true")
    kind = CalmBox("Kind")
    kind.addItem(icons.icon("type"), "Text")
    kind.addItem(icons.icon("hash"), "Whole number")
    history = NumberField("Keep history", 1, 999, 30)
    history.setSuffix(" days")
    since = DateField("Since", QDate(2026, 11, 21))
    off = QLineEdit("cannot be changed")
    off.setEnabled(False)
    note = QPlainTextEdit("Prefers e-mail. Renewal talk with CFO on 3 Dec.")
    note.setFixedHeight(56)
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setValue(60)
    form.addRow("E-mail", email)
    form.addRow("Property type", kind)
    form.addRow("Keep history", history)
    form.addRow("Since", since)
    form.addRow("Purchases", wrong)
    form.addRow("", label("Purchases must be a whole number", "red"))
    form.addRow("Disabled", off)
    form.addRow("Note", note)
    form.addRow("Options", _held(_options()))
    form.addRow("Theme", _held(_themes()))
    form.addRow("Text size", slider)
    form.addRow("First sync", _line(0.64))
    return made


def _options() -> QLayout:
    synced, sound, places = (
        QCheckBox("Sync in the background"),
        QCheckBox("Play a sound"),
        QCheckBox("Places by IP (no database installed)"),
    )
    synced.setChecked(True)
    places.setEnabled(False)
    some = QCheckBox("Some of them")
    some.setTristate(True)
    some.setCheckState(Qt.CheckState.PartiallyChecked)
    return column(synced, sound, some, places, gap=4)


def _themes() -> QLayout:
    radios = [QRadioButton(name) for name in ("System", "Light", "Dark")]
    radios[0].setChecked(True)
    return row(*radios, None, gap=16)


def _buttons() -> QWidget:
    made = Card()
    kinds: tuple[tuple[Kind, str, str], ...] = (
        ("primary", "Send", "send"),
        ("secondary", "Note", "sticky-note"),
        ("quiet", "Cancel", ""),
        ("danger", "Erase", "trash-2"),
        ("link", "Split…", ""),
    )
    made.column.addLayout(row(*(Button(words, kind, icon=icon) for kind, words, icon in kinds), None))
    disabled = [Button(words, kind, icon=icon) for kind, words, icon in kinds]
    for button in disabled:
        button.setEnabled(False)
    made.column.addLayout(row(*disabled, None))
    small = Button("Compare", is_small=True)
    made.column.addLayout(
        row(
            small,
            IconButton("star", "Follow", keys="S"),
            IconButton("alarm-clock", "Snooze", keys="H"),
            IconButton("ellipsis", "More"),
            IconButton("plus", "Add a property", is_small=True),
            CopyButton("ariana@northpeak.io"),
            KeyCaps("Ctrl+Shift+E"),
            CountBadge(2),
            CountBadge(128, "amberbadge"),
            None,
        )
    )
    return made


def _states() -> QWidget:
    made = Card("well")
    segments = [
        Choice("open", "Open"),
        Choice("mine", "Mine"),
        Choice("snoozed", "Snoozed"),
        Choice("closed", "Closed"),
    ]
    filters = [Choice("all", "All", 212), Choice("messages", "Messages", 38), Choice("events", "Events", 148)]
    tabs = [Choice("activity", "Activity"), Choice("members", "Members", 14), Choice("notes", "Notes", 4)]
    made.column.addWidget(SearchField("Search customers, companies, messages…"))
    made.column.addWidget(Segmented("Filter", segments))
    made.column.addWidget(Segmented("Kinds", filters, "filter"))
    made.column.addWidget(Segmented("Parts", tabs, "tab"))
    steps = Steps(["File", "Columns", "Import"])
    steps.go_to(1)
    made.column.addLayout(row(steps, None))
    made.column.addLayout(row(Spinner("Reading"), _line(0.3)))
    return made


def _table() -> QWidget:
    model = QStandardItemModel(0, 4)
    model.setHorizontalHeaderLabels(["Company", "Sessions", "Last login", "Health"])
    for company in COMPANIES:
        items = [QStandardItem(QLocale("en").toString(cell) if isinstance(cell, int) else cell) for cell in company]
        items[1].setTextAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        model.appendRow(items)
    table = QTableView()
    model.setParent(table)
    table.setModel(model)
    table.setProperty("framed", "true")
    table.setShowGrid(False)
    table.setSortingEnabled(True)
    table.setWordWrap(False)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(36)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setHighlightSections(False)
    for number, width in enumerate((160, 80, 104)):
        table.setColumnWidth(number, width)
    table.setCurrentIndex(model.index(0, 0))
    table.setFixedHeight(220)
    return table


def _menu() -> QWidget:
    menu = Menu()
    for words, icon, keys in (("Add tag…", "tag", "T"), ("Add note…", "sticky-note", "N"), ("Message…", "send", "")):
        action = QAction(icons.icon(icon), words, menu)
        action.setShortcut(keys)
        menu.addAction(action)
    menu.addSeparator()
    follow = QAction("Follow", menu)
    follow.setCheckable(True)
    follow.setChecked(True)
    menu.addAction(follow)
    menu.addMenu(Menu("Move to", menu))
    gone = QAction(icons.icon("archive"), "Archive", menu)
    gone.setEnabled(False)
    menu.addAction(gone)
    menu.setWindowFlags(Qt.WindowType.Widget)
    menu.setFixedSize(menu.sizeHint())
    menu.setActiveAction(menu.actions()[1])
    return menu


def _line(share: float) -> ProgressLine:
    line = ProgressLine("First sync")
    line.set_share(share)
    return line


def _held(layout: QLayout) -> QFrame:
    # WORKAROUND(Qt 6): a layout nested in QFormLayout gets spacing 0; in a widget of its own it keeps what it has.
    frame = QFrame()
    outer = QHBoxLayout(frame)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addLayout(layout)
    return frame
