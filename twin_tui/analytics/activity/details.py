"""What the lines of one page show, fetched by their ids in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Select, Value, fn

from twin_tui.analytics.activity.lines import Line
from twin_tui.analytics.answers import ActivityItem, Person, TwinRef
from twin_tui.analytics.columns import brief, people, people_columns, whole, with_people, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.layer import Layer
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.reading import IDLE_US
from twin_tui.data.models import Document, Message, Query, Session
from twin_tui.rollups import tables

_LENGTHS = (8, 50, 100, 500)
"""How many ids a statement may ask for."""
_Made = dict[tuple[str, str], int]
"""Documents and queries by session id and kind."""


@dataclass(frozen=True, slots=True)
class _Thread:
    """What a line shows of its session."""

    user: Person
    twin: TwinRef
    title: str
    topic: str
    platform: str
    shared: bool


@dataclass(frozen=True, slots=True)
class _Event:
    """What a line shows of its document or query."""

    what: str
    detail: str
    results_count: int | None = None


def items(context: Context, lines: Sequence[Line]) -> tuple[ActivityItem, ...]:
    """Return the lines with everything they show, in their order."""
    if not lines:
        return ()
    ids = sorted({line.session_id for line in lines})
    threads = _threads(context, ids)
    layer = context.layer
    if layer is not None and not layer.reaches_beyond_now:
        lengths, made = _held(layer, ids)
    else:
        lengths, made = _lengths(context, ids), _made(context, ids)
    events = _documents(context, lines) | _queries(context, lines)
    shown = []
    for line in lines:
        thread, moment = threads.get(line.session_id), context.source.dialect.parse_time(line.moment)
        if thread is None or moment is None:
            continue
        event = events.get((line.kind, line.event_id)) or _of_thread(thread)
        messages, length = lengths.get(line.session_id, (0, None))
        shown.append(
            ActivityItem(
                time=moment,
                kind=line.kind,
                session_id=line.session_id,
                event_id=line.event_id,
                user=thread.user,
                twin=thread.twin,
                what=event.what,
                detail=event.detail,
                platform=thread.platform,
                length_s=length,
                messages=messages,
                documents=made[line.session_id, "document"],
                queries=made[line.session_id, "query"],
                results_count=event.results_count,
                shared=thread.shared,
            )
        )
    return tuple(shown)


def _of_thread(thread: _Thread) -> _Event:
    title = thread.title if thread.title.strip() else ""
    return _Event(title or thread.topic, thread.topic if title else "")


def _threads(context: Context, ids: list[str]) -> dict[str, _Thread]:
    source = context.source
    padded = _padded(ids)

    def build(*wanted: Any) -> Any:
        columns = (
            source.column(Session.id),
            brief(source.column(Session.title)),
            brief(source.column(Session.topic)),
            brief(source.column(Session.platform)),
            context.scope(Filters()).is_shared(),
        )
        select = with_people(Session.select(*columns, *people_columns(source)))
        return select.where(source.column(Session.id).in_(wanted))

    threads = {}
    for key, title, topic, platform, shared, *who in context.again(f"threads {len(padded)}", build, *padded):
        user, twin = people(who)
        threads[words(key)] = _Thread(user, twin, words(title), words(topic), words(platform), bool(shared))
    return threads


def _held(layer: Layer, ids: list[str]) -> tuple[dict[str, tuple[int, float | None]], _Made]:
    """Return the same as `_lengths` and `_made` from the derived tables."""
    padded = _padded(ids)
    marks = ", ".join("?" * len(padded))
    rows = layer.run(
        f"SELECT session_id, messages, length_us, documents, queries FROM {tables.SESSION}"
        f" WHERE session_id IN ({marks})",
        padded,
    )
    lengths: dict[str, tuple[int, float | None]] = {}
    made: _Made = defaultdict(int)
    for key, messages, length, documents, queries in rows:
        if messages:
            lengths[key] = (messages, None if length is None else length / 1_000_000)
        made[key, "document"], made[key, "query"] = documents, queries
    return lengths, made


def _lengths(context: Context, ids: list[str]) -> dict[str, tuple[int, float | None]]:
    """Return messages and active seconds by session: gaps between messages, those of at most 30 minutes."""
    source = context.source
    thread, sent = source.column(Message.session), source.column(Message.created_at)
    moment = source.dialect.micros(sent)
    earlier = fn.LAG(moment).over(partition_by=[Message.session], order_by=[sent])
    visible = thread.in_(ids) & (sent < source.dialect.instant(context.now))
    pauses = (
        Message.select(thread.alias("thread"), (moment - earlier).alias("pause"))
        .where(visible)
        .alias("pauses")
    )
    active = fn.SUM(pauses.c.pause).filter(pauses.c.pause <= IDLE_US)
    rows = context.rows(
        Select([pauses], [pauses.c.thread, fn.COUNT(SQL("*")), active]).group_by(pauses.c.thread)
    )
    return {
        words(thread): (count, None if count < 2 else int(length or 0) / 1_000_000)
        for thread, count, length in rows
    }


def _made(context: Context, ids: list[str]) -> _Made:
    """Return how many documents and queries each session holds, by (session id, kind)."""
    source, selects = context.source, []
    for kind, model in (("document", Document), ("query", Query)):
        thread = source.column(getattr(model, "session"))  # noqa: B009
        made = source.column(getattr(model, "created_at"))  # noqa: B009
        visible = thread.in_(ids) & (made < source.dialect.instant(context.now))
        select = model.select(
            thread.alias("thread"), Value(kind).alias("kind"), fn.COUNT(SQL("*")).alias("held")
        )
        selects.append(select.where(visible).group_by(SQL("thread")))
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    for thread, kind, count in context.rows(selects[0].union_all(selects[1])):
        counts[words(thread), kind] += count
    return counts


def _documents(context: Context, lines: Sequence[Line]) -> dict[tuple[str, str], _Event]:
    column = context.source.column
    columns = (column(Document.id), brief(column(Document.title)), brief(column(Document.document_type)))
    return {
        ("document", words(key)): _Event(words(title), words(kind))
        for key, title, kind in _of_kind(context, lines, "document", Document, columns)
    }


def _queries(context: Context, lines: Sequence[Line]) -> dict[tuple[str, str], _Event]:
    column = context.source.column
    columns = (
        column(Query.id),
        brief(column(Query.query_text)),
        brief(column(Query.query_type)),
        column(Query.results_count),
    )
    return {
        ("query", words(key)): _Event(words(text), words(kind), whole(results))
        for key, text, kind, results in _of_kind(context, lines, "query", Query, columns)
    }


def _of_kind(
    context: Context, lines: Sequence[Line], kind: str, model: Any, columns: tuple[Any, ...]
) -> list[tuple[Any, ...]]:
    wanted = [line for line in lines if line.kind == kind]
    if not wanted:
        return []
    column = context.source.column
    threads, events = (
        _padded([line.session_id for line in wanted]),
        _padded([line.event_id for line in wanted]),
    )

    def build(*ids: Any) -> Any:
        in_sessions = column(model.session).in_(ids[: len(threads)])
        return model.select(*columns).where(in_sessions & column(model.id).in_(ids[len(threads) :]))

    return context.again(f"{kind} lines {len(events)}", build, *threads, *events)


def _padded(ids: list[str]) -> list[str]:
    """Return ids with the last one repeated up to one of few lengths, so that few statements are built.

    >>> _padded(["a", "b"])
    ['a', 'b', 'b', 'b', 'b', 'b', 'b', 'b']
    """
    length = next((length for length in _LENGTHS if length >= len(ids)), len(ids))
    return ids + ids[-1:] * (length - len(ids))
