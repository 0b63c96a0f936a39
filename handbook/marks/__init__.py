"""What a person marks in the handbook: bookmarks, highlighted words, notes.

    model.py        a mark, and the order of a list of them
    anchoring.py    where the words of a mark are now
    moved.py        where its section is now
    file.py         the file of all marks
    as_markdown.py  marks as a text to read

Not here: how they look and how they are made (ui/marks/)."""

FILE = "marks.json"  # in the person's data folder; file.py reads and writes it
