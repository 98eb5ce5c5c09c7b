"""Our own exchange format: one file a table."""
