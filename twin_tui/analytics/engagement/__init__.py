"""How much twins are used, whose, and about what."""
