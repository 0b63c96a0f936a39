"""What Qt, PySide and the system do for the whole program, done otherwise: imports, enums, garbage, keys, files opened.

Belongs here: what changes Qt itself and knows nothing of the handbook or its windows."""
