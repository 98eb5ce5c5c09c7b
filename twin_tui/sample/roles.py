"""What twins are called and what their owners say they are for."""

from collections.abc import Iterator
from itertools import count
from random import Random

_ROLES: dict[str, tuple[tuple[str, str], ...]] = {
    "Sales": (
        ("Scout", "Knows every account, quote and renewal date of the team"),
        ("@'s Deal Desk", "Prepares calls, chases renewals, drafts proposals"),
    ),
    "Engineering": (
        ("Stacktrace", "Reads logs and pull requests, remembers every incident"),
        ("@'s Code Companion", "Reviews, runbooks and the questions nobody dares to ask twice"),
    ),
    "Customer Success": (
        ("Harbour", "Account histories, health scores and kind but clear replies"),
        ("@'s AI Assistant", "Follows @'s accounts from onboarding to renewal"),
    ),
    "Finance": (
        ("Ledger", "Budget against actuals, invoices, and where the cents went"),
        ("@'s Numbers Twin", "Month-end, forecasts, supplier invoices"),
    ),
    "Marketing": (
        ("Headline", "Campaigns, newsletters and landing pages in our own voice"),
        ("@'s AI Assistant", "Copy, briefs and campaign figures"),
    ),
    "Product": (
        ("Compass", "Interviews, feedback and release notes in one place"),
        ("@'s Product Twin", "Writes specs, remembers decisions"),
    ),
    "Operations": (
        ("Switchboard", "Suppliers, travel, rooms and everything with a date"),
        ("@'s AI Assistant", "Keeps the calendar honest"),
    ),
    "Support": (
        ("Patch", "Finds the ticket that was just like this one"),
        ("@'s Help Desk", "Drafts answers, spots repeats, knows the workarounds"),
    ),
    "Legal": (
        ("Clause", "Compares contracts with our playbook, flags what differs"),
        ("@'s Contract Reader", "First reading only: no advice, but few surprises"),
    ),
    "Data": (
        ("Abacus", "Turns questions into SQL and answers into tables"),
        ("@'s Analyst", "Definitions, dashboards and why two of them disagree"),
    ),
    "People": (
        ("Porch", "First days, policies, interviews; discreet"),
        ("@'s AI Assistant", "Hiring plans and onboarding for @'s team"),
    ),
}


_PROJECTS = (
    "Aurora",
    "Bramble",
    "Cobalt",
    "Delta",
    "Ember",
    "Fjord",
    "Granite",
    "Harvest",
    "Indigo",
    "Juniper",
)


def role_names(department: str, owner: str, rng: Random) -> Iterator[tuple[str, str | None]]:
    """Yield names and descriptions for a twin, the likeliest first, without end: the caller takes a free one.

    One twin in eight has no description.
    """
    roles = list(_ROLES[department])
    rng.shuffle(roles)
    is_described = rng.random() >= 0.12
    for name, description in roles:
        yield name.replace("@", owner), description.replace("@", owner) if is_described else None
    project = rng.choice(_PROJECTS)
    yield f"{owner}'s {project} Twin", f"Everything about the {project} project" if is_described else None
    for number in count(2):
        yield f"{owner}'s {project} Twin {number}", None
