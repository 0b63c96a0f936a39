"""Handbooks beside our own: packs, and the library that they are kept in.

Belongs here: what a pack is, reading one safely, adding and removing. Not here: reading content (content/), windows."""
