"""The key with which what is published is signed; its other half never comes near this repository.

Belongs here: the public key alone. `python3 packaging/build.py key --sign FILE` makes a pair and writes the public half
here; `build.py release --sign FILE` signs with the other one, and stops where the two do not belong together."""

from __future__ import annotations

# As minisign writes it; "": this copy was made by somebody who has no key, and cannot check files.
PUBLIC_KEY = ""
