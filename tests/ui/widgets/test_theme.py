"""Colours that can be read and typefaces that hold the letters of every country of the network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication, QImage, QPalette, QRawFont
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QProgressBar,
    QProgressDialog,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from handbook.ui.widgets import colours as colours_module
from handbook.ui.widgets import theme
from handbook.ui.widgets.theme import BLACK_ON_WHITE, DARK, LIGHT, WHITE_ON_BLACK, Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import OpenWindow, Write

THEMES = pytest.mark.parametrize("colours", colours_module.THEMES, ids=lambda colours: colours.name)

# (letters, ground) by their names in Theme: every pair that window, page and lists put together.
GROUNDS = ("page", "frame", "statement", "box", "hover", "warning")
PAIRS = (
    *((letters, ground) for letters in ("text", "faint", "accent") for ground in GROUNDS),
    ("text", "desk"),  # the number of a page that is not drawn yet, in the preview
    ("on_accent", "accent"),  # what is chosen; a chip that is on; the link that the keyboard is on
    ("mark_text", "mark"),
    ("current_text", "current"),
    *((letters, number) for letters in ("text", "faint", "accent") for number in range(4)),  # of Theme.highlights
)
# The letters of English and of the languages of the network's countries (Belarus, Bulgaria, Czechia, Macedonia,
# Moldova, the Netherlands, Poland, Ukraine), and what texts in them are set with.
LETTERS = {
    "English": "abcdefghijklmnopqrstuvwxyz",
    "Belarusian": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "Bulgarian": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "Czech": "aábcčdďeéěfghiíjklmnňoópqrřsštťuúůvwxyýzž",
    "Macedonian": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
    "Romanian": "aăâbcdefghiîjklmnopqrsștțuvwxyzşţ",
    "Dutch": "aáäbcdeéëèfghiíïjklmnoóöpqrstuúüvwxyz",
    "Polish": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}
SIGNS = "0123456789.,;:!?()[]/&%§€@#*+=–—…’‘“”„«»‹›·•×−←→"


def luminance(colour: str) -> float:
    """WCAG 2.2: relative luminance of #rrggbb."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: contrast ratio, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_formula_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize(("letters", "ground"), PAIRS)
def test_letters_stand_out_from_their_ground(letters: str, ground: str | int, colours: Theme) -> None:
    behind = colours.highlights[ground] if isinstance(ground, int) else getattr(colours, ground)
    assert contrast(getattr(colours, letters), behind) >= 7  # WCAG 2.2, 1.4.6


@THEMES
def test_what_cannot_be_used_now_can_still_be_read(colours: Theme) -> None:
    made, group = theme.palette(colours), QPalette.ColorGroup.Disabled
    assert made.color(group, QPalette.ColorRole.Text).name() == colours.disabled
    for ground in (colours.page, colours.frame):
        assert contrast(colours.disabled, ground) >= 4.5


@THEMES
def test_edges_of_what_can_be_used_stand_out(colours: Theme) -> None:
    # WCAG 2.2, 1.4.11: fields, buttons, chips, boxes to tick, handles of scroll bars.
    for ground in ("page", "frame", "hover"):
        assert contrast(colours.edge, getattr(colours, ground)) >= 3


@THEMES
def test_the_style_sheet_has_the_edge_around_what_can_be_used(colours: Theme) -> None:
    named: dict[str, str] = {}
    for names, rule in re.findall(r"([^{}]+?)\s*{([^{}]*)}", theme.window_style(colours)):
        for name in names.split(","):
            named[name.strip()] = named.get(name.strip(), "") + rule
    for kind in ("QLineEdit", "QPlainTextEdit", "QPushButton", "QComboBox", "QAbstractSpinBox", "QCheckBox::indicator"):
        assert f"border: {colours.thin}px solid {colours.edge}" in named[kind], kind
    for way in ("vertical", "horizontal"):
        assert f"background: {colours.edge}" in named[f"QScrollBar::handle:{way}"]
    # How far something is: the trough where the work ends, and what is done of it.
    assert f"border: {colours.thin}px solid {colours.edge}" in named["QProgressBar"]
    assert f"background: {colours.accent}" in named["QProgressBar::chunk"]
    assert contrast(colours.accent, colours.page) >= 3


