"""What is folded below a message, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import quoting
from console.domain.quoting import quoted_from, split_html

OWN = "Hello,\n\nthat works, thank you.\n\n"
QUOTES = {
    "gmail en": "On Mon, 3 Mar 2025 at 10:12, Ann Example <ann@b.example> wrote:\n\n> Does it work?\n> Ann\n",
    "gmail en wrapped": (
        "On Mon, 3 Mar 2025 at 10:12, Ann Maria Example <\nann.maria.example@b.example> wrote:\n> Does it work?\n"
    ),
    "wrapped over three": (
        "On Mon, 3 Mar 2025 at 10:12, Ann Maria Josepha\nvon Example zu Sample <\nann@b.example> wrote:\n> Does it?\n"
    ),
    "gmail de": "Am Mo., 3. März 2025 um 10:12 Uhr schrieb Ann Example <ann@b.example>:\n\n> Geht es?\n",
    "gmail de wrapped": "Am Mo., 3. März 2025 um 10:12 Uhr schrieb Ann Example <\nann@b.example>:\n\n> Geht es?\n",
    "gmail fr": "Le lun. 3 mars 2025 à 10:12, Ann Example <ann@b.example> a écrit :\n\n> Ça marche ?\n",
    "gmail es": "El lun, 3 mar 2025 a las 10:12, Ann (<ann@b.example>) escribió:\n\n> ¿Funciona?\n",
    "gmail it": "Il giorno lun 3 mar 2025 alle ore 10:12 Ann <ann@b.example> ha scritto:\n\n> Funziona?\n",
    "gmail nl": "Op ma 3 mrt 2025 om 10:12 schreef Ann <ann@b.example>:\n\n> Werkt het?\n",
    "gmail pt": "Em seg., 3 de mar. de 2025 às 10:12, Ann <ann@b.example> escreveu:\n\n> Funciona?\n",
    "gmail pl": "pon., 3 mar 2025 o 10:12 Ann <ann@b.example> napisał(a):\n\n> Działa?\n",
    "thunderbird pl": "W dniu 3.03.2025 o 10:12, Ann pisze i Ann napisał:\n> Działa?\n",
    "mutt": "Ann Example wrote:\n> Does it work?\n",
    "no attribution": "> Does it work?\n> Ann\n",
    "attribution without marks": "On Mon, 3 Mar 2025 at 10:12, Ann <ann@b.example> wrote:\n\nDoes it work?\nAnn\n",
    "outlook en": "-----Original Message-----\nFrom: Ann\nSent: Monday\nTo: Us\nSubject: It\n\nDoes it work?\n",
    "outlook de": "-----Ursprüngliche Nachricht-----\nVon: Ann\nGesendet: Montag\n\nGeht es?\n",
    "outlook rule": (
        "________________________________\nFrom: Ann <ann@b.example>\n"
        "Sent: Monday, March 3, 2025 10:12\nTo: Us\nSubject: It\n\nDoes it work?\n"
    ),
    "outlook de block": (
        "Von: Ann <ann@b.example>\nGesendet: Montag, 3. März 2025 10:12\nAn: Wir\nBetreff: Es\n\nGeht es?\n"
    ),
    "outlook fr block": "De : Ann\nEnvoyé : lundi 3 mars 2025 10:12\nÀ : Nous\nObjet : Ça\n\nÇa marche ?\n",
    "signature": "-- \nAnn Example\nhttps://b.example\n",
    "bare signature": "--\nAnn Example\n",
    "phone": "Sent from my iPhone\n",
    "phone de": "Von meinem iPhone gesendet\n",
    "phone and quote": (
        "Sent from my iPhone\n\nOn 3 Mar 2025, at 10:12, Ann <ann@b.example> wrote:\n\n> Does it work?\n"
    ),
    "signature and quote": "-- \nAnn\n\nOn Mon, 3 Mar 2025 at 10:12, Bob <bob@b.example> wrote:\n> Does it?\n",
    "list footer": "-- \nAnn\n_______________________________________________\nList mailing list\nList@lists.example\n",
}


@pytest.mark.parametrize("name", QUOTES)
def test_what_was_carried_along_is_folded(name: str) -> None:
    text = OWN + QUOTES[name]

    assert quoted_from(text) == len(OWN), text[quoted_from(text) or 0 :]


@pytest.mark.parametrize("name", QUOTES)
def test_line_ends_of_other_systems_change_nothing(name: str) -> None:
    text = (OWN + QUOTES[name]).replace("\n", "\r\n")

    assert quoted_from(text) == len(OWN.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "",
        "On Monday I wrote:\nplease call me. I still wait.\n",
        "Then the invoice of 2025 that you wrote:\n\nIt is wrong.\n",
        "From: my point of view\nthis is fine.\nTo: be honest, no.\n",
        "I compared them:\n\n--\n" + "one more line\n" * 30,
        "> Does it work?\n\nYes.\n\n> And that?\n\nNo.\n",
        "On Mon, 3 Mar 2025 at 10:12, Ann <ann@b.example> wrote:\n> Does it work?\n\nYes, it does.\n",
        (
            "Please see below.\n\n---------- Forwarded message ---------\nFrom: Ann <ann@b.example>\n"
            "Date: Mon, 3 Mar 2025\nSubject: It\nTo: Us\n\nBroken.\n"
        ),
        "> only\n> quoted\n",
        "-- \nonly a signature\n",
        "The temperature is > 20\nand\n< 30.\n",
        "I was sent from my office to you.\nThank you.\n",
    ],
)
def test_what_somebody_wrote_is_never_folded(text: str) -> None:
    assert quoted_from(text) is None


def test_an_answer_below_a_quote_stays_and_only_the_signature_is_folded() -> None:
    own = "> Does it work?\n\nYes.\n\n"

    assert quoted_from(own + "-- \nAnn\n") == len(own)


CRAFTED = [
    "On " + "a " * 40_000 + "wrote",
    "On a wrote\n" * 8_000,
    "On\n" * 27_000,
    "-" * 80_000,
    "_" * 80_000,
    ("_" * 11 + "\n") * 7_000,
    "From: x\n" * 10_000,
    "x\n" + ">" * 80_000,
    ">\n" * 40_000,
    "x\n\n" + "\n" * 80_000 + ">",
    "-- \n" * 20_000,
    "Sent from my iPhone\n" * 4_000,
    ("x" * 299 + ":\n") * 266,
    (" wrote " * 40 + ":\n") * 285,
    "On " + " wrote" * 13_000 + ":",
]


@pytest.mark.parametrize("text", CRAFTED)
def test_crafted_text_makes_every_expression_look_at_short_lines_only(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound is on what is looked at, not on a clock: never more than a constant times the text."""
    examined = 0
    real = quoting._joined

    def counted(lines: list[object], index: int, length: int) -> str:
        nonlocal examined
        joined = real(lines, index, length)  # pyright: ignore[reportArgumentType]  the lines are of a private class
        examined += len(joined)
        assert len(joined) <= 3 * 302
        return joined

    monkeypatch.setattr(quoting, "_joined", counted)
    quoted_from(text)

    assert examined <= 20 * len(text)


@given(st.text(alphabet=st.sampled_from("ab >\n-_:Onwrote@2025.\r"), max_size=400))
def test_the_offset_is_always_inside_the_text_at_the_start_of_a_line_with_something_above_and_below(text: str) -> None:
    offset = quoted_from(text)

    if offset is not None:
        assert text[offset - 1] == "\n"
        assert text[:offset].strip()
        assert text[offset:].strip()


def test_html_is_split_at_the_one_mark() -> None:
    assert split_html(f"<p>a</p>{quoting.HTML_QUOTE_MARK}<p>b</p>") == ("<p>a</p>", "<p>b</p>")
    assert split_html("<p>a</p>") == ("<p>a</p>", None)
