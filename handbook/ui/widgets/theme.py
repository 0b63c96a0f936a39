"""Colours and type: two themes, the palette and style sheets made from them, the bundled typefaces.

Belongs here: every colour and every typeface of the window. Not here: layout.

An own palette for both themes: asking Qt for a dark scheme does nothing on bare X11, and a bundled look is
the same on every computer that a trainer borrows."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

from handbook.content import pictures

UI_POINTS = 11
SANS, SERIF = "Source Sans 3", "Source Serif 4"
FONTS = Path(__file__).resolve().parents[2] / "fonts"
# The tick of a box, in each theme's on_accent: icons/tick.svg drawn at 14 and 28 pixels, as an SVG file can't be
# shown on Windows, where Qt comes without that plugin.
TICKS = Path(__file__).resolve().parents[2] / "icons"
# Windows gives menus, lists and messages typefaces of its own, and again whenever its theme changes. A style sheet
# goes before them, where QApplication.setFont does not.
WINDOWS_FONTS = f"""
    QMenuBar, QMenu, QStatusBar, QTreeView, QListView, QMessageBox, QToolTip {{ font: {UI_POINTS}pt "{SANS}"; }}
    """


class Theme(NamedTuple):
    """The colours of one theme, each as #rrggbb."""

    name: str
    page: str  # behind the text
    text: str
    faint: str  # paths, labels, hints
    frame: str  # behind panels and bars
    line: str  # between them
    edge: str  # around what can be used: fields, buttons, chips, boxes to tick; a scroll bar's handle
    accent: str  # links, the current row
    on_accent: str
    statement: str  # behind La Strada's words
    statement_line: str
    box: str  # behind our callouts
    mark: str  # behind a matched word
    mark_text: str
    current: str  # behind the match that F3 stands on
    current_text: str
    tick: str  # of a match, in the scroll bar
    hover: str
    warning: str
    disabled: str  # letters of what can't be used now
    highlights: tuple[str, str, str, str]  # behind words that the person marked; text on them stays readable


LIGHT = Theme(
    name="light",
    page="#fffefb",
    text="#22252a",
    faint="#43484f",
    frame="#f3f1ec",
    line="#d8d4cb",
    edge="#76787a",
    accent="#0d4854",
    on_accent="#ffffff",
    statement="#f8f2e6",
    statement_line="#b4742b",
    box="#eef4f4",
    mark="#ffe58a",
    mark_text="#22252a",
    current="#ff9d3c",
    current_text="#1b1206",
    tick="#b3560b",
    hover="#e6e9e6",
    warning="#fbe7c6",
    disabled="#62666b",
    highlights=("#fff0b8", "#d6efd3", "#d5e8f8", "#f8dce8"),
)
DARK = Theme(
    name="dark",
    page="#1b1e21",
    text="#e6e4de",
    faint="#c8cbcd",
    frame="#24282c",
    line="#3c4247",
    edge="#858c91",
    accent="#a0dbe5",
    on_accent="#10201f",
    statement="#292620",
    statement_line="#cf9551",
    box="#22302f",
    mark="#5a4c0e",
    mark_text="#fff6cf",
    current="#f0953a",
    current_text="#1b1206",
    tick="#f0953a",
    hover="#2c3237",
    warning="#40331a",
    disabled="#9fa4a8",
    highlights=("#3f360c", "#1a3f23", "#193650", "#4d2737"),
)


# What the colours of our own drawings (content/pictures.PALETTE) become where the page is dark.
_DRAWN_DARK = {
    pictures.INK: DARK.text,
    pictures.SOFT: DARK.faint,
    pictures.DEEP: DARK.accent,
    pictures.MIDDLE: "#3f646a",
    pictures.PALE: "#263a3d",
    pictures.PAPER: DARK.page,
}


def drawing_colours(theme: Theme) -> Mapping[str, str]:
    """The colours that a theme has in place of those of our own drawings."""
    return _DRAWN_DARK if theme.name == "dark" else {}


def load_fonts() -> None:
    """Make the bundled typefaces known to Qt; a file that is missing leaves the system's in their place."""
    for file in sorted(FONTS.glob("*.ttf")):
        if file.stem.endswith("BoldIt"):
            continue  # for print; on screen hardly a word is both, and each file costs a millisecond
        QFontDatabase.addApplicationFont(str(file))


