"""CSV and JSON lines of every kind that people send: encodings, delimiters, quotes, broken rows."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.connectors import table_reading
from console.connectors.table_reading import Table, layout_of
from console.connectors.table_rows import LONGEST_CELL, Cell, TableError, letters, unique_names

_ROWS = [["email", "name"], ["j@x.de", "Jürgen Groß"], ["h@x.fr", "Hélène, la grande"]]


def _read(path: Path) -> list[list[Cell]]:
    return [list(row.cells) for row in Table(path, layout_of(path))]


def _problems(path: Path) -> dict[int, str]:
    return {row.number: row.problem for row in Table(path, layout_of(path)) if row.problem}


def _write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "cp1252"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_line_ending(
    tmp_path: Path, bom: bytes, encoding: str, delimiter: str, ending: str
) -> None:
    text = ending.join(delimiter.join(f'"{cell}"' for cell in row) for row in _ROWS) + ending
    assert _read(_write(tmp_path / "x.csv", bom + text.encode(encoding))) == _ROWS


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1252", ["Íñigo Muñoz", "José Ángel", "Jürgen Weiß"]),
        ("cp1252", ["João Conceição", "Inês Leitão"]),
        ("cp1252", ["Hélène Lefèvre 12 €", "François d’Arc"]),
        ("cp1252", ["Åsa Öberg", "Søren Ærø", "Muñoz"]),
        ("cp1250", ["Łukasz Żółć", "Świętosława Gąsior"]),
        ("cp1250", ["Řehoř Dvořák", "Jiří Čech"]),
        ("cp1254", ["Gülşah Çağlayan", "Işık Öz"]),
        ("cp850", ["Íñigo Muñoz", "José Ángel"]),
        ("mac_roman", ["Jürgen Groß", "Änne Müller", "Özlem Köhler"]),
        ("mac_roman", ["Hélène Lefèvre", "Noël Çelik"]),
        ("cp1251", ["Иван Петров", "Анна Сергеевна"]),
        ("koi8-r", ["Иван Петров", "Анна Сергеевна Кузнецова"]),
        ("cp1253", ["Γιώργος Παπαδόπουλος", "Ελένη Ιωάννου"]),
        ("cp1255", ["יוסף כהן", "שרה לוי", "דוד מזרחי"]),
        ("cp932", ["山田太郎", "メールアドレス", "佐藤さくら"]),
        ("gb18030", ["王小明 北京", "张伟 上海公司", "李娜 广州贸易有限公司"]),
        ("cp949", ["김철수", "박영희 회사"]),
    ],
)
def test_names_in_old_encodings_are_spelt_right(tmp_path: Path, encoding: str, names: list[str]) -> None:
    rows = [["email", "name"], *([f"a{number}@x.yz", name] for number, name in enumerate(names))]
    content = "\n".join(";".join(row) for row in rows).encode(encoding)
    assert _read(_write(tmp_path / "x.csv", content)) == rows


def test_a_sep_line_names_the_delimiter_and_is_no_row(tmp_path: Path) -> None:
    path = _write(tmp_path / "x.csv", "sep=;\r\na;b\r\n1,5;2,5\r\n")
    assert [(row.number, row.cells) for row in Table(path, layout_of(path))] == [(1, ["a", "b"]), (2, ["1,5", "2,5"])]


def test_decimal_commas_do_not_look_like_delimiters(tmp_path: Path) -> None:
    rows = ["name;a;b", *(f"n{i};{i},5;{i},25" for i in range(20))]
    assert _read(_write(tmp_path / "x.csv", "\n".join(rows)))[3] == ["n2", "2,5", "2,25"]


def test_one_column_has_no_delimiter(tmp_path: Path) -> None:
    assert _read(_write(tmp_path / "x.csv", "email\na@b.cd\ne@f.gh\n")) == [["email"], ["a@b.cd"], ["e@f.gh"]]


def test_quoted_line_breaks_doubled_quotes_and_spaces_after_delimiters(tmp_path: Path) -> None:
    path = _write(tmp_path / "x.csv", 'a,b\n"one\r\ntwo","say ""hi"""\n1, "2, 3"\n')
    assert _read(path) == [["a", "b"], ["one\r\ntwo", 'say "hi"'], ["1", "2, 3"]]


def test_nul_bytes_vanish(tmp_path: Path) -> None:
    assert _read(_write(tmp_path / "x.csv", b"a,b\nx\0y,z\n")) == [["a", "b"], ["xy", "z"]]


