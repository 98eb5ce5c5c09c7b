"""A database with one very long conversation: what a screen that reads it holds in memory."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

SESSION = "00000000-0000-4000-8000-00000000beef"
WORDS = (
    "renewal",
    "contract",
    "pricing",
    "draft",
    "customer",
    "meeting",
    "summary",
    "please",
    "quarterly",
    "report",
    "budget",
    "review",
    "team",
    "schedule",
    "release",
    "notes",
    "invoice",
    "payment",
    "delivery",
    "question",
    "answer",
    "thanks",
    "table",
    "figures",
    "risk",
    "plan",
)
SECONDS = 45
"""Between two messages."""


def make_long(path: Path, messages: int, conversation: int) -> str:
    """Make a database of ``messages`` and one more, long conversation; return the id of its session."""
    _twin_tui("generate", "--messages", str(messages), "--db", str(path))
    add_long(path, conversation)
    _twin_tui("refresh", "--db", str(path))
    return SESSION


def add_long(path: Path, conversation: int) -> None:
    """Add a session of so many messages that ends an hour ago.

    A person's and a twin's take turns, of 5 to 90 words.
    """
    with closing(sqlite3.connect(path)) as conn, conn:
        user, twin = conn.execute("SELECT user_id, id FROM twins ORDER BY id LIMIT 1").fetchone()
        end = datetime.now(UTC) - timedelta(hours=1)
        begin = end - timedelta(seconds=SECONDS * conversation)
        conn.execute(
            "INSERT INTO sessions (id, user_id, twin_id, platform, title, is_shared_twin, started_at)"
            " VALUES (?, ?, ?, 'slack', 'A very long conversation', 0, ?)",
            (SESSION, user, twin, _stamp(begin)),
        )
        dice = random.Random(7)
        conn.executemany(
            "INSERT INTO messages (id, session_id, sender_type, content, message_type, created_at)"
            " VALUES (?, ?, ?, ?, 'general', ?)",
            (
                (
                    f"long-{at:06}",
                    SESSION,
                    "twin" if at % 2 else "user",
                    " ".join(dice.choices(WORDS, k=dice.randint(5, 90))),
                    _stamp(begin + timedelta(seconds=SECONDS * at)),
                )
                for at in range(conversation)
            ),
        )


def _twin_tui(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "twin_tui", *arguments], check=True, capture_output=True)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")
