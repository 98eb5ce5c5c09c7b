"""What support keeps about conversations, from any screen that shows some."""
