"""People and programs change images, albums, tags and other people."""
