"""The workshop panel of the window: putting a workshop together, and opening and saving its file.

    dock.py           the panel's place in the window; creates everything else here on first use
    controller.py     opens, saves, prints and shows the open workshop
    editing.py        changes the workshop: what keys, drops and menu entries do
    document.py       the open workshop with its file, undo and redo
    autosave.py       the copy of an unsaved workshop, for after a crash
    files.py          file dialogs and message boxes for opening, saving and closing
    rows.py           the text of each item in the list: times, minutes, pages, warnings
    items_model.py    the Qt model of the list
    items_view.py     the list: painting, keys, dragging
    panel.py          the panel around the list: heading, buttons, summary
    item_dialog.py    the dialog for one item: minutes, start, copies, note
    details_dialog.py the dialog for title, date, place, people, logo
    custom_page.py    the dialog of a page that the trainer writes
    page_editor.py    the field in which it is written as it looks
    page_bar.py       the buttons above that, and templates

Not here: what a workshop is and who gets which part of it (handbook/workshop/), its pages and printing (ui/printing/).

Only dock.py is imported when the program starts; everything else is imported when a workshop is first used."""
