"""Where the reader is on its page: the section being read, the one that commands act on, and going to others.

Belongs here: which section counts, and to which value a page is scrolled for it. Not here: where sections lie
(sections.py), how far can be scrolled (room_below.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor

from handbook.ui.reading import selected
from handbook.ui.reading.sections import Sections
from handbook.ui.reading.shown import Target

if TYPE_CHECKING:
    from handbook.ui.reading.reader import Reader

LOOKAHEAD = 60  # pixels below the top edge at which a heading counts as being read, with text of USUAL_POINTS
USUAL_POINTS = 13

WentTo = tuple[int, str]  # scroll value and anchor of a jump
Words = tuple[int, int]  # a position in the document, and the pixels from it to the upper edge; (-1, 0) for the top


class PagePlaces:
    """The places of one reader. Call take() when its text changes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._anchors: Sequence[str] = ()
        self.sections = Sections(reader.document(), ())
        self.place = ""  # the anchor of the section being read
        self.went_to: WentTo | None = None  # the last jump, until the page is scrolled
        self._held: tuple[int, Words] = (-1, (0, 0))  # scroll value and words that a zoom came back to
        self._clicked: str | None = None  # the section that was clicked last
        self._target = Target("", "")

    def take(self, anchors: Sequence[str]) -> None:
        """Take the sections of a text that was put in."""
        self._anchors = anchors
        self.sections = Sections(self._reader.document(), anchors)

    def begin(self) -> None:
        """Be at the top of another page."""
        self.place, self.went_to, self._held, self._clicked = "", None, (-1, (0, 0)), None
        self._reader.verticalScrollBar().setValue(0)
        self.note_target()

    # -- Going somewhere -------------------------------------------------------------------------------------

    def go_to(self, anchor: str) -> None:
        """Scroll an anchor to the top; "" is the page's top; an unknown anchor changes nothing."""
        position = self._scroll_to(anchor)
        if position is not None:
            self._reader.went.emit(position)

    def _scroll_to(self, anchor: str) -> int | None:
        bar = self._reader.verticalScrollBar()
        position: int | None = 0
        if not anchor:
            bar.setValue(0)
        else:
            position = self.position_of(anchor)
            if position is None:
                return None
            self._reader.lay_out()
            bar.setValue(round(self._reader.top_of(position)) - self._reader.points)
        self.went_to, self._clicked = (bar.value(), anchor), None
        self._set_place()
        return position

    def go_to_position(self, position: int) -> None:
        """Put the caret at a position in the document and bring it into view, its section being the one read."""
        self._reader.select(position, position)
        self._reader.lay_out()
        bar, height = self._reader.verticalScrollBar(), self._reader.view_height
        box = self._reader.cursorRect()
        value = bar.value()
        if box.top() < 0 or box.bottom() > height * 3 // 4:
            value = min(max(0, value + box.top() - height // 8), bar.maximum())
        self._stand_on(position, value)

    def go_to_match(self, position: int) -> None:
        """Bring a match into view; its section is the one being read, also where its heading is not at the edge."""
        cursor = QTextCursor(self._reader.document())
        cursor.setPosition(self._reader.picture_words.seen(position))
        box, bar, height = self._reader.cursorRect(cursor), self._reader.verticalScrollBar(), self._reader.view_height
        value = bar.value()
        if box.top() < height // 8 or box.bottom() > height * 3 // 4:
            value = min(max(value + box.top() - height // 3, bar.minimum()), bar.maximum())
        self._stand_on(position, value)

    def _stand_on(self, position: int, value: int) -> None:
        """Scroll to a value, the section of a position being the one read."""
        self.went_to, self._clicked = (value, self.sections.at_position(position)), None
        self._reader.verticalScrollBar().setValue(value)
        self._set_place()
        self._reader.went.emit(position)

    def offset(self) -> int:
        """Pixels scrolled below the place's top."""
        return max(0, self._reader.verticalScrollBar().value() - round(self.sections.top_of(self.place)))

    def scroll_below(self, anchor: str, offset: int) -> None:
        """Return to a place: an anchor and the pixels below its top."""
        self.go_to(anchor)
        if offset > 0:
            self._reader.verticalScrollBar().setValue(round(self.sections.top_of(anchor)) + offset)

    # -- Where anchors are -----------------------------------------------------------------------------------

    def position_of(self, anchor: str) -> int | None:
        """The position in the document of an anchor's first letter."""
        block = self._reader.document().begin()
        while block.isValid():
            iterator = block.begin()
            while not iterator.atEnd():
                fragment = iterator.fragment()
                if anchor in fragment.charFormat().anchorNames():
                    return fragment.position()
                iterator += 1
            block = block.next()
        return None

    def position_of_section(self, anchor: str) -> int | None:
        """The position of the first letter of a section, quickly; of any other anchor, by looking for it."""
        position = self.sections.position_of(anchor)
        return self.position_of(anchor) if position is None else position

    def section_span(self, anchor: str) -> tuple[int, int]:
        """The positions in the document at which a section begins, and at which the next one does."""
        return (self.position_of(anchor) or 0) if anchor else 0, self._end_of_section(anchor)

    def _end_of_section(self, anchor: str) -> int:
        """The position in the document at which the section after an anchor's begins, or the document's end."""
        following = self._anchors.index(anchor) + 1 if anchor in self._anchors else 0
        if (anchor and not following) or following >= len(self._anchors):
            return self._reader.document().characterCount()
        limit = self.position_of(self._anchors[following])
        return self._reader.document().characterCount() if limit is None else limit

    # -- Which section counts --------------------------------------------------------------------------------

    def scrolled(self, value: int) -> None:
        """The page was scrolled, by whoever."""
        if self.went_to is not None and self.went_to[0] != value:
            self.went_to = None  # the person scrolled on: where they are counts, not where they were sent
        self._set_place()

    def _set_place(self) -> None:
        value = self._reader.verticalScrollBar().value()
        if self.went_to is not None and self.went_to[0] == value:
            # The anchor that was opened counts until the page is scrolled, even if it is not at the upper edge.
            place = self.went_to[1]
        else:
            place = self.sections.at_height(value + LOOKAHEAD * max(1.0, self._reader.points / USUAL_POINTS))
        if place not in ("", *self._anchors):  # not a section's own, such as a paragraph's
            place = self.sections.at_position(self.position_of(place) or 0)
        if place != self.place:
            self.place = place
            self._reader.place_changed.emit(place)
        self.note_target()

    @property
    def target(self) -> Target:
        """The sections that commands act on.

        Those of the selected words; or the one clicked last, while it is in sight; or the one that was opened, until
        the page is scrolled; or the one that fills most of the view."""
        ends = selected.ends_of(self._reader)
        if ends is not None:
            return Target(*map(self.sections.at_position, ends))
        top = self._reader.verticalScrollBar().value()
        bottom = top + self._reader.view_height
        if self._clicked is not None and self.sections.is_in(self._clicked, top, bottom):
            return Target(self._clicked, self._clicked)
        if self.went_to is not None and self.went_to[0] == top:
            return Target(self.place, self.place)
        filling = self.sections.filling(top, bottom)
        return Target(filling, filling)

    def note_target(self) -> None:
        """Tell if commands act on another section now."""
        target = self.target
        if target != self._target:
            self._target = target
            self._reader.target_changed.emit()

    def click(self, position: int) -> None:
        """The section of a position was clicked; note_target() tells of it."""
        self._clicked = self.sections.at_position(position)

    # -- Staying at the same words ---------------------------------------------------------------------------

    def words_at_top(self) -> Words:
        """The first letter in view, for return_to()."""
        bar = self._reader.verticalScrollBar()
        if bar.value() == 0:
            return -1, 0
        if self._held[0] == bar.value():
            return self._held[1]  # not scrolled since: the same words, or each zoom would lose a line
        cursor = self._reader.cursorForPosition(QPoint(self._reader.view_width // 2, 1))
        cursor.movePosition(QTextCursor.MoveOperation.StartOfLine)
        return cursor.position(), self._reader.cursorRect(cursor).top()

    def return_to(self, words: Words, went_to: WentTo | None) -> None:
        """Scroll to where words_at_top() was, after the page has been laid out anew. went_to: as it was then.

        Qt has scrolled meanwhile: the page was empty, or its lines are others."""
        self.went_to = went_to
        bar = self._reader.verticalScrollBar()
        if words[0] < 0:
            bar.setValue(0)
        elif went_to is not None and went_to[1]:
            self._scroll_to(went_to[1])
            return
        else:
            document = self._reader.document()
            cursor = QTextCursor(document)
            cursor.setPosition(min(words[0], max(0, document.characterCount() - 1)))
            self._reader.lay_out()
            bar.setValue(bar.value() + self._reader.cursorRect(cursor).top() - words[1])
            self._held = (bar.value(), words)
        self._set_place()