@THEMES
def test_what_shows_where_the_keyboard_is_stands_out(colours: Theme) -> None:
    # WCAG 2.2, 1.4.11: 3 to 1 for the frame of a field that has the keyboard and the bar of the chosen hit.
    assert contrast(colours.accent, colours.frame) >= 3
    assert contrast(colours.accent, colours.page) >= 3
    assert contrast(colours.statement_line, colours.page) >= 3
    # A tick in the scroll bar beside its edge, which is of the page's colour; the current one is larger as well.
    assert contrast(colours.tick, colours.page) >= 3


@THEMES
def test_boxes_have_an_edge_and_show_what_they_are(colours: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    before = qapp.palette(), qapp.styleSheet()
    qapp.setPalette(theme.palette(colours))
    qapp.setStyleSheet(theme.window_style(colours))
    dialog = QDialog()
    qtbot.addWidget(dialog)
    rows = QVBoxLayout(dialog)
    tree = QTreeWidget()
    tree.setRootIsDecorated(False)
    tree.setHeaderHidden(True)
    item = QTreeWidgetItem([""])
    tree.addTopLevelItem(item)
    boxes: list[QCheckBox | QRadioButton] = [QCheckBox(), QRadioButton()]
    for box in boxes:
        box.setAutoExclusive(False)
        rows.addWidget(box)
    rows.addWidget(tree)
    with qtbot.waitActive(dialog):
        dialog.show()

    def pictures() -> list[QImage]:
        tree.setFocus()  # none of the boxes has the ring
        item.setCheckState(0, Qt.CheckState.Checked if boxes[0].isChecked() else Qt.CheckState.Unchecked)
        row = tree.visualItemRect(item)
        row.setWidth(30)
        return [*(box.grab().toImage() for box in boxes), tree.viewport().grab(row).toImage()]

    def shades(picture: QImage) -> list[str]:
        """Across the middle, from left to right, each once."""
        ratio = picture.devicePixelRatio()
        line = range(int(min(30, picture.width() / ratio) * ratio))
        found = [picture.pixelColor(at, picture.height() // 2).name() for at in line]
        return [colour for n, colour in enumerate(found) if n == 0 or colour != found[n - 1]]

    for picture in pictures():  # from the ground over the edge, which may be softened, into the box and out again
        ground, *box_itself = shades(picture)
        edge = max(box_itself, key=lambda shade: contrast(shade, ground))
        assert contrast(edge, ground) >= 3
        assert contrast(edge, colours.page) >= 3
        assert colours.page in box_itself
    off = pictures()
    for box in boxes:
        box.setChecked(True)
    for without, ticked in zip(off, pictures(), strict=True):
        assert colours.accent in shades(ticked)
        assert without != ticked
    assert colours.on_accent in {
        pictures()[0].pixelColor(x, y).name() for x in range(20) for y in range(pictures()[0].height())
    }  # the tick, out of its file
    on = pictures()
    for box in boxes:
        box.setEnabled(False)
    tree.setEnabled(False)
    assert all(grey != usual for grey, usual in zip(pictures(), on, strict=True))
    boxes[0].setEnabled(True)
    boxes[0].setFocus()
    assert colours.accent in shades(boxes[0].grab().toImage())[:2]  # around it all, its corners being round
    qapp.setPalette(before[0])
    qapp.setStyleSheet(before[1])


@THEMES
def test_every_colour_is_written_the_same_way(colours: Theme) -> None:
    others = ("name", "highlights", "dark", "contrast", "thin", "thick")
    values = [value for name, value in colours._asdict().items() if name not in others]
    assert len(values) > 10
    assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in (*values, *colours.highlights))


@THEMES
def test_the_palette_keeps_the_pairs_that_qt_puts_together(colours: Theme) -> None:
    made, role = theme.palette(colours), QPalette.ColorRole
    for letters, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base),
        (role.HighlightedText, role.Highlight),
        (role.Link, role.Base),
        (role.LinkVisited, role.Base),
    ):
        assert contrast(made.color(letters).name(), made.color(ground).name()) >= 7, (letters, ground)


@pytest.mark.parametrize("colours", [BLACK_ON_WHITE, WHITE_ON_BLACK], ids=lambda colours: colours.name)
def test_high_contrast_is_black_and_white_alone_with_thick_edges(colours: Theme) -> None:
    used = {value for value in colours[1:] if isinstance(value, str)} | {*colours.highlights}
    assert used == {"#000000", "#ffffff", colours.disabled}
    assert (colours.thin, colours.thick) > (LIGHT.thin, LIGHT.thick)
    assert theme.theme_for(colours.name) is colours


