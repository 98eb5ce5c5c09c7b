"""What can be wrong with rules."""


class RulesError(Exception):
    """Rules cannot be used; one clear sentence says which, where and why."""
