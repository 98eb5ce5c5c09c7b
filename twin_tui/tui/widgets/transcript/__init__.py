"""A conversation to read, and what stands around it."""
