"""Slack's markup as the words a person saw: mentions, links, entities, and what stands in for empty text."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

_TOKEN = re.compile(
    r"<(?P<kind>[@#!])(?P<ref>[^<>|\s]+)(?:\|(?P<label>[^<>]*))?>"
    r"|<(?P<link>[a-zA-Z][a-zA-Z0-9+.\-]*:[^<>|\s]+)(?:\|(?P<shown>[^<>]*))?>"
)
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
_DRESSED_MENTION = re.compile(r"(?P<mark>[*_~]{0,3})<@[A-Z0-9]+(?:\|[^<>]*)?>(?P=mark)")
_EMPHASIS = "*_~"
_SECRET_QUERY = re.compile(
    r"(https?://[^\s<>|?#\"')\]]+)\?[^\s<>|#\"')\]]*xox[a-z]-[^\s<>|#\"')\]]*", re.IGNORECASE
)
_ID = re.compile(r"[A-Z][A-Z0-9]*\Z")
_FILE_QUERY = re.compile(r"(https?://files\.slack\.com/[^\s<>|?#\"')\]]*)\?[^\s<>|#\"')\]]*", re.IGNORECASE)
MAX_DEPTH = 12
"""Nesting of blocks that is still read."""


def mentioned_ids(markup: str) -> list[str]:
    """Return the ids mentioned, in order.

    >>> mentioned_ids("<@U1> and <@W2|bo>, not <@>")
    ['U1', 'W2']
    """
    return _MENTION.findall(markup)


def without_mentions(markup: str) -> str:
    """Return the markup with every mention of a person or bot taken out, bold and the like around it, too.

    >>> without_mentions("*<@U1>* is it *there*?")
    ' is it *there*?'
    """
    if "<@" not in markup:
        return markup
    if markup.find("<", 1) < 0:  # It begins with the only one, so that nothing stands around it.
        match = _MENTION.match(markup)
        return markup[match.end() :] if match else markup
    is_dressed = "*" in markup or "_" in markup or "~" in markup
    return (_DRESSED_MENTION if is_dressed else _MENTION).sub("", markup)


def without_tokens(text: str) -> str:
    """Return the text with the query taken off every address that carries an access token.

    >>> without_tokens("https://files.slack.com/a.txt?t=xoxe-1-2#x")
    'https://files.slack.com/a.txt#x'
    """
    if "://" not in text:
        return text
    return _FILE_QUERY.sub(r"\1", _SECRET_QUERY.sub(r"\1", text))


class Decoder:
    """Turns markup into plain text: names for ids, one decoding of the three entities, no access tokens.

    >>> Decoder({"U1": "Ann"}.get, {}.get).text("<@U1> &amp;lt; <https://a.b|here>")
    '@Ann &lt; here (https://a.b)'
    """

    def __init__(self, name_of: Callable[[str], str | None], channel_of: Callable[[str], str | None]) -> None:
        self._name_of, self._channel_of = name_of, channel_of
        self._known: dict[str, str] = {}
        """What mentions of people and conversations are read as."""

    def texts(self, markups: Sequence[str]) -> list[str]:
        """Return many markups as the words a person saw: with most of them there is nothing to do."""
        text = self.text
        return [text(each) if "<" in each or "&" in each or "://" in each else each for each in markups]

    def text(self, markup: str) -> str:
        """Return markup as the words a person saw."""
        if "<" not in markup and "&" not in markup and "://" not in markup:
            return markup
        markup = without_tokens(markup)
        if "<" not in markup:
            return unescape(markup)
        if "&" not in markup:
            return self._addressed(markup) or _TOKEN.sub(self._read, markup)
        out: list[str] = []
        at = 0
        for match in _TOKEN.finditer(markup):
            out.append(unescape(markup[at : match.start()]))
            out.append(self._read(match))
            at = match.end()
        out.append(unescape(markup[at:]))
        return "".join(out)

    def _addressed(self, markup: str) -> str | None:
        """Return the words of what begins with a mention met before and holds no other; None for the rest."""
        end = markup.find(">") + 1
        known = self._known.get(markup[:end]) if "<" not in markup[1:] else None
        return None if known is None else known + markup[end:]

    def _read(self, match: re.Match[str]) -> str:
        if match["kind"] is None:
            return _link(unescape(match["link"]), unescape(match["shown"] or ""))
        found = self._known.get(match[0])
        if found is None:
            self._known[match[0]] = found = self._reference(match)
        return found

    def _reference(self, match: re.Match[str]) -> str:
        kind, ref, label = match["kind"], match["ref"], unescape(match["label"] or "").strip()
        if kind == "!":
            return _special(ref, label, match[0])
        if not _ID.match(ref):
            return match[0]
        name = self._name_of(ref) if kind == "@" else self._channel_of(ref)
        return kind + (label or name or ref).removeprefix(kind)


def _link(link: str, shown: str) -> str:
    bare = link.removeprefix("mailto:").removeprefix("tel:")
    if not shown or shown == bare or link.split("://", 1)[-1].rstrip("/") == shown.rstrip("/"):
        return shown or bare
    return f"{shown} ({bare})"


def _special(ref: str, label: str, whole: str) -> str:
    if ref in ("here", "channel", "everyone"):
        return f"@{ref}"
    if ref.startswith("subteam^"):
        return "@" + (label or ref.split("^")[1]).removeprefix("@")
    if ref.startswith("date^"):
        return label or ref.split("^")[1]
    return label or whole


def unescape(text: str) -> str:
    """Return the text with ``&lt; &gt; &amp;`` decoded once, the ampersand last.

    >>> unescape("&amp;lt; &lt;b&gt; &quot;")
    '&lt; <b> &quot;'
    """
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in text else text


def escape(text: str) -> str:
    """Return plain text as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def markup_of(message: Mapping[str, Any]) -> str:
    """Return a message's markup: its text, else its blocks, else attachments, else the names of its files."""
    text = message.get("text")
    if isinstance(text, str) and text.strip():
        return text
    return (
        _blocks(message.get("blocks"), 0).strip()
        or _attachments(message.get("attachments"))
        or ", ".join(escape(name) for name in map(file_name, files_of(message)) if name)
    )


