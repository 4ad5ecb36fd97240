"""Pictures from outside, decoded within bounds: five formats, sixteen megapixels, never a drawing that runs."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader

MOST_PIXELS = 16_000_000
WIDEST = 520
MOST_BYTES = 25_000_000
_FORMATS = frozenset({b"png", b"jpeg", b"gif", b"webp", b"bmp"})


def picture(content: bytes | None) -> QImage | None:
    """The picture in ``content``, at most 520 points wide; None where it is none, too large, or of another format."""
    if not content or len(content) > MOST_BYTES:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    # The format is read from the first bytes, not from a name, so that a drawing in disguise is refused.
    if bytes(reader.format().data()) not in _FORMATS:
        return None
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return None
    if size.width() > WIDEST:
        reader.setScaledSize(size.scaled(QSize(WIDEST, 10 * WIDEST), Qt.AspectRatioMode.KeepAspectRatio))
    read = reader.read()
    return None if read.isNull() else read


def nothing() -> QImage:
    """One transparent point, for every picture that is not shown: an empty answer makes Qt open the address itself."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    return image
