"""Annotations of days, kept beside the database."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE, NOW, Command


def test_a_day_is_annotated_listed_and_cleared(twin_tui: Command, world: str):
    before = Path(world).read_bytes()
    assert twin_tui("annotate", "--db", world).out == "Nothing is annotated.\n"
    told = twin_tui("annotate", "2026-11-03", "twin 2.0 released", "--db", world)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("1. 2026-11-03 twin 2.0 released (")
    twin_tui("annotate", "today", "outage", "--db", world, "--now", NOW)
    found = json.loads(twin_tui("annotate", "--json", "--db", world).out)["annotations"]
    assert [(each["day"], each["text"]) for each in found] == [
        ("2026-11-03", "twin 2.0 released"),
        ("2026-11-23", "outage"),
    ]
    assert list(found[0]) == ["id", "day", "text", "author", "at"]
    told = twin_tui("annotate", "2026-11-04", "twin 2.1 released", "--replace", "1", "--db", world).out
    assert told.startswith("1. 2026-11-04 twin 2.1 released (")
    assert "twin 2.1" not in twin_tui("annotate", "--remove", "1", "--db", world).out
    assert Path(world).read_bytes() == before


def test_what_was_written_is_noted_without_its_words(twin_tui: Command, world: str):
    twin_tui("annotate", "2026-11-03", "secret plan", "--db", world)
    told = twin_tui("audit", "--json", "--db", world).out
    assert "annotate" in told
    assert "secret plan" not in told


def test_strangers_words_steer_no_terminal(twin_tui: Command, world: str):
    twin_tui("annotate", "2026-11-03", HOSTILE, "--db", world)
    told = twin_tui("annotate", "--db", world).out
    assert told.count("\n") == 1
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(told)


@pytest.mark.parametrize(
    "asked",
    [
        ("2026-11-03",),
        ("7d", "x"),
        ("soon", "x"),
        ("2026-11-03", " "),
        ("--remove", "9"),
        ("--replace", "1"),
        ("today", "x", "--replace", "9"),
    ],
)
def test_what_cannot_be_kept_is_told(twin_tui: Command, world: str, asked: tuple[str, ...]):
    ended = twin_tui("annotate", *asked, "--db", world)
    assert (ended.code, ended.out) == (2, "")
