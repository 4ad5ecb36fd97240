"""A dossier as one HTML file: styles inside, no script, nothing fetched, and every word from outside escaped (P47)."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import chain

from console.domain.dossier import Dossier, Item, Part, Shape, shown

_STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;padding:40px 32px 80px;max-width:60rem;background:#fff;color:#101828;
 font:15px/1.55 Inter,"Segoe UI",system-ui,-apple-system,"Helvetica Neue",Arial,sans-serif}
h1{font-size:28px;line-height:1.25;margin:0 0 4px}
h2{font-size:20px;line-height:1.3;margin:48px 0 12px;padding-bottom:8px;border-bottom:2px solid #e4e7ec}
h3{font-size:15px;margin:0 0 4px}
h4{font-size:13px;margin:12px 0 4px;color:#475467}
p{margin:0 0 8px}
small,.remark,.none{color:#475467;font-size:13px}
header p{color:#475467}
nav{margin:24px 0;padding:16px 20px;background:#f5f7fa;border-radius:8px}
nav ol{margin:8px 0 0;padding-left:20px;columns:2}
nav a{color:#3b5bdb;text-decoration:none}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:2px 16px;margin:0}
dt{color:#475467;font-size:13px;padding-top:1px}
dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:13px;margin:4px 0 8px}
th{text-align:left;font-weight:600;color:#475467;background:#f5f7fa}
th,td{padding:5px 8px;border-bottom:1px solid #e4e7ec;vertical-align:top;overflow-wrap:anywhere}
article{padding:12px 0;border-bottom:1px solid #e4e7ec;break-inside:auto}
article article{margin-left:16px;padding:10px 0 10px 14px;border-bottom:0;border-left:3px solid #e4e7ec}
.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:8px 0 4px}
.past,.past h3{color:#667085}
tr.past td:first-child{text-decoration:line-through}
@media print{body{padding:0;max-width:none;font-size:10pt}nav{display:none}
 h2{break-after:avoid}h3,h4,thead{break-after:avoid}tr,dt,dd{break-inside:avoid}}
@media (max-width:40rem){body{padding:20px 16px}nav ol{columns:1}dl{grid-template-columns:1fr}}
"""


def pages(dossier: Dossier) -> Iterator[str]:
    """The file, piece by piece; together the pieces are one document."""
    title = escape(f"Dossier of {dossier.customer}")
    yield (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>\n"
    )
    yield head(dossier)
    links = "".join(
        f'<li><a href="#{one.name}">{escape(one.title)}</a>{_counted(one.count)}</li>' for one in dossier.parts
    )
    yield f"<nav><b>Contents</b><ol>{links}</ol></nav>\n<main>"
    for part in dossier.parts:
        yield from chapter(part)
    yield "</main></body></html>\n"


def head(dossier: Dossier) -> str:
    """What stands above the chapters: of whom, who made it and when, from which sources, what to know."""
    about = f"Made by {dossier.made_by} on {shown(dossier.made_at)} · customer {dossier.customer_id}"
    sources = f"From: {', '.join(dossier.sources)}" if dossier.sources else "No source knows this customer"
    remarks = "".join(f'<p class="remark">{escape(one)}</p>' for one in dossier.remarks)
    return (
        f"<header><h1>{escape(dossier.customer)}</h1><p>{escape(about)}</p><p>{escape(sources)}</p></header>{remarks}\n"
    )


def chapter(part: Part) -> Iterator[str]:
    """A chapter with its heading, piece by piece."""
    yield f'<section id="{part.name}"><h2>{escape(part.title)}{_counted(part.count)}</h2>\n'
    if part.remark:
        yield f'<p class="remark">{escape(part.remark)}</p>'
    yield from _items(part)
    yield "</section>\n"


def _items(part: Part) -> Iterator[str]:
    remaining = iter(part.items)
    first = next(remaining, None)
    if first is None:
        yield '<p class="none">None</p>'
        return
    together = chain((first,), remaining)
    match part.shape:
        case Shape.FACTS:
            yield from (_facts(one) for one in together)
        case Shape.TABLE:
            titles = "".join(f"<th>{escape(one.title)}</th>" for one in first.fields if not one.is_for_programs)
            yield f"<table><thead><tr>{titles}</tr></thead><tbody>\n"
            yield from (_row(one) for one in together)
            yield "</tbody></table>\n"
        case Shape.ENTRIES:
            for one in together:
                yield from _entry(one)


def _entry(item: Item) -> Iterator[str]:
    yield f"<article{_past(item)}>"
    if item.title:
        yield f"<h3>{escape(item.title)}</h3>"
    yield _facts(item)
    if item.text is not None:
        yield f'<div class="text">{escape(item.text) or "(no text)"}</div>'
    for part in item.parts:
        if part.count != 0:
            yield f"<h4>{escape(part.title)}{_counted(part.count)}</h4>"
            yield from _items(part)
    yield "</article>\n"


def _facts(item: Item) -> str:
    rows = "".join(
        f"<dt>{escape(one.title)}</dt><dd>{escape(said)}</dd>"
        for one in item.fields
        if not one.is_for_programs and (said := shown(one.content))
    )
    return f"<dl>{rows}</dl>" if rows else ""


def _row(item: Item) -> str:
    cells = "".join(f"<td>{escape(shown(one.content))}</td>" for one in item.fields if not one.is_for_programs)
    return f"<tr{_past(item)}>{cells}</tr>\n"


def _past(item: Item) -> str:
    return ' class="past"' if item.is_past else ""


def _counted(count: int | None) -> str:
    return "" if count is None else f" <small>{count:,}</small>"
