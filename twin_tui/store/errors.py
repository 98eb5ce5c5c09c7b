"""What can go wrong with twin-tui's own state."""


class StoreError(Exception):
    """The state cannot be read or written; one clear sentence says where and why."""
