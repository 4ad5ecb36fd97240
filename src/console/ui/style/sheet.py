"""The one style sheet, generated from the tokens: surfaces, labels and buttons here, fields and views beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

from console.ui.style import sheet_fields, sheet_views, tokens
from console.ui.style.tokens import Tokens

SURFACES = """
QWidget { color: $text; }
QWidget:disabled { color: $disabled; }
QMainWindow, QDialog, QWizard, QStackedWidget#pages { background: $bg; }
*[surface="bg"] { background: $bg; }
*[surface="panel"] { background: $panel; }
*[surface="sunken"] { background: $sunken; }
*[surface="rail"] { background: $rail; }
*[surface="hover"] { background: $hover; border-radius: 8px; }
*[surface="merge"] { background: $mergebg; }
*[surface="tint"] { background: $accentbg; border-radius: 8px; }
QFrame[surface="card"] { background: $card; border: 1px solid $border; border-radius: 12px; }
QFrame[surface="well"] { background: $sunken; border: 1px solid $border; border-radius: 12px; }
QFrame[surface="group"] { background: $sunken; border: 1px solid $border; border-left: 3px solid $violet; border-radius: 8px; }
QFrame[surface="note"] { background: $note; border: 1px solid $noteborder; border-radius: 12px; }
QFrame[surface="green"], QFrame[surface="amber"], QFrame[surface="red"], QFrame[surface="blue"] {
    border-radius: 8px; border: none; }
