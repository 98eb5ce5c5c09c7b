"""Screens over the dashboard that show one answer."""
