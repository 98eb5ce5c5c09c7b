"""Write a made-up export of any size, true to its format: make_export.py FORMAT PATH -m MB.

FORMAT is slack (a folder, or a ZIP where PATH ends so), tables (a folder of CSV), chatgpt or claude (one
JSON file). The same arguments give the same bytes. Nothing is held in memory, so that any size is possible.
"""

import argparse
import csv
import json
import random
import sys
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

TEXT = (
    "the report for our third quarter looks off to me could you check how many seats are left and whether"
    " they moved it again after lunch please thanks a lot that was quick no worries let me see I found three"
    " places where numbers differ one is due to refunds another to tax and the last I cannot explain yet"
)
WORDS = TEXT.split()
START = datetime(2025, 1, 6, 8, tzinfo=UTC)
TEAM, PEOPLE, BOTS = "T0MADEUP1", 200, 6


def sentence(dice: random.Random) -> str:
    """Return some words, short as a rule, long at times."""
    count = min(600, max(2, round(dice.lognormvariate(2.6, 0.9))))
    return " ".join(dice.choices(WORDS, k=count)).capitalize() + "."


def person_id(number: int) -> str:
    """Return a Slack id."""
    return f"U0PERSON{number:04}"


def bot_id(number: int) -> str:
    """Return the user id of a Slack bot."""
    return f"U0AGENT{number:05}"


def slack_message(
    dice: random.Random, when: datetime, author: int, text: str, root: str | None
) -> dict[str, Any]:
    """Return a message as today's Slack writes it, of a person (from 0) or an agent (below 0)."""
    ts = f"{int(when.timestamp())}.{when.microsecond:06}"
    elements = [{"type": "text", "text": text}]
    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}
    raw: dict[str, Any] = {"type": "message", "text": text, "ts": ts, "team": TEAM, "blocks": [block]}
    if author < 0:
        name = f"Agent {-author}"
        raw |= {"user": bot_id(-author), "bot_id": f"B0AGENT{-author:05}", "app_id": f"A0AGENT{-author:05}"}
        raw["bot_profile"] = {"id": raw["bot_id"], "name": name, "app_id": raw["app_id"], "team_id": TEAM}
        if dice.random() < 0.8:
            raw["edited"] = {"user": raw["user"], "ts": f"{int(when.timestamp()) + 2}.000000"}
    else:
        profile = {
            "real_name": f"Person {author}",
            "display_name": f"p{author}",
            "name": f"p{author}",
            "team": TEAM,
        }
        raw |= {"user": person_id(author), "client_msg_id": str(uuid.UUID(int=dice.getrandbits(128)))}
        raw["user_profile"] = profile
    if root is not None:
        raw["thread_ts"] = root
    return raw


def slack_talk(dice: random.Random, when: datetime) -> list[dict[str, Any]]:
    """Return a thread with an agent, an exchange without a thread, or people among themselves."""
    kind, author, agent = dice.random(), dice.randrange(PEOPLE), -dice.randint(1, BOTS)
    text = sentence(dice)
    if kind < 0.75:
        text = f"<@{bot_id(-agent)}> {text}"
    first = slack_message(dice, when, author, text, None)
    out = [first]
    is_thread = kind < 0.6
    for turn in range(1, dice.randint(2, 12)):
        when += timedelta(seconds=dice.uniform(2, 300))
        who = agent if turn % 2 and kind < 0.75 else dice.choice((author, dice.randrange(PEOPLE)))
        out.append(slack_message(dice, when, who, sentence(dice), first["ts"] if is_thread else None))
    if is_thread:
        replies = [{"user": each["user"], "ts": each["ts"]} for each in out[1:]]
        first |= {"thread_ts": first["ts"], "reply_count": len(replies), "replies": replies}
    return out


