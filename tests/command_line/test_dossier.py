"""``dossier``: one file, for its owner only, in the format that its name says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command_line.desk import Desk, small_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return small_desk(tmp_path_factory.mktemp("desk"))


def test_a_customers_dossier_is_written_in_three_formats_for_its_owner_only(desk: Desk, tmp_path: Path) -> None:
    files = [tmp_path / f"ada.{kind}" for kind in ("html", "json", "pdf")]

    answers = desk.run(*(["dossier", "ada@northpeak.example", str(file)] for file in files))

    assert [answer.code for answer in answers] == [0, 0, 0]
    assert [answer.out.strip() for answer in answers] == [str(file) for file in files]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    page, document, paper = (file.read_bytes() for file in files)
    assert b"The export fails since this morning." in page
    assert page.endswith(b"</html>\n")
    said = json.loads(document)
    (message, _) = said["conversations"][0]["messages"]
    assert message["attachments"][0]["name"] == "report.csv"
    assert message["attachments"][0]["base64"]
    assert paper.startswith(b"%PDF-")
    assert paper.rstrip().endswith(b"%%EOF")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ada.html", "ada.json", "ada.pdf"]


def test_what_cannot_be_written_is_said_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    kept = tmp_path / "kept.html"
    kept.write_text("before", encoding="utf-8")

    odd, nowhere, unknown = desk.run(
        ["dossier", "ada@northpeak.example", str(tmp_path / "ada.txt")],
        ["dossier", "ada@northpeak.example", str(tmp_path / "no" / "ada.html")],
        ["dossier", "nobody@nowhere.example", str(kept)],
    )

    assert ".html, .json or .pdf" in odd.err
    assert "There is no folder" in nowhere.err
    assert unknown.code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["kept.html"]
    assert kept.read_text(encoding="utf-8") == "before"
