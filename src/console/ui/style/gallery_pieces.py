"""The parts of the gallery that are made of our own widgets."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from console.ui.style import icons
from console.ui.style.tokens import TONES
from console.ui.widgets.avatar import Avatar, AvatarButton, Face
from console.ui.widgets.banner import Banner
from console.ui.widgets.buttons import Button, CopyButton
from console.ui.widgets.cards import Card, column, divider, row
from console.ui.widgets.charts import Bars, HeatMap
from console.ui.widgets.chip import AddChip, Chip, ChipButton
from console.ui.widgets.choice_list import ChoiceList, Offered
from console.ui.widgets.choosable import Choosable
from console.ui.widgets.empty_state import EmptyState, Seal
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.popover import Popover
from console.ui.widgets.rail_button import RailButton
from console.ui.widgets.section import Section
from console.ui.widgets.section_column import SectionColumn
from console.ui.widgets.skeleton import Skeleton
from console.ui.widgets.toast import Toasts
from console.ui.widgets.world_map import WorldMap

RISING = (3, 4, 4, 5, 6, 7, 7, 8, 9, 11, 13, 14)
NAMES = ("Ariana Delacroix", "Tomás Herrera", "Priya Raman", "Jonas Weiß", "山田 太郎", "ليلى حداد", "@")


def banners() -> QWidget:
    """One of each tone."""
    offline = Banner(
        "You are offline since 11:04.", "Keep working: 5 edits wait.", "amber", icon="wifi-off", is_closable=True
    )
    offline.add(Button("Outbox · 5", is_small=True))
    failed = Banner("Typeform revoked the token.", "Its answers since 08:41 are missing.", "red")
    failed.add(Button("Sign in again", "primary", is_small=True))
    done = Banner("Both sides only added.", "So both are kept.", "green")
    undo = Banner("You can undo this import later.", "Edits made since are kept.", "blue", icon="undo-2")
    return _held(column(offline, failed, done, undo))


def choices() -> QWidget:
    """One of many, with counts."""
    made = ChoiceList("Search tags")
    counts = {"billing": 1_204, "export": 210, "VIP": 12, "beta": 3}
    made.show_choices([Offered(tag, tag, count, is_chosen=tag == "VIP") for tag, count in counts.items()])
    looked_at, other = Choosable(is_card=True), Choosable(is_card=True)
    for card, words in ((looked_at, "Intercom EU"), (other, "help@acme.dev")):
        card.setAccessibleName(words)
        card.column.addWidget(label(words, "strong"))
    looked_at.set_chosen(is_chosen=True)
    return _held(row(made, column(looked_at, other), None))


def chips() -> QWidget:
    """Every tone, removable ones, the dashed one, and a long one from the right."""
    frame = QFrame()
    flow = FlowLayout(frame)
    for tone in TONES:
        flow.addWidget(Chip(tone.capitalize(), tone, "layers"))
    flow.addWidget(ChipButton("Manual", "violet", "pencil"))
    flow.addWidget(ChipButton("API", "blue", "zap"))
    flow.addWidget(ChipButton("Intercom", "teal", "plug"))
    flow.addWidget(ChipButton("VIP", "violet", is_removable=True))
    flow.addWidget(ChipButton("a tag that somebody made much longer than a tag should be", is_removable=True))
    flow.addWidget(AddChip("Add tag"))
    flow.addWidget(AddChip("Add tag", is_icon_only=True))
    off = ChipButton("Disabled", "green", "check")
    off.setEnabled(False)
    flow.addWidget(off)
    return frame


def faces() -> QWidget:
    """Every hue, presence, channel, a company."""
    looks = [Face(name) for name in NAMES]
    looks[0] = Face(NAMES[0], presence="online")
    looks[1] = Face(NAMES[1], badge="message-square")
    looks[2] = Face(NAMES[2], badge="star")
    looks[3] = Face(NAMES[3], presence="away")
    widgets: list[QWidget] = [Avatar(look, 36) for look in looks]
    widgets.append(Avatar(Face("Northpeak Analytics", is_square=True), 36))
    widgets.append(AvatarButton(Face("Nadia Kovac"), "Open your settings", 28))
    widgets.append(Avatar(Face("Nadia Kovac"), 20))
    return _held(row(*widgets, None, gap=4))


def rail() -> QWidget:
    """The rail, lying down."""
    frame = QFrame()
    frame.setProperty("surface", "rail")
    mark = QLabel()
    mark.setPixmap(icons.mark(32))
    places = [
        RailButton("inbox", "Inbox", "G I"),
        RailButton("users", "Customers"),
        RailButton("building-2", "Companies"),
    ]
    places[0].setChecked(True)
    outbox = RailButton("send", "Outbox")
    outbox.set_count(3)
    off = RailButton("plug", "Sources")
    off.setEnabled(False)
    frame.setLayout(row(mark, *places, outbox, off, None, gap=4, margin=8))
    return frame


def profile() -> QWidget:
    """A panel as the profile is: sections, properties, bars, heat map, map."""
    properties = Section("properties", "Properties", act="Add a property")
    properties.set_count(12)
    for name, value, origin in (
        ("Persona", "Operations lead", ChipButton("Manual", "violet", "pencil")),
        ("Plan", "Enterprise", ChipButton("API", "blue", "zap")),
        ("Purchases", "17", ChipButton("Sheet", "violet", "file-spreadsheet")),
    ):
        words = label(name, "body2")
        words.setFixedWidth(96)
        properties.body.addLayout(row(words, ElidedLabel(value, "value"), None, origin))
    events = Section("events", "Events")
    for name, total in (("Logged in", "148"), ("Exported report", "23")):
        events.body.addLayout(row(label(name, "body2"), None, Bars(RISING, f"{name}: {total}, rising"), _number(total)))
    health = Section("health", "Company health")
    health.body.addLayout(row(Chip("Active, declining", "amber", "trending-down"), None))
    weeks = [[(week * 7 + day * 5) % 11 if day < 5 else week % 2 for day in range(7)] for week in range(26)]
    named = ["Jun", "", "", "", "Jul", "", "", "", "", "Aug", "", "", "", "Sep", *[""] * 4, "Oct", *[""] * 3, "Nov"]
    rows = ["Mon", "", "Wed", "", "Fri"]
    health.body.addWidget(HeatMap(weeks, "Logins a day, 26 weeks: falling", columns=named, rows=rows))
    notes = Section("notes", "Notes", act="Add a note")
    notes.set_count(3)
    notes.fold(is_folded=True)
    frame = Card("panel", 12)
    frame.column.addWidget(WorldMap(45.76, 4.83, "Lyon, France, approximate"))
    place = row(label("Lyon, France", "strong"), Chip("approximate"), None, label("11:08 local", "small"))
    frame.column.addLayout(place)
    frame.column.addWidget(divider())
    frame.column.addWidget(SectionColumn([properties, events, health, notes], gap=8))
    return frame


def _number(words: str) -> QLabel:
    made = label(words, "strong")
    made.setFixedWidth(32)
    made.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    return made


def empty() -> QWidget:
    """A page with nothing on it."""
    card = Card("card", 8)
    buttons = [Button("Go through snoozed", icon="alarm-clock", is_small=True)]
    words = "Nothing waits for you. The next snoozed one comes back at 14:00."
    card.column.addWidget(EmptyState("check", "All clear", words, buttons))
    return card


def popover() -> QWidget:
    """A popover beside its anchor, on a surface of its own."""
    stage = QFrame()
    stage.setProperty("surface", "well")
    stage.setFixedHeight(232)
    stage.setMinimumWidth(430)
    anchor = ChipButton("API", "blue", "zap", stage)
    anchor.move(372, 60)
    content = QWidget()
    column_of = QVBoxLayout(content)
    column_of.setContentsMargins(0, 0, 0, 0)
    column_of.addLayout(row(label("Why this value?", "heading"), label("Plan", "body2"), None))
    won = Card("green", 12)
    won.column.addLayout(row(label("Enterprise", "heading"), None, Chip("API", "blue", "zap", is_on_tint=True)))
    won.column.addWidget(label("Sent by billing-sync today, 08:00", "small"))
    column_of.addWidget(won)
    lost = row(label("Pro", "loser"), None, label("synced today, 10:40", "muted"), Chip("Intercom", "teal", "plug"))
    column_of.addLayout(lost)
    pin, mask = Button("Pin this value", icon="pin"), Button("Mask", icon="eye-off")
    column_of.addLayout(row(pin, mask, None))
    stage.resize(440, 232)
    Popover("Why this value?", content, stage).open_at(anchor, "left")
    return stage


def loading() -> QWidget:
    """Two rows that are being read."""
    return Skeleton(2, 56)


def cards() -> QWidget:
    """A source as its card shows it, and a line that does not fit."""
    card = Card()
    title = column(label("Typeform", "heading"), label("3 forms · nadia@acme.dev", "muted"), gap=2)
    top = row(Seal("file-text", "violet", 36, is_round=False), gap=12)
    top.addLayout(title)
    top.addStretch(1)
    top.addWidget(Chip("Needs sign-in", "red", "log-in"), 0, Qt.AlignmentFlag.AlignTop)
    card.column.addLayout(top)
    long = "Complete to 19 Nov 2026 08:40 · answers since then are missing, and 14,210 older ones are kept as they are"
    card.column.addLayout(row(ElidedLabel(long, "small"), CopyButton(long)))
    return card


def toast() -> QWidget:
    """The toast of the last edit."""
    stage = QFrame()
    stage.setProperty("surface", "well")
    stage.setFixedHeight(84)
    stage.setMinimumWidth(430)
    stage.resize(440, 84)
    Toasts(stage).say("Tag VIP removed.", "Undo", ms=2**30)
    return stage


def _held(layout) -> QFrame:
    frame = QFrame()
    frame.setLayout(layout)
    layout.setContentsMargins(0, 0, 0, 0)
    return frame
