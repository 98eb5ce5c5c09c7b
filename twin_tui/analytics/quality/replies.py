"""Messages of people one by one: how long the reply took, and those the twin said nothing after."""

from typing import Any, NamedTuple

from peewee import Case, Select, fn
from peewee import Window as Over

from twin_tui.analytics.answers import Window
from twin_tui.analytics.columns import words
from twin_tui.analytics.context import Context
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.quality.dead_ends import conversation_order, in_order
from twin_tui.analytics.scope import bound
from twin_tui.data.models import Message, Session


class Wait(NamedTuple):
    """A message of a person that got a reply before the person wrote again."""

    session_id: str
    twin_id: str
    sent_us: int
    """Microseconds since 1970."""
    wait_us: int


class Unanswered(NamedTuple):
    """A message of a person after which the twin said nothing more in the conversation."""

    session_id: str
    twin_id: str
    sent_us: int


def waits(context: Context, filters: Filters, window: Window, longer_than_us: int = -1) -> list[Wait]:
    """Return the replies to messages sent in a window that took longer than that, in no order."""
    sender = context.source.column(Message.sender_type)
    moment = context.source.dialect.micros(context.source.column(Message.created_at))
    order = in_order(context)
    turns = (
        _spoken(
            context,
            filters,
            window,
            fn.LEAD(sender).over(order).alias("next_sender"),
            (fn.LEAD(moment).over(order) - moment).alias("wait"),
        )
        .window(order)
        .alias("turns")
    )
    answered = (turns.c.next_sender == "twin") & (turns.c.wait > longer_than_us)
    columns = (turns.c.thread, turns.c.with_twin, turns.c.sent_us, turns.c.wait)
    rows = context.rows(_asked(context, turns, window, columns).where(answered))
    return [Wait(words(thread), words(twin), int(sent), int(wait)) for thread, twin, sent, wait in rows]


def unanswered(context: Context, filters: Filters, window: Window) -> list[Unanswered]:
    """Return the messages sent in a window that the twin said nothing after, in no order."""
    is_twins = Case(None, [(context.source.column(Message.sender_type) == "twin", 1)])
    following = Over(
        partition_by=[Message.session],
        order_by=conversation_order(context),
        start=Over.following(1),
        end=Over.following(),
        alias="following",
    )
    turns = (
        _spoken(context, filters, window, fn.MAX(is_twins).over(following).alias("replies"))
        .window(following)
        .alias("turns")
    )
    columns = (turns.c.thread, turns.c.with_twin, turns.c.sent_us)
    rows = context.rows(_asked(context, turns, window, columns).where(turns.c.replies.is_null()))
    return [Unanswered(words(thread), words(twin), int(sent)) for thread, twin, sent in rows]


def _spoken(context: Context, filters: Filters, window: Window, *more: Any) -> Any:
    """Return the select of what person and twin said from the window's start until now."""
    column, scope = context.source.column, context.scope(filters)
    sent, sender = column(Message.created_at), column(Message.sender_type)
    return scope.messages(
        column(Message.session).alias("thread"),
        column(Session.twin).alias("with_twin"),
        sender.alias("sender"),
        sent.alias("sent_at"),
        context.source.dialect.micros(sent).alias("sent_us"),
        *more,
    ).where(
        scope.within(Message.created_at, window.start, context.now) & sender.in_(["user", "twin"]),
    )


def _asked(context: Context, turns: Any, window: Window, columns: tuple[Any, ...]) -> Any:
    until = bound(context.source.dialect, window.end)
    return Select([turns], columns).where((turns.c.sender == "user") & (turns.c.sent_at < until))
