"""A database whose every text column tries to steer the terminal, and how to see whether it did."""

import base64
import re
import sqlite3
from pathlib import Path

from twin_tui.text.safe_text import safe_text

MARK = "UFdORUQ="
"""Base64 of what a payload would put into the clipboard."""
PAYLOADS = (
    f"osc52 \x1b]52;c;{MARK}\x07 end",
    "clear \x1b[2J\x1b[H\x1b[3J end",
    "title \x1b]0;owned\x07 end",
    "unterminated \x1b]52;c;never closed",
    f"c1 \x9b2J \x9d52;c;{MARK}\x9c \x90dcs\x9c end",
    "bidi \u202eevil\u202c \u2066isolate\u2069 \u200fmark end",
    "closing [/nope] [/] [bold",
    "link [@click=app.quit]press[/] [link=http://evil.example]x[/link]",
    "osc8 \x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\ end",
    "marks a" + "\u0301" * 500 + " end",
    "zero \u200b\u200d\u2060\ufeff\U000e0041 \u00ad end",
    "lines one\r\ntwo\rthree\u2028four\u2029five\x85six\x0bseven\x0ceight\ttab",
    "other \x00 \x07 \x08\x08\x08 \x0e \x7f \x1bc \x1b7 \x1b(0 end",
    "{{ braces }} ${variables} $(touch /tmp/owned) %s %n",
    "wide " + "日本" * 60 + "👩‍👩‍👧" * 20,
    "long " + "x" * 5_000,
)
_ALLOWED = re.compile(
    r"\x1b\[[0-9;:]*m"
    r"|\x1b\[[0-9;]*H"
    r"|\x1b\[\?[0-9;]*[hl]"
    r"|\x1b\[[<>=][0-9;]*u"
    r"|\x1b\[\?[0-9]+\$p"
    r"|\x1b\]22;[a-z-]*(?:\x1b\\|\x07)"
    r"|\x1b\[22;0;0t|\x1b\[23;0;0t"
)
"""What Textual itself writes: colours, positions, modes, keyboard protocol, pointer shape."""
_OUR_COPY = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e0fff]"
)


def _markdown(bad: str) -> str:
    """Return a document with a payload in every kind of block."""
    return (
        f'# {bad}\n\n&#27;[2J &#x202E; [x](http://evil.example "{bad}") ![i](x)\n\n'
        f"```{bad}\n{bad}\n```\n\n| {bad} | b |\n|---|---|\n| {bad} | c |\n\n"
        f"<b>{bad}</b>\n\n> {bad}"
    )


def fill(path: Path, now: str = "2026-11-23 09:00:00") -> list[str]:
    """Write one user, twin and session per payload into a migrated file; return the session ids."""
    database = sqlite3.connect(path)
    run = database.execute
    sessions = []
    for at, bad in enumerate(PAYLOADS):
        when = f"2026-11-23 0{at % 8}:{at:02}:00"
        owner = (at + 1) % len(PAYLOADS)
        run("INSERT INTO users VALUES (?,?,?,?,?,?,?)", (f"u{at}", f"{at}{bad}", bad, bad, bad, when, now))
        run("INSERT INTO twins VALUES (?,?,?,?,?,?)", (f"t{at}", f"u{owner}", bad, bad, True, when))
        session = f"s{at:02}{bad[:40]}" if at % 2 else f"s{at:02}"
        sessions.append(session)
        run(
            "INSERT INTO sessions VALUES (?,?,?,?,?,?,?,?)",
            (session, f"u{at}", f"t{at}", bad, bad, bad, True, when),
        )
        for turn, (sender, kind) in enumerate((("user", bad), ("twin", "document"), (bad, "document,query"))):
            ident = f"m{at}-{turn}"
            time = f"2026-11-23 0{at % 8}:{at:02}:0{turn}"
            run(
                "INSERT INTO messages VALUES (?,?,?,?,?,?)",
                (ident, session, sender, f"{bad}\n\n# {bad}", kind, time),
            )
            run(
                "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?)",
                (
                    f"d{at}-{turn}",
                    session,
                    ident if turn else None,
                    bad,
                    bad,
                    _markdown(bad),
                    5,
                    time,
                ),
            )
            run(
                "INSERT INTO queries VALUES (?,?,?,?,?,?,?)",
                (f"q{at}-{turn}", session, ident if turn else None, bad, bad, 0, time),
            )
    run(
        "UPDATE messages SET content = CAST(X'6c6f6e6520eda080207375727261676174652066ff20656e64' AS TEXT)"
        " WHERE id = 'm0-1'"
    )
    database.commit()
    database.close()
    return sessions


def steering(raw: bytes) -> list[str]:
    """Return every piece of raw output that steers the terminal and is not what Textual writes itself."""
    text = raw.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    found = []
    for copied in _OUR_COPY.findall(text):
        words = base64.b64decode(copied).decode()
        found += (
            [f"copied {words!r}"] if safe_text(words.replace("\t", " ")) != words.replace("\t", " ") else []
        )
    rest = _ALLOWED.sub("", _OUR_COPY.sub(lambda m: "" if m[1] != MARK else m[0], text))
    found += [repr(rest[max(0, m.start() - 10) : m.end() + 20]) for m in _FORBIDDEN.finditer(rest)]
    found += [repr(char) for char in rest if "\ud800" <= char <= "\udfff"]
    return found
