"""What was done, as people and programs read it."""