def ui_font(points: int = UI_POINTS) -> QFont:
    """The typeface of menus, lists and fields."""
    font = QFont(SANS, points)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font


def theme_for(choice: str) -> Theme:
    """The theme of a setting: "light", "dark", or "system", which follows the computer's."""
    if choice == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if choice == "dark" else LIGHT


def palette(theme: Theme) -> QPalette:
    """The colours for everything that Qt draws itself."""
    made = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, theme.frame),
        (role.WindowText, theme.text),
        (role.Base, theme.page),
        (role.AlternateBase, theme.frame),
        (role.Text, theme.text),
        (role.Button, theme.frame),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.text),
        (role.ToolTipBase, theme.page),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.faint),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, theme.page),
        (role.Midlight, theme.hover),
        (role.Mid, theme.line),
        (role.Dark, theme.line),
        (role.Shadow, theme.line),
    ):
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(
            QPalette.ColorGroup.Disabled,
            name,
            QColor(theme.disabled),
        )
    return made


def _boxes(theme: Theme) -> str:
    """Boxes to tick and round buttons, in windows and in lists: Fusion's edges are lost on a dark ground."""

    def boxes(states: str) -> str:
        return ", ".join(f"{kind}::indicator{states}" for kind in ("QCheckBox", "QTreeView", "QListView"))

    def bar(colour: str, ground: str) -> str:
        stops = f"stop:0.35 {ground}, stop:0.36 {colour}, stop:0.64 {colour}, stop:0.65 {ground}"
        return f"qlineargradient(x1:0, y1:0, x2:0, y2:1, {stops})"

    def dot(colour: str, ground: str) -> str:
        stops = f"stop:0.55 {colour}, stop:0.65 {ground}"
        return f"qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5, {stops})"

    tick = (TICKS / f"tick-{theme.name}.png").as_posix().replace('"', '\\"')
    faint, accent = theme.faint, theme.accent
    return f"""
    {boxes("")}, QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.edge};
        background: {theme.page}; border-radius: 3px; }}
    QRadioButton::indicator {{ border-radius: 8px; }}
    {boxes(":checked")} {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
    {boxes(":indeterminate")} {{ background: {bar(accent, theme.page)}; border-color: {accent}; }}
    QRadioButton::indicator:checked {{ background: {dot(accent, theme.page)}; border-color: {accent}; }}
    {boxes(":checked:selected")} {{ border-color: {theme.on_accent}; }}
    {boxes(":disabled")}, QRadioButton::indicator:disabled {{ background: {theme.frame}; border-color: {theme.line}; }}
    {boxes(":checked:disabled")} {{ background: {faint}; border-color: {faint}; }}
    {boxes(":indeterminate:disabled")} {{ background: {bar(faint, theme.frame)}; border-color: {faint}; }}
    QRadioButton::indicator:checked:disabled {{ background: {dot(faint, theme.frame)}; border-color: {faint}; }}
    QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 5px; padding: 1px 3px; spacing: 8px;
        outline: none; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
    """


