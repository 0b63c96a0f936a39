"""The workshop beside the page: put together, kept in a file, printed.

    desk.py           what the window asks for: the panel, files, what is open
    editing.py        what becomes of keys, drops and menus
    document.py       the open workshop with its file, undo and redo
    keeper.py         the copy kept against a crash
    files.py          what is asked and said when opening, saving and giving up
    press.py          its pages, made in a thread
    rows.py           one line for each item: times, minutes, pages, what is wrong
    items_model.py    the lines for Qt's views
    items_view.py     the list: painting, keys, dragging
    panel.py          the panel around the list
    item_dialog.py    one item's minutes, start, copies and note
    details_dialog.py title, date, place, people, logo
    own_page.py       the editor of a page of one's own
    jobs.py           what goes to a printer together, and words about paper
    print_window.py   packets, layouts, paper, preview, and the ways out

Not here: what a workshop is (handbook/workshop/), what is printed (handbook/packet.py) and how (typeset/).

Imported when a workshop is first wanted, not before."""
