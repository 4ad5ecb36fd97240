"""The parts of a mail: which of them are what somebody wrote, and which lie beside it as attachments."""

from __future__ import annotations

import binascii
import html
import io
import quopri
import re
from dataclasses import dataclass, field, replace
from email.generator import BytesGenerator

from console.connectors.mail_headers import first
from console.connectors.mail_text import base64_bytes, decoded, header_text, raw_text, scrub
from console.connectors.mail_tree import Mail
from console.domain.file_names import safe_file_name
from console.domain.records import AttachmentRecord

MAX_ATTACHMENT_BYTES = 50_000_000
MAX_ATTACHMENTS = 1_000
_MAX_DEPTH = 60
_BODY_TYPES = frozenset({"text/plain", "text/html", "text/enriched"})
_EXTENSION_BY_TYPE = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "application/pgp-signature": "asc",
    "application/pkcs7-signature": "p7s",
    "text/plain": "txt",
    "text/html": "html",
    "text/calendar": "ics",
    "message/rfc822": "eml",
    "message/delivery-status": "txt",
}
_ODD_IN_TYPE = re.compile(r"[^a-z0-9.+/_-]")
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """What a mail (or a part of it) says: as plain text, as HTML (raw), or both; None where there is no such form."""

    text: str | None = None
    html: str | None = None


@dataclass(slots=True)
class Parts:
    """Everything found in one mail. ``warnings`` are sentences for the teammate, each once."""

    body: Body = field(default_factory=Body)
    attachments: list[AttachmentRecord] = field(default_factory=list)
    warnings: dict[str, None] = field(default_factory=dict)
    kept_bytes: int = 0

    def warn(self, sentence: str) -> None:
        self.warnings.setdefault(sentence)


def parts_of(mail: Mail) -> Parts:
    """Walk the tree of parts once; never deeper than a mail program would show."""
    parts = Parts()
    parts.body = _walk(mail, parts, 0)
    return parts


def _walk(part: Mail, parts: Parts, depth: int) -> Body:
    if depth > _MAX_DEPTH:
        parts.warn("Parts of this mail are nested too deeply; they were left out.")
        return Body()
    if not part.is_multipart() or part.get_content_maintype() == "message":
        return _leaf(part, parts)
    bodies: list[Body] = []
    for child in part.get_payload():
        if isinstance(child, Mail):
            bodies.append(_walk(child, parts, depth + 1))
    return _chosen(bodies) if part.get_content_subtype() == "alternative" else _joined(bodies)


def _chosen(bodies: list[Body]) -> Body:
    """Of alternatives, the first plain text and the last HTML, each if it says anything."""
    texts = [body.text for body in bodies if body.text and body.text.strip()]
    htmls = [body.html for body in bodies if body.html and body.html.strip()]
    return Body(texts[0] if texts else None, htmls[-1] if htmls else None)


def _joined(bodies: list[Body]) -> Body:
    """Parts that follow each other, as one; HTML as soon as one of them has it, text only if all of them do."""
    said = [body for body in bodies if body.text is not None or body.html is not None]
    if len(said) <= 1:
        return said[0] if said else Body()
    texts = [body.text for body in said if body.text is not None]
    text = "\n\n".join(texts) if len(texts) == len(said) else None
    if all(body.html is None for body in said):
        return Body(text, None)
    return Body(text, "<br><br>".join(body.html or _as_html(body.text or "") for body in said))


def _as_html(text: str) -> str:
    return html.escape(text).replace("\r\n", "\n").replace("\n", "<br>")


def _leaf(part: Mail, parts: Parts) -> Body:
    media_type = part.get_content_type()
    disposition = first(part, "content-disposition").partition(";")[0].strip().lower()
    name = _written_name(part)
    is_body = media_type in _BODY_TYPES or media_type.startswith("multipart/")
    if not is_body or disposition == "attachment" or name:
        _keep(part, parts, name=name, is_inline=disposition == "inline")
        return Body()
    text = _text_of(part, parts, media_type)
    if media_type == "text/html":
        return Body(None, text)
    return Body(_unflowed(text, part) if media_type == "text/plain" else text, None)


