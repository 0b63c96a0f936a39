"""The palette and style sheets that are made from a theme, and the bundled typefaces.

Belongs here: what has which colour, and every typeface of the window. Not here: the colours (colours.py), layout.

An own palette for every theme: asking Qt for a dark scheme does nothing on bare X11, and a bundled look is
the same on every computer that a trainer borrows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from handbook.ui.widgets.colours import BLACK_ON_WHITE, DARK, LIGHT, WHITE_ON_BLACK, Theme, drawing_colours, theme_for

# The names of colours.py that those who ask for a style sheet need too, and our own.
__all__ = [
    "BLACK_ON_WHITE",
    "DARK",
    "LIGHT",
    "WHITE_ON_BLACK",
    "PageLook",
    "Theme",
    "drawing_colours",
    "page_style",
    "theme_for",
    "window_style",
]


UI_POINTS = 11  # of menus, lists and fields while the window is of its usual size
OPENS = "▾"  # behind the words of a button that opens a menu: Qt's own arrow does not grow with the letters
TARGET = 24  # pixels of the least that can be hit: WCAG 2.2, 2.5.8
INSET, SMALL_INSET = 1.6, 0.5  # the room beside the statement, in pixels for a point of the text's size
SANS, SERIF = "Source Sans 3", "Source Serif 4"
HYPERLEGIBLE = "Atkinson Hyperlegible Next"  # made for low vision; it has no Cyrillic, which Source Sans then gives
FONTS = Path(__file__).resolve().parents[2] / "fonts"
# Not in FONTS: nothing is printed in them, and a start that needs none does not read them.
READING_FONTS = Path(__file__).resolve().parents[2] / "reading_fonts"
# The tick of a box, in each theme's on_accent: icons/tick.svg drawn at 14 and 28 pixels, as an SVG file can't be
# shown on Windows, where Qt comes without that plugin.
TICKS = Path(__file__).resolve().parents[2] / "icons"


class PageLook(NamedTuple):
    """How the person wants to read a page.

    words, statement: typefaces of our words and of La Strada's. spacing: of lines, in percent. column: average letters
    in a line. plain: is the statement's ground the page's own?"""

    words: str = SANS
    statement: str = SERIF
    spacing: int = 118
    column: int = 70  # 45 to 75 read best
    plain: bool = False


USUAL_LOOK = PageLook()


def _windows_fonts(points: float) -> str:
    """Our typeface for what Windows gives its own: menus, lists and messages, again whenever its theme changes.

    A style sheet overrides those, QApplication.setFont does not."""
    kinds = "QMenuBar, QMenu, QStatusBar, QTreeView, QListView, QMessageBox, QToolTip"
    return f'{kinds} {{ font: {points:g}pt "{SANS}"; }}' if sys.platform == "win32" else ""


def load_fonts() -> None:
    """Make the bundled typefaces known to Qt; a file that is missing leaves the system's in their place."""
    for file in sorted(FONTS.glob("*.ttf")):
        if file.stem.endswith("BoldIt"):
            continue  # for print; on screen hardly a word is both, and each file costs a millisecond
        QFontDatabase.addApplicationFont(str(file))


def load_reading_fonts() -> None:
    """Make the typefaces known to Qt that only a setting asks for; does nothing where it does already."""
    if HYPERLEGIBLE not in QFontDatabase.families():
        for file in sorted(READING_FONTS.glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))


def ui_font(points: float = UI_POINTS) -> QFont:
    """The typeface of menus, lists and fields."""
    font = QFont(SANS)
    font.setPointSizeF(points)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font


def page_font(points: float, family: str = SANS) -> QFont:
    """The typeface of a page; letters that it lacks come from Source Sans."""
    font = QFont([family, SANS] if family != SANS else [SANS])
    font.setPointSizeF(points)
    return font


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


class _Measures:
    """Lengths of a style sheet, in pixels. factor: how much larger than usual the window is."""

    def __init__(self, theme: Theme, factor: float) -> None:
        self._theme, self.factor = theme, factor

    def px(self, *lengths: float) -> str:
        """Lengths that grow with the letters."""
        return " ".join(f"{self._whole(length)}px" for length in lengths)

    def pad(self, down: float, across: float, edge: int) -> str:
        """Room inside an edge, so that what has the keyboard and a thicker edge is of the same size."""
        less = edge - self._theme.thin
        return " ".join(f"{max(0, self._whole(length) - less)}px" for length in (down, across))

    def round_corner(self, length: float) -> str:
        """The radius that makes a circle of a square inside an edge; Qt draws no corner with a larger one."""
        return f"{(self._whole(length) + 2 * self._theme.thin) // 2}px"

    def _whole(self, length: float) -> int:
        return max(1, round(length * self.factor)) if length > 0 else 0


