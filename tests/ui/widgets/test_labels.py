"""Labels never read their words as HTML and never hide part of them for good."""

from __future__ import annotations

from PySide6.QtCore import Qt

from console.ui.widgets.labels import CountBadge, ElidedLabel, KeyCap, KeyCaps, label, plain_tip

HOSTILE = "<a href='file:///etc/passwd'>click</a>"


def test_no_label_reads_its_words_as_html(qtbot) -> None:
    for made in (label(HOSTILE), label(HOSTILE, "title", is_wrapping=True), ElidedLabel(HOSTILE), KeyCap(HOSTILE)):
        qtbot.addWidget(made)
        assert made.textFormat() == Qt.TextFormat.PlainText


def test_no_tool_tip_reads_its_words_as_html(qtbot) -> None:
    made = label("x")
    qtbot.addWidget(made)
    plain_tip(made, HOSTILE)
    assert "&lt;a href=" in made.toolTip()
    assert "<a href" not in made.toolTip()
    plain_tip(made, "Ariana & Söhne")
    assert made.toolTip() == "Ariana & Söhne"


def test_words_that_do_not_fit_end_in_dots_and_are_whole_in_the_tool_tip(qtbot) -> None:
    words = "A subject that is much longer than the label is wide"
    made = ElidedLabel(words)
    qtbot.addWidget(made)
    made.show()
    made.resize(120, 20)
    assert made.text().endswith("…")
    assert made.toolTip() == words
    assert made.words() == words
    assert made.accessibleName() == words
    made.resize(made.sizeHint().width(), 20)
    assert made.text() == words
    assert made.toolTip() == ""


def test_line_breaks_in_a_subject_stay_on_one_line(qtbot) -> None:
    made = ElidedLabel("two\r\nlines\u2028three")
    qtbot.addWidget(made)
    made.show()
    made.resize(made.sizeHint())
    assert made.text() == "two lines three"


def test_a_label_that_elides_may_become_narrow(qtbot) -> None:
    made = ElidedLabel("A subject that is much longer than the label is wide")
    qtbot.addWidget(made)
    assert made.minimumSizeHint().width() < 40 < made.sizeHint().width()


def test_a_shortcut_is_drawn_key_by_key(qtbot) -> None:
    for keys, caps in (("Ctrl+Shift+E", ["Ctrl", "Shift", "E"]), ("Ctrl++", ["Ctrl", "+"]), ("A", ["A"])):
        made = KeyCaps(keys)
        qtbot.addWidget(made)
        assert [cap.text() for cap in made.findChildren(KeyCap)] == caps
        assert made.accessibleName() == keys


def test_a_count_hides_at_zero_and_stays_short(qtbot) -> None:
    badge = CountBadge(0)
    qtbot.addWidget(badge)
    assert badge.isHidden()
    badge.set_count(128)
    assert badge.text() == "99+"
    assert badge.accessibleName() == "128"
    assert not badge.isHidden()
