"""What a PostgreSQL server or its driver reports, in one sentence."""

import re

from playhouse.pool import MaxConnectionsExceeded

from twin_tui.data.errors import DatabaseError, original, shown

_UNREACHED = ("OperationalError", "InterfaceError", "ConnectionTimeout")
"""The driver's exceptions for a connection that was not made, or broke, when they bear no SQLSTATE."""


def failure(error: BaseException, name: str, secret: str = "") -> DatabaseError:
    """Return the sentence for what the server or the driver reports, without the password."""
    inner = original(error)
    if isinstance(inner, MaxConnectionsExceeded):
        return DatabaseError(f"{name}: every connection is in use; try again.")
    words = str(inner).strip()
    if secret:
        words = words.replace(secret, "***")
    state = getattr(inner, "sqlstate", None)
    if state is None and type(inner).__name__ in _UNREACHED:
        reason = refusal(words)
        return DatabaseError(
            f"{name}: {reason}." if reason else f"{name}: the server cannot be reached ({_last(words)})."
        )
    sentences = {
        "57014": f"{name}: the question took too long and was stopped by the server",
        "42501": f"{name}: the role is not permitted to do that ({_last(words)})",
        "25006": f"{name} is open for reading only",
        "55P03": f"{name} is locked by another program; try again when that has finished",
        "57P01": f"{name}: the server ended the connection",
        "57P03": f"{name}: the server is starting up or shutting down",
        "53300": f"{name}: the server has no connection to spare",
    }
    if state in sentences:
        return DatabaseError(f"{sentences[state]}.")
    if state and state.startswith("23"):
        return DatabaseError(f"A row does not fit into {name}: {_last(words)}.")
    return DatabaseError(f"{name}: {_last(words) or type(inner).__name__}.")


def refusal(words: str) -> str | None:
    """Return why a server that answered let nobody in; ``None`` when it did not answer.

    The driver passes on only the message, which a server may have translated; SQLSTATE is not in it.
    """
    for pattern, reason in (
        (
            r"password authentication failed|no password supplied|authentication failed",
            "wrong user or password",
        ),
        (r"database \"[^\"]*\" does not exist", "there is no such database on the server"),
        (r"role \"[^\"]*\" does not exist", "the server knows no such user"),
        (r"no pg_hba\.conf entry", "the server lets nobody in from here with that user and database"),
        (r"permission denied for database", "the user may not connect to that database"),
        (
            r"too many (?:clients|connections)|remaining connection slots",
            "the server has no connection to spare",
        ),
    ):
        if re.search(pattern, words):
            return reason
    return None


def _last(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    line = next((line for line in lines if "failed" in line or "FATAL" in line), lines[0] if lines else "")
    return shown(line.rpartition("failed: ")[2] or line).rstrip(".")
