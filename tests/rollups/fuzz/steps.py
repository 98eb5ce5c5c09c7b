"""What other programs do to the rows: one function per kind of change, each returning what it did."""

import sqlite3
from collections.abc import Callable

import psycopg

from tests.rollups.fuzz.identities import (
    give_another_number,
    give_number_anew,
    replace,
    replace_untold,
    take_anothers_id,
)
from tests.rollups.fuzz.scene import CHILDREN, COLUMNS, TABLES, Scene

Step = Callable[[Scene], str | None]
"""Returns what was done in a few words, ``None`` where there was nothing to do it to."""
REFUSALS = (sqlite3.IntegrityError, psycopg.IntegrityError)
"""What a database says of orphans that would stay orphans."""


def new_person(scene: Scene) -> str:
    row = scene.row("users")
    scene.insert("plain", "users", row)
    return f"new user {row['id']}"


def new_twin(scene: Scene) -> str | None:
    row = scene.row("twins")
    if row["user_id"] is None:
        return None
    scene.insert("plain", "twins", row)
    return f"new twin {row['id']}"


def new_session(scene: Scene) -> str | None:
    row = scene.row("sessions")
    if row["user_id"] is None or row["twin_id"] is None:
        return None
    scene.insert("plain", "sessions", row)
    for _ in range(scene.draw.choice((0, 1, 3, 6))):
        _child(scene, row["id"])
    return f"new session {row['id']}"


def new_children(scene: Scene) -> str | None:
    session = scene.any_id("sessions")
    if session is None:
        return None
    count = scene.draw.choice((1, 1, 2, 30))
    with scene.writers["plain"].transaction():
        for _ in range(count):
            _child(scene, session)
    return f"{count} children of {session}"


def children_of_nobody(scene: Scene) -> str:
    row = scene.row("messages", session_id=scene.draw.choice(("gone-1", "gone-2")))
    scene.insert("loose", "messages", row)
    return f"orphan {row['id']} of {row['session_id']}"


def session_of_orphans(scene: Scene) -> str | None:
    orphans = scene.writers["loose"].run(
        "SELECT DISTINCT session_id FROM messages WHERE session_id NOT IN (SELECT id FROM sessions)"
        " ORDER BY session_id"
    )
    if not orphans:
        return None
    (key,) = scene.draw.choice(orphans)
    scene.insert("loose", "sessions", scene.row("sessions", id=key) | _known(scene))
    return f"session {key} for its orphans"


def session_of_strangers(scene: Scene) -> str:
    someone = scene.draw.choice(("nobody-1", "nobody-2"))
    row = scene.row("sessions") | _known(scene) | {"user_id": someone}
    scene.insert("loose", "sessions", row)
    return f"session {row['id']} of {someone}"


def stranger_arrives(scene: Scene) -> str | None:
    key = scene.draw.choice(("nobody-1", "nobody-2"))
    if key in scene.ids("users"):
        return None
    scene.insert("plain", "users", scene.row("users", id=key))
    return f"user {key} arrives"


def change(scene: Scene) -> str | None:
    table = scene.draw.choice(TABLES)
    key = scene.any_id(table)
    if key is None:
        return None
    column = scene.draw.choice(COLUMNS[table])
    value = scene.value(table, column)
    if value is None and column in ("user_id", "twin_id", "session_id"):
        return None
    scene.writers["plain"].run(f"UPDATE {table} SET {column} = ? WHERE id = ?", value, key)
    return f"{table}.{column} of {key} = {value!r}"


def change_all(scene: Scene) -> str | None:
    table = scene.draw.choice(("users", "sessions", "messages", "queries"))
    column = scene.draw.choice(COLUMNS[table][2:])
    value = scene.value(table, column)
    scene.writers["plain"].run(f"UPDATE {table} SET {column} = ?", value)
    return f"every {table}.{column} = {value!r}"


def move_all(scene: Scene) -> str | None:
    before, after = scene.any_id("sessions"), scene.any_id("sessions")
    if before is None:
        return None
    table = scene.draw.choice(CHILDREN)
    scene.writers["plain"].run(f"UPDATE {table} SET session_id = ? WHERE session_id = ?", after, before)
    return f"{table} of {before} move to {after}"


