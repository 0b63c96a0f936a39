"""The translations of the program: a PO file for each language, and how such a file is read.

Belongs here: the PO files, messages.pot, and reading and compiling them. Not here: which language is in use
(base/catalogue.py), how the texts are collected (packaging/texts.py), what is written in a handbook (content/)."""
