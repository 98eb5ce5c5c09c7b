"""Rows and connections: the six tables, how a database is opened, and how its schema moves."""