def rename(scene: Scene) -> str | None:
    table = scene.draw.choice(TABLES)
    key = scene.any_id(table)
    if key is None:
        return None
    name = scene.new_id(table)
    scene.writers["loose"].run(f"UPDATE {table} SET id = ? WHERE id = ?", name, key)
    return f"{table} {key} is now {name}"


def delete(scene: Scene) -> str | None:
    table = scene.draw.choice((*CHILDREN, *CHILDREN, "sessions", "sessions", "twins", "users"))
    writer = scene.draw.choice(tuple(scene.writers))
    key = scene.any_id(table)
    if key is None:
        return None
    scene.writers[writer].run(f"DELETE FROM {table} WHERE id = ?", key)
    return f"{writer} deletes {table} {key}"


def delete_many(scene: Scene) -> str:
    table = scene.draw.choice((*CHILDREN, "sessions"))
    writer, when = scene.draw.choice(tuple(scene.writers)), scene.moment()
    dated = "started_at" if table == "sessions" else "created_at"
    scene.writers[writer].run(f"DELETE FROM {table} WHERE {dated} < ?", when)
    return f"{writer} deletes {table} before {when}"


def compact(scene: Scene) -> str:
    scene.writers["plain"].run("VACUUM")
    return "vacuum"


def undo(scene: Scene) -> str:
    """Several changes in one transaction that is rolled back."""
    writer = scene.writers["plain"]
    writer.run("BEGIN")
    session = scene.any_id("sessions")
    writer.run("DELETE FROM messages WHERE session_id = ?", session)
    writer.run("UPDATE sessions SET platform = 'none'")
    writer.run("ROLLBACK")
    return "changes rolled back"


def at_once(scene: Scene) -> str:
    """Several changes in one transaction."""
    session, other = scene.any_id("sessions"), scene.any_id("sessions")
    writer = scene.writers["plain"]
    with writer.transaction():
        writer.run("UPDATE messages SET session_id = ? WHERE session_id = ?", other, session)
        if other is not None:
            _child(scene, other)
        writer.run("DELETE FROM sessions WHERE id = ?", session)
    return f"{session} goes into {other} and is deleted"


STEPS: tuple[tuple[int, Step], ...] = (
    (3, new_person),
    (3, new_twin),
    (9, new_session),
    (9, new_children),
    (2, children_of_nobody),
    (2, session_of_orphans),
    (2, session_of_strangers),
    (1, stranger_arrives),
    (14, change),
    (2, change_all),
    (3, move_all),
    (3, rename),
    (7, delete),
    (1, delete_many),
    (5, give_number_anew),
    (6, replace),
    (2, take_anothers_id),
    (2, give_another_number),
    (1, compact),
    (1, undo),
    (2, at_once),
)
"""Each with how often it is drawn."""


UNTOLD: tuple[tuple[int, Step], ...] = ((2, replace_untold),)
"""What only an audit finds."""


def step(scene: Scene, among: tuple[tuple[int, Step], ...] = STEPS) -> str:
    """Do one of them; return what was done."""
    weights, steps = zip(*among, strict=True)
    while True:
        (chosen,) = scene.draw.choices(steps, weights)
        try:
            done = chosen(scene)
        except REFUSALS:
            done = "refused"
        if done is not None:
            return f"{chosen.__name__}: {done}"


def begin(scene: Scene) -> None:
    """Fill an empty database a little."""
    for chosen in (new_person, new_person, new_twin, new_twin, *[new_session] * 6):
        chosen(scene)


def _child(scene: Scene, session: str) -> None:
    table = scene.draw.choice(("messages", "messages", "messages", "documents", "queries"))
    scene.insert("plain", table, scene.row(table, session_id=session))


def _known(scene: Scene) -> dict[str, str]:
    """Return parents' ids that may not exist."""
    return {
        "user_id": scene.any_id("users") or "nobody-1",
        "twin_id": scene.any_id("twins") or "no-twin",
    }
