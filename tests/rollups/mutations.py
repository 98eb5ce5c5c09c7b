"""A world after some while: rows that came, went, moved or changed."""

from copy import deepcopy
from random import Random

from tests.analytics.plain_rows import TABLES, World
from tests.analytics.quality_oracle import TEXTS
from tests.analytics.random_worlds import COMPANIES, DEPARTMENTS, MESSAGE_TYPES, PLATFORMS

CHILDREN = ("messages", "documents", "queries")


def mutated(world: World, draw: Random) -> World:
    """Return the same world changed in a few places, every row's parents still there."""
    changed = deepcopy(world)
    for _ in range(draw.choice((1, 2, 5, 15))):
        draw.choice((add, drop_child, drop_session, drop_user, change, change, change))(changed, draw)
    return changed


def add(world: World, draw: Random) -> None:
    """A copy of a row under a new id, in another place."""
    rows = getattr(world, draw.choice(TABLES[1:]))
    if rows:
        rows.append(draw.choice(rows) | {"id": f"new-{draw.random()}"})
        change_row(world, rows[-1], draw)


def drop_child(world: World, draw: Random) -> None:
    rows = getattr(world, draw.choice(CHILDREN))
    if rows:
        rows.remove(draw.choice(rows))


def drop_session(world: World, draw: Random) -> None:
    if world.sessions:
        without(world, {draw.choice(world.sessions)["id"]})


def drop_user(world: World, draw: Random) -> None:
    if len(world.users) > 1:
        user = draw.choice(world.users)
        twins = {twin["id"] for twin in world.twins if twin["user_id"] == user["id"]}
        if len(twins) < len(world.twins):
            theirs = (
                row["id"] for row in world.sessions if row["twin_id"] in twins or row["user_id"] == user["id"]
            )
            without(world, set(theirs))
            world.twins[:] = [twin for twin in world.twins if twin["id"] not in twins]
            world.users.remove(user)


def without(world: World, sessions: set[str]) -> None:
    world.sessions[:] = [row for row in world.sessions if row["id"] not in sessions]
    for table in CHILDREN:
        rows = getattr(world, table)
        rows[:] = [row for row in rows if row["session_id"] not in sessions]


def change(world: World, draw: Random) -> None:
    rows = getattr(world, draw.choice(TABLES))
    if rows:
        change_row(world, draw.choice(rows), draw)


def change_row(world: World, row: dict, draw: Random) -> None:
    """Give one column another value."""
    moments = [None, *(session["started_at"] for session in world.sessions)]
    values = {
        "company": COMPANIES,
        "department": DEPARTMENTS,
        "platform": PLATFORMS,
        "message_type": MESSAGE_TYPES,
        "sender_type": ("user", "twin", "bot"),
        "is_shared_twin": (None, False, True),
        "word_count": (None, 0, 7),
        "results_count": (None, 0, 7),
        "content": TEXTS,
        "query_text": TEXTS,
        "topic": (None, "", "Plans", "Travel"),
        "is_shared": (None, False, True),
        "document_type": (None, "memo", "report"),
        "created_at": moments,
        "started_at": moments,
        "user_id": [user["id"] for user in world.users],
        "twin_id": [twin["id"] for twin in world.twins],
        "session_id": [session["id"] for session in world.sessions],
    }
    name = draw.choice([name for name in row if name in values])
    row[name] = draw.choice(values[name])
