"""Hostile HTML: nothing that runs, fetches or hides survives."""

from __future__ import annotations

import html as html_module

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.connectors.html_attacks import TEMPLATES, elements, links, nested, survivors

from console.connectors.html_cleaning import clean
from console.domain.quoting import split_html


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


def test_html_as_text_keeps_lines_lists_and_cells() -> None:
    text = clean(
        "<h1>Hi</h1><div>a</div><div><br></div><div>b</div><ul><li>x<li>y</ul><table><tr><td>1<td>2<tr><td>3</table><pre> a\n  b</pre>&nbsp;z"
    ).text

    assert text == "Hi\n\na\n\nb\n\n- x\n- y\n\n1\t2\n3\n\n a\n  b\n\n\u00a0z"
