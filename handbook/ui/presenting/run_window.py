"""Running a workshop (Ctrl+F5): the trainer's own window, with what is going on now, the clock, and what comes next.

Belongs here: what the trainer does, her keys, what the clock says. Not here: widgets and their layout (run_face.py),
the text of a step (step_text.py), what the group sees (to_group.py, room.py), the clock
(handbook/presenting/run_clock.py)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from handbook.base import atomic_file
from handbook.base.atomic_file import NotSaved, file_name
from handbook.base.catalogue import ngettext, tr
from handbook.base.system_errors import reason_of
from handbook.content.handbook import Handbook
from handbook.presenting.carrying import carried, is_alike
from handbook.presenting.countdown import countdown, minutes_seconds, nearest_minute, time_of_day, to_the_minute
from handbook.presenting.day_map import day_map
from handbook.presenting.lead import Lead, State
from handbook.presenting.moments import Moment, moments_of, questions_of
from handbook.presenting.run_clock import Run, as_text, shortened
from handbook.presenting.run_file import Kept
from handbook.presenting.slides import Slide
from handbook.ui.presenting.room import Room
from handbook.ui.presenting.run_face import Command, RunFace
from handbook.ui.presenting.show import BLANKS
from handbook.ui.presenting.step_text import step_html
from handbook.ui.presenting.to_group import ToGroup
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.announce import announce, as_one
from handbook.ui.widgets.dialogs import answer_to, last_folder, path_to_save
from handbook.ui.widgets.theme import Theme, page_style
from handbook.ui.widgets.worker import LatestOnlyWorker, Stopped
from handbook.workshop import file
from handbook.workshop.model import Workshop

TICK = 200  # ms after which the clock is looked at again, and sooner where a second ends sooner
WARN = 60  # seconds before the end of a moment from which its time is shown in another way
_OVER_PAGE = ("N", "P", "Space", "Q", "M", "G", "C")  # keys of this window that also count over the group's page
_KEEP_AGAIN = 60  # seconds after which it is noted again that the run still goes on
_PATIENCE = 0.5  # seconds that closing waits for what a slow disk still writes, before it writes itself
_SET_BACK = 1.0  # seconds: less is how a clock is kept right
_PAGE_KEYS = (*BLANKS, Qt.Key.Key_W, Qt.Key.Key_S)  # of the group's page that count in this window too
_CHANGING = ("P", "N", "Space", "K", "+", "-", "H")  # keys that change the run
_NEWS = 1.0  # seconds after which it is looked again what another window does with the run


class RunWindow(QWidget):
    """Leads a trainer through a workshop; the clock is `now`, in seconds since 1970.

    run: of the moments of this very workshop; None begins one with the first.
    lead: whether this window leads that run; if another does, it is followed, and nothing of it is changed."""

    ended = Signal()
    link_chosen = Signal(str)  # an address in the step's text, to be read in the handbook's window

    def __init__(
        self,
        handbook: Handbook,
        workshop: Workshop,
        room: Room,
        theme: Theme,
        lead: Lead,
        now: Callable[[], float] = time.time,
        run: Run | None = None,
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._handbook, self._workshop, self._room, self._theme = handbook, workshop, room, theme
        self._lead, self._now = lead, now
        self._keeping: LatestOnlyWorker[Callable[[], bool], bool] = LatestOnlyWorker(
            "run", lambda keep, _: keep(), self._was_kept, self._was_not_kept
        )
        self._path: Path | None = None  # of the workshop's file
        self._written = file.dumps(workshop)
        self.moments = moments_of(handbook, workshop)
        self._run = run or Run.begin(self.moments, now())
        self._clock_shows = 0  # which of the three times is large
        self._group = ToGroup(room, self)
        self._rang = self._run.left(now()) <= 0
        self._not_kept = ""  # why it was not kept, as it was told
        self._looked = self._kept_at = now()  # when the clock was last read, and the run last written
        self._news_at = time.monotonic()  # when it was last looked what another window does
        self._others: State = "led"  # the run in that other window
        # Translators: a workshop that has no title, and its list in the window
        self.setWindowTitle(tr("Run: {title}").format(title=workshop.title or tr("Workshop")))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.face = RunFace(self._commands(), self.lead)
        self._put_in_face()
        geometry.resize(self, scale.px(1000), scale.px(640))
        self._make_keys()
        room.first_keys = self._key_over_page
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._show_who_leads()
        self._show_moment()
        if self.looks_on:
            self._lead.news()
            self.tell(self._looking_on())
        else:
            self._begin_to_lead()

    @property
    def run(self) -> Run:
        """Where the run is."""
        return self._run

    # -- Putting together --------------------------------------------------------------------------------------

    def restyle(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        self._theme = theme
        if self.face.factor == scale.factor():
            self._show_text()
            self._tick()
        else:
            self._lay_out_anew()

    def _put_in_face(self) -> None:
        self.face.text.anchorClicked.connect(lambda url: self._follow_link(url.toString()))
        self.face.text.installEventFilter(self)
        self._column.addWidget(self.face)

    def _lay_out_anew(self) -> None:
        """Arrange all of it for letters of another size: what stood beside each other may have no room now."""
        before = self.face
        self.face = RunFace(self._commands(), self.lead)
        self._put_in_face()
        self.face.told.setText(before.told.text())
        self.face.ring.setChecked(before.ring.isChecked())
        for old, new in zip(before.in_reach(), self.face.in_reach(), strict=True):
            if old is self.focusWidget():
                new.setFocus()
        self._column.removeWidget(before)
        before.hide()
        before.deleteLater()
        self._show_who_leads()
        self._fill()
        self._tick()

    def _commands(self) -> tuple[Command, ...]:
        return (
            Command(tr("Step &before"), "P", lambda: self.to(self._run.place - 1)),
            Command(tr("&Next step"), "N", lambda: self.to(self._run.place + 1)),
            Command(tr("&Stop or start the countdown"), "Space", self.toggle),
            Command(tr("S&kip the next step"), "K", self.skip),
            Command(tr("One minute m&ore"), "+", lambda: self.more(1)),
            Command(tr("One minute &fewer"), "-", lambda: self.more(-1)),
            Command(tr("S&horten what is left…"), "H", self.shorten),
            Command(tr("Other &time in large"), "T", self.change_clock),
            Command(tr("&Questions to the group"), "Q", self.show_questions),
            Command(tr("&Map of the day to the group"), "M", self.show_map),
            Command(tr("T&ask to the group"), "G", self.show_text),
            Command(tr("&Countdown to the group"), "C", self.show_countdown),
            Command(tr("Save &what was run…"), "Ctrl+S", self.save),
            Command(tr("En&d"), "Esc", self.end),
        )

    def _make_keys(self) -> None:
        others: dict[str, Callable[[], object]] = {
            "Ctrl+S": self.save,
            "=": lambda: self.more(1),
        }
        for key, handler in others.items():
            QShortcut(QKeySequence(key), self, handler)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A remote's keys turn pages for the group even while the text has the keyboard; arrows scroll that."""
        if watched is not self.face.text or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        self.keyPressEvent(event)
        return event.isAccepted()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
            return
        if event.key() in _PAGE_KEYS and not event.modifiers() and self._room.show is not None:
            self._room.show.press(event)
            return
        key = "Space" if event.key() == Qt.Key.Key_Space else event.text().upper()
        if event.key() == Qt.Key.Key_Escape:
            if self._room.show is not None:  # what the group sees goes first: a run is not ended by mistake
                self._group.end()
                self.tell(tr("The group sees nothing now. Esc again ends the run."))
                return
            key = "Esc"
        if key in self.face.buttons and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._press(key)
        else:
            super().keyPressEvent(event)

    def _key_over_page(self, event: QKeyEvent) -> bool:
        """On a single screen the group's page covers this window: the keys that go on do the same there as here.

        The page's last line tells the trainer what she cannot see of this window."""
        key = "Space" if event.key() == Qt.Key.Key_Space else event.text().upper()
        if key not in _OVER_PAGE:
            return False
        before = self._run
        self._press(key)
        show = self._room.show
        if show is not None and self._run is not before:
            show.window.hint(self.face.told.text() if key == "Space" else self.moment.title)
        return True

    def _press(self, key: str) -> None:
        """Press the button of a key; a window that looks on says so instead."""
        if self.face.buttons[key].isEnabled() or not self.looks_on:
            self.face.buttons[key].click()
        else:
            self.tell(self._looking_on())

    # -- What a trainer does -----------------------------------------------------------------------------------

    @property
    def moment(self) -> Moment:
        """What is going on now."""
        return self.moments[self._run.place]

    def _take(self, run: Run) -> bool:
        """Go on with another state of the run; False where another window leads it by now."""
        if not self._lead.leads():
            self._look_at_others()
            self.tell(self._looking_on())
            return False
        self._run = run
        self._keep()
        self._tick()
        return True

    def to(self, place: int) -> None:
        """Go to another moment."""
        if 0 <= place < len(self.moments):
            if self._take(self._run.to(place, self._now())):
                self.face.told.clear()  # it was of the step before
                self._show_moment()
        else:
            self.tell(tr("This is the last step.") if place > 0 else tr("This is the first step."))

    def _turn(self, by: int) -> None:
        """A presenter's remote turns what the group sees; where that is nothing, it goes to another step."""
        if self._room.show is not None:
            self._room.show.step(by)
        else:
            self.to(self._run.place + by)

    def toggle(self) -> None:
        """Stop the countdown, or start it again."""
        if self._take(self._run.toggle(self._now())):
            self.tell(tr("The countdown stands.") if self._run.since is None else tr("The countdown runs."))

    def more(self, minutes: int) -> None:
        """Give this moment more minutes, or fewer."""
        if not self._take(self._run.more(minutes)):
            return
        n = self._run.minutes[self._run.place]
        self.tell(ngettext("{n} minute for this step.", "{n} minutes for this step.", n).format(n=n))

    def skip(self) -> None:
        """Leave out the next step."""
        before = self._run.place
        if not self._take(self._run.skip(self._now())):
            return
        if self._run.place == before:
            self.tell(tr("There is no step to skip to."))
        else:
            self.tell(tr("Left out: {title}").format(title=self.moments[before + 1].title))
            self._show_moment()

    def shorten(self) -> None:
        """Propose fewer minutes for what is left of the day, and take them when the trainer agrees."""
        now = self._now()
        minutes = shortened(self._run, self.moments, now)
        changed = [at for at, new in enumerate(minutes) if new != self._run.minutes[at]]
        if not changed:
            self.tell(tr("Nothing has to be shorter: the day ends as planned, or only breaks are left."))
            return
        lines = (
            tr("{title}: {new} instead of {old} minutes").format(
                title=self.moments[at].title, new=minutes[at], old=self._run.minutes[at]
            )
            for at in changed
        )
        box = QMessageBox(self)
        box.setWindowTitle(tr("Shorten what is left"))
        box.setText("\n".join([tr("To end as planned:"), "", *lines]))
        take = box.addButton(tr("Take these minutes"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Leave as it is"), QMessageBox.ButtonRole.RejectRole)
        answer_to(box)
        if box.clickedButton() is take and self._take(self._run.planned(minutes)):
            self.tell(tr("What is left is shorter now."))
        box.deleteLater()

    def change_clock(self) -> None:
        """Show another time in large: left, elapsed, the clock."""
        self._clock_shows = (self._clock_shows + 1) % 3
        self._tick()
        announce(self, self._spoken_times())

    def _spoken_times(self) -> str:
        """The time in large, and how far the run is behind or ahead."""
        return as_one([self.face.digits.accessibleDescription(), self.face.behind.text()])

    def save(self) -> None:
        """Save what was run and when, where the trainer wants it; it is kept nowhere else."""
        offered = last_folder("") / file_name(self._workshop.title.strip() or tr("Workshop"), ".txt")
        path = path_to_save(self, tr("Save what was run"), offered, tr("Text (*.txt)"))
        if path is None:
            return
        text = as_text(self._run, self.moments, self._workshop.title, self._now())
        try:
            atomic_file.save(text.encode(), path)
        except NotSaved as exc:
            QMessageBox.warning(self, tr("Not saved"), str(exc))
        else:
            self.tell(tr("Saved: {name}").format(name=path.name))

    # -- What the group sees -------------------------------------------------------------------------------------

    def show_questions(self) -> None:
        """Show the debriefing questions, one by one."""
        found = questions_of(self._handbook, self.moment)
        if found:
            self._group.show(found)
        else:
            self.tell(tr("This step has no questions of its own."))

    def show_map(self) -> None:
        """Show the programme of the day with the times as they now are, and where we are."""
        self._group.show_following(self._map)

    def show_text(self) -> None:
        """Show the step's own text, as the handbook has it."""
        if self.moment.address and self._handbook.find(self.moment.address) is not None:
            self._group.show_address(self.moment.address)
        else:
            self.tell(tr("This step has no text to show."))

    def show_countdown(self) -> None:
        """Show how much time is left, and of a break until when it is."""
        self._group.show_following(self._countdown)

    def _map(self) -> Slide:
        return day_map(self._handbook, self._workshop, self._run, self._now())

    def _countdown(self) -> Slide:
        now = self._now()
        return countdown(self.moment.title, self._run.left(now), now)

    # -- The clock -----------------------------------------------------------------------------------------------

    def _follow_clock(self, now: float) -> None:
        """If the computer's clock was set back, the countdown would stand for as long; the run goes with the clock."""
        back, self._looked = now - self._looked, now
        if back < -_SET_BACK and not self.looks_on:
            self._run = self._run.set_back(back)
            self._keep()
            self.tell(tr("This computer's clock was set back. The countdown goes on where it was."))

    def _tick(self) -> None:
        if time.monotonic() - self._news_at > _NEWS:
            self._look_at_others()
        now = self._now()
        self._follow_clock(now)
        if not self.looks_on and now - self._kept_at >= _KEEP_AGAIN:
            self._keep()
        left, elapsed = self._run.left(now), self._run.elapsed(now)
        self._timer.start(min(TICK, int(left % 1 * 1000) + 1))  # when the next second begins
        times = (
            # Translators: below the large time that is left of a step; {time} in the second form
            (tr("left"), tr("{time} left"), minutes_seconds(left)),
            # Translators: below the large time that a step has taken so far; {time} in the second form
            (tr("elapsed"), tr("{time} elapsed"), minutes_seconds(float(int(elapsed)))),
            # Translators: below the large time of day; {time} in the second form
            (tr("o'clock"), tr("{time} o'clock"), time_of_day(now)),
        )
        what, whole_words, large = times[self._clock_shows]
        self.face.digits.setText(large)
        self.face.digits.setAccessibleDescription(whole_words.format(time=large))
        stands = self._run.since is None
        others = [words.format(time=value) for name, words, value in times if name != what]
        self.face.times.setText(" · ".join([what, *others, *([tr("the countdown stands")] if stands else [])]))
        whole = self._run.minutes[self._run.place] * 60
        self.face.bar.setRange(0, max(1, whole))
        self.face.bar.setValue(min(max(0, int(elapsed)), max(1, whole)))
        self.face.digits.setStyleSheet(f"background: {self._theme.warning};" if left <= WARN and whole else "")
        self.face.behind.setText(self._how_far(now))
        if left <= 0 < whole and not self._rang:
            self._rang = True
            self._end_of_step()
        if left > 0:
            self._rang = False
        self._group.go_on()

    def _how_far(self, now: float) -> str:
        ends = self._run.ends(self.moments, now)
        # Between the times as they are written: 17:05 is five minutes behind 17:00.
        behind = nearest_minute(ends) - nearest_minute(ends - self._run.behind(self.moments, now))
        if not behind:
            said = tr("as planned; we would end at {time}")
        elif behind > 0:
            # Translators: "min" is short for minutes: so many later than planned
            said = tr("{n} min behind; we would end at {time}")
        else:
            # Translators: "min" is short for minutes: so many earlier than planned
            said = tr("{n} min ahead; we would end at {time}")
        return said.format(n=abs(behind), time=to_the_minute(ends))

    def _end_of_step(self) -> None:
        if self.face.ring.isChecked() and not self.looks_on:  # one sound in a room
            QApplication.beep()
        announce(self, tr("The time of this step is over."))

    def _show_moment(self) -> None:
        self._fill()
        self._rang = self._run.left(self._now()) <= 0
        self._tick()
        announce(self, as_one([self.moment.title, self._spoken_times(), self.face.next.text()]))

    def _fill(self) -> None:
        """Show what is going on and what comes next."""
        moment = self.moment
        self.face.item.setText(moment.item if moment.step else tr("Day {n}").format(n=moment.day))
        self.face.title.setText(moment.title)
        self.face.note.setText(moment.note)
        self.face.note.setVisible(bool(moment.note.strip()))
        self.face.needed.setText(tr("Needed: {things}").format(things=", ".join(moment.needed)))
        self.face.needed.setVisible(bool(moment.needed))
        self._show_text()
        following = self.moments[self._run.place + 1 : self._run.place + 2]
        title = "".join(one.title if one.item == moment.item else one.whole_title for one in following)
        self.face.next.setText(
            tr("Next: {title} ({n} min)").format(title=title, n=self._run.minutes[self._run.place + 1])
            if following
            else tr("Next: the end")
        )

    def _show_text(self) -> None:
        self.face.text.document().setDefaultStyleSheet(page_style(self._theme, round(13 * scale.factor())))
        self.face.text.setHtml(step_html(self._handbook, self.moment))

    def _follow_link(self, href: str) -> None:
        """A link to a footnote goes there; any other is opened in the handbook's window."""
        if href.startswith("#"):
            self.face.text.scrollToAnchor(href[1:])
        else:
            self.link_chosen.emit(href)

    def tell(self, words: str) -> None:
        """Say something below the text."""
        self.face.told.setText(words)
        announce(self, words)

    def _keep(self) -> None:
        """Write where the run is, in a thread: a stick may take seconds for it."""
        self._keeping.start(self._lead.keeping(self._kept()))

    def _was_kept(self, _: object, leads: bool) -> None:
        if self.face.told.text() == self._not_kept:
            self.face.told.clear()
        if not leads:
            self._look_at_others()

    def _was_not_kept(self, _: object, exc: Exception) -> None:
        if not isinstance(exc, (NotSaved, OSError, Stopped)):
            raise exc
        self._tell_not_kept(exc)

    def _keep_last(self) -> None:
        """Write where the run is before the window goes."""
        try:
            self._lead.keep(self._kept())
        except (NotSaved, OSError) as exc:
            self._tell_not_kept(exc)

    def _begin_to_lead(self) -> None:
        try:
            self._lead.take(self._kept())
        except (NotSaved, OSError) as exc:
            self._tell_not_kept(exc)

    def _kept(self) -> Kept:
        self._kept_at = self._now()
        return Kept(self._run, self.moments, self._workshop.title, self._kept_at, self._path, self._written)

    def _tell_not_kept(self, exc: Exception) -> None:
        self._not_kept = tr("Where you are can't be kept against a crash: {reason}").format(reason=reason_of(exc))
        self.tell(self._not_kept)

    # -- Several windows -----------------------------------------------------------------------------------------

    @property
    def looks_on(self) -> bool:
        """Does another window lead?"""
        return self._lead.looks_on

    def lead(self) -> None:
        """Take the run over from the window that leads it, where it is."""
        self._look_at_others()
        if self.looks_on:
            self.tell(tr("The run goes on where it was."))
            self._begin_to_lead()
            self._show_who_leads()

    def _look_at_others(self) -> None:
        """Find out whether another window leads, and follow it. Done every second, and when this one may not write."""
        self._news_at = time.monotonic()
        found = self._lead.news()
        if self.looks_on and not self.face.take_over.isVisibleTo(self):
            self._show_who_leads()
            self.tell(self._looking_on())
        if found is not None and is_alike(found.run, found.moments, self.moments):
            before = self.moment
            self._run = carried(found.run, found.moments, self.moments, self._now())
            if self.moment is not before:
                self._show_moment()
        if self.looks_on and (others := self._lead.state()) != self._others:
            self._others = others
            self.tell(self._looking_on())

    def _looking_on(self) -> str:
        """The sentence for a window that looks on."""
        if self._others == "led":
            return tr("This run goes on in another window, and you look on. V takes it over.")
        if self._others == "left":
            return tr("The other window does not lead this run any more. V goes on with it here.")
        return tr("The run was ended in the other window. V goes on with it here all the same.")

    def _show_who_leads(self) -> None:
        self._others = "led"
        self.face.take_over.setVisible(self.looks_on)
        for key in _CHANGING:
            self.face.buttons[key].setEnabled(not self.looks_on)

    def follow(self, workshop: Workshop, path: Path | None) -> None:
        """Go on with the workshop as it was changed meanwhile, or saved in a file."""
        moments = moments_of(self._handbook, workshop)
        if moments == self.moments:
            self._take_workshop(workshop, path)
            self._keep()
            return
        if not moments:
            self.tell(tr("The workshop has no minutes any more: the run goes on as it was."))
            return
        before = self.moment
        self._run = carried(self._run, self.moments, moments, self._now())
        self._take_workshop(workshop, path)
        self.moments = moments
        self._keep()
        self._show_moment()
        if (self.moment.address, self.moment.title) == (before.address, before.title):
            self.tell(tr("The workshop was changed: the run goes on with it."))
        else:
            self.tell(tr("“{title}” is not in the workshop any more.").format(title=before.title))

    def _take_workshop(self, workshop: Workshop, path: Path | None) -> None:
        self._workshop, self._path, self._written = workshop, path, file.dumps(workshop)

    def end(self) -> None:
        """Ask whether the run is over. After the window is only closed, the run can go on where it was."""
        if self.looks_on:
            self.close()
            return
        box = QMessageBox(self)
        box.setWindowTitle(tr("End the run?"))
        box.setText(
            tr(
                "An ended run is forgotten, with the times at which its steps were run, unless you have saved them. "
                "One that is only closed can go on where it is."
            )
        )
        end = box.addButton(tr("&End it"), QMessageBox.ButtonRole.DestructiveRole)
        leave = box.addButton(tr("&Close, to go on later"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(tr("&Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        answer_to(box)
        clicked = box.clickedButton()
        box.deleteLater()
        if clicked in (end, leave):
            self._ends = clicked is end
            self.close()

    _ends = False

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self._room.first_keys = None
        self._group.close()
        self._keeping.close(wait=_PATIENCE)
        if not self._ends:
            self._keep_last()
        self._lead.end(forget=self._ends)
        with contextlib.suppress(RuntimeError):  # the trainer's window may be gone
            self.ended.emit()
        super().closeEvent(event)
