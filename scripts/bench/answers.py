"""Answers as plain values, so that three programs can be compared: what every one of them must agree on."""

import math
from typing import Any

from twin_tui.analytics.answers import ActivityPage, Overview


def overview_values(found: Overview) -> dict[str, Any]:
    """Return everything an overview shows, by name."""
    values: dict[str, Any] = {}
    for figure in found.figures:
        values[figure.key] = (figure.value, figure.previous)
        values[f"{figure.key}.series"] = figure.series
        for label, value, _ in figure.parts:
            values[f"{figure.key}.{label}"] = value
    values["days"] = tuple(
        (row.day.toordinal(), row.active_users, row.new_users, row.conversations, row.messages,
         row.documents, row.queries, row.shared_conversations) for row in found.days
    )  # fmt: skip
    for name in ("message_types", "platforms", "document_types", "query_types"):
        values[name] = tuple(sorted((share.name, share.count) for share in getattr(found, name)))
    values["hours"] = found.hourly.counts
    values["leaderboard"] = tuple(
        (row.id, row.rank, row.conversations, row.active_users, row.messages, row.documents, row.queries,
         row.rank_change) for row in found.leaderboard.rows
    )  # fmt: skip
    values["latest"] = tuple((item.kind, item.event_id) for item in found.latest)
    return values


def page_values(found: ActivityPage) -> tuple[Any, ...]:
    """Return a page of the feed as it is shown."""
    items = tuple(
        (item.kind, item.event_id, item.messages, item.documents, item.queries) for item in found.items
    )
    return found.total, found.pages, items


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Return where two answers differ, in words; numbers agree within a billionth."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [
            text
            for key in sorted(set(one) & set(other))
            for text in differences(one[key], other[key], f"{path}.{key}".lstrip("."))
        ]
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        if len(one) != len(other):
            return [f"{path}: {len(one)} against {len(other)} values"]
        return [
            text
            for place, pair in enumerate(zip(one, other, strict=True))
            for text in differences(*pair, f"{path}[{place}]")
        ]
    if isinstance(one, int | float) and isinstance(other, int | float):
        return (
            [] if math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9) else [f"{path}: {one} against {other}"]
        )
    return [] if one == other else [f"{path}: {one!r} against {other!r}"]
