"""Which types of documents hold code or data, whose lines must stay as they are."""

_PROSE = {"text/plain", "text/markdown", "text/x-markdown", "application/markdown"}
_NAMES = frozenset((
    "snippet", "code", "json", "jsonl", "ndjson", "yaml", "yml", "toml", "ini", "xml", "html", "css",
    "scss", "svg", "csv", "tsv", "log", "diff", "patch", "sql", "python", "javascript", "js", "jsx",
    "typescript", "ts", "tsx", "java", "kotlin", "kt", "swift", "c", "cpp", "csharp", "cs", "go", "rust",
    "rs", "ruby", "rb", "php", "perl", "r", "scala", "haskell", "hs", "lua", "elixir", "erlang", "clojure",
    "lisp", "matlab", "shell", "bash", "sh", "powershell", "dockerfile", "makefile",
))  # fmt: skip
"""As chat tools call them."""


def is_code(kind: str | None) -> bool:
    """Return whether a document of this type is code or data: as Markdown its lines would run together.

    A media type (RFC 6838) is, unless it names prose; of other names those of languages and formats.

    >>> [is_code(kind) for kind in ("application/vnd.ant.react", "code/python", "snippet", "SQL")]
    [True, True, True, True]
    >>> [is_code(kind) for kind in ("text/markdown; charset=utf-8", "report", "", None)]
    [False, False, False, False]
    """
    named = (kind or "").partition(";")[0].strip().lower()
    return named not in _PROSE if "/" in named else named in _NAMES
