"""Engagement as tables."""

from operator import attrgetter

from twin_tui.analytics.answers import Distribution, Engagement, Person, Share
from twin_tui.reports.overview_sections import (
    features_section,
    hourly_sections,
    kpis_section,
    series_section,
    shares_section,
)
from twin_tui.reports.sections import Field, Section
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
        Section.of("funnel", "Funnel", _FUNNEL, found.funnel),
        features_section(found.features),
        series_section(found.days),
        *map(_distribution, found.distributions),
        Section.of("concentration", "Concentration", _CONCENTRATION, found.concentration),
        Section.of("busiest", "Busiest people", _BUSIEST, found.busiest),
        Section.of("pairs", "Who uses whose twin", _PAIRS, found.pairs.rows),
        shares_section("topics", "Topics", topics),
        shares_section("platforms", "Platforms", found.platforms),
        shares_section("message_types", "Message types", found.message_types),
        shares_section("document_types", "Document types", found.document_types),
        shares_section("query_types", "Query types", found.query_types),
        *hourly_sections(found.hourly),
    )


def _distribution(spread: Distribution) -> Section:
    return Section.of(
        spread.key,
        spread.label,
        (
            Field("start", unit="count", brief=False),
            Field("stop", unit="count", brief=False),
            Field("values", spread.label, value=lambda each: bucket(each.start, each.stop, spread.unit)),
            Field("count", spread.counted.capitalize(), "count"),
            _SHARE,
        ),
        spread.buckets,
    )


def _known(person: Person) -> str:
    return person.name or person.email


_CONVERSATIONS, _SHARE = (
    Field("conversations", "Conversations", "conversations"),
    Field("share", "Share", "ratio"),
)
_PEOPLE = Field("users", "People", "users", attrgetter("people"))
_FUNNEL = (
    Field("step", value=attrgetter("key"), brief=False),
    Field("label", "Step"),
    _PEOPLE,
    Field("rate", "Of the step before", "ratio"),
)
_CONCENTRATION = (
    Field("top", "Busiest", "ratio", lambda top: top.percent / 100),
    _PEOPLE,
    _CONVERSATIONS,
    _SHARE,
)
_BUSIEST = (
    Field("user_id", value=attrgetter("person.id"), brief=False),
    Field("name", "Name", value=attrgetter("person.name")),
    Field("email", "E-mail", value=attrgetter("person.email")),
    _CONVERSATIONS,
    _SHARE,
)
_PAIRS = (
    Field("user_id", value=attrgetter("person.id"), brief=False),
    Field("user", "Person", value=lambda pair: _known(pair.person)),
    Field("user_email", value=attrgetter("person.email"), brief=False),
    Field("twin_id", value=attrgetter("twin.id"), brief=False),
    Field("twin", "Twin", value=attrgetter("twin.name")),
    Field("owner_id", value=attrgetter("twin.owner.id"), brief=False),
    Field("owner", "Owner", value=lambda pair: _known(pair.twin.owner)),
    _CONVERSATIONS,
    _SHARE,
)
