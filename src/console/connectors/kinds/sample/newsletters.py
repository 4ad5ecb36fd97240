"""Mass mail in the sample's mailbox: tables, tracking pixels, pictures that live elsewhere; and a few odd single mails."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import datetime, timedelta

from console.connectors.kinds.sample.letters import HELP
from console.connectors.kinds.sample.material import chance, load, phrase
from console.connectors.kinds.sample.mime import Letter
from console.connectors.kinds.sample.moments import ago, some_moment
from console.connectors.kinds.sample.people import people
from console.connectors.kinds.sample.slots import slots

_ISSUES = 3
_DAY = 24 * 60.0


def newsletters(now: datetime) -> Iterator[Letter]:
    """Three issues of each newsletter, over the last year."""
    for entry in load("newsletters"):
        for issue in range(_ISSUES):
            rng = chance("newsletter", entry["name"], issue)
            at = some_moment(rng, now, earliest=timedelta(days=360))
            words = slots(rng, people()[0], at, "nobody")
            domain = entry["domain"]
            subject, lead = entry["subject"].format_map(words), entry["lead"].format_map(words)
            yield Letter(
                message_id=f"issue{issue}.{rng.getrandbits(40):010x}@mail.{domain}",
                at=at,
                sender=(entry["name"], f"{entry['local']}@{domain}"),
                to=(HELP,),
                subject=subject,
                text=f"{lead}\n\nRead it in your browser: https://{domain}/issue/{issue}\n\nUnsubscribe: https://{domain}/stop\n",
                html=_design(entry["name"], domain, subject, lead, [phrase(rng, "reports") for _ in range(4)]),
                is_html_only=issue == 2,
                headers=(
                    ("List-Unsubscribe", f"<https://{domain}/stop>"),
                    ("Precedence", "bulk"),
                    ("Auto-Submitted", "auto-generated"),
                ),
            )


def odd_letters(now: datetime) -> Iterator[Letter]:
    """Single mails of known customers that mail programs trip over: a lying charset, a foreign file name, a picture only."""
    ines, karim, sofia = people()[8], people()[5], people()[4]
    yield Letter(
        message_id="odd.charset.1@northpeak.io",
        at=ago(now, 9 * _DAY + 130),
        sender=(ines.name, ines.email),
        to=(HELP,),
        subject="Grüße aus Zürich – Zeitzone im Bericht",
        text="Grüezi,\nder Bericht für Zürich zeigt die Stunden von Dublin. Könnt ihr das für uns umstellen?\n\nInes\n",
        claimed_charset="us-ascii",
        transfer="8bit",
    )
    yield Letter(
        message_id="odd.name.1@northpeak.io",
        at=ago(now, 16 * _DAY + 71),
        sender=(karim.name, karim.email),
        to=(HELP, ("", "billing@acme.dev")),
        subject="Relevé du mois de février 📎",
        text="Bonjour,\nvoici le relevé. Les deux dernières lignes me paraissent étranges.\n\nKarim\n",
        attachments=("relevé de février – détails.csv", "capture d’écran.png", "ACM-2011.pdf"),
    )
    yield Letter(
        message_id="odd.html.1@northpeak.io",
        at=ago(now, 23 * _DAY + 200),
        sender=(sofia.name, sofia.email),
        to=(HELP,),
        subject="(no plain text)",
        text="",
        html="<div style='display:none'>preview text nobody reads</div><h2>Quarter in one table</h2><table border=1>"
        "<tr><th>Shop</th><th>Q2</th><th>Q3</th></tr><tr><td>Porto</td><td>1 204</td><td>1 377</td></tr>"
        "<tr><td>Lyon</td><td>988</td><td>1 010</td></tr></table><p>Why does your export give 1 376 for Porto?</p>",
        is_html_only=True,
    )


def _design(name: str, domain: str, subject: str, lead: str, stories: list[str]) -> str:
    rows = "".join(
        f'<tr><td><img src="https://img.{domain}/{number}.jpg" width="280" alt="{html.escape(story)}"></td>'
        f'<td style="font-family:Arial"><h3>{html.escape(story)}</h3><p>{html.escape(lead)}</p>'
        f'<a href="https://{domain}/story/{number}?utm_source=mail">Read on</a></td></tr>'
        for number, story in enumerate(stories)
    )
    return (
        f'<html><body bgcolor="#f4f4f4"><table width="600" align="center"><tr><td colspan="2">'
        f'<img src="https://img.{domain}/logo.png" alt="{html.escape(name)}"><h1>{html.escape(subject)}</h1></td></tr>{rows}'
        f'<tr><td colspan="2"><a href="https://{domain}/stop">Unsubscribe</a></td></tr></table>'
        f'<img src="https://track.{domain}/open.gif?m=1" width="1" height="1"></body></html>'
    )
