"""Answers as JSON, CSV, Markdown and plain text."""
