"""What did not work: nothing found, dead ends, late replies."""
