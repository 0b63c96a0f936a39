"""The one folder that everything is packed from, for Linux and for Windows."""
