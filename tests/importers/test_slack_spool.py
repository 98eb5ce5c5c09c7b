"""What was read waits outside memory, whatever its size, and comes back as it was."""

import errno
import tracemalloc
from contextlib import closing

import pytest

from tests.importers.exports import answered, said, small
from twin_tui.data.models import Message
from twin_tui.importers import ImportFailedError
from twin_tui.importers.reading.spool import Spool
from twin_tui.importers.slack.members import Channel
from twin_tui.importers.slack.spool import Conversation


def add(conversation, micros, text, **extra):
    facts = {"thread": 0, "edited": 0, "voice": 0, "mentions": 0, "replied": False, **extra}
    conversation.add((text, ()), micros=micros, **facts)


def test_texts_come_back_by_time_from_memory_and_from_the_file(monkeypatch):
    texts = {at: f"é{at}\ud800" * at for at in (5, 1, 9, 3)}
    for at_once in (0, 2**20):
        monkeypatch.setattr("twin_tui.importers.slack.spool.AT_ONCE", at_once)
        monkeypatch.setattr("twin_tui.importers.reading.spool.IN_MEMORY", 16)
        with closing(Spool()) as spool:
            first = Conversation(Channel("C1", "one", False), spool)
            add(first, 7, "other")
            first.shelve()
            second = Conversation(Channel("C2", "two", False), spool)
            for at, text in texts.items():
                add(second, at, text)
            assert second.settle() == 0
            second.shelve()
            assert len(second) == 0
            for _ in range(2):
                with second.opened(with_texts=True):
                    found = [(at, second.body(index)[0]) for index, at in enumerate(second.micros)]
                assert found == sorted(texts.items())


def test_an_import_is_the_same_however_little_is_held(run, rows, monkeypatch):
    talk = [said("U1", 10 * at, f"<@U9> {at}", thread=10 * at) for at in range(9, 0, -1)]
    talk += [answered("U9", 10 * at + 1, f"{at}!", thread=10 * at) for at in range(1, 10)]
    export = small().with_day("general", talk)
    run(export)
    before = rows(Message.select().order_by(Message.id))
    for name in (
        "slack.spool.AT_ONCE",
        "reading.spool.IN_MEMORY",
        "reading.spool._PENDING",
        "slack.entries.AT_ONCE",
    ):
        monkeypatch.setattr(f"twin_tui.importers.{name}", 1)
    report = run(export)
    assert (report.rows["messages"].equal, report.rows["messages"].changed) == (18, 0)
    assert rows(Message.select().order_by(Message.id)) == before


def test_a_message_at_rest_takes_no_memory_and_an_open_one_some_tens_of_bytes():
    with closing(Spool()) as spool:
        conversation = Conversation(Channel("C1", "one", False), spool)
        tracemalloc.start()
        for at in range(1, 50_001):
            add(conversation, at, "some words of usual length, and then a few more of them")
        conversation.settle()
        conversation.shelve()
        spool.read(0, 1)
        tracemalloc.clear_traces()
        with conversation.opened():
            held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert held < 80 * 50_000


def test_what_is_read_is_written_before_it_fills_memory():
    with closing(Spool()) as spool:
        tracemalloc.start()
        for _ in range(100):
            spool.append(b"x" * 2**20)
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert spool.read(99 * 2**20, 3) == b"xxx"
    assert held < 40 * 2**20


def test_no_room_for_the_file_is_one_sentence(plan, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile.write", full)
    with pytest.raises(ImportFailedError, match=r"cannot be written: No space left on device.*TMPDIR"):
        plan(small())
