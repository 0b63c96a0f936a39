"""Showing the handbook to a room, and running a workshop: the window that the group sees, and the trainer's.

    run_window.py    the trainer's window of a workshop that is run
    run_face.py      its widgets, and how they fit a screen
    step_text.py     the text of a step in it
    to_group.py      what she has the group see of it
    room.py          what the group sees, whoever has it shown
    show.py          what is shown, and what each key does
    public_window.py the window itself: it paints a page, and nothing else
    page.py          how a page looks, and how high blocks are
    screens.py       which screen it is on
    search_line.py   one large line to search in, over the page
    awake.py         the screen does not go to sleep meanwhile

Not here: what stands on a slide, and what fits (handbook/presenting/)."""
