"""The conversations and people behind a number."""
