"""Rows that take another's place: its row number, its id, or its whole line."""

from tests.rollups.fuzz.scene import CHILDREN, TABLES, Scene


def give_number_anew(scene: Scene) -> str | None:
    """Delete the newest rows, then insert others, which get their row numbers."""
    table = scene.draw.choice(CHILDREN)
    session = scene.any_id("sessions")
    order = "rowid" if scene.is_sqlite else "id"
    count = scene.draw.choice((1, 1, 2, 5))
    newest = scene.writers["plain"].run(f"SELECT id FROM {table} ORDER BY {order} DESC LIMIT {count}")
    if session is None or not newest:
        return None
    keys = [key for (key,) in newest]
    scene.draw.shuffle(keys)
    for key in keys:
        scene.writers["plain"].run(f"DELETE FROM {table} WHERE id = ?", key)
    row = scene.row(table, session_id=session)
    scene.insert("plain", table, row)
    return f"{row['id']} of {session} takes the place of {keys} in {table}"


def replace(scene: Scene) -> str | None:
    """Write a whole row anew under its id; a child stays in its session."""
    table = scene.draw.choice(TABLES)
    writer = scene.draw.choice(tuple(scene.writers))
    key = scene.any_id(table)
    if key is None:
        return None
    old = scene.stored(table, key)
    row = scene.row(table, id=key)
    if table in CHILDREN and writer != "careful":
        row["session_id"] = old["session_id"]
    if table == "users":
        row["email"] = old["email"]
    if any(row.get(column, "") is None for column in ("user_id", "twin_id", "session_id")):
        return None
    if scene.is_sqlite:
        if table in CHILDREN and writer == "plain" and row["session_id"] not in scene.ids("sessions"):
            return None
        scene.insert(writer, table, row, "INSERT OR REPLACE")
    else:
        columns = [column for column in row if column != "id"]
        changes = ", ".join(f"{column} = excluded.{column}" for column in columns)
        scene.insert("loose", table, row, "INSERT", f"ON CONFLICT (id) DO UPDATE SET {changes}")
    return f"{writer} replaces {table} {key}"


def replace_untold(scene: Scene) -> str | None:
    """Write a row under the id or address of another, which goes without a trigger being told."""
    if not scene.is_sqlite:
        return None
    table = scene.draw.choice((*CHILDREN, "users"))
    key = scene.any_id(table)
    if key is None:
        return None
    given = {"email": scene.stored(table, key)["email"]} if table == "users" else {"id": key}
    scene.insert("loose", table, scene.row(table, **given), "INSERT OR REPLACE")
    return f"{table} {key} is replaced by another"


def take_anothers_id(scene: Scene) -> str | None:
    table = scene.draw.choice(TABLES)
    ids = scene.ids(table)
    if not scene.is_sqlite or len(ids) < 2:
        return None
    key, other = scene.draw.sample(ids, 2)
    writer = scene.draw.choice(("careful", "loose"))
    scene.writers["loose"].run("PRAGMA foreign_keys = 0")
    scene.writers[writer if table in CHILDREN else "loose"].run(
        f"UPDATE OR REPLACE {table} SET id = ? WHERE id = ?", other, key
    )
    return f"{table} {key} takes the id of {other}"


def give_another_number(scene: Scene) -> str | None:
    table = scene.draw.choice(TABLES)
    key = scene.any_id(table)
    if not scene.is_sqlite or key is None:
        return None
    ((top, lowest),) = scene.writers["plain"].run(f"SELECT max(rowid), min(rowid) FROM {table}")
    number = scene.draw.choice((top + 1, top + 9, lowest - 1))
    scene.writers["plain"].run(f"UPDATE {table} SET rowid = ? WHERE id = ?", number, key)
    return f"{table} {key} gets number {number}"
