"""One conversation, opened for reading."""
