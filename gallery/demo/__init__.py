"""Sample photographs, drawn by this package itself, so that a new gallery has something to show."""
