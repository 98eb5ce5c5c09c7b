"""Feed and conversation computed the slow way: plain loops over plain rows, no code of the service."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.analytics.feed_worlds import Row, World
from twin_tui.analytics.answers import ActivityRequest
from twin_tui.analytics.filters import Filters

LATEST = datetime(9999, 1, 1)  # noqa: DTZ001
HALF_HOUR = timedelta(minutes=30)
KINDS = {
    "conversation": ("conversation",),
    "shared": ("conversation",),
    "document": ("document",),
    "query": ("query",),
    "all": ("conversation", "document", "query"),
}


class FeedOracle:
    def __init__(
        self, world: World, filters: Filters, request: ActivityRequest, now: datetime, zone: ZoneInfo
    ) -> None:
        self.world, self.filters, self.request, self.zone = world, filters, request, zone
        self.now = now.replace(tzinfo=None)
        self.users = {row["id"]: row for row in world.users}
        self.twins = {row["id"]: row for row in world.twins}
        self.sessions = {row["id"]: row for row in world.sessions}

    def visible(self, moment):
        return moment is not None and moment < self.now

    def in_period(self, moment):
        if not self.visible(moment):
            return False
        period = self.filters.period
        day = moment.replace(tzinfo=UTC).astimezone(self.zone).date()
        return period.start is None or period.start <= day < period.end

    def of_session(self, table, key):
        """The visible rows of one table in a session."""
        rows = getattr(self.world, table)
        return [row for row in rows if row["session_id"] == key and self.visible(row["created_at"])]

    def passes(self, row, title=None):
        """Whether a session goes through the filters, the type, the switches and the search."""
        filters, request, person = self.filters, self.request, self.users[row["user_id"]]
        for wanted, held in (
            (filters.company, person["company"]),
            (filters.department, person["department"]),
            (filters.platform, row["platform"]),
        ):
            if wanted is not None and wanted.casefold() != (held or "").casefold():
                return False
        if filters.user not in (None, row["user_id"]) or filters.twin not in (None, row["twin_id"]):
            return False
        is_shared = bool(row["is_shared_twin"])
        if filters.shared not in (None, is_shared) or (request.type == "shared" and not is_shared):
            return False
        if request.has_documents and not self.of_session("documents", row["id"]):
            return False
        if request.has_queries and not self.of_session("queries", row["id"]):
            return False
        fields = (person["full_name"], person["email"], row["title"], row["topic"], row["id"], title)
        return any(request.search.strip().casefold() in (text or "").casefold() for text in fields)

    def lines(self):
        """The whole feed: (time, kind, event id, session id), newest first."""
        lines = []
        kinds = KINDS[self.request.type]
        if "conversation" in kinds:
            for row in self.world.sessions:
                moment = row["started_at"]
                if self.request.dated == "active":
                    sent = [one["created_at"] for one in self.of_session("messages", row["id"])]
                    sent = [moment for moment in sent if self.in_period(moment)]
                    moment = max(sent) if sent and self.visible(row["started_at"]) else None
                if self.in_period(moment) and self.passes(row):
                    lines.append((moment, "conversation", row["id"], row["id"]))
        for kind, table in (("document", "documents"), ("query", "queries")):
            for row in getattr(self.world, table) if kind in kinds else ():
                of = self.sessions[row["session_id"]]
                title = row["title"] if kind == "document" else None
                if self.in_period(row["created_at"]) and self.passes(of, title):
                    lines.append((row["created_at"], kind, row["id"], of["id"]))
        return sorted(lines, key=lambda line: line[:3], reverse=True)

    def neighbours(self, key):
        """The sessions before and after one, each standing once at its newest line."""
        order = []
        for line in self.lines():
            if line[3] not in {other[3] for other in order}:
                order.append(line)
        here = next((line for line in order if line[3] == key), None)
        if here is None:
            moment = self.sessions[key]["started_at"] if key in self.sessions else None
            if not self.visible(moment):
                return None, None
            here = (moment, "conversation", key, key)
        newer = [line[3] for line in order if line[:3] > here[:3]]
        older = [line[3] for line in order if line[:3] < here[:3]]
        return (newer[-1] if newer else None), (older[0] if older else None)

    def shown(self, line):
        """What a line shows beyond its place."""
        _, kind, event, key = line
        row = self.sessions[key]
        person, assistant = self.users[row["user_id"]], self.twins[row["twin_id"]]
        owner = self.users[assistant["user_id"]]
        sent = sorted(one["created_at"] for one in self.of_session("messages", key))
        gaps = [later - earlier for earlier, later in pairwise(sent)]
        length = sum((gap for gap in gaps if gap <= HALF_HOUR), timedelta()).total_seconds()
        results = None
        if kind == "conversation":
            has_title = (row["title"] or "").strip() != ""
            what = row["title"] if has_title else row["topic"] or ""
            detail = (row["topic"] or "") if has_title else ""
        elif kind == "document":
            [made] = [one for one in self.world.documents if one["id"] == event]
            what, detail = made["title"] or "", made["document_type"] or ""
        else:
            [made] = [one for one in self.world.queries if one["id"] == event]
            what, detail, results = made["query_text"], made["query_type"] or "", made["results_count"]
        return {
            "user": (person["id"], person["full_name"], person["email"]),
            "twin": (assistant["id"], assistant["name"], owner["id"], owner["full_name"], owner["email"]),
            "what": what,
            "detail": detail,
            "platform": row["platform"] or "",
            "length_s": length if len(sent) > 1 else None,
            "counts": tuple(
                len(self.of_session(table, key)) for table in ("messages", "documents", "queries")
            ),
            "results_count": results,
            "shared": bool(row["is_shared_twin"]),
        }


def timeline(world: World, key: str, now: datetime, *, ties: str) -> list[tuple[str, str, str | None]]:
    """Return (kind, id, message id) of a conversation in reading order: insertion by insertion, slowly."""
    here = now.replace(tzinfo=None)

    def held(table: str) -> list[Row]:
        rows = [row for row in getattr(world, table) if row["session_id"] == key]
        return [row for row in rows if row["created_at"] is None or row["created_at"] < here]

    def at(row: Row) -> tuple[bool, datetime]:
        return row["created_at"] is None, row["created_at"] or LATEST

    messages = (
        held("messages") if ties == "insertion" else sorted(held("messages"), key=lambda row: row["id"])
    )
    messages = sorted(messages, key=at)
    parts = [("document", row) for row in held("documents")] + [("query", row) for row in held("queries")]
    parts.sort(key=lambda part: (*at(part[1]), part[1]["id"]))
    known = {row["id"] for row in messages}
    order: list[tuple[str, Row, str | None]] = []
    for row in messages:
        order.append(("message", row, None))
        order += [(kind, part, row["id"]) for kind, part in parts if part["message_id"] == row["id"]]
    for kind, orphan in parts:
        if orphan["message_id"] in known:
            continue
        places = [
            place
            for place, (other, row, to) in enumerate(order)
            if to is None and (at(row) > at(orphan) if other == "message" else False)
        ]
        order.insert(places[0] if places else len(order), (kind, orphan, None))
    return [(kind, row["id"], to) for kind, row, to in order]


def occurrences(text: str | None, wanted: str) -> int:
    """Return how often a text holds another, any case, not overlapping."""
    return (text or "").casefold().count(wanted.casefold())
