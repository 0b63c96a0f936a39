"""The library in the window: the list of other handbooks, adding, opening and removing them."""
