"""Answers from the derived tables, equal to those of the plain queries beside them, at any size."""