def slack_files(size: int, channels: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a Slack export by name, about so many bytes in all."""
    dice = random.Random(seed)
    people = [
        {
            "id": person_id(at),
            "team_id": TEAM,
            "name": f"p{at}",
            "real_name": f"Person {at}",
            "is_bot": False,
            "profile": {"real_name": f"Person {at}", "email": f"p{at}@example.com", "fields": None},
        }
        for at in range(PEOPLE)
    ]
    bots = [
        {
            "id": bot_id(at),
            "team_id": TEAM,
            "name": f"agent{at}",
            "is_bot": True,
            "profile": {
                "real_name": f"Agent {at}",
                "bot_id": f"B0AGENT{at:05}",
                "api_app_id": f"A0AGENT{at:05}",
            },
        }
        for at in range(1, BOTS + 1)
    ]
    yield "users.json", encoded([*people, *bots])
    listed = [{"id": f"C0ROOM{at:06}", "name": f"room-{at}", "created": 1} for at in range(channels)]
    yield "channels.json", encoded(listed)
    written = 0
    for room in range(channels):
        when = START
        while written < size * (room + 1) // channels:
            day: list[dict[str, Any]] = []
            evening = when + timedelta(hours=10)
            while when < evening:
                day += slack_talk(dice, when)
                when += timedelta(seconds=dice.uniform(30, 400))
            day.sort(key=lambda raw: str(raw["ts"]))
            data = encoded(day)
            written += len(data)
            yield f"room-{room}/{START.date() if not day else evening.date()}.json", data
            when = evening + timedelta(hours=14)


def encoded(value: Any) -> bytes:
    """Return JSON with four spaces, as Slack writes it."""
    return json.dumps(value, indent=4).encode()


def chatgpt_conversation(dice: random.Random, number: int) -> dict[str, Any]:
    """Return a ChatGPT conversation: a root, then turns, now and then a branch that is not shown."""
    when = START.timestamp() + 600 * number
    mapping: dict[str, Any] = {"root": {"id": "root", "message": None, "parent": None, "children": []}}
    parent = "root"
    for turn in range(2 * dice.randint(1, 15)):
        when += dice.uniform(1, 60)
        for is_shown in (False, True) if dice.random() < 0.1 else (True,):
            ref = str(uuid.UUID(int=dice.getrandbits(128)))
            content = {"content_type": "text", "parts": [sentence(dice)]}
            message = {
                "id": ref,
                "author": {"role": "assistant" if turn % 2 else "user", "name": None, "metadata": {}},
                "create_time": when,
                "content": content,
                "weight": 1.0,
                "recipient": "all",
                "metadata": {"model_slug": "gpt-4o"} if turn % 2 else {},
            }
            mapping[ref] = {"id": ref, "message": message, "parent": parent, "children": []}
            mapping[parent]["children"].append(ref)
            if is_shown:
                parent = ref
    return {
        "title": sentence(dice)[:40],
        "create_time": START.timestamp() + 600 * number,
        "update_time": when,
        "mapping": mapping,
        "current_node": parent,
        "conversation_id": str(uuid.UUID(int=dice.getrandbits(128))),
        "default_model_slug": "gpt-4o",
    }


def claude_conversation(dice: random.Random, number: int) -> dict[str, Any]:
    """Return a claude.ai conversation."""
    when = START + timedelta(minutes=10 * number)
    begin, said = when, []
    for turn in range(2 * dice.randint(1, 15)):
        when += timedelta(seconds=dice.uniform(1, 60))
        text = sentence(dice)
        said.append(
            {
                "uuid": str(uuid.UUID(int=dice.getrandbits(128))),
                "text": text,
                "sender": "assistant" if turn % 2 else "human",
                "content": [{"type": "text", "text": text}],
                "created_at": when.isoformat(),
                "updated_at": when.isoformat(),
                "attachments": [],
                "files": [],
            }
        )
    return {
        "uuid": str(uuid.UUID(int=dice.getrandbits(128))),
        "name": sentence(dice)[:40],
        "created_at": begin.isoformat(),
        "updated_at": when.isoformat(),
        "account": {"uuid": str(uuid.UUID(int=7))},
        "chat_messages": said,
    }


TABLES = {
    "users": "id email full_name company department",
    "twins": "id user_id name is_shared created_at",
    "sessions": "id user_id twin_id platform title topic started_at",
    "messages": "id session_id sender_type content message_type created_at",
}
ONE_FILE: dict[str, Callable[[random.Random, int], dict[str, Any]]] = {
    "chatgpt": chatgpt_conversation,
    "claude": claude_conversation,
}


def write_slack(path: Path, size: int, channels: int, seed: int) -> None:
    """Write a Slack export."""
    files = slack_files(size, channels, seed)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, data in files:
                archive.writestr(name, data)
        return
    for name, data in files:
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def write_one_file(
    path: Path, make: Callable[[random.Random, int], dict[str, Any]], size: int, seed: int
) -> None:
    """Write an export that is one JSON array."""
    dice, number = random.Random(seed), 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        while file.tell() < size or not number:
            file.write(", " if number else "")
            json.dump(make(dice, number), file)
            number += 1
        file.write("]")


def write_tables(path: Path, size: int, seed: int) -> None:
    """Write tables as CSV: people, a twin each, and conversations with them."""
    dice = random.Random(seed)
    ids = [str(uuid.UUID(int=dice.getrandbits(128))) for _ in range(PEOPLE)]
    path.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        tables = {}
        for table, names in TABLES.items():
            file = stack.enter_context((path / f"{table}.csv").open("w", encoding="utf-8", newline=""))
            tables[table] = csv.writer(file)
            tables[table].writerow(names.split())
        for at, ref in enumerate(ids):
            tables["users"].writerow((ref, f"p{at}@example.com", f"Person {at}", "Made Up", r"\N"))
            tables["twins"].writerow((f"twin-{ref}", ref, f"Twin {at}", "false", START.isoformat()))
        written = number = 0
        while written < size:
            session, person = str(uuid.UUID(int=dice.getrandbits(128))), dice.choice(ids)
            when = START + timedelta(minutes=number)
            tables["sessions"].writerow(
                (session, person, f"twin-{person}", "slack", r"\N", "", when.isoformat())
            )
            for turn in range(2 * dice.randint(1, 15)):
                when += timedelta(seconds=dice.uniform(1, 60))
                text, ref = sentence(dice), str(uuid.UUID(int=dice.getrandbits(128)))
                sender = "twin" if turn % 2 else "user"
                tables["messages"].writerow((ref, session, sender, text, "general", when.isoformat()))
                written += len(text) + 120
            number += 1


def main() -> int:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("format", choices=["slack", "tables", *ONE_FILE])
    parser.add_argument("path", type=Path)
    parser.add_argument("-m", "--megabytes", type=float, default=1000)
    parser.add_argument("--channels", type=int, default=20, help="Slack: among how many it is divided")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    size = round(chosen.megabytes * 2**20)
    if chosen.format == "slack":
        write_slack(chosen.path, size, chosen.channels, chosen.seed)
    elif chosen.format == "tables":
        write_tables(chosen.path, size, chosen.seed)
    else:
        write_one_file(chosen.path, ONE_FILE[chosen.format], size, chosen.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
