"""What is printed: the chosen sections in order, and the options of the page."""
