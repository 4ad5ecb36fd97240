"""A name from outside neither escapes nor disguises itself."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.file_names import LONGEST_NAME, is_executable, safe_file_name


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("invoice.pdf", "invoice.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.exe", "x.exe"),
        ("C:\\Windows\\evil.bat", "evil.bat"),
        ("C:evil.txt", "C_evil.txt"),
        ("a\x00b.txt", "ab.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("in\u200bvoice\ufeff.pdf", "invoice.pdf"),
        ("NUL.txt", "_NUL.txt"),
        ("com1", "_com1"),
        ("CON", "_CON"),
        ("", "attachment"),
        ("...", "attachment"),
        ("dir/", "attachment"),
        (" spaced  name .txt. ", "spaced name.txt"),
        ("a\r\nb.txt", "ab.txt"),
        ("a／b＼c.txt", "c.txt"),
        ('what?<is>:"this"|*.doc', "what__is___this___.doc"),
        ("Übersicht März.xlsx", "Übersicht März.xlsx"),
        (".bashrc", "bashrc"),
    ],
)
def test_a_name_is_made_safe(written: str, safe: str) -> None:
    assert safe_file_name(written) == safe


def test_a_long_name_is_cut_and_keeps_its_extension() -> None:
    name = safe_file_name("x" * 400 + ".pdf")

    assert len(name) == LONGEST_NAME
    assert name.endswith(".pdf")
    assert len(safe_file_name("漢" * 400 + ".docx").encode()) <= 240


@pytest.mark.parametrize(
    "name", ["a.exe", "a.EXE", "a.pdf.scr", "a.exe.", "a.exe ", "a\u202egpj.exe", "x/y.lnk", "run.sh", "a.jar"]
)
def test_what_a_computer_would_run_is_called_executable(name: str) -> None:
    assert is_executable(name)


@pytest.mark.parametrize("name", ["a.pdf", "a.exe.pdf", "exe", "photo.jpg", "a.docx", ""])
def test_what_a_computer_shows_is_not(name: str) -> None:
    assert not is_executable(name)


@given(st.text(max_size=500))
def test_any_text_gives_one_name_inside_the_folder_and_making_it_safe_again_changes_nothing(text: str) -> None:
    name = safe_file_name(text)

    assert name == safe_file_name(name)
    assert 0 < len(name) <= LONGEST_NAME
    assert len(name.encode("utf-8")) <= 240
    assert name not in {".", ".."}
    assert not set(name) & set('/\\:<>"|?*\0')
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in name)
