"""From a story's script, as the story modules hold it, to a `Story`.

A script is lines of text. ``@title``, ``@topic``, ``@aside``, ``@extra`` and ``@thanks`` (and, in a
language's phrases, ``@greeting`` and the like) are followed by alternatives, one per line. ``@open``,
``@more`` and ``@fix`` begin a beat; words after them name what it triggers: a search (``email_search``,
``document_search``, ``general``) or a document (``email``, ``report``, ``proposal``, ``summary``). In a beat
``> `` says what the person asks, ``< `` what the twin answers, ``? `` the words of the search, ``= `` the
document's title, and everything below ``~`` is the document. Several lines with one mark are alternatives;
a line without a mark continues the one before. A fix mends what the nearest beat before it drafts; one
before all of those mends what an opening drafts.
"""

from collections.abc import Callable

from twin_tui.sample.grammar import Beat, Draft, Facts, Lookup, Pick, Story

_LOOKUPS = frozenset({"email_search", "document_search", "general"})
_DRAFTS = frozenset({"email", "report", "proposal", "summary"})
_LISTS = ("title", "topic", "aside", "extra", "thanks")
_PHRASES = (
    *("greeting", "lead", "done", "bye", "none", "retry", "later", "overnight", "switch", "giveup"),
    "emoji",
)
_BEATS = ("open", "more", "fix")


class ScriptError(ValueError):
    """A story's script cannot be read; the sentence names the story and the place."""


def story(
    name: str, language: str, departments: str, facts: Callable[[Pick, Facts], None], script: str
) -> Story:
    """Return the story a script tells; ``departments`` are separated by commas. Raises `ScriptError`."""
    lists: dict[str, list[str]] = {key: [] for key in (*_LISTS, *_PHRASES)}
    opens: list[Beat] = []
    beats: list[Beat] = []
    for block in ("\n" + script.strip()).split("\n@")[1:]:
        header, _, body = block.partition("\n")
        head, *triggers = header.split()
        if head in lists:
            lists[head].extend(line for line in body.split("\n") if line)
        elif head in _BEATS:
            (opens if head == "open" else beats).append(_beat(name, head, triggers, body))
        else:
            raise ScriptError(f"{name}: unknown @{head}")
    return Story(
        name,
        language,
        tuple(part.strip() for part in departments.split(",") if part.strip()),
        facts,
        tuple(lists.pop("title")),
        tuple(lists.pop("topic")),
        tuple(opens),
        tuple(beats),
        {key: tuple(lines) for key, lines in lists.items()},
    )


def _beat(name: str, head: str, triggers: list[str], body: str) -> Beat:
    talk, has_document, document = body.partition("\n~\n")
    said: dict[str, list[str]] = {">": [], "<": [], "?": [], "=": []}
    last: list[str] | None = None
    for line in talk.split("\n"):
        if line[:2] in ("> ", "< ", "? ", "= "):
            last = said[line[0]]
            last.append(line[2:])
        elif last:
            last[-1] += "\n" + line
        elif line:
            raise ScriptError(f"{name}: {line!r} belongs to nothing")
    lines = {mark: tuple(text.rstrip() for text in texts) for mark, texts in said.items()}
    lookup = next((Lookup(kind, lines["?"]) for kind in triggers if kind in _LOOKUPS), None)
    draft = next((Draft(kind, lines["="], document.strip()) for kind in triggers if kind in _DRAFTS), None)
    unknown = set(triggers) - _LOOKUPS - _DRAFTS
    complete = lines[">"] and lines["<"] and bool(lookup) == bool(lines["?"])
    if unknown or not complete or not bool(draft) == bool(lines["="]) == bool(has_document):
        raise ScriptError(f"{name}: @{head} {' '.join(triggers)} is not complete")
    return Beat(lines[">"], lines["<"], lookup, draft, head == "fix")
