"""Every colour, distance, radius and text size of the program, in light and in dark."""

from __future__ import annotations

import zlib
from typing import Literal, NamedTuple

Tone = Literal["accent", "green", "amber", "red", "violet", "blue", "teal", "grey"]
TONES: tuple[Tone, ...] = ("accent", "green", "amber", "red", "violet", "blue", "teal", "grey")

# Distances, in device-independent pixels: a grid of 4.
SPACE_HALF, SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_6, SPACE_8 = 2, 4, 8, 12, 16, 20, 24, 32
ICON_GAP = 6

RADIUS_CHIP, RADIUS_CONTROL, RADIUS_CARD = 6, 8, 12

# Text sizes in pixels before the teammate's own text scale.
TEXT_TINY, TEXT_SMALL, TEXT_BODY, TEXT_LARGE, TEXT_TITLE, TEXT_HERO = 11, 12, 13, 15, 18, 26

CONTROL_HEIGHT, CONTROL_HEIGHT_SMALL, CHIP_HEIGHT, ROW_HEIGHT, TWO_LINES_HEIGHT = 32, 28, 22, 36, 56
ICON_SMALL, ICON_BODY, ICON_LARGE = 14, 16, 20
FOCUS_RING = 2
RAIL_WIDTH, LIST_WIDTH, PROFILE_WIDTH = 60, 340, 348


class Tokens(NamedTuple):
    """The colours of one theme, each `#RRGGBB` (`shadow` and `scrim`: `#AARRGGBB`, as Qt reads it)."""

    is_dark: bool
    rail: str
    railfg: str
    railact: str
    railhl: str
    bg: str
    sunken: str
    panel: str
    card: str
    popover: str
    hover: str
    press: str
    border: str
    borderstrong: str
    control: str
    text: str
    text2: str
    text3: str
    disabled: str
    accent: str
    accenthover: str
    accentpress: str
    accentbg: str
    accentfg: str
    accentbtn: str
    accentbtnhover: str
    accentbtnpress: str
    onaccent: str
    dangerbtn: str
    dangerbtnhover: str
    focus: str
    sel: str
    mergebg: str
    bubblein: str
    bubbleout: str
    note: str
    noteborder: str
    notefg: str
    green: str
    greenbg: str
    amber: str
    amberbg: str
    amberbadge: str
    presence: str
    red: str
    redbg: str
    violet: str
    violetbg: str
    blue: str
    bluebg: str
    teal: str
    tealbg: str
    grey: str
    greybg: str
    map: str
    land: str
    match: str
    matchfg: str
    track: str
    barsoft: str
    shadow: str
    scrim: str

    def color(self, name: str) -> str:
        """The colour called `name`; KeyError with the name where there is none."""
        if name not in self._fields or name == "is_dark":
            raise KeyError(name)
        return getattr(self, name)

    def tone(self, tone: Tone) -> tuple[str, str]:
        """(foreground, background) of a chip or banner of this tone."""
        if tone == "accent":
            return self.accentfg, self.accentbg
        return self.color(tone), self.color(tone + "bg")


LIGHT = Tokens(
    is_dark=False,
    rail="#101828",
    railfg="#98A2B3",
    railact="#FFFFFF",
    railhl="#27324A",
    bg="#FFFFFF",
    sunken="#F7F8FA",
    panel="#FCFCFD",
    card="#FFFFFF",
    popover="#FFFFFF",
    hover="#F2F4F7",
    press="#E4E7EC",
    border="#E4E7EC",
    borderstrong="#D0D5DD",
    control="#858FA2",
    text="#101828",
    text2="#475467",
    text3="#667085",
    disabled="#98A2B3",
    accent="#3B5BDB",
    accenthover="#2F4AC0",
    accentpress="#263C9E",
    accentbg="#EDF2FF",
    accentfg="#2F44B8",
    accentbtn="#3B5BDB",
    accentbtnhover="#2F4AC0",
    accentbtnpress="#263C9E",
    onaccent="#FFFFFF",
    dangerbtn="#B42318",
    dangerbtnhover="#912018",
    focus="#3B5BDB",
    sel="#EDF2FF",
    mergebg="#EDF2FF",
    bubblein="#F2F4F7",
    bubbleout="#E5EBFF",
    note="#FFF8E1",
    noteborder="#F5DFA0",
    notefg="#7A5B00",
    green="#067647",
    greenbg="#E7F8EF",
    amber="#B54708",
    amberbg="#FEF4E6",
    amberbadge="#B54708",
    presence="#12B76A",
    red="#B42318",
    redbg="#FEF0EE",
    violet="#6941C6",
    violetbg="#F2EDFD",
    blue="#175CD3",
    bluebg="#E8F1FD",
    teal="#0E7090",
    tealbg="#E4F6FA",
    grey="#475467",
    greybg="#F2F4F7",
    map="#E9EEF6",
    land="#C3CDDD",
    match="#FFEBA8",
    matchfg="#101828",
    track="#E4E7EC",
    barsoft="#A3B4F2",
    shadow="#18000000",
    scrim="#4D101828",
)

