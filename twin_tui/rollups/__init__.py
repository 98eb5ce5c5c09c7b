"""Derived tables: what the six tables say per session, day and month, kept beside them."""
