"""Everything that is read or aimed at has the contrast that it needs."""

from __future__ import annotations

import re

import pytest

from console.ui.style.pairs import CONTROL_CONTRAST, EDGE_ON, TEXT_CONTRAST, TEXT_ON
from console.ui.style.tokens import AVATAR_DARK, AVATAR_LIGHT, DARK, LIGHT, TONES, Tokens, avatar_colors, contrast

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_21_for_black_on_white_and_1_for_a_colour_on_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#3B5BDB", "#3B5BDB") == 1
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)  # the value WCAG's own notes give


@BOTH
@pytest.mark.parametrize("text", TEXT_ON)
def test_every_text_can_be_read_on_every_surface_it_may_stand_on(tokens: Tokens, text: str) -> None:
    for surface in TEXT_ON[text].split():
        ratio = contrast(tokens.color(text), tokens.color(surface))
        assert ratio >= TEXT_CONTRAST, f"{text} on {surface}: {ratio:.2f}"


@BOTH
@pytest.mark.parametrize("edge", EDGE_ON)
def test_every_edge_of_a_control_and_every_focus_ring_can_be_seen(tokens: Tokens, edge: str) -> None:
    for surface in EDGE_ON[edge].split():
        ratio = contrast(tokens.color(edge), tokens.color(surface))
        assert ratio >= CONTROL_CONTRAST, f"{edge} on {surface}: {ratio:.2f}"


@BOTH
def test_every_tone_can_be_read_on_its_own_background(tokens: Tokens) -> None:
    for tone in TONES:
        assert contrast(*tokens.tone(tone)) >= TEXT_CONTRAST, tone


@pytest.mark.parametrize("hue", AVATAR_LIGHT + AVATAR_DARK)
def test_initials_can_be_read_on_every_avatar(hue: tuple[str, str]) -> None:
    assert contrast(*hue) >= TEXT_CONTRAST


@BOTH
def test_every_colour_is_written_so_that_qt_reads_it(tokens: Tokens) -> None:
    for name in tokens._fields:
        if name != "is_dark":
            length = 8 if name in ("shadow", "scrim") else 6
            assert re.fullmatch(f"#[0-9A-F]{{{length}}}", tokens.color(name)), name


def test_a_name_keeps_its_hue_and_names_differ() -> None:
    assert avatar_colors("Ariana Delacroix", is_dark=False) == avatar_colors(" Ariana Delacroix ", is_dark=False)
    assert len({avatar_colors(f"Customer {number}", is_dark=True) for number in range(60)}) == len(AVATAR_DARK)


def test_a_colour_that_does_not_exist_is_an_error() -> None:
    for name in ("purple", "is_dark", "tone"):
        with pytest.raises(KeyError, match=name):
            LIGHT.color(name)
