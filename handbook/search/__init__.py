"""The search index: built, opened, asked. Importing this package imports nothing of it.

    index.py          an open index and its questions; which index is used
    results.py        what comes back
    query.py          what a query asks for
    patterns.py       which terms may answer a word of it
    kinds.py          what each kind of such terms counts
    ranking.py        which sections answer best
    spelling.py       what was meant by a word that the handbook does not have
    real_words.py     words that are none of the handbook's, and are real
    synonyms.py       what else is said for a word, by trainers and in English
    subjects.py       what people ask for, and the sections about it
    words/            the lists that these three read, with their licences
    languages/        questions and content in other languages than English
    highlight.py      which stretches of a text answer a query; the snippet that is shown
    tokens.py         what is one word
    vocabulary.py     the words that the handbook has
    index_builder.py  what an index will hold, from the content
    whoosh_store.py   the same as a Whoosh index and files beside it (the only module that imports whoosh)
    index_files.py    a whole index in a folder, or none
    merged.py         one answer of several handbooks

Not here: threads and painting (ui/searching/)."""