def window_style(theme: Theme) -> str:
    """Qt style sheet for the window's own widgets; the rest follows the palette."""
    return f"""
    QMainWindow, QDialog {{ background: {theme.frame}; }}
    #topBar {{ background: {theme.frame}; border-bottom: 1px solid {theme.line}; }}
    #pathBar {{ background: {theme.page}; color: {theme.faint}; border-bottom: 1px solid {theme.line};
        padding: 6px 14px; }}
    #notice {{ background: {theme.warning}; border-bottom: 1px solid {theme.line}; }}
    #findBar {{ background: {theme.frame}; border-top: 1px solid {theme.line}; }}
    #workshopHead, #pagesBar {{ background: {theme.frame}; border-bottom: 1px solid {theme.line}; }}
    #workshopFoot {{ background: {theme.frame}; border-top: 1px solid {theme.line}; }}
    #beginning {{ background: {theme.frame}; }}
    #faint {{ color: {theme.faint}; }}
    #paperLine {{ font-weight: 600; }}
    #told {{ background: {theme.warning}; border-radius: 4px; padding: 6px 8px; }}
    #menuButton {{ border-color: {theme.edge}; background: {theme.page}; padding-right: 18px; }}
    #start {{ text-align: left; padding: 8px 14px; }}
    QPlainTextEdit {{ background: {theme.page}; border: 1px solid {theme.edge}; border-radius: 6px; padding: 4px; }}
    QPlainTextEdit:focus {{ border: 3px solid {theme.accent}; padding: 2px; }}
    #hint {{ color: {theme.faint}; padding: 6px 12px; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 4px 8px; color: {theme.text}; }}
    QToolButton:hover {{ background: {theme.hover}; border-color: {theme.edge}; }}
    QToolButton:focus {{ border: 3px solid {theme.accent}; padding: 2px 6px; }}
    QToolButton:disabled {{ color: {theme.disabled}; }}
    QLineEdit {{ background: {theme.page}; border: 1px solid {theme.edge}; border-radius: 6px; padding: 5px 9px;
        selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}
    QLineEdit:focus {{ border: 3px solid {theme.accent}; padding: 3px 7px; }}
    QTreeView, QListView {{ background: {theme.frame}; border: 2px solid {theme.frame}; outline: none; }}
    QComboBox, QAbstractSpinBox {{ background: {theme.page}; border: 1px solid {theme.edge}; border-radius: 6px;
        padding: 4px 8px; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 20px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 20px; }}
    QComboBox::down-arrow, QAbstractSpinBox::down-arrow, QAbstractSpinBox::up-arrow {{ width: 0; height: 0;
        border-left: 4px solid {theme.page}; border-right: 4px solid {theme.page}; }}
    QComboBox::down-arrow, QAbstractSpinBox::down-arrow {{ border-top: 5px solid {theme.text}; }}
    QAbstractSpinBox::up-arrow {{ border-bottom: 5px solid {theme.text}; }}
    QComboBox:focus, QAbstractSpinBox:focus {{ border: 3px solid {theme.accent}; padding: 2px 6px; }}
    #kinds {{ background: {theme.page}; border: 1px solid {theme.edge}; border-radius: 6px; padding: 2px; }}
    QTreeView:focus, QListView:focus {{ border: 2px solid {theme.accent}; }}
    #kinds:focus {{ border: 3px solid {theme.accent}; padding: 0; }}
    QTreeView::item {{ padding: 4px 2px; border: none; }}
    QTreeView::item:hover {{ background: {theme.hover}; }}
    QTreeView::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
    QTextBrowser {{ background: {theme.page}; border: 2px solid {theme.page}; }}
    QTextBrowser:focus {{ border: 2px solid {theme.accent}; }}
    QTabBar::tab {{ background: {theme.frame}; border: 2px solid {theme.edge}; padding: 4px 12px; }}
    QTabBar::tab:selected {{ background: {theme.page}; }}
    QTabBar:focus::tab:selected, QTabBar::tab:selected:focus {{ border: 2px solid {theme.accent};
        background: {theme.accent}; color: {theme.on_accent}; }}
    QSplitter::handle {{ background: {theme.line}; }}
    QStatusBar {{ background: {theme.frame}; color: {theme.faint}; border-top: 1px solid {theme.line}; }}
    QStatusBar::item {{ border: none; }}
    QMenuBar {{ background: {theme.frame}; color: {theme.text}; }}
    QMenuBar::item {{ padding: 4px 10px; background: transparent; }}
    QMenuBar::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
    QMenu {{ background: {theme.page}; color: {theme.text}; border: 1px solid {theme.edge}; padding: 4px 0; }}
    QMenu::item {{ padding: 5px 28px 5px 24px; }}
    QMenu::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
    QMenu::item:disabled {{ color: {theme.disabled}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 0; }}
    QPushButton {{ background: {theme.page}; border: 1px solid {theme.edge}; border-radius: 6px; padding: 6px 16px;
        color: {theme.text}; }}
    QPushButton:hover {{ background: {theme.hover}; }}
    QPushButton:focus {{ border: 3px solid {theme.accent}; padding: 4px 14px; }}
    QPushButton#link {{ background: transparent; border: none; border-radius: 3px; padding: 0 3px;
        color: {theme.accent}; text-decoration: underline; text-align: right; }}
    QPushButton#link:hover, QPushButton#link:focus {{ background: {theme.hover}; }}
    QPushButton#link:focus {{ border: 2px solid {theme.accent}; padding: 0 1px; }}
    QScrollArea#nothing, QScrollArea#nothing > QWidget > QWidget {{ background: {theme.frame}; border: none; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QPushButton:default {{ background: {theme.accent}; color: {theme.on_accent}; border-color: {theme.accent}; }}
    QPushButton:default:focus {{ background: {theme.page}; color: {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.disabled}; background: {theme.frame}; }}
    QScrollBar:vertical {{ background: transparent; width: 13px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {theme.edge}; border-radius: 5px; min-height: 36px; margin: 1px 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {theme.faint}; }}
    QScrollBar:horizontal {{ background: transparent; height: 13px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {theme.edge}; border-radius: 5px; min-width: 36px; margin: 2px 1px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QToolTip {{ background: {theme.page}; color: {theme.text}; border: 1px solid {theme.edge}; padding: 4px; }}
    {_boxes(theme)}
    {WINDOWS_FONTS if sys.platform == "win32" else ""}
    """


