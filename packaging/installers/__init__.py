"""Makes the installers: reads pyproject.toml, puts one folder together for each platform, and packs it."""
