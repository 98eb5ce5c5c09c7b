import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from twin_tui.data.database import open_database
from twin_tui.data.models import Message, Query, Session, Twin, User
from twin_tui.importers import ImportFailedError
from twin_tui.importers.base import (
    Batch,
    DocumentRecord,
    Messages,
    PersonRecord,
    QueryRecord,
    SessionRecord,
    TwinRecord,
)
from twin_tui.importers.loading.load import load
from twin_tui.importers.loading.stable_ids import _NAMESPACE, stable_id

NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)
ANN = PersonRecord("p-ann", "ann@example.com", "Ann", created_at=NOON)
BO = PersonRecord("p-bo", "p-bo@T1.slack.invalid", "Bo", is_email_real=False)
HELPER = TwinRecord("t-helper", "p-ann", "Helper", created_at=NOON)


class Said(NamedTuple):
    """A row of `Messages`."""

    id: str
    session_id: str
    sender_type: str
    content: str
    micros: int
    author_id: str | None
    message_type: str = "general"


def at(minute):
    return NOON + timedelta(minutes=minute)


def session(ref, start=0.0, **extra):
    return SessionRecord(
        ref, extra.pop("user_id", "p-ann"), "t-helper", "slack", "thread", at(start), **extra
    )


def message(ref, session_id, minute, text="hi", author="p-ann", **extra):
    sender = "twin" if author is None else "user"
    micros = round(at(minute).timestamp()) * 1_000_000
    return Said(ref, session_id, sender, text, micros, author, **extra)


def batch(*records, people=(ANN, BO), twins=(HELPER,)):
    def of(kind):
        return tuple(record for record in records if isinstance(record, kind))

    said = Messages(*zip(*of(Said), strict=True))
    return Batch(
        "all", tuple(people), tuple(twins), of(SessionRecord), said, of(DocumentRecord), of(QueryRecord)
    )


def tally(loaded, table):
    found = loaded.rows[table]
    return found.new, found.changed, found.equal, found.kept


MESSAGES = Message.select(Message.id, Message.session).order_by(Message.created_at, Message.id)


def test_times_of_a_conversation_are_strictly_increasing(source, rows):
    minutes = (0, 0, -5, 1)
    load(source, [batch(session("s"), *(message(f"m{i}", "s", minute) for i, minute in enumerate(minutes)))])
    tick = timedelta(microseconds=1)
    found = rows(Message.select(Message.id, Message.created_at).order_by(Message.created_at))
    assert found == [("m0", NOON), ("m1", NOON + tick), ("m2", NOON + 2 * tick), ("m3", at(1))]


def test_only_words_of_another_person_begin_with_their_name(source, rows):
    load(
        source,
        [
            batch(
                session("s"),
                message("a", "s", 0),
                message("b", "s", 1, author="p-bo"),
                message("c", "s", 2, author=None),
            )
        ],
    )
    assert rows(Message.select(Message.content).order_by(Message.created_at)) == [
        ("hi",),
        ("[Bo] hi",),
        ("hi",),
    ]


def test_people_are_matched_by_case_folded_email_first(source, rows):
    source.insert_rows(
        User, ("id", "email", "full_name", "company"), [("known", "ANN@Example.com", "A.", "Acme")]
    )
    loaded = load(source, [batch(session("s"), message("m", "s", 0))])
    assert tally(loaded, "users") == (1, 1, 0, 0)
    assert rows(User.select(User.id, User.email, User.full_name, User.company).where(User.id == "known")) == [
        ("known", "ANN@Example.com", "Ann", "Acme")
    ]
    assert rows(Session.select(Session.user)) == rows(Twin.select(Twin.user)) == [("known",)]
    assert rows(Message.select(Message.content)) == [("hi",)]


def test_two_people_with_one_email_are_one(source, rows):
    twice = replace(ANN, id="p-ann2", email="Ann@Example.com", full_name="Ann")
    load(source, [batch(session("s"), message("m", "s", 0, author="p-ann2"), people=(ANN, twice))])
    assert rows(User.select(User.id)) == [("p-ann",)]
    assert rows(Message.select(Message.content)) == [("hi",)]


