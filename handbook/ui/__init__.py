"""The windows. The only package that imports Qt; a room for each kind of window or service, what starts them here."""
