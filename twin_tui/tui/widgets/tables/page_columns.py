"""The columns of the lists on a person's or twin's page."""

from datetime import datetime

from twin_tui.analytics.answers import ActivityItem, TwinRow, TwinUse
from twin_tui.text.formatting import DASH, age, compact
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.widgets.brief import brief_age
from twin_tui.tui.widgets.tables.columns import Column, Moment, filling
from twin_tui.tui.widgets.tables.people_columns import sharing
from twin_tui.tui.widgets.transcript.heading import SHARED_MARK, person

Sessions = tuple[Column[ActivityItem], ...]


def sessions_of_person(width: int) -> Sessions:
    """Return the columns of a person's sessions: with which twin."""
    return filling((*_begun(width), _twin(_who(width)), *_sizes(width)), width)


def sessions_of_twin(width: int) -> Sessions:
    """Return the columns of a twin's sessions: of whom."""
    return filling((*_begun(width), _user(_who(width)), *_sizes(width)), width)


def documents(width: int) -> Sessions:
    """Return the columns of documents."""
    kind: Column[ActivityItem] = Column("type", 14, lambda item, _: safe_line(item.detail, 40), style="quiet")
    return filling((_age(width), _what("document"), *((kind,) if width >= 44 else ())), width)


def queries(width: int) -> Sessions:
    """Return the columns of queries."""
    found: Column[ActivityItem] = Column(
        "found", 5, lambda item, _: compact(item.results_count), is_number=True
    )
    kind: Column[ActivityItem] = Column("type", 14, lambda item, _: safe_line(item.detail, 40), style="quiet")
    return filling((_age(width), _what("query"), *((kind,) if width >= 52 else ()), found), width)


def twins(width: int) -> tuple[Column[TwinRow], ...]:
    """Return the columns of the twins somebody owns."""
    wide: tuple[Column[TwinRow], ...] = (
        Column("users", 5, lambda row, _: _amount(row.users), is_number=True),
        Column("msgs", 6, lambda row, _: _amount(row.messages), is_number=True),
    )
    columns: tuple[Column[TwinRow], ...] = (
        Column("twin", 0, lambda row, _: safe_line(row.name or row.id, 60), style="what"),
        Column("sharing", 8, lambda row, _: sharing(row.is_shared), style="quiet"),
        *(wide if width >= 56 else ()),
        Column("convs", 5, lambda row, _: _amount(row.conversations), is_number=True),
        Column("used", 6, lambda row, moment: _brief(row.last_used, moment), is_number=True, style="quiet"),
    )
    return filling(columns, width)


def uses(width: int) -> tuple[Column[TwinUse], ...]:
    """Return the columns of others' twins that somebody used."""
    columns: tuple[Column[TwinUse], ...] = (
        Column("twin", 0, lambda use, _: safe_line(use.twin.name or use.twin.id, 60), style="what"),
        Column("owner", 13 if width < 60 else 18, lambda use, _: person(use.twin.owner)),
        *_use_counts(width),
    )
    return filling(columns, width)


def used_by(width: int) -> tuple[Column[TwinUse], ...]:
    """Return the columns of who used somebody's twins."""
    columns: tuple[Column[TwinUse], ...] = (
        Column("person", 0, lambda use, _: person(use.user), style="what"),
        Column("twin", 13 if width < 60 else 18, lambda use, _: safe_line(use.twin.name or use.twin.id, 60)),
        *_use_counts(width),
    )
    return filling(columns, width)


def users(width: int) -> tuple[Column[TwinUse], ...]:
    """Return the columns of who used a twin, its owner too."""
    columns: tuple[Column[TwinUse], ...] = (
        Column("person", 0, lambda use, _: person(use.user), style="what"),
        Column("as", 5, lambda use, _: "owner" if use.is_owner else "guest", style="quiet"),
        *_use_counts(width),
    )
    return filling(columns, width)


def _use_counts(width: int) -> tuple[Column[TwinUse], ...]:
    wide: tuple[Column[TwinUse], ...] = (
        Column("docs", 5, lambda use, _: _amount(use.documents), is_number=True),
        Column("qrys", 5, lambda use, _: _amount(use.queries), is_number=True),
    )
    return (
        Column("convs", 5, lambda use, _: _amount(use.conversations), is_number=True),
        Column("msgs", 5, lambda use, _: _amount(use.messages), is_number=True),
        *(wide if width >= 64 else ()),
        Column("used", 6, lambda use, moment: _brief(use.last_used, moment), is_number=True, style="quiet"),
    )


def _who(width: int) -> int:
    return 12 if width < 62 else 16 if width < 72 else 20


def _begun(width: int) -> Sessions:
    last: Column[ActivityItem] = Column(
        "last message",
        16,
        lambda item, moment: f"{item.time.astimezone(moment.zone):%Y-%m-%d %H:%M}",
        style="quiet",
    )
    return (*((last,) if width >= 90 else ()), _age(width), _what("session"))


def _sizes(width: int) -> Sessions:
    is_tight = width < 72
    return (
        Column("m" if is_tight else "msgs", 4, lambda item, _: compact(item.messages), is_number=True),
        Column(
            "▤" if is_tight else "docs", 2 if is_tight else 4, lambda item, _: _amount(item.documents), True
        ),
        Column(
            "⌕" if is_tight else "qrys", 2 if is_tight else 4, lambda item, _: _amount(item.queries), True
        ),
    )


def _age(width: int) -> Column[ActivityItem]:
    if width < 72:
        return Column("age", 6, lambda item, moment: brief_age(item.time, moment.now), True, "quiet")
    return Column("age", 10, lambda item, moment: age(item.time, moment.now), True, "quiet")


def _what(title: str) -> Column[ActivityItem]:
    return Column(title, 0, lambda item, _: safe_line(item.what, 300) or "(untitled)", style="what")


def _twin(width: int) -> Column[ActivityItem]:
    return Column(
        "twin", width, lambda item, _: _marked(item) + safe_line(item.twin.name or item.twin.id, 60)
    )


def _user(width: int) -> Column[ActivityItem]:
    return Column("person", width, lambda item, _: _marked(item) + person(item.user))


def _marked(item: ActivityItem) -> str:
    return f"{SHARED_MARK} " if item.shared else ""


def _amount(count: int) -> str:
    return compact(count) if count else "·"


def _brief(instant: datetime | None, moment: Moment) -> str:
    return DASH if instant is None else brief_age(instant, moment.now)