def test_someone_known_without_an_email_joins_who_has_it(source, rows):
    load(source, [batch(session("s", user_id="p-bo"), message("m", "s", 0, author="p-bo"))])
    source.insert_rows(User, ("id", "email", "full_name"), [("elsewhere", "bo@example.com", "Bo")])
    later = replace(BO, email="bo@example.com", is_email_real=True)
    again = batch(session("s", user_id="p-bo"), message("m", "s", 0, author="p-bo"), people=(ANN, later))
    planned = load(source, [again], dry_run=True)
    loaded = load(source, [again])
    assert planned == loaded
    assert loaded.notes == ("1 user known before without an e-mail joined by e-mail",)
    assert rows(User.select(User.id).order_by(User.id)) == [("elsewhere",), ("p-ann",)]
    assert rows(Session.select(Session.user)) == [("elsewhere",)]
    assert rows(Message.select(Message.content)) == [("hi",)]


def test_an_invented_email_or_name_never_replaces_a_real_one(source, rows):
    load(source, [batch()])
    weaker = replace(
        ANN, email="p-ann@T1.slack.invalid", full_name="U1", is_email_real=False, is_name_real=False
    )
    assert tally(load(source, [batch(people=(weaker,))]), "users") == (0, 0, 1, 0)
    assert rows(User.select(User.email, User.full_name).where(User.id == "p-ann")) == [
        ("ann@example.com", "Ann")
    ]


def test_what_a_newer_source_does_not_say_stays(source, rows):
    full = replace(ANN, company="Acme", department="Sales", last_login_at=at(9))
    load(source, [batch(people=(full,))])
    load(source, [batch(people=(replace(ANN, created_at=at(-5), last_login_at=at(3)),))])
    fields = (User.company, User.department, User.created_at, User.last_login_at)
    assert rows(User.select(*fields)) == [("Acme", "Sales", at(-5), at(9))]


def test_a_session_is_found_again_through_any_of_its_messages(source, rows):
    load(
        source, [batch(session("s2", 1, title="seen first"), message("m2", "s2", 1), message("m3", "s2", 2))]
    )
    whole = batch(session("s1", 0, title="whole"), *(message(f"m{i}", "s1", i - 1) for i in (1, 2, 3)))
    loaded = load(source, [whole])
    assert tally(loaded, "sessions") == (0, 1, 0, 0)
    assert rows(MESSAGES) == [("m1", "s2"), ("m2", "s2"), ("m3", "s2")]
    assert rows(Session.select(Session.id, Session.title, Session.started_at)) == [("s2", "whole", at(0))]
    assert tally(load(source, [whole]), "sessions") == (0, 0, 1, 0)


def test_the_end_of_a_session_alone_keeps_what_its_start_said(source, rows):
    whole = batch(session("s", title="whole"), message("m1", "s", 0), message("m2", "s", 1, author="p-bo"))
    load(source, [whole])
    end = batch(session("x", 1, user_id="p-bo", title="end"), message("m2", "x", 1, author="p-bo"))
    loaded = load(source, [end])
    assert tally(loaded, "sessions") == tally(loaded, "messages") == (0, 0, 1, 0)
    assert rows(Session.select(Session.id, Session.user, Session.title)) == [("s", "p-ann", "whole")]


def test_a_session_without_its_root_keeps_the_stored_user(source, rows):
    load(source, [batch(session("s"), message("m1", "s", 0), message("m2", "s", 1, author="p-bo"))])
    loaded = load(
        source,
        [batch(session("s", user_id="p-bo", is_start_known=False), message("m2", "s", 1, author="p-bo"))],
    )
    assert tally(loaded, "sessions") == tally(loaded, "messages") == (0, 0, 1, 0)


def test_sessions_cut_otherwise_move_their_messages(source, rows):
    two = batch(session("a"), session("b", 9), message("m1", "a", 0), message("m2", "b", 9))
    one = batch(session("a"), message("m1", "a", 0), message("m2", "a", 9))
    load(source, [two])
    planned = load(source, [one], dry_run=True)
    loaded = load(source, [one])
    assert planned == loaded
    assert loaded.notes == ("1 stored session became part of another",)
    assert rows(MESSAGES) == [("m1", "a"), ("m2", "a")]
    assert rows(Session.select(Session.id)) == [("a",)]
    load(source, [two])
    assert rows(MESSAGES) == [("m1", "a"), ("m2", "b")]


