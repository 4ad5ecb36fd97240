"""The tint under words that were searched for."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from console.domain.search_query import Term, spans
from console.ui.widgets import painting


def paint_marks(painter: QPainter, area: QRectF, words: str, font: QFont, terms: Sequence[Term]) -> None:
    """Tints what meets the terms in one line that begins at the left of ``area``; lines that run both ways stay plain."""
    line = painting.one_line(words)
    if any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in line):
        return
    metrics, height = QFontMetricsF(font), QFontMetricsF(font).height()
    for start, end in spans(line, terms):
        left = area.left() + metrics.horizontalAdvance(line[:start])
        width = min(metrics.horizontalAdvance(line[start:end]), area.right() - left)
        if width > 0:
            tint = QRectF(left - 1, area.center().y() - height / 2, width + 2, height)
            painting.fill(painter, tint, "match", 3)
