"""Which items of a workshop go to whom."""
