"""Answers as JSON: snake_case keys frozen by a test, times UTC with ``Z``, days local, unknown as null."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from twin_tui.analytics.answers import (
    ActivityItem,
    ActivityPage,
    Conversation,
    DayRow,
    Entry,
    Feature,
    Figure,
    Leaderboard,
    LeaderboardRow,
    Overview,
    Person,
    Share,
    TwinRef,
    Window,
)
from twin_tui.reports.about import About

Json = dict[str, Any]

_UNSAFE = re.compile(
    "[\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)


def to_json(answer: Json) -> str:
    r"""Return the answer as indented JSON in which no character steers a terminal or breaks an encoder.

    >>> to_json({"text": "日本\x9b2J"})
    '{\n  "text": "日本\\u009b2J"\n}'
    """
    text = json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False)
    return _UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], text)


def instant(moment: datetime | None) -> str | None:
    """Return an instant in UTC, ISO 8601 with ``Z``."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def overview_json(overview: Overview, about: About) -> Json:
    """Return everything of the first tab under the keys that `report overview --json` promises."""
    board = overview.leaderboard
    hourly = overview.hourly
    return {
        **frame(about),
        "window": window_json(overview.window),
        "previous_window": window_json(overview.previous_window),
        "as_of": instant(overview.status.as_of),
        "kpis": {figure.key: figure_json(figure) for figure in overview.figures},
        "series": [day_json(row) for row in overview.days],
        "features": [feature_json(feature) for feature in overview.features],
        "leaderboard_by": board.group,
        "leaderboard_rank_by": board.measure,
        "leaderboard_total": board.total,
        "leaderboard": [_rank(row) for row in board.rows],
        "hourly": [list(row) for row in hourly.means],
        "hourly_counts": [list(row) for row in hourly.counts],
        "hourly_profile": list(hourly.profile),
        "hourly_mean": hourly.mean,
        "peak_hours": list(hourly.peaks),
        "message_types": [share_json(share) for share in overview.message_types],
        "platforms": [share_json(share) for share in overview.platforms],
        "latest": [item_json(item) for item in overview.latest],
    }


def leaderboard_json(board: Leaderboard, about: About) -> Json:
    """Return groups in rank order; ``total`` counts all groups, also those not listed."""
    return {
        **frame(about),
        "by": board.group,
        "rank_by": board.measure,
        "total": board.total,
        "leaderboard": [_rank(row) for row in board.rows],
    }


def activity_json(page: ActivityPage, about: About) -> Json:
    """Return one page of the feed with exact totals."""
    asked = page.request
    return {
        **frame(about),
        "type": asked.type,
        "has": [
            word
            for word, wanted in (("document", asked.has_documents), ("query", asked.has_queries))
            if wanted
        ],
        "dated": asked.dated,
        "only_unreviewed": asked.only_unreviewed,
        "search": asked.search,
        "total": page.total,
        "page": asked.page,
        "pages": page.pages,
        "limit": asked.limit,
        "has_next": page.has_next,
        "has_prev": page.has_prev,
        "items": [item_json(item) for item in page.items],
    }


def conversation_json(
    conversation: Conversation, entries: Iterable[Entry], about: About, event_id: str | None = None
) -> Json:
    """Return one session with its whole timeline; ``event_id``: the event that was asked for, if any."""
    header = conversation.header
    return {
        "database": about.database,
        "timezone": about.timezone,
        "now": instant(about.now),
        "event_id": event_id,
        "session": {
            "id": header.session_id,
            "user": {**person_ref(header.user), "company": header.company, "department": header.department},
            "twin": twin_ref(header.twin),
            "title": header.title,
            "topic": header.topic,
            "platform": header.platform,
            "started_at": instant(header.started_at),
            "last_at": instant(header.last_at),
            "shared": header.shared,
            "messages": header.messages,
            "user_messages": header.user_messages,
            "twin_messages": header.twin_messages,
            "documents": header.documents,
            "queries": header.queries,
            "elapsed_s": header.elapsed_s,
            "active_s": header.active_s,
        },
        "entries": [_entry(entry) for entry in entries],
    }


