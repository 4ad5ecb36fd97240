"""Which colours may stand on which, and how much contrast that needs."""

from __future__ import annotations

from types import MappingProxyType

TEXT_CONTRAST, CONTROL_CONTRAST = 4.5, 3.0  # WCAG 2.2: 1.4.3 for text, 1.4.11 for the edges of controls

# Text on surfaces; the test of this module computes the contrast of each pair in both themes.
TEXT_ON = MappingProxyType(
    {
        "text": ("bg sunken panel card popover hover press sel mergebg accentbg bubblein bubbleout"
                 " greenbg amberbg redbg violetbg bluebg tealbg greybg"),
        "text2": "bg sunken panel card popover hover sel mergebg accentbg bubblein bubbleout greenbg amberbg redbg",
        "text3": "bg sunken panel card popover hover",
        "accentfg": "bg sunken panel card popover hover sel mergebg accentbg bubblein",
        "onaccent": "accentbtn accentbtnhover accentbtnpress dangerbtn dangerbtnhover amberbadge",
        "railfg": "rail",
        "railact": "rail railhl",
        "notefg": "note",
        "matchfg": "match",
        "green": "bg sunken panel card popover greenbg",
        "amber": "bg sunken panel card popover amberbg sel",
        "red": "bg sunken panel card popover redbg sel hover",
        "violet": "bg panel card popover violetbg",
        "blue": "bg panel card popover bluebg",
        "teal": "bg panel card popover tealbg",
        "grey": "bg sunken panel card popover greybg",
    }
)  # fmt: skip
# Edges, rings and bars that carry meaning, on surfaces.
EDGE_ON = MappingProxyType(
    {
        "control": "bg panel card popover sunken",
        "focus": "bg panel card popover sunken hover sel",
        "accentbtn": "bg panel card popover sunken",
        "accent": "bg card popover track",
        "railact": "rail",
    }
)
