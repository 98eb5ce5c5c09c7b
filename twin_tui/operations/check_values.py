"""Checks of what rows say: sharing, senders, counts, addresses, encodings, and sessions without words."""

from functools import reduce
from operator import or_
from typing import Any

from peewee import JOIN, Value, fn
from peewee import Case as Choose

from twin_tui.data.columns import COLUMNS, kind_of
from twin_tui.data.models import MODELS, Message, Query, Row, Session, Twin, User
from twin_tui.operations.checks import ALL, CHILDREN, Case, Check, name_of

SENDERS = ("user", "twin")
PEOPLES_WORDS = frozenset({"empty_sessions", "same_email", "unknown_senders"})
"""Checks that tell of a row what people wrote or are called."""


def _empty(case: Case) -> Any:
    return (
        Session.select(*case.columns(Session.id, Session.id, Session.title))
        .join(Message, JOIN.LEFT_OUTER, on=(Message.session == Session.id))
        .where(Message.session.is_null())
    )


def _drift(case: Case) -> Any:
    marked = fn.COALESCE(case.column(Session.is_shared_twin), Value(False))
    owner = case.column(Twin.user)
    uses_own = case.column(Session.user) == owner
    uses_other = case.column(Session.user) != owner
    told = Choose(None, ((uses_own, "marked as shared, the twin is their own"),), "the twin is another's")
    return (
        Session.select(*case.columns(Session.id, Session.id, told))
        .join(Twin, on=(Session.twin == Twin.id))
        .where(((marked == Value(True)) & uses_own) | ((marked == Value(False)) & uses_other))
    )


def _strangers(case: Case) -> Any:
    is_private = fn.COALESCE(case.column(Twin.is_shared), Value(False)) == Value(False)
    return (
        Session.select(*case.columns(Session.id, Session.id, Session.user))
        .join(Twin, on=(Session.twin == Twin.id))
        .where(is_private & (case.column(Session.user) != case.column(Twin.user)))
    )


def _senders(case: Case) -> Any:
    sender = case.column(Message.sender_type)
    columns = case.columns(Message.id, Message.session, sender)
    return Message.select(*columns).where(sender.not_in(SENDERS))


def _negative(case: Case) -> Any:
    count = case.column(Query.results_count)
    return Query.select(*case.columns(Query.id, Query.session, count)).where(count < 0)


def _namesakes(case: Case) -> Any:
    folded = case.source.dialect.casefold(case.column(User.email))
    same = (
        User.select(folded.alias("folded"), fn.COUNT(ALL).alias("bearers"))
        .where(case.column(User.email) != "")
        .group_by(folded)
        .having(fn.COUNT(ALL) > 1)
        .alias("same")
    )
    return User.select(*case.columns(User.id, None, User.email)).join(same, on=(folded == same.c.folded))


def _garbled(model: Any) -> Check:
    table = name_of(model)
    fields = [field for (of, _), field in COLUMNS.items() if of == table and kind_of(field) == "text"]

    def rows(case: Case) -> Any:
        valid = {field: case.source.dialect.is_utf8(case.column(field)) for field in fields}
        if any(condition is None for condition in valid.values()):
            return None
        session = Session.id if model is Session else model.session if model in CHILDREN else None
        bad = {field: valid[field] == 0 for field in fields}
        where = Choose(None, [(wrong, field.column_name) for field, wrong in bad.items()])
        return model.select(*case.columns(model.id, session, where)).where(reduce(or_, bad.values()))

    return Check(
        f"garbled_{table}",
        table,
        f"{table.capitalize()} with text that is not valid UTF-8: broken characters show as �.",
        "note",
        rows,
    )


def _named(model: type[Row], key: str, sentence: str, rows: Any, *needs: str, warn: bool = True) -> Check:
    return Check(key, name_of(model), sentence, "warn" if warn else "note", rows, needs)


SESSION_CHECKS = (
    _named(
        Session,
        "empty_sessions",
        "Sessions without any message: they count as conversations and hold nothing to read.",
        _empty,
        warn=False,
    ),
    _named(
        Session,
        "shared_flag_drift",
        "Sessions whose mark for shared use contradicts whose twin it is: shared use is counted by the mark.",
        _drift,
        "sessions.is_shared_twin",
    ),
    _named(
        Session,
        "strangers_on_private_twins",
        "Sessions of one person with another's twin that is not shared.",
        _strangers,
        "twins.is_shared",
    ),
)
VALUE_CHECKS = (
    _named(
        Message,
        "unknown_senders",
        "Messages from neither a user nor a twin: they count as messages and for nobody.",
        _senders,
    ),
    _named(
        Query,
        "negative_results",
        "Queries with fewer than no results.",
        _negative,
        "queries.results_count",
    ),
    _named(
        User,
        "same_email",
        "Users whose e-mail another user has, too, in whatever case: one person may be counted twice.",
        _namesakes,
    ),
    *(_garbled(model) for model in MODELS),
)
