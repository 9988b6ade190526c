"""Images on a map."""
