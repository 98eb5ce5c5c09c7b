"""Both databases give the same report, byte for byte but for the database's name."""

import pytest

from tests.cli.conftest import Command

REPORTS = (
    ("overview", "--period", "7d", "--json"),
    ("overview", "--period", "all", "--by", "twin", "--plain"),
    ("activity", "--type", "all", "--period", "all", "--json"),
    ("leaderboard", "--by", "department", "--rank-by", "messages", "--csv"),
    ("conversation", "d3", "--md"),
)


ROLES = ("admin", "support")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_sqlite_and_postgresql_tell_the_same(
    twin_tui: Command,
    world_sqlite: str,
    world_postgres: str,
    monkeypatch: pytest.MonkeyPatch,
    *,
    report: tuple[str, ...],
    zone: str,
    role: str,
):
    monkeypatch.setenv("TWIN_TUI_ROLE", role)
    told = []
    for place in (world_sqlite, world_postgres):
        ended = twin_tui("report", *report, "--db", place, "--now", "2026-11-23T12:00:00Z", "--tz", zone)
        assert (ended.code, ended.err) == (0, "")
        told.append([line for line in ended.out.split("\n") if line.strip()])
    names = [line for line in told[0] if line not in told[1]]
    assert len(told[0]) == len(told[1])
    assert all("world" in line or "twin" in line or ".db" in line for line in names)
    assert len(names) <= 1
