"""Random changes to small databases, as several programs make them, and what must hold afterwards."""
