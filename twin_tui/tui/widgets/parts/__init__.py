"""The titled parts of tabs and pages: cards, lists, bars, maps."""
