"""Completion in bash: words as a person sees them, and values that the shell takes as they are.

Click's own class hands values over unquoted and takes bash's words, which end at ``@``, ``:`` and ``=``:
a company called ``$(reboot)`` would stand on the command line, and an e-mail could not be completed.
"""

import os
import re
from collections.abc import Iterable
from typing import Any

from click.shell_completion import BashComplete, CompletionItem, split_arg_string

SOURCE = """\
%(complete_func)s() {
    local line response
    response=$(COMP_LINE="$COMP_LINE" COMP_POINT="$COMP_POINT" COMP_WORDBREAKS="$COMP_WORDBREAKS" \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null) || return 0
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            plain,*) COMPREPLY+=("${line#plain,}") ;;
            file,*) compopt -o default ;;
            dir,*) compopt -o dirnames ;;
        esac
    done <<< "$response"
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_PLAIN = re.compile(r"[^\w@%+=:,./-]")
_UNQUOTABLE = re.compile(r"[\"'$`!\\]")


class TwinBash(BashComplete):
    """Click's completion for bash, from the line itself and with quoting."""

    name = "bash"
    source_template = SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the complete words after the command's name, and the one being typed."""
        line = _line()
        words = split_arg_string(line)
        is_new = not line or (line[-1].isspace() and not open_quote(line) and line[-2:-1] != "\\")
        return (words[1:], "") if is_new else (words[1:-1], words[-1])

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Return what fits, quoted, without what bash already holds of the word."""
        found = super().get_completions(args, incomplete)
        quote = open_quote(_line())
        typed = incomplete.partition("=")[2] if incomplete.startswith("--") else incomplete
        held = "" if quote else _held(typed, os.environ.get("COMP_WORDBREAKS", ""))
        return [
            item if item.type != "plain" else each for item in found for each in _fitted(item, held, quote)
        ]


def _line() -> str:
    line = os.environ.get("COMP_LINE", "").encode(errors="surrogateescape")
    return line[: int(os.environ.get("COMP_POINT") or len(line))].decode(errors="replace")


def _held(typed: str, breaks: str) -> str:
    """Return what bash takes for words of their own, before the last of its word breaks.

    >>> _held("ann@exa", "@:="), _held("ann", "@:="), _held("ann@exa", ":=")
    ('ann@', '', '')
    """
    return typed[: max(typed.rfind(char) for char in "@:=") + 1] if _has_break(typed, breaks) else ""


def _has_break(typed: str, breaks: Iterable[str]) -> bool:
    return any(char in typed for char in breaks if char in "@:=")


def _fitted(item: CompletionItem[Any], held: str, quote: str) -> list[CompletionItem[str]]:
    word = str(item.value)
    if item.type != "plain":
        return [item]
    if held and word.casefold().startswith(held.casefold()):
        word = word[len(held) :]
    if not quote:
        return [CompletionItem(_PLAIN.sub(r"\\\g<0>", word), item.type, item.help)]
    return [] if _UNQUOTABLE.search(word) else [CompletionItem(word, item.type, item.help)]


def open_quote(line: str) -> str:
    r"""Return the quote that the end of a line stands in, "" for none.

    >>> open_quote("a 'b"), open_quote('a "b" c'), open_quote("it\\'s"), open_quote('"it\'s')
    ("'", '', '', '"')
    """
    quote, is_escaped = "", False
    for char in line:
        if is_escaped:
            is_escaped = False
        elif char == "\\" and quote != "'":
            is_escaped = True
        elif quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
    return quote