def page_style(theme: Theme, points: int) -> str:
    """Style sheet of a page, in the subset of CSS that Qt's rich text reads (no em, no max-width)."""
    gap, half = round(points * 0.75), round(points * 0.4)
    inset, air = round(points * 1.6), round(points * 0.9)
    return f"""
    p, li, td, th, dt, dd {{ line-height: 118%; }}
    p {{ margin-top: 0; margin-bottom: {gap}px; }}
    h1 {{ font-size: {round(points * 1.95)}pt; font-weight: 600; margin-top: {gap}px; margin-bottom: {gap}px; }}
    h2 {{ font-size: {round(points * 1.45)}pt; font-weight: 600; margin-top: {gap * 2}px; margin-bottom: {half}px; }}
    h3 {{ font-size: {round(points * 1.2)}pt; font-weight: 600; margin-top: {gap + half}px; margin-bottom: {half}px; }}
    h4, h5, h6 {{ font-size: {points}pt; font-weight: 600; margin-top: {half}px; margin-bottom: {half}px; }}
    a {{ color: {theme.accent}; }}
    p.label {{ color: {theme.faint}; font-size: {round(points * 0.85)}pt; margin-bottom: {gap}px; }}
    p.sheet {{ color: {theme.faint}; font-weight: 600; }}
    p.lead {{ font-size: {round(points * 1.15)}pt; color: {theme.faint}; }}
    table.statement {{ border-collapse: collapse; margin-top: {half}px; }}
    td.statement, td.statement-head {{ background-color: {theme.statement}; font-family: "{SERIF}";
        border-left: 5px solid {theme.statement_line}; padding: {half}px {inset}px 0 {inset}px; }}
    td.statement-head {{ padding-top: {air}px; }}
    td.statement h4 {{ font-weight: 400; }}
    td.beside {{ padding: 0 0 0 {half}px; }}
    p.beside {{ font-size: {round(points * 0.75)}pt; margin-top: {half}px; margin-bottom: 0; }}
    table.box {{ border-collapse: collapse; margin-top: {half}px; margin-bottom: {gap}px; }}
    td.box {{ background-color: {theme.box}; border-left: 4px solid {theme.accent};
        padding: {half}px {air}px {half}px {air}px; }}
    p.admonition-title {{ font-weight: 600; margin-bottom: {half}px; }}
    table.grid {{ border-collapse: collapse; border: 1px solid {theme.line}; margin-bottom: {gap}px; }}
    td.grid, th.grid {{ border: 1px solid {theme.line}; padding: {half}px; }}
    th.grid {{ background-color: {theme.frame}; font-weight: 600; }}
    table.sheets {{ margin-bottom: {gap}px; }}
    td.sheets, th.sheets {{ padding: 1px {gap}px 1px 0px; }}
    th.sheets {{ color: {theme.faint}; font-weight: 600; }}
    td.rule {{ border-bottom: 1px solid {theme.line}; }}
    dt {{ font-weight: 600; }}
    p.picture {{ line-height: 100%; margin-top: {half}px; margin-bottom: 0; }}
    p.unseen {{ font-size: 1px; line-height: 100%; color: {theme.page}; margin-bottom: 0; }}
    p.caption {{ font-size: {round(points * 0.88)}pt; color: {theme.faint}; margin-top: {half}px;
        margin-bottom: {gap}px; }}
    p.no-picture {{ color: {theme.faint}; margin-bottom: {half}px; }}
    blockquote {{ margin-left: {inset}px; margin-right: {inset}px; }}
    pre, code {{ font-family: "{SANS}"; color: {theme.faint}; }}
    div.footnotes {{ font-size: {round(points * 0.85)}pt; }}
    td.shortcut {{ padding: 0 {air}px 0 0; font-weight: 600; }}
    td.does {{ padding: 0; }}
    """
