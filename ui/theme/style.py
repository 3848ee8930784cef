"""Tokens as Qt's style sheet and palette.

Widgets say *what* they are by a property ``kind`` (and ``tone``), never how they look.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from app.ground.paths import resources_folder
from ui.theme.tokens import FAMILY, Theme, Tone

_CHECK = (resources_folder() / "icons" / "check.svg").as_posix()
"""Drawn in black, so what is checked has a ground on which black stands out."""


def palette_of(theme: Theme) -> QPalette:
    """The palette for what is drawn by the style itself (selections, tool tips, editors)."""
    p = theme.palette
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, p.ground),
        (role.WindowText, p.text),
        (role.Base, p.surface),
        (role.AlternateBase, p.raised),
        (role.Text, p.text),
        (role.Button, p.surface),
        (role.ButtonText, p.text),
        (role.ToolTipBase, p.raised),
        (role.ToolTipText, p.text),
        (role.PlaceholderText, p.muted),
        (role.Highlight, p.accent_soft),
        (role.HighlightedText, p.text),
        (role.Link, p.info),
        (role.Mid, p.line),
        (role.Accent, p.accent),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(p.disabled))
    return made


def style_sheet(theme: Theme) -> str:
    """The whole style sheet of the window."""
    p, m = theme.palette, theme.measures
    arrow = (resources_folder() / "theme" / "combo-arrow.svg").as_posix()
    tones = "\n".join(
        f"""
QLabel[kind="chip"][tone="{tone}"] {{ color: {p.text}; background: {p.soft(tone)};
    border: 1px solid {p.strong(tone)}; }}
QFrame[kind="notice"][tone="{tone}"] {{ background: {p.soft(tone)};
    border: 1px solid {p.strong(tone)}; border-radius: {m.radius}px; }}
QLabel[tone="{tone}"] {{ color: {p.strong(tone)}; }}"""
        for tone in Tone
    )
    return f"""
* {{ font-family: "{FAMILY}"; font-size: {m.base}pt; }}
QWidget {{ color: {p.text}; }}
QMainWindow, QDialog, QWidget[kind="page"] {{ background: {p.ground}; }}
QLabel {{ background: transparent; }}
QLabel[kind="title"] {{ font-size: {m.page}pt; font-weight: bold; }}
QLabel[kind="section"] {{ font-size: {m.section}pt; font-weight: bold; }}
QLabel[kind="strong"] {{ font-weight: bold; }}
QLabel[kind="muted"] {{ color: {p.muted}; }}
QLabel[kind="small"] {{ color: {p.muted}; font-size: {m.least}pt; }}
QLabel[kind="number"] {{ font-size: {m.page}pt; font-weight: bold; }}
QLabel[kind="chip"] {{ border-radius: {m.radius}px; padding: 2px {m.space_2}px; }}
{tones}
QFrame[kind="card"] {{ background: {p.surface}; border: 1px solid {p.line};
    border-radius: {m.radius}px; }}
QFrame[kind="bubble"] {{ background: {p.surface}; border: 2px solid {p.accent};
    border-radius: {m.radius}px; }}
QFrame[kind="line"] {{ background: {p.line}; border: none; }}
QFrame#topBar, QFrame#statusLine, QFrame#sidebar {{ background: {p.surface}; border: none; }}
QFrame#topBar {{ border-bottom: 1px solid {p.line}; }}
QFrame#statusLine {{ border-top: 1px solid {p.line}; }}
QFrame#statusLine QLabel {{ color: {p.muted}; font-size: {m.least}pt; }}
QFrame#sidebar {{ border-right: 1px solid {p.line}; }}

QPushButton {{ background: {p.surface}; border: 1px solid {p.line_strong};
    border-radius: {m.radius}px; padding: {m.space_1}px {m.space_3}px;
    min-height: {m.control - 2 * m.space_1 - 2}px; }}
QPushButton:hover {{ background: {p.raised}; }}
QPushButton:pressed {{ background: {p.accent_soft}; }}
QPushButton:focus {{ border: 2px solid {p.accent};
    padding: {m.space_1 - 1}px {m.space_3 - 1}px; }}
