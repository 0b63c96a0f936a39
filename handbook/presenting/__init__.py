"""Showing the handbook to a room.

    slides.py  a chapter as slides, and how a slide is divided when it does not fit

Not here: windows, screens and keys (ui/presenting/)."""
