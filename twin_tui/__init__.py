"""Terminal dashboard over the conversations people have with their AI twins."""

__version__ = "0.1.0"
