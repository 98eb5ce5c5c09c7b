"""Engagement as tables."""

from twin_tui.analytics.answers import Distribution, Engagement, Share
from twin_tui.reports.overview_sections import (
    features_section,
    hourly_sections,
    kpis_section,
    series_section,
    shares_section,
)
from twin_tui.reports.sections import Cell, Column, Section
from twin_tui.text.formatting import bucket

ENGAGEMENT_SECTIONS = (
    "kpis",
    "funnel",
    "features",
    "series",
    "sessions_per_user",
    "messages_per_conversation",
    "session_length",
    "reply_time",
    "concentration",
    "busiest",
    "pairs",
    "topics",
    "platforms",
    "message_types",
    "document_types",
    "query_types",
    "hourly",
    "hourly_counts",
)
"""Keys of the sections, in order."""


def engagement_sections(found: Engagement) -> tuple[Section, ...]:
    """Return the sections in the order of `ENGAGEMENT_SECTIONS`."""
    topics = tuple(Share(topic.name, topic.count, topic.share) for topic in found.topics.rows)
    return (
        kpis_section(found.figures),
        _funnel(found),
        features_section(found.features),
        series_section(found.days),
        *map(_distribution, found.distributions),
        _concentration(found),
        _busiest(found),
        _pairs(found),
        shares_section("topics", "Topics", topics),
        shares_section("platforms", "Platforms", found.platforms),
        shares_section("message_types", "Message types", found.message_types),
        shares_section("document_types", "Document types", found.document_types),
        shares_section("query_types", "Query types", found.query_types),
        *hourly_sections(found.hourly),
    )


def _funnel(found: Engagement) -> Section:
    return Section(
        "funnel",
        "Funnel",
        (
            Column("step", brief=False),
            Column("label", "Step"),
            Column("users", "People"),
            Column("rate", "Of the step before"),
        ),
        tuple(
            (Cell(step.key), Cell(step.label), Cell(step.people, "users"), Cell(step.rate, "ratio"))
            for step in found.funnel
        ),
    )


def _distribution(spread: Distribution) -> Section:
    return Section(
        spread.key,
        spread.label,
        (
            Column("start", brief=False),
            Column("stop", brief=False),
            Column("values", spread.label),
            Column("count", spread.counted.capitalize()),
            Column("share", "Share"),
        ),
        tuple(
            (
                Cell(each.start, "count"),
                Cell(each.stop, "count"),
                Cell(bucket(each.start, each.stop, spread.unit)),
                Cell(each.count, "count"),
                Cell(each.share, "ratio"),
            )
            for each in spread.buckets
        ),
    )


def _concentration(found: Engagement) -> Section:
    return Section(
        "concentration",
        "Concentration",
        (
            Column("top", "Busiest"),
            Column("users", "People"),
            Column("conversations", "Conversations"),
            Column("share", "Share"),
        ),
        tuple(
            (
                Cell(top.percent / 100, "ratio"),
                Cell(top.people, "users"),
                Cell(top.conversations, "conversations"),
                Cell(top.share, "ratio"),
            )
            for top in found.concentration
        ),
    )


def _busiest(found: Engagement) -> Section:
    return Section(
        "busiest",
        "Busiest people",
        (
            Column("user_id", brief=False),
            Column("name", "Name"),
            Column("email", "E-mail"),
            Column("conversations", "Conversations"),
            Column("share", "Share"),
        ),
        tuple(
            (
                Cell(busy.person.id),
                Cell(busy.person.name),
                Cell(busy.person.email),
                Cell(busy.conversations, "conversations"),
                Cell(busy.share, "ratio"),
            )
            for busy in found.busiest
        ),
    )


def _pairs(found: Engagement) -> Section:
    return Section(
        "pairs",
        "Who uses whose twin",
        (
            Column("user_id", brief=False),
            Column("user", "Person"),
            Column("user_email", brief=False),
            Column("twin_id", brief=False),
            Column("twin", "Twin"),
            Column("owner_id", brief=False),
            Column("owner", "Owner"),
            Column("conversations", "Conversations"),
            Column("share", "Share"),
        ),
        tuple(
            (
                Cell(pair.person.id),
                Cell(pair.person.name or pair.person.email),
                Cell(pair.person.email),
                Cell(pair.twin.id),
                Cell(pair.twin.name),
                Cell(pair.twin.owner.id),
                Cell(pair.twin.owner.name or pair.twin.owner.email),
                Cell(pair.conversations, "conversations"),
                Cell(pair.share, "ratio"),
            )
            for pair in found.pairs.rows
        ),
    )
