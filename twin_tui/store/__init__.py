"""What twin-tui itself remembers about a database: who read what, notes, marks; no row of the six tables."""
