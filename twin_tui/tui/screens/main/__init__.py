"""The main screen: tabs, and what its keys do."""
