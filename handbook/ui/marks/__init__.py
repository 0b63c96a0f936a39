"""Bookmarks, highlights and notes in the window.

    controller.py    making, changing and keeping marks; which of them the page shows
    on_page.py       where the marks of a page stand on it
    as_hits.py       marks as an answer of the search
    marks_window.py  the list of all marks
    marks_list.py    its rows
    note_dialog.py   writing a note

Not here: what a mark is, and where its words are (handbook/marks/); painting (reading/page_marks.py)."""
