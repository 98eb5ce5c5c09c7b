"""Feature usage: conversations started, information retrieved, documents drafted, and shared use beside."""

from twin_tui.analytics.answers import Feature
from twin_tui.analytics.facts import Facts
from twin_tui.analytics.order import ratio


def features(facts: Facts) -> tuple[Feature, ...]:
    """Return total, share of the three and mean per local day of each; shared use of the conversations."""
    now, days = facts.frame.current, facts.frame.day_count
    asked = facts.total("conversations", now)
    found = facts.total("queries", now)
    drafted = facts.total("documents", now)
    shared = facts.total("shared", now)
    three = asked + found + drafted
    named = (
        ("question_asked", "Conversations started", asked, three),
        ("info_retrieved", "Information retrieved", found, three),
        ("document_drafted", "Documents drafted", drafted, three),
        ("shared_interaction", "Shared use", shared, asked),
    )
    return tuple(
        Feature(key, label, count, ratio(count, whole), ratio(count, days))
        for key, label, count, whole in named
    )
