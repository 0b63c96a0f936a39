"""The search field, chips, hits, and what connects them with the index."""
