"""One module (and its neighbours by name) for each kind of source."""
