"""The workshop beside the page: put together, kept in a file.

    dock.py           its place in the window: creates the rest on first use
    controller.py     what the window asks for: the panel, files, what is open
    editing.py        what becomes of keys, drops and menus
    document.py       the open workshop with its file, undo and redo
    autosave.py       the copy kept against a crash
    files.py          what is asked and said when opening, saving and giving up
    rows.py           one line for each item: times, minutes, pages, what is wrong
    items_model.py    the lines for Qt's views
    items_view.py     the list: painting, keys, dragging
    panel.py          the panel around the list
    item_dialog.py    one item's minutes, start, copies and note
    details_dialog.py title, date, place, people, logo
    custom_page.py    the editor of a page of one's own

Not here: what a workshop is and who gets what of it (handbook/workshop/), its pages and printing (ui/printing/).

Imported when a workshop is first wanted, not before; only dock.py is imported at the start."""