def _without_tints(theme: Theme) -> str:
    """Lines for high contrast, in place of what the other themes tell by the background alone."""
    return f"""
    #told, #notice {{ border: {theme.thin}px solid {theme.text}; }}
    QToolButton:hover, QPushButton:hover, QTreeView::item:hover {{ text-decoration: underline; }}
    QPushButton:disabled {{ border: {theme.thin}px dashed {theme.disabled}; }}
    """


def _tick(theme: Theme) -> str:
    """The picture of the tick in a box."""
    return 'url("{}")'.format((TICKS / f"tick-{theme.name}.png").as_posix().replace('"', '\\"'))


def _boxes(theme: Theme, size: _Measures) -> str:
    """Check boxes and radio buttons, in windows and in lists: Fusion's edges can't be seen on a dark background."""

    def boxes(states: str) -> str:
        return ", ".join(f"{kind}::indicator{states}" for kind in ("QCheckBox", "QTreeView", "QListView"))

    def bar(colour: str, ground: str) -> str:
        stops = f"stop:0.35 {ground}, stop:0.36 {colour}, stop:0.64 {colour}, stop:0.65 {ground}"
        return f"qlineargradient(x1:0, y1:0, x2:0, y2:1, {stops})"

    def dot(colour: str, ground: str) -> str:
        stops = f"stop:0.55 {colour}, stop:0.65 {ground}"
        return f"qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5, {stops})"

    grey, accent, px = theme.disabled, theme.accent, size.px
    return f"""
    {boxes("")}, QRadioButton::indicator {{ width: {px(14)}; height: {px(14)};
        border: {theme.thin}px solid {theme.edge}; background: {theme.page}; border-radius: 3px; }}
    QRadioButton::indicator {{ border-radius: {size.round_corner(14)}; }}
    {boxes(":checked")} {{ background: {accent}; border-color: {accent}; image: {_tick(theme)}; }}
    {boxes(":indeterminate")} {{ background: {bar(accent, theme.page)}; border-color: {accent}; }}
    QRadioButton::indicator:checked {{ background: {dot(accent, theme.page)}; border-color: {accent}; }}
    {boxes(":checked:selected")} {{ border-color: {theme.on_accent}; }}
    {boxes(":disabled")}, QRadioButton::indicator:disabled {{ background: {theme.frame}; border-color: {theme.line}; }}
    {boxes(":checked:disabled")} {{ background: {grey}; border-color: {grey}; }}
    {boxes(":indeterminate:disabled")} {{ background: {bar(grey, theme.frame)}; border-color: {grey}; }}
    QRadioButton::indicator:checked:disabled {{ background: {dot(grey, theme.frame)}; border-color: {grey}; }}
    QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 5px; padding: {px(1, 3)};
        spacing: {px(8)}; min-height: {px(24 - 6)}; outline: none; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
    """


def question_width(factor: float) -> int:
    """Pixels of the words of a question; 0 for Qt's own choice.

    Qt breaks its lines at 500 pixels, whatever the letters, and lets it be no wider; what is wider by itself it breaks
    as well."""
    return max(510, round(260 * factor)) if factor > 1 else 0


def window_style(theme: Theme, factor: float = 1.0, *, backwards: bool = False) -> str:
    """Qt style sheet for the window's own widgets; the rest follows the palette.

    factor: how much larger than usual the window is. backwards: it is read from right to left."""
    size = _Measures(theme, factor)
    rules = [
        _named_parts(theme, size),
        _words_and_tools(theme, size),
        _choices(theme, size, backwards=backwards),
        _lists_and_pages(theme, size),
        _menus(theme, size),
        _buttons(theme, size),
        _scroll_bars(theme, size),
        _boxes(theme, size),
        _without_tints(theme) if theme.contrast else "",
        _windows_fonts(UI_POINTS * factor),
    ]
    return "".join(rules)


