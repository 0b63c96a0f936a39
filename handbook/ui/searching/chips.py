"""The chips under the search field: a precise query by mouse, and how many passages each part has.

Belongs here: the chips, their look and their places. Not here: the text that they stand for (query_text.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from handbook.base.catalogue import tr
from handbook.content.handbook import Handbook
from handbook.content.metadata import SHEETS
from handbook.ui.reading import limit_words
from handbook.ui.searching import query_text
from handbook.ui.widgets import scale
from handbook.ui.widgets.button_flow import ButtonFlow
from handbook.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

_ONE_ROW = 100_000  # pixels that hold all chips beside each other
PAD, GAP = 11, 6  # pixels inside a chip beside its words, and between chips, in a window of its usual size
LONGEST = 28  # letters of a title
PEEP = 24  # pixels of a chip by which one sees that there is another one


class Chip(QAbstractButton):
    """A word in a rounded frame, on or off; painted here, because a style sheet takes ten times as long.

    counted: whether a number of passages may stand behind the word; its room is kept, so nothing moves."""

    stepped = Signal(int)  # an arrow key: to the chip before (-1) or after (+1)

    def __init__(self, text: str, theme: Theme, *, counted: bool = False) -> None:
        super().__init__()
        self.name(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click leaves the keyboard in the field; see ChipBar
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.theme = theme
        self._counted, self._count = counted, ""

    def name(self, text: str) -> None:
        """Have other words; a long title is cut, but not for screen readers."""
        self.setText(text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…")
        self.setAccessibleName(text)

    def show_count(self, count: int | None) -> None:
        """Show how many passages; None shows no number."""
        shown = "" if count is None else str(count)
        if shown != self._count:
            self._count = shown
            self.setAccessibleDescription(tr("Passages: {n}").format(n=shown) if shown else "")
            self.update()

    @property
    def count(self) -> str:
        """The number in view, "" for none."""
        return self._count

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * scale.px(PAD)
        if self._counted:
            width += metrics.horizontalAdvance(" 8888")
        return QSize(width, metrics.height() + scale.px(8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, on = self.theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = float(theme.thick if self.hasFocus() and not on else theme.thin)
        box = QRectF(self.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        ground = theme.accent if on else theme.hover if self.underMouse() and self.isEnabled() else theme.page
        edge = theme.accent if on or self.hasFocus() else theme.edge
        pen = painter.pen()
        pen.setColor(QColor(edge))
        pen.setWidthF(thick)
        painter.setPen(pen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if self.hasFocus() and on:  # a ring inside, as the edge is of the ground's own colour
            pen.setColor(QColor(theme.on_accent))
            pen.setWidthF(2.0)
            painter.setPen(pen)
            ring = box.adjusted(2.5, 2.5, -2.5, -2.5)  # on whole pixels
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        inner = self.rect().adjusted(scale.px(PAD), 0, -scale.px(PAD), 0)
        painter.setPen(QColor(theme.on_accent if on else theme.text if self.isEnabled() else theme.faint))
        # Where reading goes from right to left, Qt turns the two sides round by itself.
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
        centre = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(inner, left if self._counted else centre, self.text())
        if self._count:
            painter.setPen(QColor(theme.on_accent if on else theme.faint))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine
            painter.drawText(inner, right, self._count)
        painter.end()

    def hitButton(self, pos: QPoint) -> bool:
        """Qt: is it pressed there? One that is cut by the side of the window is first moved into sight, by ChipBar."""
        bar = self.parentWidget()
        whole = bar is None or bar.rect().contains(self.geometry()) or self.width() > bar.width()
        return whole and super().hitButton(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is not None:
            self.stepped.emit(way if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -way)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()


def _without(name: str, query: str, *, wanted: bool) -> str:
    """The query without a limit, when its chip is switched off."""
    return query if wanted else query_text.with_limit(query, name, "")


class ChipBar(ButtonFlow):
    """The chips in as many rows as the window's width asks for; in a low window in one, which is moved to and fro.

    For Tab they are one stop; the arrow keys go from chip to chip, Space or Enter switches one."""

    changed = Signal(str)  # the query as the chip changed it
    recent_wanted = Signal()  # the list of last searches
    all_wanted = Signal(bool)  # search all handbooks, or the one that is read

    def __init__(self, handbook: Handbook, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chips")
        self._query, self._chapter = "", ""
        self._moved = 0  # pixels by which the row of a low window is moved
        self._there = self._offers_recent = False  # last searches to offer; offered just now
        self._others = self._every = False  # are there other handbooks; are they searched
        self._parts: dict[str, Chip] = {}
        self.exact = self._add(tr("“Exact words”"), theme, query_text.exact)
        self.without = self._add(tr("− Without…"), theme, query_text.without)
        # Translators: button: add other words to the search, of which one is enough
        self.either = self._add(tr("Or…"), theme, query_text.either)
        self.exact.setToolTip(tr("Only where the words stand together, in this order"))
        self.without.setToolTip(tr("Leave out passages with the word that you type next"))
        self.either.setToolTip(tr("Passages with these words, or with those that you type next"))
        self.all_handbooks = self._choice(tr("All handbooks"), theme, every=True)
        self.this_handbook = self._choice(tr("This handbook"), theme, every=False)
        self.all_handbooks.setToolTip(tr("In the handbooks of the library too"))
        self.this_handbook.setToolTip(tr("Only in “{title}”").format(title=handbook.manifest.title))
        self.here = self._add(tr("This chapter"), theme, partial(self._keep_to, None))
        for part in handbook.parts:
            chip = self._add(part.title, theme, partial(self._keep_to, part.id), counted=True)
            chip.setToolTip(tr("Only in “{title}”").format(title=part.title))
            self._parts[part.id] = chip
        # Translators: button: search in the person's own bookmarks, highlights and notes
        self.marks = self._add(tr("My marks"), theme, partial(self._keep_to, query_text.MARKS), counted=True)
        self.marks.setToolTip(tr("Only in what you marked"))
        self.marks.hide()
        self.fits = self._opening(tr("Plans that fit ▾"), theme, self._offer_limits)
        self.fits.setVisible(any(one.front.kind in SHEETS for one in handbook.chapters.values()))
        self.fits.setToolTip(tr("Only session plans and exercises for your minutes, people and level"))
        self.limits = {name: self._add("", theme, partial(_without, name)) for name in query_text.LIMITS}
        for chip in self.limits.values():
            chip.setToolTip(tr("Click to take this limit away"))
            chip.hide()
        self.recent = self._opening(tr("Last searches ▾"), theme, self.recent_wanted.emit)
        self.exact.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.exact.setAccessibleDescription(
            tr("The first of several chips: the left and right arrow keys go to the others.")
        )
        for chip in self.findChildren(Chip):
            chip.stepped.connect(partial(self._step, chip))
        self.show_chapter("", "")

    def _add(self, text: str, theme: Theme, change: Callable[..., str], *, counted: bool = False) -> Chip:
        chip = Chip(text, theme, counted=counted)
        chip.setParent(self)
        chip.clicked.connect(lambda on=False: self.changed.emit(change(self._query, wanted=on)))
        return chip

    def _choice(self, text: str, theme: Theme, *, every: bool) -> Chip:
        """One of the two chips that say in which handbooks is searched: one of them is always on."""
        chip = Chip(text, theme)
        chip.setParent(self)
        chip.hide()
        chip.clicked.connect(lambda: self.all_wanted.emit(every))
        return chip

    def _opening(self, text: str, theme: Theme, handler: Callable[[], object]) -> Chip:
        """A chip that opens something."""
        chip = Chip(text, theme)
        chip.setCheckable(False)
        chip.setParent(self)
        chip.clicked.connect(lambda _=False: handler())
        return chip

    def _step(self, chip: Chip, way: int) -> None:
        usable = [other for other in self.chips if other.isEnabled()]
        other = usable[(usable.index(chip) + way) % len(usable)]
        other.setFocus(Qt.FocusReason.TabFocusReason)
        self.show_chip(other)

    def _keep_to(self, scope: str | None, query: str, *, wanted: bool) -> str:
        """The query kept to a part or, by None, to the chapter in view."""
        return query_text.with_scope(query, (scope or self._chapter) if wanted else "")

    @property
    def chips(self) -> list[Chip]:
        """The chips that are offered now, in their order."""
        where = [self.this_handbook, self.all_handbooks] if self._others else []
        how = [self.exact, self.without, self.either, self.fits, *self.limits.values()]
        every = [*how, *where, self.here, *self._parts.values(), self.marks, self.recent]
        return [chip for chip in every if not chip.isHidden()]

    # -- What they say -----------------------------------------------------------------------------------------

    def show_query(self, query: str) -> None:
        """Let each chip be on or off as the query's text has it."""
        self._query = query
        scope = query_text.scope_of(query).casefold()
        self.exact.setChecked(query_text.is_exact(query))
        self.without.setChecked(query_text.has_without(query))
        self.either.setChecked(query_text.has_or(query))
        self.here.setChecked(bool(scope) and scope == self._chapter.casefold())
        for part, chip in self._parts.items():
            chip.setChecked(scope == part.casefold())
        self.marks.setChecked(scope == query_text.MARKS)
        every = self._every and not scope  # what is kept to a chapter or a part is asked of this handbook
        self.all_handbooks.setChecked(every)
        self.this_handbook.setChecked(not every)
        self._show_limits()
        self._offer_recent()

    def offer_handbooks(self, *, there: bool, every: bool) -> None:
        """Are there other handbooks to search in, and are they searched?"""
        self._every = every
        if there != self._others:
            self._others = there
            for chip in (self.this_handbook, self.all_handbooks):
                chip.setVisible(there)
            self.updateGeometry()
            self.place()
        self.show_query(self._query)

    def _show_limits(self) -> None:
        """A chip for each limit of the query, on: it is taken away by a click."""
        asked = {} if self.fits.isHidden() else query_text.limits_of(self._query)
        if not asked and all(chip.isHidden() for chip in self.limits.values()):
            return
        for name, chip in self.limits.items():
            if name in asked:
                chip.name(limit_words.as_typed(name, asked[name]))
            chip.setChecked(name in asked)
            chip.setVisible(name in asked)
        self.updateGeometry()
        self.place()

    def _offer_limits(self) -> None:
        """Offer the limits in a menu below their chip."""
        menu = self.limits_menu()
        menu.exec(self.fits.mapToGlobal(QPoint(0, self.fits.height())))
        menu.deleteLater()

    def limits_menu(self) -> QMenu:
        """The limits to choose from; those of the query are ticked."""
        asked = query_text.limits_of(self._query)
        menu = QMenu(self)
        menu.setAccessibleName(tr("Plans that fit"))

        def offer(to: QMenu, name: str, value: str, text: str) -> None:
            action = to.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(asked.get(name, "") == value)
            action.triggered.connect(
                lambda on=False: self.changed.emit(query_text.with_limit(self._query, name, value if on else ""))
            )

        for name, title, values in (
            ("minutes", tr("Minutes"), limit_words.MINUTES),
            ("people", tr("People"), limit_words.PEOPLE),
            ("level", tr("Level"), limit_words.LEVELS),
        ):
            below = menu.addMenu(title)
            offer(below, name, "", tr("any"))
            for n in values:
                offer(below, name, str(n), limit_words.as_typed(name, str(n)))
        offer(menu, "paper", "no", limit_words.no_paper())
        offer(menu, "online", "yes", limit_words.online())
        return menu

    def show_chapter(self, chapter: str, title: str) -> None:
        """Take another chapter for "this chapter"; "" where the page is none."""
        self._chapter = chapter
        self.here.setEnabled(bool(chapter))
        self.here.setToolTip(tr("Only in “{title}”").format(title=title) if chapter else "")
        self.show_query(self._query)

    def show_counts(self, counts: Mapping[str, int] | None) -> None:
        """Show how many passages each part has, by its id; None: nothing was asked."""
        for part, chip in self._parts.items():
            chip.show_count(None if counts is None else counts.get(part))
        self.marks.show_count(None if counts is None else counts.get(query_text.MARKS))

    def offer_marks(self, *, there: bool) -> None:
        """Can the person's marks be searched?"""
        if there == self.marks.isHidden():
            self.marks.setVisible(there)
            self.updateGeometry()
            self.place()

    def offer_recent(self, *, there: bool) -> None:
        """Are there last searches to offer? They are offered while the field is empty."""
        self._there = there
        self._offer_recent()

    def _offer_recent(self) -> None:
        self._offers_recent = self._there and not self._query.strip()
        if self._offers_recent == self.recent.isHidden():
            self.recent.setVisible(self._offers_recent)
            self.updateGeometry()  # it may be a row more, or one less
            self.place()

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        for chip in self.findChildren(Chip):
            chip.theme = theme
            chip.update()

    # -- Where they stand --------------------------------------------------------------------------------------

    def in_order(self) -> Sequence[QWidget]:
        return self.chips

    def gap(self) -> int:
        return scale.px(GAP)

    def begins_group(self, widget: QWidget) -> bool:
        return widget is (self.this_handbook if self._others else self.here)  # from here on, where to search

    def heightForWidth(self, width: int) -> int:
        """Qt: in a low window one row, so that the hits have room."""
        return super().heightForWidth(_ONE_ROW if scale.is_low(self) else width)

    def places(self, width: int) -> list[tuple[QWidget, QRect]]:
        """Each chip with its place; in a low window some are beside the view."""
        if width == _ONE_ROW:  # only the height is asked for: what is moved stays so
            return super().places(width)
        if not scale.is_low(self):
            self._moved = 0
            return super().places(width)
        placed = super().places(_ONE_ROW)
        end = max((box.right() + 1 for _, box in placed), default=0)
        self._moved = max(0, min(self._moved, end - width))
        return [(chip, box.translated(-self._moved, 0)) for chip, box in placed]

    def show_chip(self, chip: QWidget) -> None:
        """Move the row of a low window so that a chip is in sight, with a part of what stands beside it."""
        beside = scale.px(PEEP)
        for one, box in self.places(self.width()):
            if one is chip:
                over = max(0, box.right() + beside - self.width()) + min(0, box.left() - beside)
                self._move(over)

    def _move(self, by: int) -> None:
        self._moved += by
        self.place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a click beside the chips, or on one that is not wholly in sight."""
        chip = self.childAt(event.position().toPoint())
        if chip is not None:
            self.show_chip(chip)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: the wheel moves the row."""
        turned = event.angleDelta()
        self._move(-(turned.y() or turned.x()))
        event.accept()

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(400, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(scale.px(200), self.heightForWidth(10_000))
