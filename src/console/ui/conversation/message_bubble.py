"""A message as a bubble: its words, the folded quote, blocked pictures, attachments, and what is odd about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.conversation import AttachmentRow, CustomerCard, Turn
from console.domain.quoting import split_html
from console.domain.records import AuthorKind, Channel
from console.ui.conversation import limits
from console.ui.conversation.attachments import attachment_chip
from console.ui.conversation.bubble import Bubble, Side
from console.ui.conversation.message_text import MessageText
from console.ui.profile.wording import CHANNEL_ICON, named, time_words
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.chip import Chip, ChipButton
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label

ImageOf = Callable[[int, str], bytes | None]


@dataclass(frozen=True, slots=True)
class Around:
    """What a bubble needs to know of its conversation: channel, customer, the moment, and where pictures come from.

    `can_fetch_images` is whether anybody can fetch blocked pictures; `now` is aware UTC.
    """

    channel: Channel
    customer: CustomerCard | None
    now: datetime
    image_of: ImageOf
    can_fetch_images: bool = False


def author_of(turn: Turn) -> str:
    """Who speaks, by name or address; empty where nobody knows."""
    return named(turn.author_name or turn.author_address)


class MessageBubble(Bubble):
    """Shows one message.

    Signals:
        images_wanted: (message id) the teammate wants to see the pictures that were blocked.
        part_pressed: (AttachmentRow, the chip) an attachment was pressed.
    """

    images_wanted = Signal(object)
    part_pressed = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turn: Turn | None = None
        self._around: Around | None = None
        self.text = MessageText()
        self.quote: MessageText | None = None
        self.quote_button: ChipButton | None = None
        self._foot: QWidget | None = None
        self._quote_place = 0
        self._badges: list[Chip] = []
        self.card.column.addWidget(self.text)

    def show_turn(self, turn: Turn, around: Around) -> None:
        """Shows a message."""
        self._turn, self._around = turn, around
        self.lean(Side.THEIRS if turn.kind is AuthorKind.CUSTOMER else Side.OURS)
        name = author_of(turn) or self.tr("Unknown sender")
        when = time_words(turn.at) if turn.is_date_known else self.tr("date not known")
        icon = "bot" if turn.kind is AuthorKind.BOT else CHANNEL_ICON[around.channel]
        self.sign(name, when, icon)
        self.setAccessibleName(self.tr("Message from {0}, {1}").format(name, when))
        self._show_badges(turn, around)
        self._new_foot()
        folded = self._show_words(turn)
        if folded:
            self._add_quote(*folded)
        self._add_parts(turn)
        self._add_warnings(turn)

    def refresh(self) -> None:
        """Shows it again, for another theme or text size."""
        if self._turn is not None and self._around is not None:
            self.show_turn(self._turn, self._around)

    def _show_words(self, turn: Turn) -> tuple[str, bool] | None:
        """Shows what was written; gives what is folded and whether that is HTML."""
        if turn.html is not None and limits.is_within(turn.html):
            own, folded = split_html(limits.without_blocked_pictures(turn.html))
            self.text.show_rich(own, self._image)
            return (folded, True) if folded else None
        cut = turn.quoted_from if turn.quoted_from is not None else len(turn.text)
        own, folded = turn.text[:cut].rstrip(), turn.text[cut:].strip()
        self._show_plain(own)
        if turn.html is not None:
            self._offer_rich(turn.html)
        return (folded, False) if folded else None

    def _show_plain(self, text: str) -> None:
        self.text.show_plain(limits.broken(text[: limits.LONGEST_SHOWN]) or self.tr("(no text)"))
        if len(text) > limits.LONGEST_SHOWN:
            more = Button(self.tr("Show the whole text"), "link")
            more.clicked.connect(lambda: self._unfold(lambda: self.text.show_plain(limits.broken(text)), more))
            self._foot_column().addWidget(more)

    def _offer_rich(self, markup: str) -> None:
        words = label(self.tr("Shown as text, because the original is very large or deeply nested"), "small")
        show = Button(self.tr("Show anyway"), "link")
        flat = limits.flattened(markup)
        show.clicked.connect(lambda: self._unfold(lambda: self.text.show_rich(flat, self._image), show))
        self._foot_column().addLayout(row(IconLabel("info", "text2", 14), words, show, None, gap=6))

    def _unfold(self, show: Callable[[], None], button: Button) -> None:
        self.unfolded.emit()
        button.hide()
        show()

    def _add_quote(self, folded: str, is_rich: bool) -> None:
        button = self.quote_button = ChipButton("…", "accent", name=self.tr("Show the quoted text"))
        button.setToolTip(self.tr("Show the quoted text"))
        button.setCheckable(True)
        button.toggled.connect(lambda is_shown: self._fold_quote(folded, is_rich, is_shown=is_shown))
        self._foot_column().addLayout(row(button, None))
        self._quote_place = self._foot_column().count()

    def _fold_quote(self, folded: str, is_rich: bool, *, is_shown: bool) -> None:
        self.unfolded.emit()
        if self.quote is None:
            self.quote = MessageText(color="text2")
            self.quote.setAccessibleName(self.tr("What the message quotes"))
            if is_rich:
                self.quote.show_rich(folded, self._image)
            else:
                self.quote.show_plain(limits.broken(folded[: limits.LONGEST_SHOWN]))
            self._foot_column().insertWidget(self._quote_place, self.quote)
        self.quote.setVisible(is_shown)

    def _add_parts(self, turn: Turn) -> None:
        shown_inside = turn.html or ""
        parts = [p for p in turn.attachments if not (p.is_inline and f"cid:{p.content_id}" in shown_inside)]
        if parts:
            holder = QWidget()
            flow = FlowLayout(holder)
            for part in parts:
                flow.addWidget(self._part_chip(part))
            self._foot_column().addWidget(holder)
        if turn.remote_images:
            self._add_blocked(turn)

    def _part_chip(self, part: AttachmentRow) -> QWidget:
        chip = attachment_chip(part)
        chip.clicked.connect(lambda: self.part_pressed.emit(part, chip))
        return chip

    def _add_blocked(self, turn: Turn) -> None:
        count = turn.remote_images
        words = self.tr("1 picture from the network is not shown") if count == 1 else ""
        words = words or self.tr("{0} pictures from the network are not shown").format(count)
        line = row(IconLabel("image-off", "text2", 14), gap=6)
        self._foot_column().addLayout(line)
        if self._around is not None and self._around.can_fetch_images:
            line.addWidget(label(words, "small"))
            show = Button(self.tr("Show images"), "link")
            show.clicked.connect(lambda: self.images_wanted.emit(turn.id))
            line.addWidget(show)
        else:
            line.addWidget(
                label(
                    f"{words}. {self.tr('They are blocked; this version does not fetch them')}",
                    "small",
                    is_wrapping=True,
                ),
                1,
            )
        line.addStretch(0)

    def _add_warnings(self, turn: Turn) -> None:
        lines = list(turn.warnings)
        if not turn.is_date_known:
            lines.append(self.tr("The date is not known; the message stands where it was found"))
        if turn.is_gone:
            lines.append(self.tr("Deleted at the source"))
        for words in lines:
            text = label(named(words), "amber", is_wrapping=True)
            self._foot_column().addLayout(_line("triangle-alert", "amber", text))

    def _show_badges(self, turn: Turn, around: Around) -> None:
        for chip in self._badges:
            self.top.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._badges = []
        card = around.customer
        if turn.kind is not AuthorKind.CUSTOMER or card is None or turn.author_customer != card.id:
            return
        badges = ((card.is_role, self.tr("Role address")), (card.is_shared, self.tr("Shared address")))
        words = [word for is_so, word in badges if is_so]
        self._badges = [Chip(word, "grey", "users") for word in words]
        if card.is_deceptive:
            self._badges.append(Chip(self.tr("Deceptive name"), "red", "triangle-alert"))
        for chip in self._badges:
            self.top.insertWidget(self.top.count() - 2, chip)

    def _image(self, content_id: str) -> bytes | None:
        return self._around.image_of(self._turn.id, content_id) if self._turn and self._around else None

    def _new_foot(self) -> None:
        self.quote = self.quote_button = None
        if self._foot is not None:
            self.card.column.removeWidget(self._foot)
            self._foot.hide()
            self._foot.deleteLater()
            self._foot = None

    def _foot_column(self) -> QVBoxLayout:
        if self._foot is None:
            self._foot = QWidget()
            made = QVBoxLayout(self._foot)
            made.setContentsMargins(0, tokens.SPACE_1, 0, 0)
            made.setSpacing(tokens.SPACE_1)
            self.card.column.addWidget(self._foot)
        column = self._foot.layout()
        assert isinstance(column, QVBoxLayout)
        return column


def _line(icon: str, color: str, words: QWidget) -> QVBoxLayout:
    made = QVBoxLayout()
    line = row(IconLabel(icon, color, 14), gap=6)
    line.addWidget(words, 1)
    made.addLayout(line)
    return made
