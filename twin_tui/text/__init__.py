"""Words: what makes stored text safe to draw, and how numbers, dates and durations are written."""
