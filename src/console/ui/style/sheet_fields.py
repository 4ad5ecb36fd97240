"""The style sheet of everything that takes a value: fields, lists of choices, ticks, sliders."""

from __future__ import annotations

FIELDS = """
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit { background: $bg; color: $text;
    border: 1px solid $control; border-radius: 8px; selection-background-color: $accentbtn;
    selection-color: $onaccent; }
QLineEdit, QComboBox, QAbstractSpinBox { padding: 0 9px; min-height: ${button}px; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $text3; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $focus; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { padding: 0 8px; min-height: ${buttonfocus}px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 5px 7px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
    background: $sunken; color: $disabled; border-color: $border; }
QLineEdit:read-only { background: $sunken; }
*[invalid="true"] { border: 2px solid $red; padding: 0 8px; min-height: ${buttonfocus}px; }
QTextEdit[bare="true"], QPlainTextEdit[bare="true"], QTextBrowser { border: none; background: transparent;
    padding: 0; }
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0; }
QComboBox { combobox-popup: 0; padding-right: ${iconroom}px; }
QComboBox:focus { padding-right: ${iconroomfocus}px; }
QComboBox[tight="true"] { padding-left: 7px; padding-right: 0; }
QComboBox[tight="true"]:focus { padding-left: 6px; padding-right: 0; }
QComboBox::drop-down, QDateTimeEdit::drop-down { border: none; width: ${iconroom}px; subcontrol-origin: border;
    subcontrol-position: right center; }
QComboBox::down-arrow, QDateTimeEdit::down-arrow { image: url($down); width: ${icon}px; height: ${icon}px; }
QComboBox::down-arrow:disabled { image: url($down_off); }
QComboBox QAbstractItemView { background: $popover; border: 1px solid $borderstrong; border-radius: 8px;
    padding: 4px; outline: none; selection-background-color: $hover; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${buttonsmall}px; padding: 0 8px; border-radius: 6px; }
QComboBox QAbstractItemView::item:selected { background: $sel; color: $text; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: none; background: transparent; padding: 0; min-height: 0; }
QAbstractSpinBox { padding-right: 26px; max-height: ${button}px; }
QAbstractSpinBox:focus { max-height: ${buttonfocus}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { background: transparent; border: none; width: 24px;
    subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; top: 2px; right: 2px; height: 13px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; bottom: 2px; right: 2px; height: 13px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; border-radius: 4px; }
QAbstractSpinBox::up-arrow { image: url($up); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url($down); width: 12px; height: 12px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off { image: url($up_off); }
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off { image: url($down_off); }
QDateTimeEdit::down-arrow { image: url($down); width: 16px; height: 16px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $popover; border-bottom: 1px solid $border; }
QCalendarWidget QToolButton#qt_calendar_prevmonth { qproperty-icon: url($left); }
QCalendarWidget QToolButton#qt_calendar_nextmonth { qproperty-icon: url($right); }
QCalendarWidget QTableView::item { padding: 0; border: none; }
QCalendarWidget QWidget { alternate-background-color: $sunken; }
QCalendarWidget QAbstractItemView { background: $popover; selection-background-color: $accentbtn;
    selection-color: $onaccent; outline: none; }
QCalendarWidget QToolButton { font-weight: 600; color: $text; }
"""

CHOICES = """
QCheckBox, QRadioButton { spacing: 8px; min-height: 20px; padding: 3px 6px 3px 3px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator { width: ${icon}px; height: ${icon}px; border: 1px solid $control;
    background: $bg; }
QCheckBox::indicator { border-radius: 5px; }
QRadioButton::indicator { border-radius: ${dot}px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QCheckBox::indicator:indeterminate, QRadioButton::indicator:checked {
    background: $accentbtn; border-color: $accentbtn; }
QCheckBox::indicator:checked { image: url($check_on); }
QCheckBox::indicator:indeterminate { image: url($minus_on); }
QRadioButton::indicator:checked { image: url($dot_on); }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; border-radius: 6px; padding: 1px 4px 1px 1px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $sunken; border-color: $borderstrong; }
QCheckBox::indicator:checked:disabled { image: url($check_off); }
QRadioButton::indicator:checked:disabled { image: url($dot_off); }
QSlider { min-height: 24px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $track; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accentbtn; }
QSlider::handle:horizontal { width: 16px; height: 16px; margin: -7px 0; border-radius: 9px;
    background: $bg; border: 1px solid $control; }
QSlider::handle:horizontal:hover { border-color: $accent; }
QSlider::handle:horizontal:focus { border: 2px solid $focus; width: 14px; height: 14px; }
QProgressBar { background: $track; border: none; border-radius: 3px; min-height: 6px; max-height: 6px;
    text-align: center; }
QProgressBar::chunk { background: $accentbtn; border-radius: 3px; }
"""
