"""Every statement the query layer sends is one that a sharded PostgreSQL answers, too (the Citus list).

Each is parsed as PostgreSQL would; users and twins are known on every shard, the other four tables lie
where their session lies.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from pglast import ast, parse_sql
from pglast.visitors import Visitor
from psycopg import ClientCursor

from tests.world import NOW
from twin_tui.analytics.answers import (
    QUALITY_MEASURES,
    ActivityRequest,
    EngagementCell,
    MonthlyRequest,
    PeopleRequest,
    SearchRequest,
    SessionsCell,
)
from twin_tui.analytics.filters import Filters, Period
from twin_tui.analytics.service import AnalyticsService

SHARDED = {"sessions", "messages", "documents", "queries"}
AGGREGATES = {"count", "sum", "min", "max", "avg"}


class Recorder:
    """Stands before a source's ``rows`` and ``run``; keeps every statement once, with its first values."""

    def __init__(self, service: AnalyticsService) -> None:
        self.source = service._source
        self.answer, self.answer_text = self.source.rows, self.source.run
        self.statements: dict[str, str] = {}

    def __call__(self, select: Any) -> list[tuple[Any, ...]]:
        self.keep(*self.source.db.get_sql_context().sql(select).query())
        return self.answer(select)

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        self.keep(sql.replace("?", "%s"), params)
        return self.answer_text(sql, params)

    def keep(self, sql: str, params: Sequence[Any]) -> None:
        if sql not in self.statements:
            with ClientCursor(self.source.running_connection()) as cursor:
                self.statements[sql] = cursor.mogrify(sql, params)


class Citizen(Visitor):
    """Collects what a sharded server refuses or answers slowly."""

    def __init__(self, everywhere: set[str]) -> None:
        super().__init__()
        self.everywhere = everywhere
        self.faults: list[str] = []

    def visit_GroupingSet(self, ancestors: Any, node: ast.GroupingSet) -> None:
        self.faults.append("ROLLUP, CUBE or GROUPING SETS")

    def visit_LockingClause(self, ancestors: Any, node: ast.LockingClause) -> None:
        self.faults.append("FOR UPDATE")

    def visit_SubLink(self, ancestors: Any, node: ast.SubLink) -> None:
        inside = Names()
        inside(node.subselect)
        if outer := (inside.qualifiers - inside.tables) & self.everywhere:
            self.faults.append(f"a subquery correlated with {', '.join(sorted(outer))}")

    def visit_JoinExpr(self, ancestors: Any, node: ast.JoinExpr) -> None:
        if not isinstance(node.rarg, ast.RangeVar) or node.rarg.relname not in SHARDED:
            return
        left = Names()
        left(node.larg)
        if not left.relations & SHARDED:
            return
        columns = Names()
        columns(node.quals)
        if "session_id" not in columns.columns:
            self.faults.append(f"a join with {node.rarg.relname} without session_id")

    def visit_SelectStmt(self, ancestors: Any, node: ast.SelectStmt) -> None:
        for source in node.fromClause or ():
            union = source.subquery if isinstance(source, ast.RangeSubselect) else None
            if union is not None and union.larg is not None and summarises(node):
                self.faults += [
                    "a sum over a UNION of rows" for part in branches(union) if not summarises(part)
                ]


class Names(Visitor):
    """Collects tables, their aliases, and the columns used."""

    def __init__(self) -> None:
        super().__init__()
        self.relations: set[str] = set()
        self.tables: set[str] = set()
        self.everywhere: set[str] = set()
        """What users and twins are called here."""
        self.columns: set[str] = set()
        self.qualifiers: set[str] = set()

    def visit_RangeVar(self, ancestors: Any, node: ast.RangeVar) -> None:
        name = node.alias.aliasname if node.alias else node.relname
        self.relations.add(node.relname)
        self.tables.add(name)
        if node.relname not in SHARDED:
            self.everywhere.add(name)

    def visit_RangeSubselect(self, ancestors: Any, node: ast.RangeSubselect) -> None:
        if node.alias:
            self.tables.add(node.alias.aliasname)

    def visit_ColumnRef(self, ancestors: Any, node: ast.ColumnRef) -> None:
        *qualifier, column = node.fields
        if isinstance(column, ast.String):
            self.columns.add(column.sval)
        if qualifier:
            self.qualifiers.add(qualifier[-1].sval)


def branches(node: ast.SelectStmt) -> list[ast.SelectStmt]:
    """Return the selects that a chain of UNIONs puts together."""
    return [node] if node.larg is None else [*branches(node.larg), *branches(node.rarg)]


class Sums(Visitor):
    """Finds aggregates that are not window functions."""

    found = False

    def visit_FuncCall(self, ancestors: Any, node: ast.FuncCall) -> None:
        self.found |= node.over is None and node.funcname[-1].sval in AGGREGATES


def summarises(node: ast.SelectStmt) -> bool:
    """Whether a select groups or sums up its rows."""
    sums = Sums()
    for target in node.targetList or ():
        sums(target)
    return bool(node.groupClause) or sums.found


