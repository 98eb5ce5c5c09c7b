"""Where a database comes from: the start, imports, and work under way."""
