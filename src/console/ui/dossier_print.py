"""A dossier on paper: its HTML set in pieces of bounded size one below the other, so that a long one needs no long memory.

It needs no window and no display. Tables are plain, nothing is nested in them: nested ones take Qt minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)

from console.domain import dossier_html
from console.domain.dossier import Dossier, shown
from console.ui.style.fonts import font

_DOTS_PER_INCH = 96
_MARGIN_MM = 16.0
_PIECE = 60_000
"""Characters of HTML that are set at once."""

_LEAST_ROOM = 90.0
_FOOTER = 22.0
_NUMBER = 60
_TAGS = (
    ("<dl>", "<table cellspacing='0'>"), ("</dl>", "</table>"), ("<dt>", "<tr><td class='label' width='130'>"),
    ("</dt>", "</td>"), ("<dd>", "<td>"), ("</dd>", "</td></tr>"),
)  # fmt: skip
_STYLE = """
h1{font-size:20pt} h2{font-size:14pt;margin-top:22px} h3{font-size:10.5pt;margin-top:12px;margin-bottom:2px}
h4{font-size:9pt;color:#475467;margin-top:8px;margin-bottom:2px}
p,div,td,th{font-size:9pt} .remark,.none,th,.label{color:#475467} .past,.past h3{color:#667085}
td,th{padding:3px 6px;text-align:left} .text{margin-top:4px}
"""


def write_pdf(dossier: Dossier, path: Path) -> None:
    """Write the file; needs nothing but processor time, seconds for thousands of messages. Raises OSError."""
    application = QGuiApplication.instance() or QGuiApplication(["support-console", "-platform", "offscreen"])
    writer = QPdfWriter(str(path))
    writer.setTitle(f"Dossier of {dossier.customer}")
    writer.setCreator("Support Console")
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(0, f"{path.name} cannot be written")
    sheet = _Sheet(writer, painter, f"{dossier.customer} · {shown(dossier.made_at)}")
    for piece in pieces(dossier):
        sheet.put(piece)
    sheet.end()
    painter.end()
    del application


class _Sheet:
    """Pages that fill from the top; a piece begins where the one before it ended."""

    def __init__(self, writer: QPdfWriter, painter: QPainter, footer: str) -> None:
        self._writer, self._painter, self._footer = writer, painter, footer
        self._width, self._height = float(writer.width()), float(writer.height()) - _FOOTER
        self._page, self._used = 1, 0.0

    def put(self, html: str) -> None:
        """Set a piece of HTML below what stands there already."""
        if self._height - self._used < _LEAST_ROOM:
            self._turn()
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(font(12))
        document.setDefaultStyleSheet(_STYLE)
        document.setHtml(html)
        document.documentLayout().setPaintDevice(self._writer)
        self._leave_room(document)
        document.setPageSize(QSizeF(self._width, self._height))
        for place in range(document.pageCount()):
            if place:
                self._turn()
            self._painter.save()
            self._painter.translate(0, -place * self._height)
            document.drawContents(self._painter, QRectF(0, place * self._height, self._width, self._height))
            self._painter.restore()
        self._used = document.size().height() - (document.pageCount() - 1) * self._height

    def end(self) -> None:
        """The last page gets its number as well."""
        self._number()

    def _leave_room(self, document: QTextDocument) -> None:
        """What is above on this page is an empty line of that height, so lines break between pages, never within.

        Not a margin: a first line that does not fit below it would be moved with its margin, for ever.
        """
        cursor = QTextCursor(document.begin())
        cursor.insertBlock()
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        line = QTextBlockFormat()
        line.setLineHeight(max(self._used, 1.0), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(line)

    def _turn(self) -> None:
        self._number()
        self._writer.newPage()
        self._page, self._used = self._page + 1, 0.0

    def _number(self) -> None:
        self._painter.setFont(font(11))
        box = QRectF(0, self._height, self._width, _FOOTER)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, f"{self._page}")
        name = self._painter.fontMetrics().elidedText(
            self._footer, Qt.TextElideMode.ElideRight, int(self._width) - _NUMBER
        )
        self._painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, name)


def pieces(dossier: Dossier) -> Iterator[str]:
    """The HTML in pieces that are whole by themselves: a table that goes on in the next piece is closed and opened again."""
    gathered, size, table = [dossier_html.head(dossier)], 0, ""
    for part in dossier.parts:
        for text in dossier_html.chapter(part):
            if text.startswith("<table"):
                table = text
            elif text.startswith("</tbody"):
                table = ""
            gathered.append(_as_table(text))
            size += len(text)
            if size > _PIECE:
                yield "".join([*gathered, "</tbody></table>" if table else ""])
                gathered, size = [table], 0
    yield "".join(gathered)


def _as_table(text: str) -> str:
    """Lists of facts as tables: Qt sets a definition list with a line for each name. What is outside text is escaped by now."""
    for tag, here in _TAGS:
        text = text.replace(tag, here)
    return text
