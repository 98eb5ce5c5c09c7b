"""A check-up as plain tables, for CSV and Markdown, and as JSON."""

from datetime import datetime
from typing import Any

from twin_tui.operations.findings import Diagnosis, Finding
from twin_tui.reports.json_form import instant
from twin_tui.reports.sections import Cell, Column, Section

Json = dict[str, Any]
GROUPS = ("programs", "terminal", "folders", "database")


def doctor_json(found: Diagnosis, now: datetime) -> Json:
    """Return everything under the keys that `twin-tui doctor --json` promises."""
    has_database = any(fact.group == "database" for fact in found.facts)
    groups = {
        group: {fact.key: fact.value for fact in found.facts if fact.group == group} for group in GROUPS
    }
    return {
        "now": instant(now),
        "environment": {group: groups[group] for group in GROUPS[:-1]},
        "database": _listed(groups["database"]) if has_database else None,
        "failure": found.failure,
        "hints": [{"key": fact.key, "hint": fact.hint} for fact in found.facts if fact.hint],
        "differences": found.differences,
        "checks": [_finding(finding) for finding in found.findings],
    }


def _listed(facts: Json) -> Json:
    """Return the facts with the missing columns one by one."""
    missing = facts["missing_columns"]
    return {**facts, "missing_columns": missing.split(", ") if missing else []}


def _finding(finding: Finding) -> Json:
    return {
        "key": finding.key,
        "table": finding.table,
        "severity": finding.severity,
        "sentence": finding.sentence,
        "count": finding.count,
        "missing_columns": list(finding.missing),
        "rows": [
            {"id": each.id, "session_id": each.session_id, "about": each.about} for each in finding.examples
        ],
    }


def doctor_sections(found: Diagnosis) -> tuple[Section, ...]:
    """Return the environment, the checks, and the rows behind them."""
    facts = tuple(
        tuple(map(Cell, (fact.group, fact.key, _plain(fact.value), fact.hint))) for fact in found.facts
    )
    checks = tuple(
        (
            Cell(finding.key),
            Cell(finding.severity),
            Cell(finding.count, "count"),
            Cell(finding.sentence),
            Cell(", ".join(finding.missing) or None),
        )
        for finding in found.findings
    )
    rows = tuple(
        tuple(map(Cell, (finding.key, finding.table, each.id, each.session_id, each.about)))
        for finding in found.findings
        for each in finding.examples
    )
    return (
        Section("environment", "Environment", _columns("group", "key", "value", "hint"), facts),
        Section(
            "checks", "Checks", _columns("key", "severity", "count", "sentence", "missing_columns"), checks
        ),
        Section("rows", "Rows behind them", _columns("check", "table", "id", "session_id", "about"), rows),
    )


def _columns(*keys: str) -> tuple[Column, ...]:
    return tuple(Column(key, key.replace("_", " ")) for key in keys)


def _plain(value: str | int | bool | None) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)