def frame(about: About) -> Json:
    """Return what stands above every answer: database, now, period, filters."""
    asked = about.filters
    return {
        "database": about.database,
        "now": instant(about.now),
        "period": {
            "start": about.start and about.start.isoformat(),
            "end": about.end and about.end.isoformat(),
            "last_day": about.last_day and about.last_day.isoformat(),
            "timezone": about.timezone,
        },
        "filters": {
            "company": asked.company,
            "department": asked.department,
            "user": asked.user,
            "twin": asked.twin,
            "platform": asked.platform,
            "shared": asked.shared,
            "compare": None if asked.against is None else str(asked.against),
        },
    }


def window_json(window: Window | None) -> Json | None:
    """Return exact instants, half-open."""
    if window is None:
        return None
    return {"start": instant(window.start), "end": instant(window.end), "timezone": window.timezone}


def figure_json(figure: Figure) -> Json:
    """Return a figure with everything it was made of."""
    return {
        "label": figure.label,
        "unit": figure.unit,
        "value": figure.value,
        "previous": figure.previous,
        "change": figure.change,
        "good": figure.good,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "n": figure.n,
        "window": window_json(figure.window),
        "previous_window": window_json(figure.previous_window),
        "unfiltered": figure.unfiltered,
        "definition": figure.definition,
        "parts": [{"label": label, "value": value, "unit": unit} for label, value, unit in figure.parts],
        "series": list(figure.series),
    }


def day_json(row: DayRow) -> Json:
    """Return one local day of the series."""
    return {
        "day": row.day.isoformat(),
        "active_users": row.active_users,
        "new_users": row.new_users,
        "conversations": row.conversations,
        "messages": row.messages,
        "documents": row.documents,
        "queries": row.queries,
        "shared_conversations": row.shared_conversations,
        "active_users_average": row.active_users_average,
        "conversations_average": row.conversations_average,
        "messages_average": row.messages_average,
        "is_complete": row.is_complete,
    }


def feature_json(feature: Feature) -> Json:
    """Return the use of one feature."""
    return {
        "feature": feature.feature,
        "label": feature.label,
        "count": feature.count,
        "share": feature.share,
        "per_day": feature.per_day,
    }


def _rank(row: LeaderboardRow) -> Json:
    return {
        "rank": row.rank,
        "id": row.id,
        "name": row.name,
        "detail": row.detail,
        "conversations": row.conversations,
        "active_users": row.active_users,
        "messages": row.messages,
        "documents": row.documents,
        "queries": row.queries,
        "per_user": row.per_user,
        "share": row.share,
        "rank_change": row.rank_change,
    }


def share_json(share: Share) -> Json:
    """Return one bar of a breakdown."""
    return {"name": share.name, "count": share.count, "share": share.share}


def person_ref(person: Person) -> Json:
    """Return who."""
    return {"id": person.id, "name": person.name, "email": person.email}


def twin_ref(twin: TwinRef) -> Json:
    """Return which twin, and whose."""
    return {
        "id": twin.id,
        "name": twin.name,
        "owner": twin.owner.name,
        "owner_id": twin.owner.id,
        "owner_email": twin.owner.email,
    }


def item_json(item: ActivityItem) -> Json:
    """Return one line of the feed."""
    return {
        "time": instant(item.time),
        "kind": item.kind,
        "session_id": item.session_id,
        "event_id": item.event_id,
        "user": person_ref(item.user),
        "twin": twin_ref(item.twin),
        "what": item.what,
        "detail": item.detail,
        "platform": item.platform,
        "length_s": item.length_s,
        "messages": item.messages,
        "documents": item.documents,
        "queries": item.queries,
        "results_count": item.results_count,
        "shared": item.shared,
    }


def _entry(entry: Entry) -> Json:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "time": instant(entry.time),
        "sender": entry.sender,
        "text": entry.text,
        "size": entry.size,
        "message_id": entry.message_id,
        "message_type": entry.message_type,
        "title": entry.title,
        "type": entry.type,
        "word_count": entry.word_count,
        "results_count": entry.results_count,
    }
