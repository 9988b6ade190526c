"""Where images are said to have been taken, and what speaks against it."""