def test_a_session_that_keeps_something_is_not_removed(source, rows):
    query = QueryRecord("q", "b", None, "seats", "web", None, at(9))
    load(source, [batch(session("a"), session("b", 9), message("m1", "a", 0), message("m2", "b", 9), query)])
    load(source, [batch(session("a"), message("m1", "a", 0), message("m2", "a", 9))])
    assert rows(Session.select(Session.id).order_by(Session.id)) == [("a",), ("b",)]


def test_one_stored_session_is_claimed_once_across_batches(source, rows):
    load(source, [batch(session("x", 1), *(message(f"m{i}", "x", i) for i in (1, 2, 3)))])
    first = batch(session("a"), message("m0", "a", 0), message("m1", "a", 1))
    second = batch(session("b", 2), message("m2", "b", 2), message("m3", "b", 3), people=(), twins=())
    load(source, [first, second])
    assert rows(MESSAGES) == [("m0", "x"), ("m1", "x"), ("m2", "b"), ("m3", "b")]


def test_a_session_keeps_sharing_that_someone_set(source, rows):
    load(source, [batch(session("s"), message("m", "s", 0))])
    with source.writing():
        Session.update(is_shared_twin=True).execute(source.db)
    assert tally(load(source, [batch(session("s"), message("m", "s", 0))]), "sessions") == (0, 0, 1, 0)


def test_a_certain_owner_moves_the_twin_and_the_sharing(source, rows):
    load(source, [batch(session("s"), message("m", "s", 0))])
    certain = replace(HELPER, user_id="p-bo", is_owner_certain=True)
    loaded = load(source, [batch(session("s"), message("m", "s", 0), twins=(certain,))])
    assert tally(loaded, "twins") == tally(loaded, "sessions") == (0, 1, 0, 0)
    assert rows(Twin.select(Twin.user)) == [("p-bo",)]
    assert rows(Session.select(Session.is_shared_twin)) == [(True,)]


def test_a_twin_once_shared_stays_shared(source, rows):
    load(source, [batch(twins=(replace(HELPER, is_shared=True),))])
    assert tally(load(source, [batch()]), "twins") == (0, 0, 1, 0)
    assert rows(Twin.select(Twin.is_shared)) == [(True,)]


def test_an_unknown_number_of_results_is_null(source, rows):
    queries = (
        QueryRecord("q1", "s", "m", "a", None, None, NOON),
        QueryRecord("q2", "s", "m", "b", "web", 0, NOON),
    )
    load(source, [batch(session("s"), message("m", "s", 0), *queries)])
    assert rows(Query.select(Query.results_count).order_by(Query.id)) == [(None,), (0,)]


def test_each_batch_is_whole_or_absent(source, rows, monkeypatch):
    for name in ("TRANSACTION_ROWS", "BULK_ROWS"):
        monkeypatch.setattr(f"twin_tui.importers.loading.load.{name}", 1)
    good = batch(session("s"), message("m", "s", 0))
    bad = batch(session("t"), message("n", "t", 0, author="p-nobody"), people=(), twins=())
    with pytest.raises(ImportFailedError, match="changed while it was read"):
        load(source, [good, bad])
    assert rows(Session.select(Session.id)) == rows(Message.select(Message.session)) == [("s",)]


def test_more_rows_than_one_statement_holds(source):
    many = batch(session("s"), *(message(f"m{i:04}", "s", i) for i in range(1234)))
    assert tally(load(source, [many]), "messages") == (1234, 0, 0, 0)
    assert tally(load(source, [many]), "messages") == (0, 0, 1234, 0)


def test_a_database_open_for_reading_is_refused_but_planned_for(database_url):
    with open_database(database_url, "read") as opened:
        with pytest.raises(ImportFailedError, match="reading only"):
            load(opened, [batch()])
        assert tally(load(opened, [batch()], dry_run=True), "users") == (2, 0, 0, 0)


def test_another_systems_database_is_refused(source):
    source.is_ours = False
    with pytest.raises(ImportFailedError, match="another system"):
        load(source, [batch()])


def test_native_ids_of_different_places_never_meet():
    assert stable_id("slack", "T1", "C1") != stable_id("slack", "T1C1") != stable_id("chatgpt", "T1", "C1")


def test_native_ids_are_uuid5_in_a_namespace_of_our_own():
    for parts in (("slack", "T1"), ("a\ud800", "é"), ()):
        name = "\x1f".join(parts).encode("utf-8", "replace").decode()
        assert stable_id(*parts) == str(uuid.uuid5(_NAMESPACE, name))
