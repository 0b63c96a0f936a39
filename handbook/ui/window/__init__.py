"""The parts of the main window that are neither a panel nor a dialog: what its commands do, each kind in a module.

Belongs here: what happens when a command is chosen or a link followed. Not here: putting the window together
(main_window.py), how any panel does its part (reading/, searching/, workshop/)."""
