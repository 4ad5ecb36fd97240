"""The tree of a mail's parts: a usual mail is cut by hand, anything else goes to the standard library, to the same result.

The standard library reads line by line and compiles an expression for each boundary, which is half of what a usual mail
costs. Whatever is not exactly usual (nested mails, odd or missing boundaries, broken headers, lone carriage returns) is
left to it; a hypothesis test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import Policy, compat32
from typing import cast

# A name, then everything up to a line that is not indented: there is one way only to match it.
_HEADER = re.compile(r"([!-9;-~]+):([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)\r?\n")
_BOUNDARY = re.compile(
    r'multipart/[a-z]+;(?:[^"\\;]*;)?\s*boundary=(?:"([^"\\\s<>]{1,80})"|([^\s"\\;(),<>@%*\']{1,80}))(?:;[^"\\;]*)?',
    re.I,
)
# Parameters as nearly all mails write them: no continuations, no escapes, nothing that two programs read differently.
_PLAIN_PARAMETERS = re.compile(r'[^;="\\]*(?:;\s*[\w-]+=(?:"[\w./:+= -]*"|[\w./:+-]+)\s*)*;?\s*', re.ASCII)
_PLAIN_PARAMETER = re.compile(r';\s*([\w-]+)=(?:"([\w./:+= -]*)"|([\w./:+-]+))', re.ASCII)
_DEEPEST = 8


class Mail(Message):
    """A mail or one of its parts; what is asked of its headers again and again is worked out once."""

    def __init__(self, policy: Policy = compat32) -> None:
        super().__init__(policy=policy)
        self._by_name: dict[str, list[object]] | None = None
        self._type: str | None = None
        self._parameters: dict[str, Sequence[tuple[str, object]]] = {}

    def all_of(self, name: str) -> Sequence[object]:
        """All values of a header (``name`` in lower case), as the parser keeps them, in order."""
        if self._by_name is None:
            self._by_name = {}
            for field, value in self.raw_items():
                self._by_name.setdefault(field.lower(), []).append(value)
        return self._by_name.get(name, ())

    def get_content_type(self) -> str:
        """As ever, but asked once: the parser asks for it when all headers are there."""
        if self._type is None:
            self._type = super().get_content_type()
        return self._type

    def parameters(self, name: str) -> Sequence[tuple[str, object]]:
        """The parameters of a header (``name`` in lower case): names in lower case with what ``get_param`` would give.

        Raises what the standard library raises on crafted continuations of RFC 2231.
        """
        found = self._parameters.get(name)
        if found is None:
            said = self.all_of(name)
            if not said:
                found = ()
            elif isinstance(said[0], str) and _PLAIN_PARAMETERS.fullmatch(said[0]):
                found = [(one[1].lower(), one[2] or one[3] or "") for one in _PLAIN_PARAMETER.finditer(said[0])]
            else:
                found = [(key.lower(), value) for key, value in self.get_params([], name)]
            self._parameters[name] = found
        return found


def tree_of(raw: bytes) -> Mail:
    """The mail with all its parts. Raises what the standard library raises on crafted ones (RecursionError, MessageError)."""
    mail = _cut(raw.decode("ascii", "surrogateescape"), 0)
    # policy.default parses an eighth as many mails a second.
    return mail if mail is not None else cast(Mail, BytesParser(Mail, policy=compat32).parsebytes(raw))


def headers_of(raw: bytes) -> Mail:
    """The mail with its headers alone; all the rest is its content."""
    return cast(Mail, BytesHeaderParser(Mail, policy=compat32).parsebytes(raw))


def _cut(text: str, depth: int) -> Mail | None:
    """The part that ``text`` is, or None where the standard library must look at it."""
    mail, at = Mail(), 0
    while found := _HEADER.match(text, at):
        mail.set_raw(found[1], found[2].lstrip(" \t").rstrip("\r\n"))
        at = found.end()
    if text.startswith("\n", at):
        at += 1
    elif text.startswith("\r\n", at):
        at += 2
    elif at < len(text):
        return None
    kind = mail.get_content_type()
    if kind.startswith("message/") or kind == "multipart/digest":
        return None
    if not kind.startswith("multipart/"):
        # RFC 2046: the line end before a separator belongs to that.
        mail.set_payload(_without_line_end(text[at:]) if depth else text[at:])
        return mail
    return mail if depth < _DEEPEST and _has_parts(mail, text[at:], depth) else None


def _has_parts(mail: Mail, body: str, depth: int) -> bool:
    """Attach the parts of a multipart; False where it is not usual."""
    said = _BOUNDARY.fullmatch(str(mail.all_of("content-type")[0]))
    if said is None or len(mail.all_of("content-type")) > 1 or body.count("\r") != body.count("\r\n"):
        return False
    separators = list(_separators(body, f"--{said[1] or said[2]}"))
    if not separators or separators[0][2]:
        return False
    for place, (_, start, is_end) in enumerate(separators):
        if is_end:
            break
        end = separators[place + 1][0] if place + 1 < len(separators) else len(body)
        part = _cut(body[start:end], depth + 1) if end > start else None
        if part is None:
            return False
        mail.attach(part)
    return True


def _without_line_end(text: str) -> str:
    if text.endswith("\r\n"):
        return text[:-2]
    return text[:-1] if text.endswith(("\n", "\r")) else text


def _separators(body: str, separator: str) -> Iterator[tuple[int, int, bool]]:
    """Each line that parts or ends a multipart: where it begins, where the next line does, and whether it is the last."""
    at = body.find(separator)
    while at >= 0:
        line_end = body.find("\n", at)
        after = len(body) if line_end < 0 else line_end + 1
        rest = body[at + len(separator) : after].removesuffix("\n").removesuffix("\r").rstrip(" \t")
        if rest in ("", "--") and (at == 0 or body[at - 1] == "\n"):
            yield at, after, rest == "--"
        at = body.find(separator, at + 1)
