"""The values every filter can take, most used first."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from peewee import SQL, fn

from twin_tui.analytics.answers import Choice, ChoicePart, Choices
from twin_tui.analytics.columns import brief, is_visible, words
from twin_tui.analytics.context import Context
from twin_tui.analytics.derived.uses import (
    conversations,
    conversations_by_platform,
    with_conversations,
)
from twin_tui.data.models import Session, Twin, User
from twin_tui.text.formatting import group_name

NOTHING = Choices((), (), (), (), ())


def choices(context: Context, part: ChoicePart | None = None) -> Choices:
    """Return the values of every filter, or of a part of them, with their conversations of all time.

    Four statements at most, eight where there are derived tables: those add up companies and departments.

    Spellings that a filter takes for the same value are one choice, shown as most often written; ties stand
    by label, then detail, of people and twins whose names are hidden by id. A department is one of a company:
    its detail is the company's value. People and twins without any conversation are there too.
    """
    layer = context.layer
    if layer is None or layer.reaches_beyond_now:
        by_user, by_twin, by_platform = _counted(_uses(context))
    else:
        by_platform = conversations_by_platform(layer)
        if part == "groups":
            return _groups(_of_staff(context), by_platform)
        by_user, by_twin = conversations(layer)
    users = _users(context)
    owners = {key: name or email for key, name, email, _, _ in users}
    if part == "users":
        return replace(NOTHING, users=_people(context, users, by_user))
    if part == "twins":
        return replace(NOTHING, twins=_of_owners(context, owners, by_twin))
    groups = _groups(((company, unit, by_user[key]) for key, _, _, company, unit in users), by_platform)
    if part == "groups":
        return groups
    return replace(groups, users=_people(context, users, by_user), twins=_of_owners(context, owners, by_twin))


def _groups(staff: Iterable[tuple[str, str, int]], by_platform: Counter[str]) -> Choices:
    """Return companies, departments and platforms; ``staff`` are (company, department, conversations)."""
    held: Counter[tuple[str, str]] = Counter()
    for company, department, count in staff:
        held[company, department] += count
    companies = _merged((company, count) for (company, _), count in held.items())
    spelled = {choice.value.casefold(): choice.value for choice in companies}
    of_company: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for (company, department), count in held.items():
        of_company[spelled[company.casefold()]].append((department, count))
    departments = (choice for company, units in of_company.items() for choice in _merged(units, company))
    return replace(
        NOTHING,
        companies=companies,
        departments=_sorted(departments),
        platforms=_merged(by_platform.items()),
    )


def _of_staff(context: Context) -> list[tuple[str, str, int]]:
    """Return (company, department, conversations) from derived tables, added up by the database."""
    column = context.source.column
    company, department = (brief(column(field)) for field in (User.company, User.department))
    users = User.select(company.alias("company"), department.alias("unit"))
    staff, held = with_conversations(users, column(User.id))
    rows = context.rows(
        staff.select_extend(fn.COALESCE(fn.SUM(held), 0))
        .where(is_visible(context, User.created_at))
        .group_by(SQL("1"), SQL("2"))
    )
    return [(words(company), words(unit), int(held)) for company, unit, held in rows]


def _people(
    context: Context, users: list[tuple[str, str, str, str, str]], counts: Counter[str]
) -> tuple[Choice, ...]:
    found = (Choice(key, name or email, email, counts[key]) for key, name, email, _, _ in users)
    return _sorted(found, by_label=not context.hides_names)


def _of_owners(context: Context, owners: dict[str, str], counts: Counter[str]) -> tuple[Choice, ...]:
    """Return the twins, each with its owner's name."""
    twins = _twins(context)
    found = (Choice(key, name, owners.get(owner, ""), counts[key]) for key, name, owner in twins)
    return _sorted(found, by_label=not context.hides_names)


def _counted(uses: list[tuple[str, str, str, int]]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return conversations by user, by twin and by platform."""
    by_user: Counter[str] = Counter()
    by_twin: Counter[str] = Counter()
    by_platform: Counter[str] = Counter()
    for user, twin, platform, count in uses:
        by_user[user] += count
        by_twin[twin] += count
        by_platform[platform] += count
    return by_user, by_twin, by_platform


def _uses(context: Context) -> list[tuple[str, str, str, int]]:
    """Return (user id, twin id, platform, conversations)."""
    source = context.source
    user, twin = source.column(Session.user), source.column(Session.twin)
    platform = source.column(Session.platform)
    columns = (user.alias("person"), twin.alias("assistant"), platform.alias("place"), fn.COUNT(SQL("*")))
    visible = source.column(Session.started_at) < source.dialect.instant(context.now)
    rows = context.rows(
        Session.select(*columns).where(visible).group_by(*map(SQL, ("person", "assistant", "place")))
    )
    return [(words(user), words(twin), words(platform), count) for user, twin, platform, count in rows]


def _users(context: Context) -> list[tuple[str, str, str, str, str]]:
    """Return (id, name, e-mail, company, department)."""
    column = context.source.column
    fields = (User.full_name, User.email, User.company, User.department)
    columns = (column(User.id), *(brief(column(field)) for field in fields))
    rows = chain.from_iterable(
        context.pieces(User.select(*columns).where(is_visible(context, User.created_at)))
    )
    return [(words(a), words(b), words(c), words(d), words(e)) for a, b, c, d, e in rows]


def _twins(context: Context) -> list[tuple[str, str, str]]:
    """Return (id, name, owner's id)."""
    column = context.source.column
    columns = (column(Twin.id), brief(column(Twin.name)), column(Twin.user))
    rows = chain.from_iterable(
        context.pieces(Twin.select(*columns).where(is_visible(context, Twin.created_at)))
    )
    return [(words(key), words(name), words(owner)) for key, name, owner in rows]


def _merged(uses: Iterable[tuple[str, int]], detail: str = "") -> tuple[Choice, ...]:
    """Return one choice per casefolded text, in its most used spelling."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, count in uses:
        spellings[text.casefold()][text] += count
    merged = []
    for counts in spellings.values():
        text = min(counts, key=lambda spelling: (-counts[spelling], spelling))
        merged.append(Choice(text, group_name(text), detail, counts.total()))
    return _sorted(merged)


def _sorted(found: Iterable[Choice], *, by_label: bool = True) -> tuple[Choice, ...]:
    def place(choice: Choice) -> tuple[int, str, str, str]:
        label, detail = (choice.label, choice.detail) if by_label else ("", "")
        return -choice.count, label, detail, choice.value

    return tuple(sorted(found, key=place))
