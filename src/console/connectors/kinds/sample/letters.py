"""How a turn of a mail conversation is written as a mail: signature, quote, HTML, the charset of its writer."""

from __future__ import annotations

import html
import random

from console.connectors.kinds.sample.material import chance, load, phrase, pick
from console.connectors.kinds.sample.mime import Letter
from console.connectors.kinds.sample.plots import ADDRESS_BY_TEAMMATE, Plot, Turn

HELP = ("Acme Support", "help@acme.dev")
_OLD_CHARSETS = {
    "de": ("iso-8859-1", "windows-1252", "iso-8859-15"),
    "fr": ("iso-8859-1", "windows-1252"),
    "es": ("iso-8859-1",),
    "it": ("iso-8859-15",),
    "pt": ("windows-1252",),
    "nordic": ("iso-8859-1",),
    "slavic": ("iso-8859-2", "windows-1250"),
    "ja": ("iso-2022-jp", "shift_jis"),
    "ar": ("windows-1256",),
    "he": ("windows-1255",),
}
_QUOTE_LINES = {
    "de": "Am {at:%d.%m.%Y} um {at:%H:%M} schrieb {who}:",
    "fr": "Le {at:%d/%m/%Y} à {at:%H:%M}, {who} a écrit :",
    "es": "El {at:%d/%m/%Y} a las {at:%H:%M}, {who} escribió:",
    "it": "Il giorno {at:%d/%m/%Y} alle ore {at:%H:%M} {who} ha scritto:",
}
_QUOTE_LINE = "On {at:%Y-%m-%d} at {at:%H:%M}, {who} wrote:"
_GREETINGS = {
    "en": "Best,",
    "de": "Viele Grüße",
    "fr": "Cordialement,",
    "es": "Un saludo,",
    "it": "Cordiali saluti,",
    "pt": "Cumprimentos,",
}
_OLD_CHARSET_SHARE, _HTML_SHARE, _QUOTE_SHARE, _OUTLOOK_SHARE = 0.35, 0.35, 0.75, 0.25


def letters(plot: Plot) -> tuple[Letter, ...]:
    """The mails of a conversation in order, each naming the ones before it."""
    written: list[Letter] = []
    for position, turn in enumerate(plot.turns):
        before = plot.turns[position - 1] if position else None
        references = tuple(letter.message_id for letter in written)
        written.append(_letter(plot, turn, before, references))
    return tuple(written)


def _letter(plot: Plot, turn: Turn, before: Turn | None, references: tuple[str, ...]) -> Letter:
    rng = chance("letter", plot.key, len(references))
    person = plot.person
    if person is None:
        raise ValueError(f"The mail conversation {plot.key} has nobody who writes")
    is_customer = turn.speaker == "customer"
    address = person.emails[0]
    customer = (plot.shown_name, address)
    mate = HELP if is_customer else (turn.speaker, HELP[1] if rng.random() < 0.7 else ADDRESS_BY_TEAMMATE[turn.speaker])
    text = turn.text + (_ending(rng, plot) if is_customer else _teammate_ending(plot, turn))
    quote = _quote(plot, before) if before and not plot.is_story and rng.random() < _QUOTE_SHARE else ""
    charset = "utf-8"
    if is_customer and person.language in _OLD_CHARSETS and rng.random() < _OLD_CHARSET_SHARE:
        charset = pick(rng, _OLD_CHARSETS[person.language])
    is_rich = bool(turn.html) or (bool(turn.text) and rng.random() < _HTML_SHARE)
    return Letter(
        message_id=f"{plot.key}.{len(references)}.{rng.getrandbits(40):010x}@{(customer if is_customer else mate)[1].rpartition('@')[2]}",
        at=turn.at,
        sender=customer if is_customer else mate,
        to=(HELP,) if is_customer else (customer,),
        subject=plot.subject if not references else _answered(plot),
        text=text + (f"\n\n{quote}" if quote else "") + "\n" if text else "",
        html=_html(rng, turn.html or _paragraphs(text), plot, before if quote else None) if is_rich else "",
        references=references,
        charset=charset,
        transfer="7bit" if charset == "iso-2022-jp" else pick(rng, ("quoted-printable", "base64", "8bit")),
        attachments=(turn.attach,) if turn.attach else (),
        headers=(("X-Mailer", "Sample Mail 4.2"),) if rng.random() < 0.3 else (),
    )


def _answered(plot: Plot) -> str:
    prefix = "AW: " if plot.language == "de" else "Re: "
    return plot.subject if plot.subject.startswith("Re:") else prefix + plot.subject


def _ending(rng: random.Random, plot: Plot) -> str:
    person = plot.person
    if person is None or plot.is_story:
        return ""
    style = rng.random()
    if style < 0.12:
        return f"\n\n{phrase(rng, 'devices')}"
    own = load("languages")["sign_offs"].get(plot.language)
    sign_off = pick(rng, own) if own else phrase(rng, "sign_offs")
    city = person.place[0] if person.place else "home"
    ending = f"\n\n{sign_off.format(city=city)}\n{plot.shown_name}"
    if style < 0.45 and person.company:
        ending += f"\n\n-- \n{plot.shown_name} | {person.role}\n{person.company.name}"
        ending += f"\n{person.phone}" if person.phone else ""
    return ending


def _teammate_ending(plot: Plot, turn: Turn) -> str:
    if plot.is_story:
        return ""
    greeting = _GREETINGS.get(plot.language, "")
    return f"\n\n{greeting}\n{turn.speaker.split(' ')[0]}\n\n-- \n{turn.speaker} · Support at acme.dev\nhttps://acme.dev/help"


def _quote(plot: Plot, before: Turn) -> str:
    lines = "\n".join(f"> {line}" for line in before.text.split("\n"))
    return f"{_quote_line(plot, before)}\n{lines}"


def _quote_line(plot: Plot, before: Turn) -> str:
    language = plot.language if before.speaker != "customer" else "en"
    who = plot.shown_name if before.speaker == "customer" else before.speaker
    return _QUOTE_LINES.get(language, _QUOTE_LINE).format(at=before.at, who=who)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n"))


def _html(rng: random.Random, body: str, plot: Plot, before: Turn | None) -> str:
    quoted = ""
    if before is not None:
        line, told = html.escape(_quote_line(plot, before)), _paragraphs(before.text)
        if rng.random() < _OUTLOOK_SHARE:
            head = f"<b>From:</b> {html.escape(before.speaker)}<br><b>Sent:</b> {before.at:%A, %d %B %Y %H:%M}<br>"
            quoted = f'<div id="divRplyFwdMsg"><hr>{head}<b>Subject:</b> {html.escape(plot.subject)}</div>{told}'
        else:
            quoted = f'<div class="gmail_quote"><div>{line}</div><blockquote type="cite">{told}</blockquote></div>'
    return f"<html><head><style>p {{margin: 0 0 1em}}</style></head><body>{body}{quoted}</body></html>"