DARK = Tokens(
    is_dark=True,
    rail="#0B0D12",
    railfg="#8791A3",
    railact="#FFFFFF",
    railhl="#222735",
    bg="#14171E",
    sunken="#0F1218",
    panel="#14171E",
    card="#191D26",
    popover="#1A1F29",
    hover="#1C212B",
    press="#262C38",
    border="#262C38",
    borderstrong="#363E4D",
    control="#667085",
    text="#ECEEF2",
    text2="#B4BBC8",
    text3="#8A93A5",
    disabled="#667085",
    accent="#5C7CFA",
    accenthover="#748FFC",
    accentpress="#4C6EF5",
    accentbg="#1E2747",
    accentfg="#A9BBFF",
    accentbtn="#4263EB",
    accentbtnhover="#3B5BDB",
    accentbtnpress="#364FC7",
    onaccent="#FFFFFF",
    dangerbtn="#C4362B",
    dangerbtnhover="#B42318",
    focus="#748FFC",
    sel="#1E2640",
    mergebg="#1A2036",
    bubblein="#1F2530",
    bubbleout="#243056",
    note="#2A2410",
    noteborder="#4D421C",
    notefg="#F0D48A",
    green="#5FD39B",
    greenbg="#12291F",
    amber="#F6B566",
    amberbg="#2F2212",
    amberbadge="#B54708",
    presence="#12B76A",
    red="#F38B82",
    redbg="#331A18",
    violet="#B9A2F5",
    violetbg="#241D3B",
    blue="#84B6FB",
    bluebg="#152540",
    teal="#6CCBE0",
    tealbg="#10282E",
    grey="#B4BBC8",
    greybg="#1F2530",
    map="#181D27",
    land="#343D4D",
    match="#574A17",
    matchfg="#FFF3CC",
    track="#2A3140",
    barsoft="#3F4F9A",
    shadow="#80000000",
    scrim="#8C040609",
)

# (foreground, background); orange, green and blue are darker than the mock-ups' so that the initials reach 4.5.
AVATAR_LIGHT = (
    ("#364FC7", "#DBE4FF"),
    ("#0B7285", "#D3F4F9"),
    ("#5F3DC4", "#E9E0FF"),
    ("#A61E4D", "#FFDEEB"),
    ("#237032", "#D8F5DD"),
    ("#9A4607", "#FFE8CC"),
)
AVATAR_DARK = (
    ("#DBE4FF", "#2F44A5"),
    ("#D3F4F9", "#0B5563"),
    ("#E9E0FF", "#4B2FA0"),
    ("#FFDEEB", "#85183E"),
    ("#D8F5DD", "#1F6130"),
    ("#FFE8CC", "#8A4006"),
)


def contrast(first: str, second: str) -> float:
    """The WCAG contrast ratio of two `#RRGGBB` colours, 1.0 to 21.0, in either order."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def avatar_colors(name: str, *, is_dark: bool) -> tuple[str, str]:
    """(foreground, background) of the avatar of `name`: the same on every machine and in every session."""
    hues = AVATAR_DARK if is_dark else AVATAR_LIGHT
    return hues[zlib.crc32(name.strip().encode("utf-8", "replace")) % len(hues)]


def tone_of(word: str) -> Tone:
    """The tone of a tag or another word that has none of its own: the same everywhere and always."""
    hues: tuple[Tone, ...] = ("violet", "blue", "teal", "green", "amber", "red")
    return hues[zlib.crc32(word.strip().lower().encode("utf-8", "replace")) % len(hues)]


def _luminance(color: str) -> float:
    channels = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