QPushButton:disabled {{ color: {p.disabled}; border-color: {p.line}; }}
QPushButton:checked {{ background: {p.accent_soft}; border-color: {p.accent}; }}
QPushButton[kind="primary"] {{ background: {p.accent}; color: {p.on_accent};
    border: 1px solid {p.accent}; font-weight: bold; }}
QPushButton[kind="primary"]:hover {{ background: {p.accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {p.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {p.raised}; color: {p.disabled};
    border-color: {p.line}; }}
QPushButton[kind="quiet"] {{ background: transparent; border: 1px solid transparent; }}
QPushButton[kind="quiet"]:hover {{ background: {p.raised}; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {p.accent}; }}
QPushButton[kind="quiet"]:checked {{ background: {p.accent_soft}; }}
QPushButton[kind="step"] {{ background: transparent; border: 1px solid transparent;
    text-align: left; }}
QPushButton[kind="step"]:hover {{ background: {p.raised}; }}
QPushButton[kind="step"]:focus {{ border: 2px solid {p.accent}; }}
QPushButton[kind="step"]:checked {{ background: {p.accent_soft}; color: {p.accent}; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent;
    color: {p.info}; text-align: left; padding: 2px {m.space_1}px; min-height: 0; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 1px solid {p.accent}; padding: 2px {m.space_1}px; }}
QPushButton[kind="step"] {{ background: transparent; border: 1px solid transparent;
    text-align: left; padding: 2px {m.space_1}px; min-height: {m.space_6 - 4}px; }}
QPushButton[kind="step"][tone="accent"] {{ font-weight: bold; color: {p.accent}; }}
QPushButton[kind="step"]:hover {{ background: {p.raised}; }}
QPushButton[kind="step"]:focus {{ border: 1px solid {p.accent}; }}
QPushButton[kind="choice"] {{ text-align: left; padding: {m.space_3}px {m.space_4}px; }}
QPushButton::menu-indicator {{ width: 0; }}

QToolButton {{ background: transparent; border: 1px solid transparent;
    border-radius: {m.radius}px; padding: {m.space_1}px; }}
QToolButton:hover {{ background: {p.raised}; }}
QToolButton:focus {{ border: 2px solid {p.accent}; padding: {m.space_1 - 1}px; }}
QToolButton:checked {{ background: {p.accent_soft}; }}
QToolButton:disabled {{ color: {p.disabled}; }}
QToolButton[kind="nav"] {{ text-align: left; padding: {m.space_1 + 1}px {m.space_2}px;
    border-radius: {m.radius}px; border: 1px solid transparent; }}
QToolButton[kind="nav"]:checked {{ font-weight: bold; color: {p.accent}; }}
QToolButton[kind="nav"]:focus {{ border: 1px solid {p.accent}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox {{
    background: {p.surface}; border: 1px solid {p.line_strong}; border-radius: {m.radius}px;
    padding: {m.space_1 - 1}px {m.space_2}px; selection-background-color: {p.accent};
    selection-color: {p.on_accent}; }}
QLineEdit, QComboBox, QDateEdit, QSpinBox {{ min-height: {m.control - 2 * m.space_1}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus,
QSpinBox:focus {{ border: 2px solid {p.accent};
    padding: {m.space_1 - 2}px {m.space_2 - 1}px; }}
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled {{ color: {p.disabled};
    border-color: {p.line}; }}
QLineEdit[tone="error"] {{ border: 2px solid {p.error}; }}
QLineEdit[kind="cell"] {{ border: 2px solid {p.accent}; border-radius: 0; padding: 0 2px;
    min-height: 0; }}
QLineEdit > QToolButton {{ border: none; padding: 0; }}
QTextBrowser {{ background: {p.surface}; border: 1px solid {p.line};
    border-radius: {m.radius}px; padding: {m.space_2}px; }}
QTextBrowser[kind="plain"] {{ border: none; padding: 0; }}
QComboBox::drop-down {{ border: none; width: {m.space_6}px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: {m.space_4}px; height: {m.space_4}px; }}
QComboBox QAbstractItemView {{ background: {p.surface}; border: 1px solid {p.line_strong};
    selection-background-color: {p.accent_soft}; selection-color: {p.text}; outline: none; }}
QCheckBox, QRadioButton {{ spacing: {m.space_2}px; min-height: {m.space_6}px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {p.accent}; }}

QCheckBox::indicator, QAbstractItemView::indicator {{
    width: {m.space_4}px; height: {m.space_4}px;
    border: 1px solid {p.line_strong}; border-radius: 3px; background: {p.surface}; }}
QCheckBox::indicator:focus {{ border-color: {p.accent}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{
    border-color: {p.accent}; image: url("{_CHECK}");
    background: {p.accent if p.dark else p.accent_soft}; }}
QCheckBox::indicator:disabled, QAbstractItemView::indicator:disabled {{ border-color: {p.line}; }}
QTreeView::indicator, QListView::indicator {{ width: {m.space_4 - 2}px;
    height: {m.space_4 - 2}px; border: 1px solid {p.line_strong}; border-radius: 3px;
    background: {p.surface}; }}
QTreeView::indicator:checked, QListView::indicator:checked {{ border-color: {p.accent};
    image: url("{_CHECK}"); background: {p.accent if p.dark else p.accent_soft}; }}
QTreeView::indicator:indeterminate {{ border-color: {p.accent}; background: {p.accent_soft}; }}
QRadioButton::indicator {{ width: {m.space_3}px; height: {m.space_3}px;
    border: 1px solid {p.line_strong}; border-radius: {m.space_3 // 2 + 1}px;
    background: {p.surface}; }}
QRadioButton::indicator:focus {{ border-color: {p.accent}; }}
QRadioButton::indicator:checked {{ width: {m.space_1}px; height: {m.space_1}px;
    border: {m.space_1 + 1}px solid {p.accent}; }}

QTableView, QTreeView, QListView {{ background: {p.surface}; border: 1px solid {p.line};
    border-radius: {m.radius}px; gridline-color: {p.line}; outline: none;
    selection-background-color: {p.accent_soft}; selection-color: {p.text};
    alternate-background-color: {p.surface}; }}
QTableView:focus, QTreeView:focus, QListView:focus {{ border: 1px solid {p.accent}; }}
QTableView[kind="bare"], QTableView[kind="bare"]:focus {{ border: none; border-radius: 0; }}
QTableView::item, QTreeView::item, QListView::item {{ padding: 0 {m.space_1}px; }}
QTreeView::item, QListView::item {{ min-height: {m.row}px; }}
QTreeView::item:selected, QListView::item:selected {{ background: {p.accent_soft};
    color: {p.text}; }}
QHeaderView {{ background: {p.raised}; border: none; }}
QHeaderView::section {{ background: {p.raised}; color: {p.text}; font-weight: bold; border: none;
    border-right: 1px solid {p.line}; border-bottom: 1px solid {p.line_strong};
    padding: {m.space_1}px {m.space_1 + 2}px; }}
QHeaderView::section:vertical {{ font-weight: normal; border-bottom: 1px solid {p.line};
    border-right: 1px solid {p.line_strong}; }}
QTableCornerButton::section {{ background: {p.raised}; border: none; }}

QTabWidget::pane {{ border: none; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {p.muted}; border: none;
    border-bottom: 2px solid transparent; padding: {m.space_2}px {m.space_3}px; }}
QTabBar::tab:selected {{ color: {p.text}; border-bottom: 2px solid {p.accent};
    font-weight: bold; }}
QTabBar::tab:focus {{ color: {p.accent}; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {p.line}; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[kind="content"] {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {p.line_strong}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {m.space_8}px; }}
QScrollBar::handle:horizontal {{ min-width: {m.space_8}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenu {{ background: {p.surface}; border: 1px solid {p.line_strong};
    border-radius: {m.radius}px; padding: {m.space_1}px; }}
QMenu::item {{ padding: {m.space_2}px {m.space_6}px {m.space_2}px {m.space_3}px;
    border-radius: {m.radius - 2}px; }}
QMenu::item:selected {{ background: {p.accent_soft}; }}
QMenu::item:disabled {{ color: {p.disabled}; }}
QMenu::separator {{ height: 1px; background: {p.line}; margin: {m.space_1}px 0; }}
QToolTip {{ background: {p.raised}; color: {p.text}; border: 1px solid {p.line_strong};
    padding: {m.space_1}px {m.space_2}px; }}
QProgressBar {{ background: {p.raised}; border: none; border-radius: 3px; height: 6px;
    text-align: center; color: transparent; }}
QProgressBar::chunk {{ background: {p.accent}; border-radius: 3px; }}
"""
