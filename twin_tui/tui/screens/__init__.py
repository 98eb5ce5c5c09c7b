"""The main screen and what covers it."""