def test_one_row_with_stray_bytes_is_broken_the_others_are_not(tmp_path: Path) -> None:
    path = _write(tmp_path / "x.csv", b"a,b\n" + "é,ü\n".encode() * 100 + b"bad\xff,x\nlast,\xc3\xa9\n")
    assert list(_problems(path)) == [102]
    assert "bytes that are no text" in _problems(path)[102]
    assert _read(path)[-1] == ["last", "é"]


def test_a_replacement_sign_that_the_file_really_holds_is_text(tmp_path: Path) -> None:
    path = _write(tmp_path / "x.csv", "a,b\nJ\ufffdrgen,1\n")
    assert _read(path)[1] == ["J\ufffdrgen", "1"]
    assert not _problems(path)


def test_a_broken_half_of_a_wide_encoding_breaks_its_row_only(tmp_path: Path) -> None:
    content = "a,b\r\nfine,1\r\nx".encode("utf-16") + b"\x00\xd8" + "y,2\r\nlast,3\r\n".encode("utf-16-le")
    path = _write(tmp_path / "x.csv", content)
    assert list(_problems(path)) == [3]
    assert _read(path)[3] == ["last", "3"]


def test_a_misplaced_quotation_mark_breaks_its_row_only(tmp_path: Path) -> None:
    path = _write(tmp_path / "x.csv", 'a,b\n"x"y,1\nfine,2\n')
    assert list(_problems(path)) == [2]
    assert _read(path)[2] == ["fine", "2"]


def test_a_quotation_mark_that_is_never_closed_is_no_row(tmp_path: Path) -> None:
    path = _write(tmp_path / "x.csv", 'a,b\n1,2\n"open,3\n4,5\n')
    assert _problems(path) == {3: "opens a quotation mark that is never closed"}


def test_a_huge_cell_breaks_its_row_only(tmp_path: Path) -> None:
    path = _write(tmp_path / "x.csv", f"a,b\n{'x' * (LONGEST_CELL + 1)},1\nfine,2\n")
    assert list(_problems(path)) == [2]
    assert _read(path)[2] == ["fine", "2"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.lists(st.text(alphabet="ab,;\t|\"'\n é漢=", max_size=6), min_size=3, max_size=3), min_size=1, max_size=6
    )
)
def test_what_csv_writes_with_all_quotes_is_read_back(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["one", "two", "three"], *rows])
    assert _read(path) == [["one", "two", "three"], *rows]


def test_json_lines_are_flattened_and_bad_lines_are_told(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "x.jsonl",
        '\ufeff{"a": 1, "b": {"c": "x", "d": {"e": true}}}\n[1]\n\n{"a": 1.5, "f": null, "g": ["x", "y"]}\n{nope\n{"a": NaN}\n',
    )
    layout = layout_of(path)
    assert layout.keys == ("a", "b.c", "b.d.e", "f", "g")
    assert _read(path)[0] == [1, "x", True, "", ""]
    assert _read(path)[2] == [1.5, "", "", "", "x, y"]
    assert list(_problems(path)) == [2, 5, 6]


def test_json_lines_lose_lone_surrogates_and_survive_depth(tmp_path: Path) -> None:
    deep = '{"a":' * 5000 + "1" + "}" * 5000
    path = _write(tmp_path / "x.jsonl", '{"a": "x\\ud800\\u0000y"}\n' + deep + '\n{"a": "ok"}\n')
    assert _read(path)[0] == ["x\ufffd\ufffdy"]
    assert _read(path)[2] == ["ok"]
    assert list(_problems(path)) == [2]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b" \r\n\t", "is empty"),
        ("x.pdf", b"%PDF-1.7\n1 0 obj", "not a table"),
        ("x.csv", bytes(range(1, 32)) * 50, "not a table"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old XLS"),
        ("list.json", b'[{"a": 1}]', "JSON lines"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(TableError, match=sentence):
        layout_of(_write(tmp_path / name, content))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read"):
        layout_of(tmp_path / "none.csv")


def test_limits_are_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _write(tmp_path / "x.csv", "a,b,c\n" + "1,2,3\n" * 50)
    monkeypatch.setattr(table_reading, "MOST_ROWS", 20)
    with pytest.raises(TableError, match="Split it into several files"):
        _read(path)
    monkeypatch.setattr(table_reading, "MOST_COLUMNS", 2)
    with pytest.raises(TableError, match="columns"):
        _read(path)
    monkeypatch.setattr(table_reading, "MOST_BYTES", 100)
    with pytest.raises(TableError, match="MB fit"):
        layout_of(path)


def test_columns_without_or_with_the_same_header_get_names_of_their_own() -> None:
    assert unique_names(["a", "", "a", " a ", "A"]) == ("a", "Column B", "a (2)", "a (3)", "A")
    assert (letters(0), letters(25), letters(26), letters(701), letters(702)) == ("A", "Z", "AA", "ZZ", "AAA")
