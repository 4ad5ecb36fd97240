"""Hostile HTML: nothing that runs, fetches or hides survives, and nothing is too deep, too wide or too long to show."""

from __future__ import annotations

import html as html_module
import itertools
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.connectors import html_rules
from console.connectors.html_cleaning import clean
from console.domain.quoting import split_html

ALLOWED_ATTRIBUTES = {name for names in html_rules.ATTRIBUTES.values() for name in names}
SHELL = {"html", "head", "body"}


def elements(html: str) -> list[Element]:
    """What a browser would make of it: an independent parser, with scripting off and on alike."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    return [element for element in tree.iter() if isinstance(element.tag, str)]


def survivors(html: str) -> list[str]:
    """Everything in the HTML that must not be there."""
    return [problem for element in elements(html) for problem in _problems(element)]


def _problems(element: Element) -> Iterator[str]:
    if element.tag not in html_rules.TAGS | SHELL:
        yield f"element {element.tag}"
    for name, value in element.attrib.items():
        if name not in ALLOWED_ATTRIBUTES:
            yield f"attribute {name}"
        elif name == "href" and not re.match(r"(https?://[^/\\]|mailto:.|tel:.)", value, re.IGNORECASE):
            yield f"link {value}"
        elif name == "src" and not value.lower().startswith("cid:"):
            yield f"source {value}"
        elif name == "style" and not re.fullmatch(r"((text|font)-[a-z]+:[a-z0-9-]+;?)+", value):
            yield f"style {value}"


CALLS = ["alert(1)", "alert`1`", "location='http://e.example'"]
TEMPLATES = [
    "<script>{}</script>",
    "<script src=//e.example/x.js>{}</script>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "<ScRiPt/x>{}</sCrIpT >",
    "<img src=x onerror={}>",
    "<img src=x one\x00rror={}>",
    "<img/src=x/onerror={}>",
    "<img src='x' onload=\"{}\" o\nnerror='{}'>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<svg><style><img src=x onerror={}></style></svg>",
    "<svg></p><style><a id='</style><img src=x onerror={}>'>",
    "<svg><a xlink:href='javascript:{}'><text>x</text></a></svg>",
    "<svg><animate onbegin={} attributeName=x>",
    "<svg><use href='data:image/svg+xml,<svg onload={}>'>",
    "<svg><foreignObject><img src=x onerror={}></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={}&gt;'>",
    "<math><mtext><option><FAKEFAKE><option></option><mglyph><svg><mtext><textarea><a title='</textarea><img src onerror={}>'>",
    "<math><mi//xlink:href='data:x,<script>{}</script>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={}>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<title><p title='</title><img src=x onerror={}>'>",
    "<textarea><p title='</textarea><img src=x onerror={}>'>",
    "<xmp><p title='</xmp><img src=x onerror={}>'>",
    "<iframe><p title='</iframe><img src=x onerror={}>'></iframe>",
    "<noembed><p title='</noembed><img src=x onerror={}>'></noembed>",
    "<plaintext><img src=x onerror={}>",
    "<template><script>{}</script></template>",
    "<select><template><img src=x onerror={}></template></select>",
    "<a><table><td></a><style><img src=x onerror={}></style>",
    "<table><a href='javascript:{}'>x</a></table>",
    "<!--><img src=x onerror={}>-->",
    "<!--[if gte mso 9]><script>{}</script><![endif]-->",
    "<![CDATA[<img src=x onerror={}>]]>",
    "<?xml version='1.0'?><script>{}</script>",
    "<style>@import 'javascript:{}';</style>",
    "<p style='background:url(javascript:{})'>x</p>",
    "<p style='width:expression({})'>x</p>",
    "<p style='text-align:center;behavior:url(x);-moz-binding:url(http://e.example/#{})'>x</p>",
    "<link rel=stylesheet href='javascript:{}'>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<base href='javascript:{}//'><a href=x>x</a>",
    "<object data='javascript:{}'></object>",
    "<embed src='javascript:{}'>",
    "<iframe src='javascript:{}'></iframe>",
    "<iframe srcdoc='<script>{}</script>'></iframe>",
    "<frameset><frame src='javascript:{}'></frameset>",
    "<form action='javascript:{}'><input type=submit formaction='javascript:{}'><button>x</button></form>",
    "<input autofocus onfocus={}>",
    "<video><source onerror={}></video>",
    "<audio src=x onerror={}></audio>",
    "<details open ontoggle={}>x</details>",
    "<marquee onstart={}>x</marquee>",
    "<body onload={}>",
    "<body background='javascript:{}'>",
    "<table background='javascript:{}'><td background='http://e.example/x'>x</table>",
    "<img src='javascript:{}'>",
    "<img srcset='http://e.example/x 1x' src='data:text/html,<script>{}</script>'>",
    "<img dynsrc='javascript:{}' lowsrc='javascript:{}'>",
    "<a href='data:text/html,<script>{}</script>'>x</a>",
    "<a href='vbscript:{}'>x</a>",
    "<a href='file:///etc/passwd' ping='http://e.example/{}'>x</a>",
    "<p onclick={} tabindex=1>x</p>",
    "<div style='position:fixed;top:0;left:0;width:100%;height:100%' onmouseover={}>x</div>",
    "<a href='https://e.example/' target=_blank onclick={}>x</a>",
    "<img data-remote='javascript:{}'>",
    '<hr class="quoted"><img src=x onerror={}>',
]
SCHEMES = [
    "javascript:",
    "JaVaScRiPt:",
    "vbscript:",
    "data:text/html,",
    "file:///",
    "about:",
    "blob:",
    "chrome://",
    "x:",
    "cid:",
]
BEFORE = [
    "",
    " ",
    "\t",
    "\n",
    "\r",
    "\x01",
    "\x1f",
    "\x7f",
    "\u2028",
    "\u2029",
    "\u00a0",
    "\ufeff",
    "\u200b",
    "&#1;",
    "&#x2028;",
    "&Tab;",
]
RELATIVE = [
    "/x",
    "//e.example/x",
    "\\\\e.example\\x",
    "/\\e.example",
    "///e.example",
    "x",
    "../x",
    "?x",
    "#x",
    ".",
    "https:x",
    "https:/x",
]
RELATIVE += [
    "http:///e.example",
    "https:\\\\e.example",
    "http://",
    "mailto:",
    "tel:",
    "ht\ntps://e.example",
    "\\x",
    ";x",
    "C:\\x",
    "http:@e",
]


def links() -> Iterator[str]:
    """Schemes cut and hidden in every way that some parser forgives."""
    for scheme, before in itertools.product(SCHEMES, BEFORE):
        for inside in ("", "\t", "\n", "&#9;", "&#0;", "&colon;"):
            word = scheme[:4] + inside + scheme[4:]
            yield f'<a href="{before}{word}alert(1)">x</a>'
            yield f"<img src='{before}{word}alert(1)'>"
    yield from (f'<a href="{before}{target}">x</a>' for target in RELATIVE for before in BEFORE)


def nested() -> Iterator[str]:
    around = [
        "{}",
        "<p>{}</p>",
        "<table><tr>{}</tr></table>",
        "<b><p>{}</b></p>",
        "<svg>{}</svg>",
        "<math><mtext>{}</math>",
        "<style>{}",
    ]
    for template, call, outer in itertools.product(TEMPLATES, CALLS, around):
        yield outer.replace("{}", template.replace("{}", call))
        yield outer.replace("{}", template.replace("{}", html_module.escape(call)).upper())


def test_of_thousands_of_attacks_none_survives() -> None:
    attacks = [*nested(), *links()]

    found = {attack: left for attack in attacks if (left := survivors(clean(attack).joined or ""))}

    assert len(attacks) > 4_000
    assert not found


def test_a_link_is_absolute_and_of_an_allowed_scheme() -> None:
    kept = [
        "https://e.example/?a=1&b=ü#c",
        "http://1.2.3.4:8080/",
        "mailto:ann@b.example?subject=x",
        "tel:+4912345",
        "HTTPS://E.EXAMPLE/",
    ]
    shown = clean("".join(f'<a href=" {html_module.escape(link)}\n">x</a>' for link in kept)).html

    assert [element.get("href") for element in elements(shown) if element.tag == "a"] == kept


@given(
    st.lists(
        st.sampled_from(
            [
                *TEMPLATES,
                "<",
                ">",
                "'",
                '"',
                "</",
                "<!--",
                "--",
                "&",
                "\0",
                "/",
                "<td>",
                "</table>",
                "<p>",
                "<a href=",
                "x ",
            ]
        ),
        max_size=12,
    )
)
@settings(max_examples=500, deadline=None)
def test_no_mixture_of_attacks_survives_also_when_it_is_cleaned_twice(pieces: list[str]) -> None:
    shown = clean("".join(pieces)).joined or ""

    assert survivors(shown) == []
    assert survivors(clean(shown).joined or "") == []


def test_a_mark_of_ours_in_a_mail_folds_nothing() -> None:
    cleaned = clean('<p>One</p><hr class="quoted"><p>Two</p>')

    assert cleaned.quoted_html is None
    assert split_html(cleaned.joined or "") == ("<p>One</p><hr><p>Two</p>", None)


def test_pictures_elsewhere_are_counted_and_kept_for_later_and_those_of_the_mail_stay() -> None:
    cleaned = clean(
        '<img src="https://t.example/a?b&amp;c" alt="Logo" width="999999" onerror=x><img src="//t.example/b.png">'
        '<img src="cid:logo@b"><img src="data:image/png;base64,AAAA"><img src="file:///x"><img data-remote="https://t.example/own">'
    )

    assert cleaned.remote_images == 2
    assert [element.attrib for element in elements(cleaned.html) if element.tag == "img"] == [
        {"data-remote": "https://t.example/a?b&c", "alt": "Logo", "width": "4000"},
        {"data-remote": "https://t.example/b.png"},
        {"src": "cid:logo@b"},
        {},
        {},
        {},
    ]


def test_what_the_author_hid_is_hidden() -> None:
    cleaned = clean(
        "<p>Seen</p><div style='DISPLAY : none'>preheader</div><p hidden>x</p><span style='mso-hide:all'>y</span>"
    )

    assert cleaned.html == "<p>Seen</p>"
    assert cleaned.text == "Seen"


def depths(html: str) -> tuple[int, int]:
    """How deep elements and tables are nested, body and html not counted."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    stack = [(tree, 0, 0)]
    deepest = tables = 0
    while stack:
        element, depth, table = stack.pop()
        table += element.tag == "table"
        deepest, tables = max(deepest, depth), max(tables, table)
        stack += [(child, depth + 1, table) for child in element]
    return deepest - 1, tables


