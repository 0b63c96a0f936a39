"""Print dialog and print window, previews, and the way to a printer."""
