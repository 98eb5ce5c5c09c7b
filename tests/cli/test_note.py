"""Notes and marks on conversations, kept beside the database."""

from pathlib import Path

from tests.cli.conftest import Command


def test_a_note_is_kept_shown_carried_by_a_case_and_taken_away(twin_tui: Command, world: str):
    assert twin_tui("note", "talk-plans", "--db", world).out == (
        "Session talk-plans\n  nothing is kept about it\n"
    )
    written = twin_tui("note", "talk-pl", "Told Ann Lee;\nsolved \x1b[2J", "--db", world)
    assert (written.code, written.err) == (0, "")
    assert "Told Ann Lee;" in written.out
    assert "solved" in written.out
    case = twin_tui("case", "talk-plans", "--db", world).out
    assert "solved" in case
    assert "Ann Lee" not in case
    assert twin_tui("note", "talk-plans", "--remove", "1", "--db", world).out.endswith("kept about it\n")


def test_a_conversation_is_marked_and_unmarked(twin_tui: Command, world: str):
    shown = twin_tui("note", "talk-plans", "--reviewed", "--pin", "--db", world).out
    assert "reviewed by" in shown
    assert "pinned by" in shown
    shown = twin_tui("note", "talk-plans", "--not-reviewed", "--db", world).out
    assert "reviewed" not in shown
    assert "pinned by" in shown


def test_the_six_tables_hear_nothing_of_it(twin_tui: Command, world: str):
    before = Path(world).read_bytes()
    twin_tui("note", "talk-plans", "Seen", "--reviewed", "--db", world)
    assert Path(world).read_bytes() == before


def test_what_cannot_be_kept_is_told(twin_tui: Command, world: str):
    for asked in (("talk-plans", "  "), ("talk-plans", "--remove", "9"), ("nowhere", "x")):
        ended = twin_tui("note", *asked, "--db", world)
        assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
