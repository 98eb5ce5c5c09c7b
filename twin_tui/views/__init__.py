"""Saved views: filters, a tab and how it is set, under a name, in a file that can be shared."""
