"""The dialog that exports: choosing what, for whom, in which format and where."""
