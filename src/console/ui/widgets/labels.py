"""Plain-text labels: ordinary, elided, key caps and counts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QWidget

from console.ui.overriding import override
from console.ui.style import theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.painted import PaintedLabel


def label(words: str, look: str = "", parent: QWidget | None = None, *, is_wrapping: bool = False) -> QLabel:
    """A label that never reads its words as HTML. `look` is one of the style sheet's: hero, title, heading, strong,
    value, body2, section, small, muted, tiny, link, note, green, amber, red, loser."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(words)
    made.setWordWrap(is_wrapping)
    if look:
        made.setProperty("look", look)
    return made


def set_look(widget: QLabel, look: str) -> None:
    """Gives a living label another look."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        theme.restyle(widget)


def plain_tip(widget: QWidget, words: str) -> None:
    """A tool tip that shows `words` as they are; Qt would read anything that looks like HTML as HTML."""
    # Without a `<` Qt never takes a text for HTML.
    if "<" not in words:
        widget.setToolTip(words)
        return
    import html  # so seldom that no start waits for its table of entities

    widget.setToolTip(f"<p style='white-space:pre-wrap'>{html.escape(words)}</p>")


class ElidedLabel(QLabel):
    """One line that ends in … where it does not fit, and tells the whole in its tool tip."""

    def __init__(
        self,
        words: str = "",
        look: str = "",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._words = self._tip = ""
        self._advance: float | None = None
        self._line: int | None = None
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        # Absolute: a Hebrew name in an English window begins where all the other names begin.
        side = Qt.AlignmentFlag.AlignRight if QApplication.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        if look:
            self.setProperty("look", look)
        self.set_words(words)

    def words(self) -> str:
        """The whole text, whatever part of it is visible."""
        return self._words

    def set_words(self, words: str) -> None:
        """Shows other words."""
        if words == self._words:
            return
        # Only letters that are taken from another font may make the line higher: plain ones after plain ones never do.
        if not (words.isascii() and self._words.isascii()):
            self._line = None
        self._words, self._advance = words, None
        self.setAccessibleName(words)
        self.updateGeometry()
        self._elide()

    @override
    def sizeHint(self) -> QSize:
        self.ensurePolished()
        margins = self.contentsMargins()
        if self._line is None:  # layouts ask more often than words change
            self._line = super().sizeHint().height()
        return QSize(int(self._width_of_words()) + 2 + margins.left() + margins.right(), self._line)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._advance = self._line = None
            self.updateGeometry()
            self._elide()

    def _width_of_words(self) -> float:
        if self._advance is None:
            self._advance = QFontMetricsF(self.font()).horizontalAdvance(painting.one_line(self._words))
        return self._advance

    def _elide(self) -> None:
        shown = line = painting.one_line(self._words)
        room = self.contentsRect().width() + 0.5
        if self._width_of_words() > room:
            shown = QFontMetricsF(self.font()).elidedText(line, self._mode, room)
        if shown != self.text():
            self.setText(shown)
        tip = self._words if shown != line else ""
        if tip != self._tip:
            self._tip = tip
            plain_tip(self, tip)


class KeyCap(QLabel):
    """One key, drawn as a key: `KeyCap("Ctrl")`."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(key)
        self.setProperty("look", "key")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(20)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class KeyCaps(QWidget):
    """A shortcut as key caps: `KeyCaps("Ctrl+Shift+E")`."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE_1)
        for key in keys.replace("++", "+plus").split("+"):
            row.addWidget(KeyCap("+" if key == "plus" else key))
        self.setAccessibleName(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class CountBadge(PaintedLabel):
    """A number in a pill; it hides at zero and says 99+ beyond 99 where it is small."""

    def __init__(self, count: int = 0, tone: str = "accentbtn", parent: QWidget | None = None) -> None:
        """`tone` is a token that carries white text: accentbtn, dangerbtn or amberbadge."""
        super().__init__("", parent)
        self._tone = tone
        self._count = -1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        """Shows another number."""
        if count != self._count:
            self._count = count
            self.setText("99+" if count > 99 else QLocale().toString(count))
            self.setAccessibleName(QLocale().toString(count))
            self.setVisible(count > 0)
            self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        font = self._font()
        height = theme.current().pixels(18)
        return QSize(max(height, round(QFontMetricsF(font).horizontalAdvance(self.text())) + 10), height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        painting.fill(painter, area, self._tone, area.height() / 2)
        painting.text(painter, area, self.text(), "onaccent", self._font(), align=Qt.AlignmentFlag.AlignHCenter)

    def _font(self) -> QFont:
        return theme.current().font(tokens.TEXT_TINY, QFont.Weight.DemiBold)