def faults(statement: str) -> list[str]:
    """Return what is wrong; the parser is slow on letters beyond ASCII, and no rule looks at them."""
    parsed = parse_sql(statement.encode("ascii", "replace").decode())
    names = Names()
    names(parsed)
    citizen = Citizen(names.everywhere)
    citizen(parsed)
    return citizen.faults


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("SELECT company, count(*) FROM users GROUP BY ROLLUP (company)", "ROLLUP"),
        ("SELECT id FROM sessions FOR UPDATE", "FOR UPDATE"),
        ("SELECT (SELECT count(*) FROM sessions s WHERE s.user_id = u.id) FROM users u", "correlated with u"),
        ("SELECT 1 FROM documents d JOIN messages m ON d.message_id = m.id", "join with messages"),
        ("SELECT count(*) FROM (SELECT id FROM documents UNION ALL SELECT id FROM queries) x", "UNION"),
    ],
)
def test_the_list_is_enforced(statement: str, words: str) -> None:
    (fault,) = set(faults(statement))
    assert words in fault


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM messages m JOIN sessions s ON m.session_id = s.id JOIN users u ON s.user_id = u.id",
        "SELECT 1 FROM sessions s WHERE EXISTS (SELECT 1 FROM documents d WHERE d.session_id = s.id)",
        "SELECT sum(n) FROM (SELECT count(*) n FROM documents UNION ALL SELECT count(*) FROM queries) x",
        "SELECT id FROM sessions WHERE user_id IN (SELECT u.id FROM users u WHERE u.company = 'x')",
    ],
)
def test_what_a_sharded_server_answers_passes(statement: str) -> None:
    assert faults(statement) == []


@pytest.fixture
def service(world_postgres: str) -> Iterator[AnalyticsService]:
    with AnalyticsService(world_postgres, timezone="Europe/Berlin", clock=lambda: NOW) as opened:
        yield opened


def ask_everything(service: AnalyticsService) -> None:
    """Put every question of the façade, each kind of filter among them."""
    week = Period.of_preset("7d", date(2026, 11, 23))
    narrow = Filters(week, "North", "Sales", "u-ann", "t-ann", "slack", False)
    for filters in (Filters(), Filters(week), narrow, Filters(week, "", "", platform="", shared=True)):
        for group in ("company", "department", "user", "twin"):
            service.overview(filters, group, "conversations")
            service.leaderboard(filters, group, "per_user")
        for kind in ("conversation", "shared", "document", "query", "all"):
            for request in (
                ActivityRequest(type=kind),
                ActivityRequest(type=kind, search="ann", page=2, limit=2),
                ActivityRequest(type=kind, has_documents=True, has_queries=True, dated="active"),
            ):
                service.activity(filters, request)
                service.neighbours("s3", filters, request)
    for kind in ("users", "twins"):
        service.people(Filters(week), PeopleRequest(kind=kind))
        service.people(narrow, PeopleRequest(kind, "an", "dormant", "name", limit=1))
    for request in (MonthlyRequest(), MonthlyRequest("length", descending=False, page=2, limit=1)):
        for filters in (Filters(), narrow):
            service.monthly(filters, request)
    for filters in (Filters(), narrow):
        service.engagement(filters)
        service.engagement_people(filters, EngagementCell("funnel", step="active"))
        for measure in QUALITY_MEASURES:
            service.quality(filters, measure)
        for cell in ("zero_results", "dead_end", "unanswered", "slow_replies", "document_type"):
            service.sessions_behind(filters, SessionsCell(cell))
    topic = service.engagement(Filters()).topics.rows[0].key
    for kind, key in (
        ("messages_per_conversation", ""),
        ("session_length", ""),
        ("reply_time", ""),
        ("topic", topic),
        ("pair", "u-ben\x1ft-ann"),
        ("platform", "slack"),
        ("hour", "9"),
        ("hour_of_week", "33"),
        ("messages", ""),
        ("queries", ""),
        ("message_type", "query"),
        ("document_type", "report"),
        ("query_type", "general"),
    ):
        service.sessions_behind(Filters(), SessionsCell(kind, key, 1, 2))
    service.person("u-ann", narrow)
    service.twin("t-ann", narrow)
    service.status()
    service.choices()
    service.find_user("ann@north.example")
    service.find_twin("Ben's twin")
    for text in ("s3", "m07", "d2", "q2"):
        service.find_session(text)
    service.conversation("s3")
    for kind, entry in (("message", "m07"), ("document", "d2"), ("query", "q2")):
        service.entry_text("s3", kind, entry)
    service.entries("s3", 0, 100)
    service.drafts("s3", "d2")
    service.find_in_conversation("s3", "offer")
    for order in ("newest", "relevance"):
        service.search(narrow, SearchRequest("offer", order))
        service.search(Filters(), SearchRequest("twin ann*", order, page=2, limit=1))


def test_every_statement_suits_a_sharded_server(service: AnalyticsService) -> None:
    recorder = Recorder(service)
    service._source.rows, service._source.run = recorder, recorder.run
    ask_everything(service)
    found = {(fault, statement) for statement in recorder.statements.values() for fault in faults(statement)}
    assert found == set()
    assert len(recorder.statements) > 100