def _named_parts(theme: Theme, size: _Measures) -> str:
    """The parts of the window that are styled by their object names."""
    px, pad, thin, thick = size.px, size.pad, theme.thin, theme.thick
    return f"""
    QMainWindow, QDialog {{ background: {theme.frame}; }}
    #topBar {{ background: {theme.frame}; border-bottom: 1px solid {theme.line}; }}
    #pathBar {{ background: {theme.page}; color: {theme.faint}; border-bottom: 1px solid {theme.line};
        padding: {px(6, 14)}; }}
    #notice {{ background: {theme.warning}; border-bottom: 1px solid {theme.line}; }}
    #findBar {{ background: {theme.frame}; border-top: 1px solid {theme.line}; }}
    #workshopHead, #pagesBar {{ background: {theme.frame}; border-bottom: 1px solid {theme.line}; }}
    #workshopFoot {{ background: {theme.frame}; border-top: 1px solid {theme.line}; }}
    #beginning {{ background: {theme.frame}; }}
    #faint {{ color: {theme.faint}; }}
    #preview {{ background: {theme.page}; border: {max(thin, 2)}px solid {theme.edge}; border-radius: 4px; }}
    #pages, #thumbnails, #ownPage {{ border: {thin}px solid {theme.edge}; padding: {thick - thin}px; }}
    #ownPage {{ background: {theme.page}; border-radius: 6px; }}
    #pages:focus, #thumbnails:focus, #ownPage:focus {{ border: {thick}px solid {theme.accent}; padding: 0; }}
    #preview QLabel {{ background: transparent; }}
    #previewTitle {{ font-weight: 600; }}
    #paperLine {{ font-weight: 600; }}
    #topBar QToolButton {{ padding: {px(6, 8)}; }}
    #topBar QToolButton:focus {{ padding: {pad(6, 8, thick)}; }}
    #told {{ background: {theme.warning}; border-radius: 4px; padding: {px(6, 8)}; }}
    #menuButton {{ border-color: {theme.edge}; background: {theme.page}; }}
    QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: none; width: 0; }}
    #cross {{ padding: 0; font-size: {round(UI_POINTS * size.factor * 1.3)}pt; }}
    #start {{ text-align: left; padding: {px(8, 14)}; }}
    #start:focus {{ padding: {size.pad(8, 14, theme.thick)}; }}
    """


def _words_and_tools(theme: Theme, size: _Measures) -> str:
    """Fields for words, and the buttons of bars."""
    px, pad, thin, thick = size.px, size.pad, theme.thin, theme.thick
    return f"""
    QPlainTextEdit {{ background: {theme.page}; border: {thin}px solid {theme.edge}; border-radius: 6px;
        padding: {px(4)}; }}
    QPlainTextEdit:focus {{ border: {thick}px solid {theme.accent}; padding: {pad(4, 4, thick)}; }}
    #hint {{ color: {theme.faint}; padding: {px(6, 12)}; }}
    QToolButton {{ border: {thin}px solid transparent; border-radius: 5px; padding: {px(4, 8)}; color: {theme.text}; }}
    QToolButton:checked {{ background: {theme.page}; border-color: {theme.edge}; }}
    QToolButton:hover {{ background: {theme.hover}; border-color: {theme.edge}; }}
    QToolButton:focus {{ border: {thick}px solid {theme.accent}; padding: {pad(4, 8, thick)}; }}
    QToolButton:disabled {{ color: {theme.disabled}; }}
    QLineEdit {{ background: {theme.page}; border: {thin}px solid {theme.edge}; border-radius: 6px; padding: {px(5, 9)};
        selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}
    QLineEdit:focus {{ border: {thick}px solid {theme.accent}; padding: {pad(5, 9, thick)}; }}
    """


