"""The page that is read, and the ways to it: contents, history, find in page."""