QFrame[surface="green"] { background: $greenbg; }
QFrame[surface="amber"] { background: $amberbg; }
QFrame[surface="red"] { background: $redbg; }
QFrame[surface="blue"] { background: $accentbg; }
*[line="bottom"] { border-bottom: 1px solid $border; }
*[line="top"] { border-top: 1px solid $border; }
*[line="right"] { border-right: 1px solid $border; }
*[line="left"] { border-left: 1px solid $border; }
QFrame[surface="divider"] { background: $border; border: none; }
"""

LABELS = """
QLabel { background: transparent; }
QLabel[look="hero"] { font-size: ${hero}px; font-weight: 600; }
QLabel[look="herowaiting"] { font-size: ${hero}px; font-weight: 600; color: $disabled; }
QLabel[look="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[look="heading"] { font-size: ${large}px; font-weight: 600; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="value"] { font-weight: 500; }
QLabel[look="body2"] { color: $text2; }
QLabel[look="section"] { font-size: ${small}px; font-weight: 600; color: $text2; }
QLabel[look="small"] { font-size: ${small}px; color: $text2; }
QLabel[look="muted"] { font-size: ${small}px; color: $text3; }
QLabel[look="tiny"] { font-size: ${tiny}px; color: $text3; }
QLabel[look="link"] { color: $accentfg; font-weight: 600; }
QLabel[look="note"] { color: $notefg; }
QLabel[look="green"] { color: $green; font-weight: 500; }
QLabel[look="amber"] { color: $amber; font-weight: 500; }
QLabel[look="red"] { color: $red; font-weight: 500; }
QLabel[look="loser"] { color: $text3; text-decoration: line-through; }
QLabel[look="key"] { font-size: ${tiny}px; font-weight: 500; color: $text2; background: $sunken;
    border: 1px solid $borderstrong; border-bottom-width: 2px; border-radius: 4px; padding: 0 4px; }
QLabel:disabled { color: $disabled; }
"""

BUTTONS = """
QPushButton { outline: none; background: $card; color: $text; border: 1px solid $borderstrong; border-radius: 8px;
    padding: 0 12px; min-height: ${button}px; font-weight: 600; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $press; }
QPushButton:focus { border: 2px solid $focus; padding: 0 11px; min-height: ${buttonfocus}px; }
QPushButton:disabled { background: $sunken; color: $disabled; border-color: $border; }
QPushButton:default { border-color: $control; }
QPushButton::menu-indicator { image: url($down); width: 16px; subcontrol-position: right center;
    subcontrol-origin: padding; right: 8px; }
QPushButton[kind="primary"] { background: $accentbtn; color: $onaccent; border: 1px solid $accentbtn; }
QPushButton[kind="primary"]:hover { background: $accentbtnhover; border-color: $accentbtnhover; }
QPushButton[kind="primary"]:pressed { background: $accentbtnpress; border-color: $accentbtnpress; }
QPushButton[kind="danger"] { background: $dangerbtn; color: $onaccent; border: 1px solid $dangerbtn; }
QPushButton[kind="danger"]:hover, QPushButton[kind="danger"]:pressed {
    background: $dangerbtnhover; border-color: $dangerbtnhover; }
QPushButton[kind="primary"]:focus { border: 1px solid $accentbtn; padding: 0 12px; min-height: ${button}px; }
QPushButton[kind="danger"]:focus { border: 1px solid $dangerbtn; padding: 0 12px; min-height: ${button}px; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {
    background: $track; color: $disabled; border-color: $track; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; color: $text2; padding: 0 8px; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:pressed { background: $press; }
QPushButton[kind="quiet"]:focus { border: 2px solid $focus; padding: 0 7px; }
QPushButton[kind="quiet"]:disabled { color: $disabled; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accentfg;
    padding: 0 4px; min-height: ${link}px; }
QPushButton[kind="link"][tone="amber"] { color: $amber; padding: 0; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; border-radius: 6px; padding: 0 3px;
    min-height: ${linkfocus}px; }
QPushButton[kind="link"]:disabled { color: $disabled; }
QPushButton[small="true"] { min-height: ${buttonsmall}px; font-size: ${small}px; padding: 0 10px; }
QPushButton[small="true"]:focus { min-height: ${buttonsmallfocus}px; padding: 0 9px; }
QPushButton[small="true"][kind="primary"]:focus, QPushButton[small="true"][kind="danger"]:focus {
    min-height: ${buttonsmall}px; padding: 0 10px; }
QFrame[surface="segments"] { background: $sunken; border: 1px solid $border; border-radius: 8px; }
QPushButton[kind="segment"] { background: transparent; border: 1px solid transparent; border-radius: 6px;
    color: $text2; font-size: ${small}px; padding: 0 8px; min-height: ${segment}px; }
QPushButton[kind="segment"]:hover { background: $hover; }
QPushButton[kind="segment"]:checked { background: $segment_on; border-color: $borderstrong; color: $text; }
QPushButton[kind="segment"]:focus { border: 2px solid $focus; padding: 0 7px; min-height: ${segmentfocus}px; }
QPushButton[kind="filter"] { background: transparent; border: 1px solid $borderstrong; border-radius: 6px;
    color: $text2; font-size: ${small}px; font-weight: 500; padding: 0 8px; min-height: ${segment}px; }
QPushButton[kind="filter"]:hover { background: $hover; }
QPushButton[kind="filter"]:checked { background: $accentbg; border-color: $accent; color: $accentfg; font-weight: 600; }
QPushButton[kind="filter"]:focus { border: 2px solid $focus; padding: 0 7px; min-height: ${segmentfocus}px; }
QPushButton[kind="tab"] { background: transparent; border: none; border-bottom: 2px solid transparent; border-radius: 0;
    color: $text3; padding: 0 5px; min-height: ${button}px; }
QPushButton[kind="tab"]:hover { color: $text; }
QPushButton[kind="tab"]:checked { color: $accentfg; border-bottom-color: $accent; }
QPushButton[kind="tab"]:focus { border: 2px solid $focus; border-radius: 6px; padding: 0 3px;
    min-height: ${buttonfocus}px; }
QPushButton[kind="entry"] { background: transparent; border: 1px solid transparent; padding: 0; font-weight: 400; }
QPushButton[kind="entry"]:hover { background: $hover; }
QPushButton[kind="entry"]:checked { background: $sel; }
QPushButton[kind="entry"]:focus { border: 2px solid $focus; padding: 0; }
QPushButton[kind="entry"][tall="true"] { min-height: ${tall}px; }
QPushButton[kind="entry"][tall="true"]:focus { min-height: ${tallfocus}px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 5px; color: $text2; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $press; }
QToolButton:focus { border: 2px solid $focus; padding: 4px; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QToolButton[small="true"] { padding: 2px; border-radius: 6px; }
QToolButton[small="true"]:focus { padding: 1px; }
"""


def sheet(colors: Tokens, pixels: Callable[[int], int], urls: Mapping[str, str]) -> str:
    """The style sheet in these colours; `pixels` scales a text size, `urls` are the images by name."""
    places: dict[str, object] = {
        "tiny": pixels(tokens.TEXT_TINY),
        "small": pixels(tokens.TEXT_SMALL),
        "body": pixels(tokens.TEXT_BODY),
        "large": pixels(tokens.TEXT_LARGE),
        "title": pixels(tokens.TEXT_TITLE),
        "hero": pixels(tokens.TEXT_HERO),
        "icon": pixels(tokens.ICON_BODY),
        "dot": pixels(tokens.ICON_BODY) // 2 + 1,
        "iconroom": pixels(tokens.ICON_BODY) + 12,
        "iconroomfocus": pixels(tokens.ICON_BODY) + 11,
        "button": pixels(tokens.CONTROL_HEIGHT) - 2,
        "buttonfocus": pixels(tokens.CONTROL_HEIGHT) - 4,
        "buttonsmall": pixels(tokens.CONTROL_HEIGHT_SMALL) - 2,
        "tall": pixels(tokens.TWO_LINES_HEIGHT) - 2,
        "tallfocus": pixels(tokens.TWO_LINES_HEIGHT) - 4,
        "buttonsmallfocus": pixels(tokens.CONTROL_HEIGHT_SMALL) - 4,
        "segment": pixels(22),
        "segmentfocus": pixels(22) - 2,
        "segment_on": colors.press if colors.is_dark else colors.card,
        "link": pixels(20),
        "linkfocus": pixels(20) - 2,
        "row": pixels(tokens.ROW_HEIGHT),
    }
    text = SURFACES + LABELS + BUTTONS + sheet_fields.FIELDS + sheet_fields.CHOICES + sheet_views.VIEWS
    return Template(text).substitute(colors._asdict() | places | dict(urls))