def files_of(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return a message's files, in the new and the old (``file``) form."""
    found = message.get("files")
    files = found if isinstance(found, list) else [message.get("file")]
    return [file for file in files if isinstance(file, dict)]


def file_name(file: Mapping[str, Any]) -> str:
    """Return what a file is called, "" when the source does not say (deleted files)."""
    for key in ("title", "name"):
        value = file.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _attachments(attachments: object) -> str:
    parts: list[str] = []
    for item in attachments if isinstance(attachments, list) else []:
        if not isinstance(item, dict):
            continue
        lines = [item[key] for key in ("pretext", "title", "text") if _is_text(item.get(key))]
        fields = item.get("fields")
        for pair in fields if isinstance(fields, list) else []:
            if isinstance(pair, dict):
                both = [pair[key] for key in ("title", "value") if _is_text(pair.get(key))]
                lines.append(": ".join(both))
        lines = lines or [_blocks(item.get("blocks"), 0)]
        lines = [line for line in lines if line.strip()]
        if not lines and _is_text(item.get("fallback")):
            lines = [item["fallback"]]
        parts += lines
    return "\n".join(parts).strip()


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _blocks(value: object, depth: int) -> str:
    if isinstance(value, list):
        return "\n".join(part for part in (_block(item, depth) for item in value) if part)
    return ""


def _block(block: object, depth: int) -> str:
    """Return one layout block or container (paragraph, list, quote) as markup."""
    if not isinstance(block, dict) or depth > MAX_DEPTH:
        return ""
    kind = block.get("type")
    if kind in ("rich_text_section", "rich_text_preformatted", "rich_text_quote"):
        elements = block.get("elements")
        return "".join(_element(item) for item in elements) if isinstance(elements, list) else ""
    if kind == "rich_text_list":
        items = block.get("elements")
        shown = [_block(item, depth + 1) for item in items] if isinstance(items, list) else []
        return "\n".join(f"• {item}" for item in shown if item)
    if kind == "actions":
        return ""
    if kind == "markdown" and isinstance(block.get("text"), str):
        return escape(block["text"])
    parts = [_text_object(block.get("text")), _text_object(block.get("title"))]
    for key in ("fields", "elements"):
        inner = block.get(key)
        if isinstance(inner, list):
            parts += [_text_object(item) or _block(item, depth + 1) for item in inner]
    return "\n".join(part for part in parts if part)


def _text_object(value: object) -> str:
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        kind = value.get("type")
        if kind == "mrkdwn":
            return str(value["text"])
        if kind in ("plain_text", "text"):
            return escape(value["text"])
    return ""


def _element(element: object) -> str:
    """Return one inline element of rich text as markup."""
    if not isinstance(element, dict):
        return ""
    match element:
        case {"type": "text", "text": str(text)}:
            return escape(text)
        case {"type": "user", "user_id": str(ref)}:
            return f"<@{ref}>"
        case {"type": "channel", "channel_id": str(ref)}:
            return f"<#{ref}>"
        case {"type": "usergroup", "usergroup_id": str(ref)}:
            return f"<!subteam^{ref}>"
        case {"type": "broadcast", "range": str(ref)}:
            return f"<!{ref}>"
        case {"type": "emoji", "name": str(name)}:
            return f":{name}:"
        case {"type": "link", "url": str(url), "text": str(text)}:
            return f"<{escape(url)}|{escape(text)}>"
        case {"type": "link", "url": str(url)}:
            return f"<{escape(url)}>"
        case {"type": "date", "fallback": str(text)}:
            return escape(text)
    return ""


def first_line(texts: Iterable[str]) -> str | None:
    r"""Return the first line that says something, None when none does; it is not bold as a whole.

    >>> first_line(["\n, ", "*Dev log*\nstarted"])
    'Dev log'
    """
    for text in texts:
        for line in text.splitlines():
            is_spaced = "  " not in line and line.isprintable()  # Of all spaces only the usual one is.
            words = _undressed((line.strip() if is_spaced else " ".join(line.split())).lstrip(",: "))
            if words:
                return words
    return None


def _undressed(line: str) -> str:
    """Return a line without the marks that make all of it bold, italic or struck through."""
    while len(line) > 1 and line[0] in _EMPHASIS and line[0] == line[-1] and line[0] not in line[1:-1]:
        line = line[1:-1].strip()
    return line
