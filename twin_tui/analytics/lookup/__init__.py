"""From what a person types to what is meant."""
