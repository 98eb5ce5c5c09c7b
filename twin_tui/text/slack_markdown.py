"""Slack's marks, written as Markdown: for reading a message as its sender saw it."""

import re

_FENCE = "```"
_CODE = re.compile(r"(`[^`\n]+`)")
_BOLD = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])")
_STRUCK = re.compile(r"(?<![\w~\\])~(?=[^\s~])([^~\n]+)(?<=\S)~(?![\w~])")
_BULLET = re.compile(r"^(\s*)[•◦▪]\s+")
_RULE = re.compile(r"^\s*(-{3,}|={3,})\s*$")


def markdown_of(text: str) -> str:
    r"""Return a Slack message as Markdown that says the same.

    Code stands between its fences wherever these are written, ``*bold*`` and ``~struck~`` are doubled,
    bullets become lists and lines stay lines. What a twin wrote as Markdown already is left as it is, and so
    is a text with longer fences, which Slack does not know.

    >>> markdown_of("so *that* is\n• ~old~ `*new*`")
    'so **that** is  \n- ~~old~~ `*new*`'
    >>> markdown_of("try ```import x\nrun()``` now")
    'try\n\n```\nimport x\nrun()\n```\n\nnow'
    >>> markdown_of("2 * 3 * 4, snake*case*, **Offer**\n---")
    '2 * 3 * 4, snake*case*, **Offer**\n\n---'
    """
    if _FENCE + "`" in text:
        return text
    parts = text.split(_FENCE)
    if len(parts) % 2 == 0:
        # A fence that is never closed is no fence.
        parts[-2:] = [parts[-2] + _FENCE + parts[-1]]
    shown = [_fenced(part) if place % 2 else _prose(part) for place, part in enumerate(parts)]
    return "\n\n".join(part for part in shown if part)


def _fenced(code: str) -> str:
    lines = code.strip("\n")
    return f"{_FENCE}\n{lines}\n{_FENCE}" if lines.strip() else ""


def _prose(text: str) -> str:
    lines = [_line(line) for line in text.strip("\n ").split("\n")]
    shown = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if _RULE.match(following) and line.strip():
            # Else the line above would be a heading.
            shown.append(line + "\n")
        else:
            shown.append(f"{line}  " if line.strip() and following.strip() else line)
    return "\n".join(shown)


def _line(line: str) -> str:
    line = _BULLET.sub(r"\1- ", line)
    parts = _CODE.split(line)
    return "".join(part if place % 2 else _marked(part) for place, part in enumerate(parts))


def _marked(text: str) -> str:
    return _STRUCK.sub(r"~~\1~~", _BOLD.sub(r"**\1**", text))
