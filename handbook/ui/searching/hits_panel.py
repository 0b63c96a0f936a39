"""The panel of an answer: how many passages, what was corrected, the list, or what to try when there are none.

Belongs here: what stands around the list, and its words. Not here: rows and their painting (hit_list.py),
searching (controller.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import tr
from handbook.base.escape import escape
from handbook.base.network_languages import LANGUAGES
from handbook.ui.reading import limit_words
from handbook.ui.searching import query_text
from handbook.ui.searching.hit_list import HitList
from handbook.ui.widgets import scale
from handbook.ui.widgets.link_label import LinkLabel
from handbook.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from handbook.search.results import Answer, Hit

WORDS, HIT, ALL = "words:", "hit:", "all:"  # begin the links of the page that is shown when nothing was found
UNDERSTOOD = 3  # lines that what was understood may take
DEFINITION = 140  # letters of a definition on that page
LEAST_HEIGHT = 70  # pixels of the list; its own least grows with the scroll bar


class Line(QWidget):
    """A line of text that is cut where its room ends, and never asks for another room: nothing moves with it.

    most: lines that it may be broken into."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._text = self._short = ""
        self.most = 1
        self.colour = "#000000"

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str, short: str = "") -> None:
        """Show another text. short: in its place where it does not fit; the whole is its tool tip."""
        if (text, short) != (self._text, self._short):
            self._text, self._short = text, short
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 2)

    def lines(self) -> list[str]:
        """The text as it is shown, in lines of this width; the last one may be cut."""
        metrics, found = self.fontMetrics(), [""]
        fits = not self._short or metrics.horizontalAdvance(self._text) <= self.width()
        words = (self._text if fits else self._short).split()
        for at, word in enumerate(words):
            longer = f"{found[-1]} {word}".strip()
            if len(found) == self.most:
                found[-1] = " ".join((found[-1], *words[at:])).strip()
                break
            if found[-1] and metrics.horizontalAdvance(longer) > self.width():
                found.append(word)
            else:
                found[-1] = longer
        return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, self.width()) for line in found]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(self.colour))
        lines = self.lines()
        step = self.height() / len(lines)
        for number, line in enumerate(lines):
            box = QRectF(0, number * step, self.width(), step)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line)
        painter.end()


