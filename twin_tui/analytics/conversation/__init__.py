"""One session opened for reading."""
