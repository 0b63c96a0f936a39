"""About, licences."""
