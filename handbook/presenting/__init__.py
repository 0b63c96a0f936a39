"""Showing the handbook to a room, and running a workshop by the clock.

    slides.py    a chapter as slides, and how a slide is divided when it does not fit
    fitting.py   how large a slide is shown, and its pages
    moments.py   a workshop as the moments that a trainer goes through
    day_map.py   the programme with the times as they now are
    countdown.py the time that is left, for the group
    run_clock.py the clock of a workshop that is being run
    run_file.py  a run that goes on after a crash
    lead.py      which of several windows leads a run
    carrying.py  a run whose programme changes

Not here: windows, screens and keys (ui/presenting/)."""

RUN_FILE = "run.json"  # in the person's data folder; run_file.py reads and writes it
