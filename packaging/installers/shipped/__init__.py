"""What is shipped, what is left out, and why: lists, with the little that is needed to read them."""
