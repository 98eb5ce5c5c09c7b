"""Checks of when rows say they were made."""

from typing import Any

from twin_tui.data.models import Row, Session
from twin_tui.operations.checks import CHILDREN, DATED, Case, Check, as_time, name_of


def _session_of(model: Any) -> Any:
    return Session.id if model is Session else model.session if model in CHILDREN else None


def _future(model: type[Row], when: Any) -> Check:
    def rows(case: Case) -> Any:
        columns = case.columns(model.id, _session_of(model), when)
        return model.select(*columns).where(case.column(when) >= case.instant)

    table = name_of(model)
    return Check(
        f"future_{table}",
        table,
        f"{table.capitalize()} dated now or in the future: they are in no figure before their time has come.",
        "warn",
        rows,
        (f"{table}.{when.column_name}",),
        as_time,
    )


def _undated(model: type[Row], when: Any) -> Check:
    def rows(case: Case) -> Any:
        columns = case.columns(model.id, _session_of(model))
        return model.select(*columns).where(case.column(when).is_null())

    table = name_of(model)
    return Check(
        f"undated_{table}",
        table,
        f"{table.capitalize()} without a readable time ({when.column_name}): they are in no figure by day.",
        "warn" if model in (Session, *CHILDREN) else "note",
        rows,
        (f"{table}.{when.column_name}",),
    )


def _early(model: Any) -> Check:
    def rows(case: Case) -> Any:
        made = case.column(model.created_at)
        return (
            model.select(*case.columns(model.id, model.session, made))
            .join(Session, on=(model.session == Session.id))
            .where(made < case.column(Session.started_at))
        )

    table = name_of(model)
    return Check(
        f"{table}_before_session",
        table,
        f"{table.capitalize()} dated before their session's start.",
        "warn",
        rows,
        words=as_time,
    )


TIME_CHECKS = (
    *(_early(model) for model in CHILDREN),
    *(_future(model, when) for model, when in DATED),
    *(_undated(model, when) for model, when in DATED),
)
