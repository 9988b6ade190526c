"""One noun a module, with its rules and its queries."""