BOMBS = {
    "tables": "<table><tr><td>" * 20 + "deep",
    "more tables": "<table><tr><td>x" * 600,
    "elements": "<div>" * 900 + "deep",
    "too many elements": "<div>" * 20_000 + "deep",
    "formatting": "".join(f"<b id=x{n}><i title={n}>" for n in range(800)) + "<p>x" * 20_000,
    "cells": "<table>" + "<tr>" + "<td>x" * 50_000,
    "rows": "<table>" + "<tr><td>x" * 50_000,
    "spans": "<table><tr><td colspan=1000000 rowspan=1000000>x",
    "word": "x" * 300_000,
    "word in pieces": "<b>" + "xxxxxxxxx</b><b>" * 20_000,
    "word of entities": "&amp;" * 200_000,
    "text": "word " * 500_000,
    "breaks": "<br>" * 200_000,
    "pictures": "<img src=https://t.example/x.png>" * 3_000,
    "paragraphs": "<p>x" * 60_000,
    "angles": "<" * 300_000,
    "attributes": "<p " + "a=b " * 100_000 + ">x",
    "ends": "<div>" * 500 + "x" + "</p></x>" * 30_000,
    "lists": "<ul><li>" * 1_000 + "x",
    "quotes": "own" + "<blockquote type=cite><p>" * 1_000 + "x",
    "links": "<a href=https://e.example>x" * 30_000,
    "data": f'<img src="data:image/png;base64,{"A" * 3_000_000}">x',
}


