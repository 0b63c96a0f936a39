"""What all other packages use: errors, paths, safe writing of files, the log, labels. Imports none of them."""