class HitsPanel(QWidget):
    """The list with two lines above it, whose place is kept: how many; what was corrected, or the keys."""

    opened = Signal(str)  # address of the hit chosen by Enter or a click
    escaped = Signal()  # Esc, the keyboard being here
    query_wanted = Signal(str)  # search for this in place of what was typed
    as_typed_wanted = Signal()  # search for what was typed, without corrections
    all_wanted = Signal()  # search in all handbooks

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self.offers_all = False  # are there other handbooks, in which was not searched?
        self._tells = False  # does the note say more than what the keys do?
        self.list = HitList(theme)
        self.list.chosen_by_hand.connect(self.open_current)
        self.list.escaped.connect(self.escaped)
        self.count = Line()
        self.note = Line()
        self.as_typed = QPushButton()
        self.as_typed.setObjectName("link")
        self.as_typed.setCursor(Qt.CursorShape.PointingHandCursor)
        self.as_typed.clicked.connect(self.as_typed_wanted)
        self.as_typed.hide()
        self.nothing = LinkLabel()
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setMargin(12)
        self.nothing.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.nothing.linkActivated.connect(self._follow)
        self.preparing = Line()
        self.preparing.hide()
        self._below = QStackedWidget()
        self._below.setMinimumHeight(LEAST_HEIGHT)
        self._below.addWidget(self.list)
        self._empty = QScrollArea()
        self._empty.setObjectName("nothing")
        self._empty.setWidget(self.nothing)
        self._empty.setWidgetResizable(True)
        self._empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._below.addWidget(self._empty)
        self._lay_out()
        self.restyle(theme)

    def _lay_out(self) -> None:
        second = self._second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self.note, 1)
        second.addWidget(self.as_typed, 0, Qt.AlignmentFlag.AlignRight)
        head = self._head = QVBoxLayout()
        head.setContentsMargins(14, 6, 10, 5)
        head.setSpacing(1)
        head.addWidget(self.count)
        head.addLayout(second)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._below, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 0, 10, 0)
        foot.addWidget(self.preparing)
        layout.addLayout(foot)
        self._fit_lines()

    def _fit_link(self) -> None:
        # The line has its height, whether it is there or not; a target has 24 pixels at least.
        height = max(self.note.sizeHint().height(), scale.px(24))
        self.as_typed.setFixedHeight(height)
        lines = len(self.note.lines())
        self.note.setFixedHeight(height if lines == 1 else lines * self.note.sizeHint().height())

    def _fit_lines(self) -> None:
        """Give what is said of the hits the lines that the window has room for."""
        low = scale.is_low(self)
        understood = self._answer is not None and bool(self._answer.understood)
        self._give_room(UNDERSTOOD if understood and not low else 1)
        self.count.setFixedHeight(self.as_typed.height() if low else self.count.sizeHint().height())
        self.count.setVisible(not low or not self._tells)
        self.note.setVisible(not low or self._tells)
        for layout in (self._second, self._head, self.layout()):
            if layout is not None:  # at once: a window grows with what its parts seem to need, and never shrinks again
                layout.invalidate()

    def _give_room(self, lines: int) -> None:
        """Let the note have some lines of the whole width, the link below them; or one line beside the link."""
        self.note.most = lines
        way = QBoxLayout.Direction.LeftToRight if lines == 1 else QBoxLayout.Direction.TopToBottom
        self._second.setDirection(way)
        self._second.activate()
        self._fit_link()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the note may need more lines, or fewer."""
        super().resizeEvent(event)
        self._fit_lines()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the letters may be larger now, or the window is another one."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ParentChange):
            self._fit_lines()

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.list.restyle(theme)
        self.count.colour, self.note.colour, self.preparing.colour = theme.text, theme.faint, theme.faint

    # -- An answer ---------------------------------------------------------------------------------------------

    def show_answer(self, answer: Answer, most: int) -> None:
        """Show what was found, the first row chosen; at most so many hits will be listed when all have come."""
        self.list.show_hits(answer.hits, answer.card, min(answer.total, most))
        shown = self.list.hits.rowCount()
        if shown:
            self._below.setCurrentIndex(0)
            if self.list.hits.hits and self.list.hits.hits[0].own:
                self.count.setText(tr("Marks found: {n}").format(n=answer.total))
            else:
                text = short = tr("Passages found: {n}").format(n=max(answer.total, shown))
                if answer.total > shown:
                    text = tr("Passages found: {n} · the best {m} are listed").format(n=answer.total, m=shown)
                self.count.setText(text, short)
        else:
            self.count.setText(tr("Nothing found"))
            self.nothing.setText(self._what_to_try(answer))
            self._below.setCurrentIndex(1)
        self._show_note(answer)

    def typing_paused(self) -> None:
        """Say of the last word too that no passage has it, if it is whole."""
        answer = self._answer
        if answer is not None and answer.at_rest != answer.missing:
            answer = answer._replace(missing=answer.at_rest)
            self._show_note(answer)
            if not answer.hits:
                self.nothing.setText(self._what_to_try(answer))

    def show_preparing(self, text: str) -> None:
        """Say below the list which handbooks cannot be asked yet; "" for none."""
        self.preparing.setText(text)
        self.preparing.setVisible(bool(text))

    def _show_note(self, answer: Answer) -> None:
        """Say what is to be known of an answer, beside how many hits it has."""
        self._answer = answer
        self._tells = self._tell(answer)
        self._fit_lines()

    def _tell(self, answer: Answer) -> bool:
        """Fill the second line: what was understood, corrected or not done as asked; else the keys, and False."""
        if answer.understood:
            self.note.setText(_understood(answer))
            self._offer(tr("Search as typed"))
            return True
        if answer.corrections:
            meant = ", ".join(correction.meant for correction in answer.corrections)
            self.note.setText(tr("Showing “{words}”").format(words=meant))
            if len(answer.corrections) == 1:
                self._offer(tr("Search for “{words}”").format(words=answer.corrections[0].typed))
            else:
                self._offer(tr("Search as typed"))
            return True
        self.as_typed.hide()
        if answer.loosened:
            self.note.setText(tr("Nowhere word for word. The words apart:"))
        elif answer.idle:
            self.note.setText(self._idle(answer.idle[0]))
        elif answer.missing and self.list.hits.hits:
            self.note.setText(self._missing(answer))
        else:
            self.note.setText(tr("Enter opens, Esc goes back") if self.list.hits.hits else "")
            return False
        return True

    def _missing(self, answer: Answer) -> str:
        """Which words of the query stand nowhere."""
        first, *others = (_short(word, 24) for word in answer.missing[:3])
        if others:
            return tr("No passage has these words: {words}").format(words=", ".join((first, *others)))
        return tr("No passage has “{word}”").format(word=first)

    def _idle(self, sign: str) -> str:
        """Why a sign was searched as words."""
        if sign.startswith("in:"):
            return tr("No part or chapter is called “{name}”").format(name=_short(sign[3:].strip('"“”„«»'), 24))
        return tr("Add what to look for beside “{sign}”").format(sign=_short(sign, 24))

    def _offer(self, text: str) -> None:
        self.as_typed.setAccessibleName(text)
        self.as_typed.setToolTip(text)
        room = max(80, self.width() * 6 // 10)
        self.as_typed.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))
        self.as_typed.show()

    def _what_to_try(self, answer: Answer) -> str:
        """The page that is shown in place of a list."""

        def link(href: str, words: str) -> str:
            style = f'style="color:{self._theme.accent}"'
            return f'<a {style} href="{escape(href)}">{escape(words)}</a>'

        query = answer.query
        nothing = tr("Nothing found for “{words}”.").format(words=_short(query, 60))
        out = [f"<p><b>{escape(self._missing(answer) if answer.missing else nothing)}</b></p>"]
        if answer.nearest:
            words = " · ".join(link(WORDS + quote(word), word) for word in answer.nearest)
            said = escape(tr("Words of the handbook that look like it:"))
            out.append(f"<p>{said}<br/>{words}</p>")
        if answer.terms:
            said = escape(tr("Nearest in the glossary:"))
            out.append(f"<p>{said}</p>")
            for term in answer.terms:
                said = escape(_short(term.definition, DEFINITION))
                out.append(f"<p>{link(HIT + term.address, term.title)}<br/>{said}</p>")
        said = escape(tr("What to try:"))
        out.append(f"<p>{said}</p><ul>")
        for label, other in (
            (tr("Search the whole handbook"), query_text.with_scope(query, "")),
            (tr("Search for the words in any order"), query_text.exact(query, wanted=False)),
            (tr("Leave nothing out"), query_text.without(query, wanted=False)),
            (tr("Take the limits of plans and exercises away"), query_text.without_limits(query)),
        ):
            if other.split() != query.split() and other:
                out.append(f"<li>{link(WORDS + quote(other), label)}</li>")
        limits = query_text.limits_of(query)
        for name, value in limits.items() if len(limits) > 1 else ():
            # Translators: {limit} is one that plans and exercises have to fit, such as: up to 30 minutes
            label = tr("Without “{limit}”").format(limit=limit_words.as_typed(name, value))
            out.append(f"<li>{link(WORDS + quote(query_text.with_limit(query, name, '')), label)}</li>")
        if self.offers_all:
            label = tr("Search all handbooks")
            out.append(f"<li>{link(ALL, label)}</li>")
        tips = (
            tr("Fewer words"),
            tr("Another word for the same thing"),
            tr("Only the first letters of a word"),
        )
        if not limits or query_text.without_limits(query):  # else there is no word that could be another
            out += (f"<li>{escape(tip)}</li>" for tip in tips)
        return "".join((*out, "</ul>"))

    @property
    def spoken(self) -> str:
        """What a screen reader is told of the answer."""
        return ". ".join(line.text() for line in (self.count, self.note, self.preparing) if line.text())

    @property
    def spoken_hit(self) -> str:
        """What a screen reader is told of the chosen hit: its title, path and passage, and which of how many it is."""
        index = self.list.currentIndex()
        said = index.data(Qt.ItemDataRole.AccessibleTextRole) or ""
        return tr("{hit} {k} of {n}").format(hit=said, k=index.row() + 1, n=self.list.hits.rowCount())

    def say(self, text: str) -> None:
        """A page in place of the list: searching failed."""
        self._answer, self._tells = None, False
        self.list.show_hits((), None, 0)
        self.count.setText(text)
        self.note.setText("")
        self.as_typed.hide()
        self._fit_lines()
        self.nothing.setText(escape(text))
        self._below.setCurrentIndex(1)

    def _follow(self, href: str) -> None:
        if href.startswith(HIT):
            self.opened.emit(href.removeprefix(HIT))
        elif href == ALL:
            self.all_wanted.emit()
        else:
            self.query_wanted.emit(unquote(href.removeprefix(WORDS)))

    # -- The hits ----------------------------------------------------------------------------------------------

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is listed, from the top down."""
        return self.list.hits.hits

    def step(self, rows: int) -> None:
        """Choose another hit, staying in the list."""
        if self.hits:
            self.list.choose(min(max(self.list.currentIndex().row() + rows, 0), len(self.hits) - 1))

    def choose(self, address: str) -> None:
        """Choose the hit of an address, if it is listed."""
        row = self.list.hits.row_of(address)
        if row >= 0:
            self.list.choose(row)

    def current(self) -> Hit | None:
        """The chosen hit."""
        return self.list.current()

    def open_current(self) -> None:
        """Open the chosen hit."""
        hit = self.current()
        if hit is not None:
            self.opened.emit(hit.address)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)


def _understood(answer: Answer) -> str:
    """What was understood of a question in another language, and what to know of a word that misleads."""
    said = []
    for one in answer.understood:
        language = LANGUAGES.get(one.language)
        if language is None:  # English, in another keyboard layout
            said.append(tr("{typed}: {english}").format(typed=one.typed, english=one.english))
        else:
            text = tr("{own} ({language}): {english}")
            said.append(text.format(own=one.own, language=tr(language.name), english=one.english))
    traps = dict.fromkeys(one.trap for one in answer.understood if one.trap)
    return " · ".join((*said, *traps))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
