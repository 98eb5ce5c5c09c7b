"""Tables of lines, one page at a time."""
