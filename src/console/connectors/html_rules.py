"""What of a mail's HTML may be seen: elements, attributes, addresses of links and pictures, and how much of each."""

from __future__ import annotations

import re

MAX_TABLE_DEPTH = 6
MAX_CELLS = 2_000
MAX_DEPTH = 100
MAX_ELEMENTS = 10_000
MAX_WORD = 5_000
MAX_SHOWN = 200_000
MAX_IMAGES = 50
MAX_SPAN = 20
MAX_PIXELS = 4_000
_LONGEST_ADDRESS = 4_000

TABLE_PARTS = frozenset({"caption", "tbody", "td", "tfoot", "th", "thead", "tr"})
CELLS = frozenset({"td", "th"})
VOID = frozenset({"br", "hr", "img", "wbr"})
BLOCKS = frozenset(
    {"address", "blockquote", "caption", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li"}
    | {"ol", "p", "pre", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
TAGS = (
    BLOCKS
    | VOID
    | frozenset({"a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "q", "s", "samp", "small", "span", "strike"})
    | frozenset({"strong", "sub", "sup", "tt", "u", "var"})
)
RENAMED = {
    "article": "div",
    "aside": "div",
    "center": "div",
    "figcaption": "div",
    "figure": "div",
    "footer": "div",
    "form": "div",
    "header": "div",
    "main": "div",
    "nav": "div",
    "section": "div",
    "dir": "ul",
    "menu": "ul",
}
# Gone with everything inside; what is neither here nor allowed is unwrapped.
DROPPED = frozenset(
    {"applet", "audio", "base", "canvas", "datalist", "embed", "frame", "frameset", "head", "iframe", "input", "link"}
    | {"listing", "math", "meta", "noembed", "noframes", "object", "optgroup", "option", "param", "plaintext", "script"}
    | {"select", "source", "style", "svg", "template", "textarea", "title", "track", "video", "xmp"}
)
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "style"},
    "a": {"href"},
    "img": {"src", "data-remote", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# Absolute and of an allowed scheme, with nothing before it: "\u2028javascript:" is relative to nh3, and a script to others.
_LINK = re.compile(
    r"(?:https?://[^\s/\\?#@\x00-\x20][^\x00-\x20\x7f\u2028\u2029]*"
    r"|(?:mailto|tel):[^\x00-\x20\x7f\u2028\u2029]+)",
    re.I,
)
_REMOTE = re.compile(r"https?://[^\s/\\?#@\x00-\x20][^\x00-\x20\x7f\u2028\u2029]*", re.I)
_CONTENT_ID = re.compile(r"cid:[^\x00-\x20\x7f<>\"'\\]{1,250}", re.I)
_STYLE = re.compile(
    r"(?:text-align:(?:left|right|center|justify)|font-weight:(?:bold|normal|[1-9]00)|font-style:(?:italic|normal)"
    r"|text-decoration:(?:underline|line-through|none))",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_EDGE = " \t\r\n\f\x00"


def is_hidden(style: str) -> bool:
    """Whether the author hid the element; without its style it would be seen."""
    return _HIDDEN.search(style[:_LONGEST_ADDRESS]) is not None


def permitted(tag: str, name: str, value: str) -> str | None:
    """The value that this attribute of this element may have, or None where it may not be there at all."""
    if name not in ATTRIBUTES["*"] and name not in ATTRIBUTES.get(tag, ()):
        return None
    if name in {"href", "src", "data-remote"}:
        return _address(name, value)
    if name in {"colspan", "rowspan", "start", "width", "height"}:
        return _number(name, value)
    if name == "style":
        return safe_style(value)
    if name == "dir":
        return value.lower() if value.lower() in {"ltr", "rtl", "auto"} else None
    return value[:_LONGEST_ADDRESS]


def remote_address(value: str) -> str | None:
    """The absolute address of a picture elsewhere, or None."""
    address = value.strip(_EDGE)
    return permitted("img", "data-remote", f"https:{address}" if address.startswith("//") else address)


def safe_style(value: str) -> str | None:
    """The few declarations that cannot hide, move or fetch anything, each exactly of a listed form."""
    declarations = ("".join(part.split()) for part in value[:_LONGEST_ADDRESS].split(";"))
    return ";".join(part.lower() for part in declarations if _STYLE.fullmatch(part)) or None


def _address(name: str, value: str) -> str | None:
    address = value.strip(_EDGE)
    expression = {"href": _LINK, "src": _CONTENT_ID, "data-remote": _REMOTE}[name]
    return address if len(address) <= _LONGEST_ADDRESS and expression.fullmatch(address) else None


def _number(name: str, value: str) -> str | None:
    digits = value.strip(_EDGE).removesuffix("px")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        return None
    return str(min(int(digits), MAX_SPAN if name.endswith("span") else MAX_PIXELS))
