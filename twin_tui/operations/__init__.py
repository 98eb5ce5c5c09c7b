"""Looking after an installation: what it runs on, and what is odd in its data."""
