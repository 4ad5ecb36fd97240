"""The text of one message: selectable, as high as its words, and cut off from network and files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from console.ui.conversation import links, pictures
from console.ui.overriding import override
from console.ui.style import theme
from console.ui.widgets.labels import plain_tip

_SHAPE = (
    "body {{ color: {text}; }} a {{ color: {accentfg}; text-decoration: underline; }} "
    "blockquote {{ color: {text2}; margin-left: 12px; }} pre, code {{ white-space: pre-wrap; }}"
)
_ROOM = 4
_UNKNOWN = QTextDocument.ResourceType.UnknownResource


class MessageText(QTextBrowser):
    """Shows cleaned HTML or plain text. It grows with its content; only wide tables scroll, sideways.

    Nothing is ever fetched: pictures come from `image_of` (by content id) or are left out, links open on the desktop.
    """

    def __init__(self, parent: QWidget | None = None, *, color: str = "text") -> None:
        super().__init__(parent)
        self._color = color
        self._image_of: Callable[[str], bytes | None] | None = None
        self._rich = ""
        self._picture_by_id: dict[str, QImage] = {}
        self.setAccessibleName(self.tr("Text of the message"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.anchorClicked.connect(self._follow)
        self.highlighted.connect(self._tell_where)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_rich(self, markup: str, image_of: Callable[[str], bytes | None] | None = None) -> None:
        """Shows HTML that was cleaned when it was taken in and that `limits` let pass."""
        self._image_of = image_of
        self._picture_by_id.clear()
        self._rich = markup
        self._render()

    def show_plain(self, text: str) -> None:
        """Shows text in which web addresses are links."""
        self._image_of = None
        self._rich = f'<div style="white-space: pre-wrap">{links.linked(text)}</div>'
        self._render()

    def refresh(self) -> None:
        """Lays it out again, in the colours of the theme as it is now."""
        if self._rich:
            self._render()

    def _render(self) -> None:
        colors = theme.current().tokens
        shape = _SHAPE.format(text=colors.color(self._color), accentfg=colors.accentfg, text2=colors.text2)
        document, font = self.document(), theme.current().font()
        # Each of these lays out again what is still in there.
        if document.defaultStyleSheet() != shape:
            document.setDefaultStyleSheet(shape)
        if document.defaultFont() != font:
            document.setDefaultFont(font)
        document.setHtml(f"<body>{self._rich}</body>")
        self._fit()

    def _fit(self, *_: object) -> None:
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        wanted = max(round(self.document().size().height() + 0.49), self.fontMetrics().height()) + _ROOM + extra
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def _follow(self, url: QUrl) -> None:
        links.open_link(url)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        # An answer that is empty makes QTextDocument look for the file itself: every refusal is a thing, too.
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray(b" ")
        address = QUrl(name)
        if address.scheme() == "cid" and self._image_of is not None:
            return self._shown(address.path(), self._image_of)
        return pictures.nothing()

    @override
    def doSetSource(self, name: QUrl | str, type: QTextDocument.ResourceType = _UNKNOWN) -> None:
        """A message has no source: nothing may make the browser go anywhere."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()) and self.horizontalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _tell_where(self, url: QUrl) -> None:
        plain_tip(self, "" if url.isEmpty() else links.where(url))

    def _shown(self, content_id: str, image_of: Callable[[str], bytes | None]) -> QImage:
        # Qt asks again at every layout; the store is asked once.
        if content_id not in self._picture_by_id:
            self._picture_by_id[content_id] = pictures.picture(image_of(content_id)) or pictures.nothing()
        return self._picture_by_id[content_id]
