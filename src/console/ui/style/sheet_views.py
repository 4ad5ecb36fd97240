"""The style sheet of everything that shows many things: tabs, tables, lists, menus, scroll bars, tool tips."""

from __future__ import annotations

VIEWS = """
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { qproperty-drawBase: 0; background: transparent; }
QTabBar::tab { background: transparent; border: none; border-bottom: 2px solid transparent; color: $text3;
    font-weight: 600; padding: 8px 6px; margin-right: 16px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accentfg; border-bottom-color: $accent; }
QTabBar::tab:focus { border: 2px solid $focus; border-radius: 6px; padding: 6px 4px; }
QTabBar::tab:disabled { color: $disabled; }
QAbstractItemView { outline: none; }
QTableView, QTreeView, QListView { background: $bg; border: none; gridline-color: $border;
    selection-background-color: $sel; selection-color: $text; alternate-background-color: $sunken; }
QListView[bare="true"] { background: transparent; }
QTableView[framed="true"], QTreeView[framed="true"], QListView[framed="true"] { background: $card;
    border: 1px solid $border; border-radius: 12px; }
QTableView:focus[framed="true"], QTreeView:focus[framed="true"], QListView:focus[framed="true"] {
    border: 2px solid $focus; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid $border; }
QTreeView::item, QListView::item { padding: 0 8px; min-height: ${row}px; }
QTableView::item:hover, QTreeView::item:hover, QListView::item:hover { background: $hover; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { background: $sel; color: $text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $sunken; color: $text2; font-size: ${small}px; font-weight: 500; border: none;
    border-bottom: 1px solid $border; padding: 0 8px; min-height: ${row}px; }
QHeaderView::section:first { border-top-left-radius: 11px; }
QHeaderView::section:last { border-top-right-radius: 11px; }
QHeaderView::section:only-one { border-top-left-radius: 11px; border-top-right-radius: 11px; }
QHeaderView::section:hover { color: $text; }
QHeaderView::up-arrow { image: url($up); width: 14px; height: 14px; }
QHeaderView::down-arrow { image: url($down); width: 14px; height: 14px; }
QTableCornerButton::section { background: $sunken; border: none; }
QMenu { icon-size: ${icon}px; background: $popover; border: 1px solid $borderstrong; border-radius: 10px; padding: 6px; }
QMenu::item { padding: 0 28px 0 8px; min-height: ${buttonsmall}px; border-radius: 6px; color: $text;
    background: transparent; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: 10px; }
QMenu::indicator { width: ${icon}px; height: ${icon}px; left: 6px; }
QMenu::indicator:checked { image: url($check_menu); }
QMenu::indicator:unchecked { image: none; }
QMenu::right-arrow { image: url($right); width: ${icon}px; height: ${icon}px; right: 6px; }
QMenu::left-arrow { image: url($left); width: ${icon}px; height: ${icon}px; left: 6px; }
QMenu::right-arrow:disabled, QMenu::left-arrow:disabled { image: none; }
QMenu::separator { height: 1px; background: $border; margin: 6px 4px; }
QMenuBar { background: $bg; border-bottom: 1px solid $border; }
QMenuBar::item { padding: 6px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QToolTip { background: $popover; color: $text; border: 1px solid $borderstrong; padding: 4px 6px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $borderstrong; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QStatusBar { background: $bg; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QGroupBox { border: none; margin-top: 24px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: $text; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
"""
