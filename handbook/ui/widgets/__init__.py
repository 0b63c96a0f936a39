"""Widgets and services that know nothing of the handbook: bars, columns, theme, worker threads, announcements."""
