"""What is raised when derived rows are not what they should be."""


class SpoiltError(Exception):
    """The derived rows contradict one another: only a rebuild helps."""
