"""What the first tab shows."""
