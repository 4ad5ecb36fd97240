"""Small files that customers attach: a table, a picture, a document; drawn and written by this code."""

from __future__ import annotations

import functools
import struct
import zlib

from console.connectors.kinds.sample.material import chance, load

_WEEKLY_EXPORT_ROWS = 3_640


@functools.lru_cache(maxsize=64)
def content_of(name: str) -> tuple[str, bytes]:
    """Media type and bytes of the attachment of that name, by its ending (csv, png, pdf)."""
    match name.rpartition(".")[2]:
        case "csv":
            return "text/csv", _table(_WEEKLY_EXPORT_ROWS if name == "weekly-export.csv" else 60)
        case "png":
            return "image/png", picture(240, 120, seed=len(name))
        case _:
            return "application/pdf", _document(name)


def picture(width: int, height: int, *, seed: int) -> bytes:
    """A PNG of a bar chart in one of a few colours."""
    rng = chance("picture", seed)
    red, green, blue = rng.randint(30, 200), rng.randint(60, 180), rng.randint(90, 230)
    bars = [rng.randint(height // 8, height - 8) for _ in range(max(1, width // 16))]
    rows = []
    for y in range(height):
        row = bytearray(b"\0")
        for x in range(width):
            is_bar = x % 16 > 3 and height - y < bars[min(x // 16, len(bars) - 1)]
            row += bytes((red, green, blue)) if is_bar else b"\xf6\xf7\xf9"
        rows.append(bytes(row))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, content)
        for kind, content in ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 6)), (b"IEND", b""))
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _table(rows: int) -> bytes:
    rng = chance("table", rows)
    reports = load("phrases")["reports"]
    lines = ["order;day;report;amount;currency;quantity"]
    for number in range(rows):
        day = f"2026-{1 + number // 28 % 12:02}-{1 + number % 28:02}"
        report = reports[int(rng.random() * len(reports))]
        amount = f"{int(rng.random() * 900_00) / 100:.2f}".replace(".", ",")
        lines.append(f"{100_000 + number};{day};{report};{amount};EUR;{int(rng.random() * 40)}")
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8")


def _document(name: str) -> bytes:
    """A PDF of one page with the name as its only line."""
    shown = name.encode("latin-1", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    drawn = b"BT /F1 18 Tf 72 760 Td (" + shown + b") Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, start)
    )
