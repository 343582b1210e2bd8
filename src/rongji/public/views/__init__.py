"""Pages of the public window."""