@pytest.mark.parametrize("name", BOMBS)
def test_whatever_is_sent_what_is_shown_is_small_and_shallow(name: str) -> None:
    """Not by a clock: what makes the screen slow is depth, cells, words and length, and those are bounded."""
    cleaned = clean(BOMBS[name])
    shown = cleaned.joined or ""
    deepest, tables = depths(shown)
    tags = [element.tag for element in elements(shown)]
    words = re.split(r"[\s\u200b]+", "".join(elements(shown)[0].itertext()))

    assert tables <= html_rules.MAX_TABLE_DEPTH
    assert deepest <= html_rules.MAX_DEPTH + 2
    assert sum(tag in {"td", "th"} for tag in tags) <= html_rules.MAX_CELLS
    assert tags.count("img") <= html_rules.MAX_IMAGES
    assert len(tags) <= 2 * html_rules.MAX_ELEMENTS
    assert max(map(len, words)) <= html_rules.MAX_WORD
    assert len(shown) <= 2 * html_rules.MAX_SHOWN
    assert all(int(span) <= html_rules.MAX_SPAN for span in re.findall(r'span="(\d+)"', shown))
    assert cleaned.text or name in {"breaks", "pictures"}


def test_what_was_cut_off_is_said_and_stays_in_the_text() -> None:
    cleaned = clean("<p>" + "word " * 100_000)

    assert cleaned.is_cut
    assert len(cleaned.text) == 499_999
    assert not clean("<p>short</p>").is_cut


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


def test_html_as_text_keeps_lines_lists_and_cells() -> None:
    text = clean(
        "<h1>Hi</h1><div>a</div><div><br></div><div>b</div><ul><li>x<li>y</ul><table><tr><td>1<td>2<tr><td>3</table><pre> a\n  b</pre>&nbsp;z"
    ).text

    assert text == "Hi\n\na\n\nb\n\n- x\n- y\n\n1\t2\n3\n\n a\n  b\n\n\u00a0z"
