"""Notes, marks and what was opened lately, as the service tells them: by role, masked, recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.world import NOW
from twin_tui.analytics.answers import Kept, Marks, Shelf
from twin_tui.analytics.errors import KeepingError, RefusedError
from twin_tui.analytics.guard import Guard, Role
from twin_tui.analytics.service import AnalyticsService
from twin_tui.store.act import Act
from twin_tui.store.desk import Desk
from twin_tui.store.file import StoreFile

Asked = tuple[AnalyticsService, list[Act]]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(StoreFile(tmp_path / "state" / "world.db"))


@contextmanager
def asking(url: str, desk: Desk | None, role: Role = "admin", **more: Any) -> Iterator[Asked]:
    acts: list[Act] = []
    guard = Guard(role, record=acts.append, **more)
    with AnalyticsService(url, clock=lambda: NOW, guard=guard, desk=desk) as service:
        yield service, acts


def test_notes_and_marks_are_told_together(read_world_url: str, desk: Desk) -> None:
    with asking(read_world_url, desk) as (service, _):
        assert service.kept("s1") == Kept("s1")
        first = service.add_note("s1", " wrong summary ")
        second = service.add_note("s1", "told her")
        service.mark("s1", "reviewed", is_set=True)
        kept = service.kept("s1")
        assert [note.text for note in kept.notes] == ["wrong summary", "told her"]
        assert kept.marks == Marks(reviewed=True, notes=2)
        service.remove_note("s1", first.id)
        service.mark("s1", "reviewed", is_set=False)
        service.mark("s1", "pinned", is_set=True)
        assert service.kept("s1").notes == (second,)
        assert service.kept("s1").marks == Marks(pinned=True, notes=1)
        assert service.keepings == 6


def test_what_is_written_and_reviewed_is_recorded_without_its_words(world_sqlite: str, desk: Desk) -> None:
    with asking(world_sqlite, desk) as (service, acts):
        note = service.add_note("s1", "Ann was told")
        service.mark("s1", "reviewed", is_set=True)
        service.mark("s1", "pinned", is_set=True)
        service.remove_note("s1", note.id)
    assert acts == [
        Act("note", "s1", detail={"did": "added", "characters": 12}),
        Act("mark", "s1", detail={"as": "reviewed"}),
        Act("note", "s1", "1", {"did": "removed"}),
    ]


def test_a_note_names_nobody_where_names_are_masked(world_sqlite: str, desk: Desk) -> None:
    with asking(world_sqlite, desk) as (service, _):
        user = service.conversation("s1").header.user
        service.add_note("s1", f"{user.name} <{user.email}> was told by phone: +44 20 7946 0958")
    with asking(world_sqlite, desk, "support", masking_key=b"key") as (service, _):
        (note,) = service.kept("s1").notes
    assert "was told by phone" in note.text
    assert not any(word in note.text for word in (user.name, user.name.split()[0], user.email, "7946"))


def test_what_cannot_be_kept_says_why_and_is_not_recorded(world_sqlite: str, desk: Desk) -> None:
    with asking(world_sqlite, desk) as (service, acts):
        with pytest.raises(KeepingError, match="empty note"):
            service.add_note("s1", "  ")
        with pytest.raises(KeepingError, match="no note 7"):
            service.remove_note("s1", 7)
        assert (service.keepings, acts) == (0, [])
    with asking(world_sqlite, None) as (service, acts):
        with pytest.raises(KeepingError, match="Nothing is kept here"):
            service.add_note("s1", "x")
        assert (service.kept("s1"), service.shelf(), acts) == (Kept("s1"), Shelf(), [])


def test_conversations_opened_lately_and_pinned_ones_are_on_the_shelf(
    read_world_url: str, desk: Desk
) -> None:
    with asking(read_world_url, desk) as (service, _):
        assert service.shelf().is_empty
        for session_id in ("s1", "s5", "s1", "s7"):
            service.conversation(session_id)
        service.mark("s5", "pinned", is_set=True)
        desk.mark("gone", "pinned")
        desk.mark("gone-too", "opened")
        shelf = service.shelf()
        assert [hit.session_id for hit in shelf.pinned] == ["s5"]
        assert [hit.session_id for hit in shelf.opened] == ["s7", "s1"]
        header = service.conversation("s7").header
        assert "".join(text for text, _ in shelf.opened[0].title) == (header.title or header.topic)
        assert (shelf.opened[0].user, shelf.opened[0].twin) == (header.user, header.twin)


def test_reading_on_writes_nothing(world_sqlite: str, desk: Desk, tmp_path: Path) -> None:
    with asking(world_sqlite, desk) as (service, _):
        service.conversation("s1")
        before = desk.marked("opened")
        service.conversation("s1")
        service.entries("s1", 0, 3)
        assert desk.marked("opened") == before


def test_a_conversation_opens_where_that_cannot_be_kept(world_sqlite: str, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    blocked = Desk(StoreFile(tmp_path / "state" / "world.db"))
    with asking(world_sqlite, blocked) as (service, _):
        assert service.conversation("s1").index
        with pytest.raises(KeepingError, match="cannot be written"):
            service.add_note("s1", "x")


def test_the_shelf_names_nobody_where_names_are_masked(world_sqlite: str, desk: Desk) -> None:
    with asking(world_sqlite, desk, "support", masking_key=b"key") as (service, _):
        service.conversation("s1")
        (hit,) = service.shelf().opened
    assert hit.user.email.endswith("@masked.invalid")


def test_nothing_is_kept_where_it_must_be_recorded_and_cannot(world_sqlite: str, desk: Desk) -> None:
    guard = Guard("admin", is_required=True)
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard, desk=desk) as service:
        with pytest.raises(RefusedError, match="stays closed"):
            service.add_note("s1", "x")
        with pytest.raises(RefusedError, match="stays closed"):
            service.mark("s1", "reviewed", is_set=True)
    assert desk.notes("s1") == desk.marks("s1") == ()
