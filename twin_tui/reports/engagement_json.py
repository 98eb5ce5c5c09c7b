"""Engagement as JSON: shares are fractions, unknown is null, buckets are half-open."""

from twin_tui.analytics.answers import Distribution, Engagement, Pairs
from twin_tui.reports.about import About
from twin_tui.reports.json_form import (
    Json,
    day_json,
    feature_json,
    figure_json,
    frame,
    person_ref,
    share_json,
    twin_ref,
    window_json,
)


def engagement_json(found: Engagement, about: About) -> Json:
    """Return the whole answer under keys frozen by a test."""
    return {
        **frame(about),
        "window": window_json(found.window),
        "previous_window": window_json(found.previous_window),
        "kpis": {figure.key: figure_json(figure) for figure in found.figures},
        "funnel": [
            {"step": step.key, "label": step.label, "users": step.people, "rate": step.rate}
            for step in found.funnel
        ],
        "features": [feature_json(feature) for feature in found.features],
        "series": [day_json(row) for row in found.days],
        "distributions": {each.key: _distribution(each) for each in found.distributions},
        "concentration": [
            {
                "top": top.percent / 100,
                "users": top.people,
                "conversations": top.conversations,
                "share": top.share,
            }
            for top in found.concentration
        ],
        "busiest": [
            {"user": person_ref(busy.person), "conversations": busy.conversations, "share": busy.share}
            for busy in found.busiest
        ],
        "pairs": _pairs(found.pairs),
        "topics": {
            "total": found.topics.total,
            "rows": [
                {"name": topic.name, "count": topic.count, "share": topic.share}
                for topic in found.topics.rows
            ],
        },
        "platforms": [share_json(share) for share in found.platforms],
        "message_types": [share_json(share) for share in found.message_types],
        "document_types": [share_json(share) for share in found.document_types],
        "query_types": [share_json(share) for share in found.query_types],
        "hourly": [list(row) for row in found.hourly.means],
        "hourly_counts": [list(row) for row in found.hourly.counts],
        "hourly_profile": list(found.hourly.profile),
        "hourly_mean": found.hourly.mean,
        "peak_hours": list(found.hourly.peaks),
    }


def _distribution(spread: Distribution) -> Json:
    return {
        "label": spread.label,
        "unit": spread.unit,
        "counted": spread.counted,
        "n": spread.n,
        "mean": spread.mean,
        "median": spread.median,
        "p90": spread.p90,
        "buckets": [
            {"start": each.start, "stop": each.stop, "count": each.count, "share": each.share}
            for each in spread.buckets
        ],
    }


def _pairs(pairs: Pairs) -> Json:
    return {
        "total": pairs.total,
        "users": pairs.people,
        "twins": pairs.twins,
        "rows": [
            {
                "user": person_ref(pair.person),
                "twin": twin_ref(pair.twin),
                "conversations": pair.conversations,
                "share": pair.share,
            }
            for pair in pairs.rows
        ],
    }
