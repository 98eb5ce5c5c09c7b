"""Rules: limits on figures, judged for monitoring and on the cards."""
