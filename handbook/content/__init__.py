"""The texts of the handbook: reading files, finding the section of an address, parsing Markdown."""
