"""Checks of what rows refer to: owners, sessions, messages."""

from typing import Any

from peewee import JOIN, fn

from twin_tui.data.models import Document, Message, Query, Session, Twin, User
from twin_tui.operations.checks import ALL, CHILDREN, Case, Check, name_of


def _orphans(model: Any, link: Any, parent: Any) -> Check:
    def rows(case: Case) -> Any:
        own = None if model is Twin else Session.id if model is Session else model.session
        return (
            model.select(*case.columns(model.id, own, link))
            .join(parent, JOIN.LEFT_OUTER, on=(link == parent.id))
            .where(parent.id.is_null())
        )

    table, noun = name_of(model), name_of(parent).removesuffix("s")
    return Check(
        f"{table}_without_{noun}",
        table,
        f"{table.capitalize()} whose {noun} is not there: they are in no figure, or stand without a name.",
        "warn",
        rows,
    )


def _strays(model: Any) -> Check:
    def rows(case: Case) -> Any:
        linked = case.column(model.message)
        same = (Message.session == model.session) & (Message.id == model.message)
        return (
            model.select(*case.columns(model.id, model.session, linked))
            .join(Message, JOIN.LEFT_OUTER, on=same)
            .where(linked.is_null(False) & Message.id.is_null())
        )

    table = name_of(model)
    return Check(
        f"{table}_with_stray_message",
        table,
        f"{table.capitalize()} linked to a message that is not in their session.",
        "warn",
        rows,
        (f"{table}.message_id",),
    )


def _crowds(model: Any) -> Check:
    table = name_of(model)

    def rows(case: Case) -> Any:
        linked = case.column(model.message)
        crowd = (
            model.select(
                case.column(model.session).alias("crowd_session"),
                linked.alias("crowd_message"),
                fn.COUNT(ALL).alias("crowd_size"),
            )
            .where(linked.is_null(False))
            .group_by(case.column(model.session), linked)
            .having(fn.COUNT(ALL) > 1)
        ).alias("crowd")
        made = case.columns(crowd.c.crowd_message, crowd.c.crowd_session, crowd.c.crowd_size)
        return crowd.select_from(*made)

    return Check(
        f"messages_with_several_{table}",
        "messages",
        f"Messages that several {table} are linked to; twin-tui shows them all.",
        "note",
        rows,
        (f"{table}.message_id",),
        lambda value, _: f"{value} {table}",
    )


LINK_CHECKS = (
    _orphans(Twin, Twin.user, User),
    _orphans(Session, Session.user, User),
    _orphans(Session, Session.twin, Twin),
    *(_orphans(model, model.session, Session) for model in CHILDREN),
    _strays(Document),
    _strays(Query),
    _crowds(Document),
    _crowds(Query),
)