def _choices(theme: Theme, size: _Measures, *, backwards: bool) -> str:
    """Fields for one of several values, a number or a day."""
    end = "left" if backwards else "right"  # in a window from right to left, Qt mirrors positions but not padding
    arrow = max(TARGET, round(18 * size.factor))
    px, pad, thin, thick = size.px, size.pad, theme.thin, theme.thick
    return f"""
    QComboBox, QAbstractSpinBox {{ background: {theme.page}; border: {thin}px solid {theme.edge}; border-radius: 6px;
        padding: {px(4, 8)}; }}
    /* As a list: as the menu that Fusion makes of it, its row is white on white here, and the last has no room. */
    QComboBox {{ combobox-popup: 0; }}
    QComboBox QAbstractItemView {{ background: {theme.page}; border: {thin}px solid {theme.edge}; }}
    QComboBox QAbstractItemView::item {{ min-height: {px(26)}; padding: {px(0, 8)}; }}
    QComboBox QAbstractItemView::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {px(20)}; }}
    QAbstractSpinBox {{ padding-{end}: {2 * arrow + 6}px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ subcontrol-origin: border;
        subcontrol-position: center right; width: {arrow}px; height: {arrow}px; border: none; border-radius: 4px; }}
    QAbstractSpinBox::up-button {{ right: 3px; }}
    QAbstractSpinBox::down-button {{ right: {arrow + 3}px; }}
    QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {theme.hover}; }}
    QComboBox::down-arrow, QAbstractSpinBox::down-arrow, QAbstractSpinBox::up-arrow {{ width: 0; height: 0;
        border-left: {px(4)} solid {theme.page}; border-right: {px(4)} solid {theme.page}; }}
    QComboBox::down-arrow, QAbstractSpinBox::down-arrow {{ border-top: {px(5)} solid {theme.text}; }}
    QAbstractSpinBox::up-arrow {{ border-bottom: {px(5)} solid {theme.text}; }}
    QComboBox:focus, QAbstractSpinBox:focus {{ border: {thick}px solid {theme.accent}; padding: {pad(4, 8, thick)}; }}
    QAbstractSpinBox:focus {{ padding-{end}: {2 * arrow + 6 + thin - thick}px; }}
    #pageNumber, #pageNumber:focus, QDateEdit, QDateEdit:focus {{ padding-{end}: {px(8)}; }}
    """


def _lists_and_pages(theme: Theme, size: _Measures) -> str:
    """Lists, the page, tabs, what stands between and below them."""
    px, pad, thin, thick = size.px, size.pad, theme.thin, theme.thick
    return f"""
    QTreeView, QListView {{ background: {theme.frame}; border: 2px solid {theme.frame}; outline: none; }}
    #kinds {{ background: {theme.page}; border: {thin}px solid {theme.edge}; border-radius: 6px; padding: {px(2)}; }}
    QTreeView:focus, QListView:focus {{ border: 2px solid {theme.accent}; }}
    #kinds:focus {{ border: {thick}px solid {theme.accent}; padding: {pad(2, 2, thick)}; }}
    QTreeView::item {{ padding: {px(4, 2)}; border: none; }}
    QTreeView::item:hover {{ background: {theme.hover}; }}
    QTreeView::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
    QTextBrowser {{ background: {theme.page}; border: 2px solid {theme.page}; }}
    QTextBrowser:focus {{ border: 2px solid {theme.accent}; }}
    QTabBar {{ outline: none; }}
    QTabBar::tab {{ background: {theme.frame}; border: 2px solid {theme.edge}; padding: {px(4, 12)}; }}
    QTabBar::tab:selected {{ background: {theme.page}; }}
    QTabBar:focus::tab:selected, QTabBar::tab:selected:focus {{ border: 2px solid {theme.accent};
        background: {theme.accent}; color: {theme.on_accent}; }}
    QProgressBar {{ background: {theme.page}; border: {thin}px solid {theme.edge}; border-radius: 4px; }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
    QProgressDialog QProgressBar {{ text-align: center; color: {theme.text}; }}
    QProgressDialog QProgressBar::chunk {{ background: qlineargradient(x1: 0, y1: 0, x2: 0, y2: 1,
        stop: 0 {theme.page}, stop: 0.8 {theme.page}, stop: 0.81 {theme.accent}, stop: 1 {theme.accent}); }}
    QSplitter::handle {{ background: {theme.line}; }}
    QStatusBar {{ background: {theme.frame}; color: {theme.faint}; border-top: 1px solid {theme.line}; }}
    QStatusBar::item {{ border: none; }}
    """


def _menus(theme: Theme, size: _Measures) -> str:
    """The menu bar and menus."""
    px, thin = size.px, theme.thin
    return f"""
    QMenuBar {{ background: {theme.frame}; color: {theme.text}; }}
    QMenuBar::item {{ padding: {px(4, 10)}; background: transparent; }}
    #qt_menubar_ext_button {{ padding: 0; border-color: {theme.edge}; background: {theme.page}; font-weight: 600; }}
    QMenuBar::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
    QMenu {{ background: {theme.page}; color: {theme.text}; border: {thin}px solid {theme.edge}; padding: {px(4, 0)};
        menu-scrollable: 1; }}
    QMenu::item {{ padding: {px(5, 28, 5, 24)}; }}
    QMenu::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
    QMenu::item:disabled {{ color: {theme.disabled}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: {px(4, 0)}; }}
    QMenu::indicator {{ width: {px(14)}; height: {px(14)}; left: {px(4)}; border-radius: 3px;
        border: {thin}px solid transparent; }}
    QMenu::indicator:checked {{ background: {theme.accent}; border-color: {theme.accent}; image: {_tick(theme)}; }}
    QMenu::indicator:checked:selected {{ border-color: {theme.on_accent}; }}
    QMenu::scroller {{ height: {px(14)}; }}
    """


