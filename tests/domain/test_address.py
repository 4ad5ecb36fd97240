"""When two addresses are the same (P37), which ones are nobody's (P38), and which names deceive (P39)."""

from __future__ import annotations

import unicodedata

import idna
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from console.domain.address import address_of, canonical, is_deceptive, is_role

SAME = [
    ("anna@example.com", "  Anna@Example.COM\t"),
    ("ANNA+news@example.com", "anna+news@EXAMPLE.com"),
    ("a@bücher.example", "a@xn--bcher-kva.example"),
    ("a@BÜCHER.example", "a@XN--BCHER-KVA.example"),
    ("a@bu\u0308cher.example", "a@b\u00fccher.example"),
    ("jos\u00e9@example.com", "jose\u0301@example.com"),
    ("a@straße.example", "a@xn--strae-oqa.example"),
    ("a@example.com", "a@example.com."),
    ("a@例え。jp", "a@例え.jp"),
    ("o'neil@example.com", "O'NEIL@example.com"),
]
DIFFERENT = [
    ("straße@example.com", "strasse@example.com"),
    ("a@straße.example", "a@strasse.example"),
    ("a+b@example.com", "a@example.com"),
    ("a.b@example.com", "ab@example.com"),
    ("ÉVA@example.com", "éva@example.com"),
    ("ﬁona@example.com", "fiona@example.com"),
    ("аnna@example.com", "anna@example.com"),
    ("a@exаmple.com", "a@example.com"),
    ("anna@example.com", "anna@example.org"),
    ("ıvan@example.com", "ivan@example.com"),
    ("a@faß.de", "a@fass.de"),
    ("１@example.com", "1@example.com"),
]
# The forms of CVE-2023-27043 and its kin: where parsers disagree about who is meant.
ODD = [
    "",
    " ",
    "@",
    "a@",
    "@example.com",
    "anna",
    "alice@example.org)bob@example.com",
    "alice@example.org(<bob@example.com>",
    "alice@example.org<bob@example.com>",
    "alice@example.org <bob@example.com>",
    "<alice@example.org>",
    "<alice@example.org><bob@example.com>",
    "alice@example.org@bob@example.com",
    "alice@example.org,bob@example.com",
    "alice@example.org;bob@example.com",
    "alice@example.org:bob@example.com",
    "alice@example.org[bob@example.com",
    '"alice@example.org"@example.com',
    '"alice bob"@example.com',
    "alice(comment)@example.com",
    "alice\\@example.com",
    "undisclosed-recipients:;",
    "team: alice@example.org;",
    "alice@[127.0.0.1]",
    "alice @example.com",
    "alice@exam ple.com",
    "alice@example..com",
    "alice@.example.com",
    ".alice@example.com",
    "alice.@example.com",
    "al..ice@example.com",
    "alice@-example.com",
    "alice@example-.com",
    "alice@ex!ample.com",
    "alice@exam\u200bple.com",
    "al\u202eice@example.com",
    "alice\x00@example.com",
    "alice\n@example.com",
    "alice@example.com\x00",
    "a" * 250 + "@example.com",
    "a@" + "b" * 64 + ".com",
    "alice@☃.example",
]
DECEPTIVE = [
    "аnna",
    "Аnna Berg",
    "p\u0430ypal",
    "Anna\u202egnp.exe",
    "Anna\u200b",
    "\ufeffAnna",
    "Αlpha Beta",
    "an\u2066na",
]
HONEST = ["Anna Berg", "Анна", "Ελένη", "山田 太郎", "Łukasz Żółć", "فاطمة", "anna (Анна)", "O'Neil-Smith 3rd", ""]

labels = st.text(st.characters(categories=["Ll", "Lo", "Nd", "Mn"], max_codepoint=0xFFFF), min_size=1, max_size=12)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_ways_of_writing_one_address_are_the_same(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)
    assert canonical(one) is not None


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_addresses_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)
    assert canonical(other) is not None


@pytest.mark.parametrize("text", ODD)
def test_an_odd_form_is_nobodys_address(text: str) -> None:
    assert address_of(text) is None


@given(labels)
@example("bücher")
@example("faß")
@example("βόλος")
@example("例え")
def test_a_domain_is_written_as_the_idna_package_writes_it(label: str) -> None:
    """Oracle: the idna package (IDNA 2008). What it refuses for rules of context we may take, but never as another domain."""
    label = unicodedata.normalize("NFC", label.lower())
    assume(unicodedata.is_normalized("NFC", label))
    try:
        expected = idna.encode(label, uts46=False).decode()
    except (idna.IDNAError, UnicodeError):
        assume(False)
        return

    assert canonical(f"a@{label}.example") == f"a@{expected}.example"


@given(st.one_of(labels, st.text(max_size=5), st.just("Anna+x")), st.one_of(labels, st.just("Example.COM.")))
@example("İstanbul", "example.com")
@example("\u212a", "\u212a.com")
def test_a_canonical_address_is_its_own_canonical_form(local: str, domain: str) -> None:
    once = canonical(f"{local}@{domain}")
    if once is None:
        return

    assert canonical(once) == once
    assert once.rpartition("@")[2].isascii()
    assert once.count("@") == 1


@given(st.text())
def test_any_text_is_one_address_or_none(text: str) -> None:
    found = address_of(text)

    assert found is None or (found.written == unicodedata.normalize("NFC", text.strip()) and "@" in found.canonical)


@pytest.mark.parametrize(
    "address", ["info@x.org", "support+eu@x.org", "no-reply@x.org", "no_reply@x.org", "do.not.reply@x.org"]
)
def test_a_desks_address_is_known_as_one(address: str) -> None:
    assert is_role(address)


@pytest.mark.parametrize("address", ["anna@x.org", "informatics@x.org", "sales.person@x.org", "+info@x.org"])
def test_a_persons_address_is_no_desks(address: str) -> None:
    assert not is_role(address)


@pytest.mark.parametrize("name", DECEPTIVE)
def test_a_name_that_mixes_scripts_or_hides_letters_is_marked(name: str) -> None:
    assert is_deceptive(name)


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_name_is_not_marked(name: str) -> None:
    assert not is_deceptive(name)


@given(st.from_regex(r"[a-zA-Z0-9_+-]{1,5}\.?[a-z0-9]{1,70}@-?[a-z0-9]{1,66}\.{1,2}[a-z0-9-]{1,4}", fullmatch=True))
def test_an_address_in_the_usual_form_is_read_as_in_any_other(text: str) -> None:
    """A space before it takes the way that looks at every part."""
    assert address_of(text) == address_of(f" {text}")
