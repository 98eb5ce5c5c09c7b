"""The characters of keys, known by the keys' names.

Textual asks for the character of every key that is bound, with each key that is pressed, and looks it up
among the names of all characters: a table of 0.8 MiB that nothing else reads.
"""

from collections.abc import Mapping

from textual import screen
from textual.keys import key_to_character

CHARACTERS: Mapping[str, str | None] = {
    "tab": "\t",
    "escape": "\x1b",
    "backspace": "\x08",
    "delete": "\x7f",
    "space": " ",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "equals_sign": "=",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "slash": None,
    **dict.fromkeys(("enter", "up", "down", "left", "right", "home", "end", "pageup", "pagedown")),
    **{f"f{number}": None for number in range(1, 13)},
}
"""What `key_to_character` answers for the keys with a name that are bound in our screens."""


def make_keys_lean() -> None:
    """Have screens ask here."""
    vars(screen)["key_to_character"] = character_of


def character_of(key: str) -> str | None:
    """Return the character of a key, ``None`` where it has none.

    >>> character_of("question_mark"), character_of("ctrl+p"), character_of("semicolon")
    ('?', None, ';')
    """
    return CHARACTERS[key] if key in CHARACTERS else key_to_character(key)