def _text_of(part: Mail, parts: Parts, media_type: str) -> str:
    raw = content_of(part)
    charset = _parameter(part, "content-type", "charset")
    if not charset and media_type == "text/html":
        found = _META_CHARSET.search(raw[:2_048])
        charset = found[1].decode("ascii") if found else None
    text, is_true = decoded(raw, charset)
    if not is_true:
        parts.warn("The signs of this mail were guessed: it does not say truly how they are written.")
    return scrub(text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n")


def content_of(part: Mail) -> bytes:
    """The bytes of a part with its transfer encoding taken off; what is broken in it is skipped, never an error."""
    if part.is_multipart():
        return _flattened(part)
    raw = _payload_bytes(part)
    encoding = first(part, "content-transfer-encoding").partition(";")[0].strip().lower()
    if encoding == "base64":
        return base64_bytes(raw)
    if encoding == "quoted-printable":
        return quopri.decodestring(raw)
    if encoding in {"x-uuencode", "uuencode", "uue", "x-uue"}:
        return _from_uuencode(raw)
    return raw


def _payload_bytes(part: Mail) -> bytes:
    """The payload as it came: the parser keeps bytes above 127 as lone surrogates."""
    held = part.__dict__.get("_payload")
    # WORKAROUND(Python 3.11): get_payload() without decode=True replaces such bytes by "?", and with it warns or raises
    # on broken encodings; the attribute has been the same since Python 3.2.
    return held.encode("utf-8", "surrogateescape") if isinstance(held, str) else b""


def _from_uuencode(raw: bytes) -> bytes:
    lines = raw.split(b"\n")
    start = next((index for index, line in enumerate(lines) if line.startswith(b"begin ")), -1)
    decoded_lines: list[bytes] = []
    for line in lines[start + 1 :]:
        if line.strip() == b"end":
            break
        try:
            decoded_lines.append(binascii.a2b_uu(line.rstrip(b"\r")))
        except binascii.Error:
            continue
    return b"".join(decoded_lines)


def _flattened(part: Mail) -> bytes:
    """What a nested mail or a delivery report looks like as a file of its own."""
    held = part.get_payload()
    target = io.BytesIO()
    for nested in held if isinstance(held, list) else []:
        try:
            BytesGenerator(target, mangle_from_=False, maxheaderlen=0).flatten(nested)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            # The generator stumbles over parts that no parser understood; what was written until then is kept.
            break
        if part.get_content_type() != "message/rfc822":
            target.write(b"\n")
    return target.getvalue()


def _keep(part: Mail, parts: Parts, *, name: str, is_inline: bool) -> None:
    content = content_of(part)
    if len(parts.attachments) >= MAX_ATTACHMENTS or parts.kept_bytes + len(content) > MAX_ATTACHMENT_BYTES:
        parts.warn("This mail has more attachments than are kept (50 MB); the rest was left out.")
        return
    parts.kept_bytes += len(content)
    media_type = part.get_content_type()
    content_id = first(part, "content-id").strip().strip("<>")[:250] or None
    record = AttachmentRecord(
        name=safe_file_name(name or _invented_name(part, media_type)),
        media_type=_ODD_IN_TYPE.sub("", media_type)[:100],
        content=content,
        content_id=content_id,
        is_inline=is_inline or (content_id is not None and media_type.startswith("image/")),
    )
    parts.attachments.append(record if not media_type.startswith("message/") else replace(record, is_inline=False))


def _invented_name(part: Mail, media_type: str) -> str:
    stem = "attachment"
    if media_type == "message/rfc822" and part.is_multipart():
        nested = part.get_payload(0)
        stem = (first(nested, "subject") if isinstance(nested, Mail) else "") or "mail"
        stem = stem.replace("/", "-").replace("\\", "-")
    elif media_type == "message/delivery-status":
        stem = "delivery-status"
    extension = _EXTENSION_BY_TYPE.get(media_type, "bin")
    return f"{stem}.{extension}"


def _written_name(part: Mail) -> str:
    """The attachment's name as somebody wrote it (RFC 2231, RFC 2047 or bare); empty where there is none."""
    name = _parameter(part, "content-disposition", "filename") or _parameter(part, "content-type", "name")
    return header_text(name) if name else ""


def _parameter(part: Mail, header: str, name: str) -> str | None:
    try:
        found = next((value for key, value in part.parameters(header) if key == name), None)
    except (ValueError, LookupError, TypeError, AttributeError):
        # WORKAROUND(Python 3.11): the RFC 2231 parser raises on crafted continuations (name*0*=, name*x=).
        return None
    if isinstance(found, tuple):
        charset, _, escaped = found
        return decoded(str(escaped).encode("latin-1", "replace"), charset or None)[0]
    return raw_text(found) if found is not None else None


def _unflowed(text: str, part: Mail) -> str:
    """RFC 3676: lines that end in a space go on in the next line of the same quote depth."""
    if (_parameter(part, "content-type", "format") or "").lower() != "flowed":
        return text
    is_spaced = (_parameter(part, "content-type", "delsp") or "").lower() == "yes"
    lines: list[str] = []
    pieces: list[str] = []
    depth = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        line_depth = len(line) - len(content)
        content = content.removeprefix(" ") if line_depth or content.startswith(" ") else content
        if pieces and (line_depth != depth or content == "-- "):
            lines.append(_quoted_line(depth, pieces))
            pieces = []
        depth = line_depth
        is_soft = content.endswith(" ") and content != "-- "
        pieces.append(content[:-1] if is_soft and is_spaced else content)
        if not is_soft:
            lines.append(_quoted_line(depth, pieces))
            pieces = []
    if pieces:
        lines.append(_quoted_line(depth, pieces))
    return "\n".join(lines)


def _quoted_line(depth: int, pieces: list[str]) -> str:
    text = "".join(pieces)
    return ">" * depth + (" " if depth else "") + text
