"""The one error of readers that read at once what is as usual, and leave what is odd to others."""


class OddError(Exception):
    """Something is not as usual."""
