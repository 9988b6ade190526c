"""A mirror of another server that speaks the contract: its records, and its originals if wanted."""
