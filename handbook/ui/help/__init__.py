"""The program about itself: About, licences, its languages, reports of faults, updates from a file."""
