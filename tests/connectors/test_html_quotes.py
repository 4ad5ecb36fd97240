"""Quoted HTML is folded where a mail program marked it, and nothing that somebody wrote."""

from __future__ import annotations

import pytest
from tests.connectors.html_attacks import survivors

from console.connectors.html_cleaning import clean
from console.domain.quoting import split_html

OWN = "<div>Thank you, that works.</div>"
QUOTED = {
    "gmail": '<br><div class="gmail_quote"><div class="gmail_attr">On Mon, Ann wrote:<br></div><blockquote class="gmail_quote">Old</blockquote></div>',
    "apple": '<blockquote type="cite">On 3 Mar 2025, Ann wrote:<br>Old</blockquote>',
    "thunderbird": '<div class="moz-cite-prefix">On 03/03/2025 Ann wrote:<br></div><blockquote type="cite" cite="mid:x">Old</blockquote>',
    "said": "<div>On Mon, 3 Mar 2025 at 10:12, Ann &lt;ann@b.example&gt; wrote:</div><blockquote>Old</blockquote>",
    "outlook web": '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Ann<br></div><div>Old</div>',
    "outlook": '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class=MsoNormal><b>From:</b> Ann &lt;ann@b.example&gt;<br>'
    "<b>Sent:</b> Monday, March 3, 2025 10:12<br><b>To:</b> Us<br><b>Subject:</b> It</p></div><p>Old</p>",
    "outlook de": "<p class=MsoNormal><b>Von:</b> Ann<br><b>Gesendet:</b> Montag<br><b>An:</b> Wir<br><b>Betreff:</b> Es</p><p>Old</p>",
    "yahoo": '<div class="yahoo_quoted">On Monday, Ann wrote:<br>Old</div>',
    "proton": '<div class="protonmail_quote">On Monday, Ann wrote:<blockquote type="cite">Old</blockquote></div>',
}


@pytest.mark.parametrize("name", QUOTED)
@pytest.mark.parametrize("around", ["{}", "<table><tr><td><div>{}</div></td></tr></table>"])
def test_quoted_html_is_split_off_and_both_halves_are_whole(name: str, around: str) -> None:
    cleaned = clean(around.replace("{}", OWN + QUOTED[name]))

    own, quoted = split_html(cleaned.joined or "")
    assert "that works" in own
    assert "Old" not in own
    assert "Ann" not in own
    assert quoted is not None
    assert "Old" in quoted
    assert clean(own).html == own
    assert clean(quoted).html == quoted
    assert survivors(own + quoted) == []


@pytest.mark.parametrize(
    "html",
    [
        OWN,
        "<blockquote type=cite>Question?</blockquote><p>Answer.</p><blockquote type=cite>And?</blockquote><p>Yes.</p>",
        "<p>See:</p><blockquote>a quotation from a book</blockquote>",
        '<p>Please see.</p><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: Ann</div>Old</div>',
        '<div class="gmail_quote">only quoted</div>',
        "<p>On Monday I wrote:</p><p>please call</p>",
    ],
)
def test_what_somebody_wrote_is_not_folded(html: str) -> None:
    assert clean(html).quoted_html is None
