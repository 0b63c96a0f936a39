"""The handbook's text: what stands at an address, and its element tree. No search, no paper, no windows."""