def _buttons(theme: Theme, size: _Measures) -> str:
    """Buttons with words, and the dialogs that have them."""
    px, pad, thin, thick = size.px, size.pad, theme.thin, theme.thick
    return f"""
    QPushButton {{ background: {theme.page}; border: {thin}px solid {theme.edge}; border-radius: 6px;
        padding: {px(6, 16)}; color: {theme.text}; outline: none; }}
    QPushButton:hover {{ background: {theme.hover}; }}
    QPushButton:focus {{ border: {thick}px solid {theme.accent}; padding: {pad(6, 16, thick)}; }}
    QPushButton#link {{ background: transparent; border: none; border-radius: 3px; padding: {px(0, 3)};
        color: {theme.accent}; text-decoration: underline; text-align: right; }}
    QPushButton#link:hover, QPushButton#link:focus {{ background: {theme.hover}; }}
    QPushButton#link:focus {{ border: 2px solid {theme.accent}; padding: {pad(0, 3, thin + 2)}; }}
    QScrollArea#nothing, QScrollArea#nothing > QWidget > QWidget {{ background: {theme.frame}; border: none; }}
    QMessageBox QLabel#qt_msgbox_label {{ min-width: {question_width(size.factor)}px; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QPushButton:default {{ background: {theme.accent}; color: {theme.on_accent}; border-color: {theme.accent}; }}
    QPushButton:default:focus {{ background: {theme.page}; color: {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.disabled}; background: {theme.frame}; }}
    """


def _scroll_bars(theme: Theme, size: _Measures) -> str:
    """Scroll bars, which have no arrows, and what is told where the pointer rests."""
    bar, handle = max(TARGET, round(14 * size.factor)), round(10 * size.factor)
    beside = (bar - min(handle, bar - 4)) // 2
    px, thin = size.px, theme.thin
    return f"""
    QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {theme.edge}; border-radius: 5px; min-height: {px(36)};
        margin: {px(1)} {beside}px; }}
    QScrollBar::handle:vertical:hover {{ background: {theme.faint}; }}
    QScrollBar:horizontal {{ background: transparent; height: {bar}px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {theme.edge}; border-radius: 5px; min-width: {px(36)};
        margin: {beside}px {px(1)}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QAbstractScrollArea::corner {{ background: {theme.frame}; }}
    QToolTip {{ background: {theme.page}; color: {theme.text}; border: {thin}px solid {theme.edge}; padding: {px(4)}; }}
    """


def page_style(theme: Theme, points: int, look: PageLook = USUAL_LOOK, inset: float = INSET) -> str:
    """Style sheet of a page, in the subset of CSS that Qt's rich text reads (no em, no max-width).

    inset: the room beside the statement, in pixels for a point of the text's size."""
    ground = theme.page if look.plain else theme.statement
    gap, half = round(points * 0.75), round(points * 0.4)
    side, air = round(points * inset), round(points * 0.9)
    return f"""
    p, li, td, th, dt, dd {{ line-height: {look.spacing}%; }}
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
    td.statement, td.statement-head {{ background-color: {ground}; font-family: "{look.statement}";
        border-left: 5px solid {theme.statement_line}; padding: {half}px {side}px 0 {side}px; }}
    td.statement-head {{ padding-top: {air}px; }}
    td.statement h4 {{ font-weight: 400; }}
    td.under {{ background-color: {ground}; border-left: 5px solid {theme.statement_line};
        padding: 0 {side}px 0 {side}px; }}
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
    blockquote {{ margin-left: {side}px; margin-right: {side}px; }}
    pre, code {{ font-family: "{look.words}"; color: {theme.faint}; }}
    div.footnotes {{ font-size: {round(points * 0.85)}pt; }}
    td.shortcut {{ padding: 0 {air}px 0 0; font-weight: 600; }}
    td.does {{ padding: 0; }}
    table.tasks {{ margin-bottom: {gap}px; }}
    td.task {{ padding: {round(points * 0.25)}px {air}px {round(points * 0.25)}px 0; font-weight: 600;
        font-size: {round(points * 1.2)}pt; }}
    td.about {{ padding: {round(points * 0.4)}px 0 {round(points * 0.25)}px 0; }}
    """