def test_the_system_is_followed_in_colours_and_contrast(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hints:
        """A computer's wishes, as Qt tells them."""

        def __init__(self, scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference) -> None:
            self.colorScheme, self.contrastPreference = lambda: scheme, lambda: contrast
            self.accessibility = lambda: self

    more, usual = Qt.ContrastPreference.HighContrast, Qt.ContrastPreference.NoPreference
    light, dark = Qt.ColorScheme.Light, Qt.ColorScheme.Dark
    for scheme, wish, colours in (
        (light, usual, LIGHT),
        (dark, usual, DARK),
        (light, more, BLACK_ON_WHITE),
        (dark, more, WHITE_ON_BLACK),
    ):
        hints = Hints(scheme, wish)
        monkeypatch.setattr(QGuiApplication, "styleHints", lambda hints=hints: hints)
        assert theme.theme_for("system") is colours


def test_the_two_themes_are_light_and_dark() -> None:
    assert theme.theme_for("light") is LIGHT
    assert theme.theme_for("dark") is DARK
    assert theme.theme_for("system") in (LIGHT, DARK)
    assert luminance(LIGHT.page) > 0.8
    assert luminance(DARK.page) < 0.05


# -- Typefaces ----------------------------------------------------------------------------------------------

FILES = sorted(theme.FONTS.glob("*.ttf"))


def test_both_typefaces_are_there_with_bold_and_italic(qapp: QApplication) -> None:
    for family in (theme.SANS, theme.SERIF):
        assert family in QFontDatabase.families()
        for bold, italic in ((False, False), (True, False), (False, True), (True, True)):
            font = QFont(family, 13)
            font.setBold(bold)
            font.setItalic(italic)
            info = QFontInfo(font)
            assert (info.family(), info.bold(), info.italic()) == (family, bold, italic)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_letter_of_the_languages_is_in_the_typeface(file: Path, qapp: QApplication) -> None:
    font = QRawFont(str(file), 20)
    assert font.isValid()
    wanted = SIGNS + "".join(letters + letters.upper() for letters in LETTERS.values())
    assert {letter for letter in wanted if not font.supportsCharacter(ord(letter))} == set()


def test_without_the_typefaces_the_window_opens_in_others(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path_factory.mktemp("no fonts")
    (empty / "broken.ttf").write_bytes(b"no font")
    monkeypatch.setattr(theme, "FONTS", empty)
    theme.load_fonts()
    monkeypatch.setattr(theme, "FONTS", empty / "nowhere")
    theme.load_fonts()


def test_the_letters_on_the_page_come_from_the_bundled_typeface(open_window: OpenWindow, write: Write) -> None:
    text = "# Words\n\n" + "\n\n".join(LETTERS.values()) + f"\n\n{SIGNS.replace('*', '').replace('[]', '')}\n"
    window = open_window("page", book=write({"page.md": text}))
    used: set[str] = set()
    block = window.reader.document().begin()
    while block.isValid():
        for number in range(block.layout().lineCount()):
            runs = block.layout().lineAt(number).glyphRuns()
            used.update(run.rawFont().familyName() for run in runs)
        block = block.next()
    assert used == {theme.SANS}


@THEMES
def test_how_far_work_is_can_be_read_over_the_bar(colours: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    """Its percentage stood at the left, in the letters of the page on the colour of the bar."""
    box = QProgressDialog("Doing it", "Cancel", 0, 100)
    qtbot.addWidget(box)
    box.setStyleSheet(theme.window_style(colours))
    box.setValue(55)
    box.show()
    (bar,) = box.findChildren(QProgressBar)
    picture = bar.grab().toImage()
    across, down = range(picture.width()), picture.height() // 2
    grounds = [picture.pixelColor(x, picture.height() // 5).name() for x in across[8:-8]]
    assert set(grounds) == {colours.page}
    letters = [x for x in across[8:-8] if picture.pixelColor(x, down).name() != colours.page]
    assert letters
    assert picture.width() // 3 < min(letters) <= max(letters) < 2 * picture.width() // 3
    done = [picture.pixelColor(x, picture.height() - 4).name() == colours.accent for x in across]
    assert 0.4 * len(done) < sum(done) < 0.7 * len(done)
