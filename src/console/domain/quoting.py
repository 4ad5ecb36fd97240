"""Where what somebody wrote ends and what they only carried along begins: quoted text and signatures at the end.

Conservative: only a tail is folded, never anything between two answers, and never the whole message. Every expression
looks at one short line (or three joined ones), so that the time is linear in the text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

# Cleaned HTML holds this mark at most once, at its top level; both sides of it are complete HTML.
HTML_QUOTE_MARK = '<hr class="quoted">'

_EXAMINED_CHARACTERS = 200_000
_EXAMINED_LINES = 5_000
_LONGEST_LINE = 300
_SIGNATURE_LINES = 20
_BARE_SIGNATURE_LINES = 8
_FOOTER_LINES = 8
_ATTRIBUTION_LINES = 3

_ATTRIBUTION = re.compile(
    r"(?:on\s.{4,400}\swrote|am\s.{4,400}\sschrieb(?:\s.{1,200})?|.{3,200}\sschrieb\sam\s.{4,200}|le\s.{4,400}\sa\sécrit"
    r"|el\s.{4,400}\sescribió|il\s.{4,400}\sha\sscritto|op\s.{4,400}\s(?:schreef|heeft\s.{1,200}geschreven)(?:\s.{1,200})?"
    r"|em\s.{4,400}\sescreveu|(?:w\sdniu|dnia)\s.{4,400}\snapisał(?:\(a\)|a)?(?:\s.{1,200})?)\s?[:：]",
    re.IGNORECASE,
)
# "Ann Example wrote:" is prose as often as not: only with quoted lines behind it.
_LOOSE_ATTRIBUTION = re.compile(
    r".{2,160}\s(?:wrote|writes|said|schrieb|schreibt|a\sécrit|escribió|ha\sscritto|schreef|escreveu|napisał(?:\(a\)|a)?)"
    r"(?:\s(?:on|am|le|el|il|op|em|at|in)\s.{1,160})?\s?[:：]",
    re.IGNORECASE,
)
_TIME_OR_YEAR = re.compile(r"\d{1,2}[:.h]\d{2}|\b(?:19|20)\d{2}\b")
_ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{3,200}")
_ORIGINAL = re.compile(
    r"-{2,20}\s?(?:original\s(?:message|appointment)|ursprüngliche\s(?:nachricht|e-mail)|originalnachricht|message\sd['’]origine"
    r"|mensaje\soriginal|messaggio\soriginale|oorspronkelijk\sbericht|mensagem\soriginal|wiadomość\soryginalna"
    r"|(?:reply|original)\s(?:separator|mail))\s?-{2,20}",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"(?:-{2,20}\s?)?(?:begin\s)?(?:forwarded\s(?:message|by)|weitergeleitete\snachricht|message\stransféré|mensaje\sreenviado"
    r"|messaggio\sinoltrato|doorgestuurd\sbericht|mensagem\sencaminhada|wiadomość\sprzekazana)\b.{0,80}",
    re.IGNORECASE,
)
_FROM = re.compile(r"[*_]{0,2}(?:from|von|de|da|van|od)\s?:[*_]{0,2}\s?\S.{0,280}", re.IGNORECASE)
_OTHER_LABEL = re.compile(
    r"[*_]{0,2}(sent|date|gesendet|datum|envoyé|enviado(?:\sel|\sem)?|fecha|inviato|data|verzonden|wysłano"
    r"|to|an|à|para|a|aan|do|cc|kopie|subject|betreff|objet|asunto|oggetto|onderwerp|assunto|temat)\s?:[*_]{0,2}\s?.{0,280}",
    re.IGNORECASE,
)
_SENT_WORDS = "sent,date,gesendet,datum,envoyé,enviado,enviado el,enviado em,fecha,inviato,data,verzonden,wysłano"
_SENT_LABELS = frozenset(_SENT_WORDS.split(","))
_RULE = re.compile(r"_{10,}")
_SENT_FROM = re.compile(
    r"(?:sent\s(?:from|via|with)\s(?:my|the|a|an|proton|yahoo|outlook|mail|samsung|gmx|aol|android|windows)\b"
    r"|get\soutlook\sfor\s|(?:von|mit)\smeinem\s.{2,40}\sgesendet|gesendet\s(?:von|mit)\s|envoyé\s(?:de|depuis)\smon\s"
    r"|enviado\s(?:desde|do)\s(?:mi|meu)\s|inviato\sda(?:l\smio)?\s|verzonden\s(?:vanaf|met)\s(?:mijn\s)?"
    r"|wysłane\sz\s|wysłano\sz\s).{0,60}",
    re.IGNORECASE,
)


class _Line(NamedTuple):
    start: int
    text: str

    @property
    def is_quoted(self) -> bool:
        return self.text.startswith(">")


def quoted_from(text: str) -> int | None:
    """The offset in ``text`` at which the quoted text or the signature that ends it begins; None where there is none.

    Lines may end in \\n or \\r\\n. What would leave nothing visible above it is not folded.
    """
    lines = _lines_of(text)
    cut = _first_certain(lines)
    previous = -1
    while cut != previous:
        previous = cut
        for rule in (_above_footer, _above_signature, _above_sent_from, _above_quoted_lines):
            cut = rule(lines, cut)
    has_own = any(line.text for line in lines[:cut])
    has_folded = any(line.text for line in lines[cut:])
    return lines[cut].start if has_own and has_folded else None


def split_html(html: str) -> tuple[str, str | None]:
    """What somebody wrote and what is folded, each complete HTML; None where nothing is folded."""
    own, mark, folded = html.partition(HTML_QUOTE_MARK)
    return own, folded if mark else None


def is_header_block(lines: Sequence[str]) -> bool:
    """Whether these lines begin with the From, Sent, To, Subject block that Outlook puts above what it quotes."""
    if not lines or not _FROM.fullmatch(lines[0]):
        return False
    labels = [found[1].lower() for line in lines[1:6] if (found := _OTHER_LABEL.fullmatch(line))]
    return len(labels) >= 2 and any(label in _SENT_LABELS for label in labels)


def is_forwarded(line: str) -> bool:
    """Whether the line says that what follows was forwarded: that is what the mail is about, never folded."""
    return _FORWARDED.fullmatch(line) is not None


def is_attribution(line: str) -> bool:
    """Whether a line says by its form alone who wrote what follows, and when."""
    return len(line) <= 2 * _LONGEST_LINE and _ATTRIBUTION.fullmatch(line) is not None


def _lines_of(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for written in text[:_EXAMINED_CHARACTERS].split("\n", _EXAMINED_LINES):
        line = written if len(written) <= _LONGEST_LINE else written[:_LONGEST_LINE] + "…"
        is_delimiter = line.rstrip("\r") == "-- "
        lines.append(_Line(start, "-- " if is_delimiter else " ".join(line.split())))
        start += len(written) + 1
    return lines


def _first_certain(lines: Sequence[_Line]) -> int:
    """The first line below which everything is quoted, whatever it looks like; or the number of lines."""
    for index, line in enumerate(lines):
        if not line.text or line.is_quoted:
            continue
        if is_forwarded(line.text):
            return len(lines)
        if _is_certain(lines, index):
            return index
    return len(lines)


def _is_certain(lines: Sequence[_Line], index: int) -> bool:
    line = lines[index].text
    if _ORIGINAL.fullmatch(line):
        return True
    if _RULE.fullmatch(line):
        return is_header_block(_texts(lines, index + 1, 7))
    if _FROM.fullmatch(line) and (index == 0 or not lines[index - 1].text):
        return is_header_block(_texts(lines, index, 6))
    length = _attribution_length(lines, index)
    if not length:
        return False
    joined = _joined(lines, index, length)
    behind = _texts(lines, index + length, 1)
    is_dated = _TIME_OR_YEAR.search(joined) is not None and _ADDRESS.search(joined) is not None
    return is_dated and bool(behind) and not behind[0].startswith(">")


def _attribution_length(lines: Sequence[_Line], index: int) -> int:
    """How many lines, from ``index`` on, are one attribution; 0 where they are none."""
    for length in range(1, _ATTRIBUTION_LINES + 1):
        last = lines[index + length - 1].text if index + length <= len(lines) else ""
        if not last or last.startswith(">"):
            return 0
        if last.endswith((":", "：")):
            return length if is_attribution(_joined(lines, index, length)) else 0
    return 0


def _above_quoted_lines(lines: Sequence[_Line], cut: int) -> int:
    """``cut``, or the line where the ">" lines that stand directly above it begin, with who wrote them."""
    index = cut
    first_quoted = cut
    while index and (lines[index - 1].is_quoted or not lines[index - 1].text):
        index -= 1
        first_quoted = index if lines[index].is_quoted else first_quoted
    if first_quoted == cut:
        return cut
    while index and not lines[index - 1].text:
        index -= 1
    for length in range(_ATTRIBUTION_LINES, 0, -1):
        start = index - length
        if start >= 0 and _attribution_length(lines, start) == length:
            return start
    if index and _LOOSE_ATTRIBUTION.fullmatch(lines[index - 1].text):
        return index - 1
    return first_quoted


def _above_signature(lines: Sequence[_Line], cut: int) -> int:
    """``cut``, or the line ``-- `` (or a bare ``--``) shortly above it."""
    for index in range(cut - 1, max(cut - 1 - _SIGNATURE_LINES, 0), -1):
        line = lines[index]
        if line.is_quoted:
            break
        is_near = cut - index <= _BARE_SIGNATURE_LINES
        if line.text == "-- " or (line.text == "--" and is_near and not lines[index - 1].is_quoted):
            return index
    return cut


def _above_sent_from(lines: Sequence[_Line], cut: int) -> int:
    """``cut``, or the "Sent from my …" that is the last line above it."""
    index = _last_written(lines, cut)
    return index if index >= 0 and _SENT_FROM.fullmatch(lines[index].text) else cut


def _above_footer(lines: Sequence[_Line], cut: int) -> int:
    """``cut``, or the long rule above the few lines that a mailing list adds to every mail."""
    for index in range(cut - 1, max(cut - 1 - _FOOTER_LINES, 0), -1):
        if lines[index].is_quoted:
            break
        if _RULE.fullmatch(lines[index].text):
            return index
    return cut


def _last_written(lines: Sequence[_Line], cut: int) -> int:
    index = cut - 1
    while index >= 0 and not lines[index].text:
        index -= 1
    return index


def _texts(lines: Sequence[_Line], index: int, count: int) -> list[str]:
    """The next written lines from ``index`` on, looked for in a few more."""
    return [line.text for line in lines[index : index + count + 3] if line.text][:count]


def _joined(lines: Sequence[_Line], index: int, length: int) -> str:
    return " ".join(line.text for line in lines[index : index + length])
