"""Records become rows, and the same records again change nothing."""
