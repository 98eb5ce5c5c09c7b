"""Every figure computed the slow way: plain loops over plain rows, sharing no code with the service.

Rows are dicts with naive UTC datetimes, in insertion order. Slow is fine, clever is not.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from tests.analytics.plain_rows import (
    DATED_BY,
    DAY,
    HALF_HOUR,
    TABLES,
    known_sum,
    middle,
    nearest_rank_90,
    ratio,
)


class Span:
    """A predicate over instants: local days, cut at a clock time of one of them and at now."""

    def __init__(self, oracle, first, stop, cut=None):
        self.oracle, self.first, self.stop, self.cut = oracle, first, stop, cut

    def holds(self, moment):
        if moment is None or moment >= self.oracle.now.replace(tzinfo=None):
            return False
        day = self.oracle.day(moment)
        if not self.first <= day < self.stop:
            return False
        if self.cut is None:
            return True
        if day != self.cut.date():
            return day < self.cut.date()
        return moment.replace(tzinfo=UTC) < self.cut.replace(tzinfo=self.oracle.zone).astimezone(UTC)


class Oracle:
    def __init__(self, world, filters, now, zone, *, ties):
        self.world, self.filters, self.now, self.zone, self.ties = world, filters, now, zone, ties
        self.user = {row["id"]: row for row in world.users}
        self.twin = {row["id"]: row for row in world.twins}
        self.session = {row["id"]: row for row in world.sessions}
        self.today = now.astimezone(zone).date()
        moments = [
            row[DATED_BY[table]]
            for table in TABLES
            for row in getattr(world, table)
            if row[DATED_BY[table]] is not None and row[DATED_BY[table]] < now.replace(tzinfo=None)
        ]
        self.first_day = self.day(min(moments)) if moments else None
        self.last_day = self.day(max(moments)) if moments else None
        period = filters.period
        if period.start is not None:
            self.start, self.end = period.start, period.end
        elif moments:
            self.start, self.end = self.first_day, self.last_day + DAY
        else:
            self.start, self.end = self.today + DAY, self.today + DAY
        self.now_span = Span(self, self.start, self.end)
        self.before_span = self.find_before(period)

    # time

    def day(self, moment) -> date:
        return moment.replace(tzinfo=UTC).astimezone(self.zone).date()

    def visible(self, moment):
        return moment is not None and moment < self.now.replace(tzinfo=None)

    def find_before(self, period):
        if period.start is None or self.first_day is None or period.start > self.today:
            return None
        length = period.end - period.start
        if self.first_day > period.start - length:
            return None
        cut = None
        if self.today < period.end:
            clock = self.now.astimezone(self.zone).time()
            cut = datetime.combine(self.today - length, clock)
        return Span(self, period.start - length, period.start, cut)

    def one_day(self, day):
        return Span(self, day, day + DAY)

    def days(self):
        day = self.start
        while day < self.end and day <= self.today:
            yield day
            day += DAY

    # who and what is let through

    def person_passes(self, user, *, with_id=True):
        for name in ("company", "department"):
            wanted = getattr(self.filters, name)
            if wanted is not None and (user[name] or "").casefold() != wanted.casefold():
                return False
        return not (with_id and self.filters.user is not None and user["id"] != self.filters.user)

    def session_passes(self, session):
        wanted = self.filters
        if not self.person_passes(self.user[session["user_id"]]):
            return False
        if wanted.twin is not None and session["twin_id"] != wanted.twin:
            return False
        if (
            wanted.platform is not None
            and (session["platform"] or "").casefold() != wanted.platform.casefold()
        ):
            return False
        return wanted.shared is None or bool(session["is_shared_twin"]) == wanted.shared

    def sessions(self, span):
        return [
            row for row in self.world.sessions if span.holds(row["started_at"]) and self.session_passes(row)
        ]

    def children(self, table, span):
        return [
            row
            for row in getattr(self.world, table)
            if span.holds(row["created_at"]) and self.session_passes(self.session[row["session_id"]])
        ]

    def in_order(self, session_id):
        """Visible messages of a session in the order of a conversation."""
        rows = [
            (row["created_at"], place if self.ties == "insertion" else row["id"], row)
            for place, row in enumerate(self.world.messages)
            if row["session_id"] == session_id and self.visible(row["created_at"])
        ]
        return [row for _, _, row in sorted(rows, key=lambda entry: entry[:2])]

    # figures

    def starters(self, span):
        return {row["user_id"] for row in self.sessions(span)}

    def active(self, span):
        writers = {
            self.session[row["session_id"]]["user_id"]
            for row in self.children("messages", span)
            if row["sender_type"] == "user"
        }
        return self.starters(span) | writers

    def by_company_only(self):
        kept = type(self.filters)(
            self.filters.period, company=self.filters.company, department=self.filters.department
        )
        return Oracle(self.world, kept, self.now, self.zone, ties=self.ties)

    def ended_by(self, span, moment):
        """Whether something happened before a span's end."""
        if not self.visible(moment):
            return False
        return self.day(moment) < span.first or span.holds(moment)

    def users_before_end(self, span):
        return sum(
            1
            for row in self.world.users
            if self.person_passes(row, with_id=False)
            and (row["created_at"] is None or self.ended_by(span, row["created_at"]))
        )

    def twins(self):
        return [row for row in self.world.twins if self.person_passes(self.user[row["user_id"]])]

    def lengths(self, span):
        known = []
        for session in self.sessions(span):
            times = [row["created_at"] for row in self.in_order(session["id"])]
            if len(times) >= 2:
                gaps = [later - earlier for earlier, later in pairwise(times)]
                known.append(sum((gap for gap in gaps if gap <= HALF_HOUR), timedelta()).total_seconds())
        return known

    def replies(self, span):
        waits = []
        for session_id in {row["session_id"] for row in self.children("messages", span)}:
            turns = self.in_order(session_id)
            for place, turn in enumerate(turns):
                if turn["sender_type"] != "user" or not span.holds(turn["created_at"]):
                    continue
                for other in turns[place + 1 :]:
                    if other["sender_type"] == "user":
                        break
                    if other["sender_type"] == "twin":
                        waits.append((other["created_at"] - turn["created_at"]).total_seconds())
                        break
        return waits

    def rolling(self, day, days):
        return self.active(Span(self, day - (days - 1) * DAY, day + DAY))

    def last_complete(self, span):
        """The last complete local day of a span that counts to its end."""
        if self.start > self.today:
            return None
        shift = self.start - span.first
        return min(self.end, self.today) - DAY - shift

    def values(self, span, complete):
        """Every figure over a span; ``complete`` is the day for daily, weekly and monthly people."""
        sessions, active = self.sessions(span), self.active(span)
        messages, documents = self.children("messages", span), self.children("documents", span)
        queries = self.children("queries", span)
        known = [row["results_count"] for row in queries if row["results_count"] is not None]
        shared = [row for row in sessions if row["is_shared_twin"]]
        lengths, replies = self.lengths(span), self.replies(span)
        counts = [len(self.in_order(row["id"])) for row in sessions]
        per_person = defaultdict(int)
        for row in sessions:
            per_person[row["user_id"]] += 1
        wide = self.by_company_only()
        wide_span = Span(wide, span.first, span.stop, span.cut)
        daily = (
            None if complete is None else [len(self.rolling(complete - back * DAY, 1)) for back in range(30)]
        )
        monthly = None if complete is None else len(self.rolling(complete, 30))
        return {
            "active_users": len(active),
            "adoption": ratio(len(wide.active(wide_span)), self.users_before_end(span)),
            "new_users": sum(
                1 for row in self.world.users if span.holds(row["created_at"]) and self.person_passes(row)
            ),
            "conversations": len(sessions),
            "messages": len(messages),
            "documents": len(documents),
            "document_words": known_sum(row["word_count"] for row in documents),
            "queries": len(queries),
            "results_returned": known_sum(row["results_count"] for row in queries),
            "zero_result_rate": ratio(sum(1 for count in known if count == 0), len(known)),
            "shared_conversations": len(shared),
            "shared_share": ratio(len(shared), len(sessions)),
            "twin_installations": sum(1 for row in self.twins() if self.ended_by(span, row["created_at"])),
            "new_twins": sum(1 for row in self.twins() if span.holds(row["created_at"])),
            "session_length_median": middle(lengths),
            "reply_time_median": middle(replies),
            "messages_per_conversation": ratio(sum(counts), len(sessions)),
            "dau": None if complete is None else len(self.rolling(complete, 1)),
            "wau": None if complete is None else len(self.rolling(complete, 7)),
            "mau": monthly,
            "dau_mau": None if daily is None else ratio(sum(daily) / 30, monthly),
            "power_users": ratio(sum(1 for count in per_person.values() if count >= 10), len(active)),
            "sessions_per_user": ratio(len(sessions), len(active)),
        }

    def parts(self, span):
        messages, lengths = self.children("messages", span), self.lengths(span)
        sessions = self.sessions(span)
        counts = [len(self.in_order(row["id"])) for row in sessions]
        return {
            "active_users": [len(self.starters(span))],
            "messages": [
                sum(1 for row in messages if row["sender_type"] == sender) for sender in ("user", "twin")
            ],
            "session_length_median": [
                nearest_rank_90(lengths),
                ratio(sum(lengths), len(lengths)),
                ratio(len(lengths), len(sessions)),
            ],
            "reply_time_median": [nearest_rank_90(self.replies(span))],
            "messages_per_conversation": [middle(counts)],
        }

    RATIOS = ("adoption", "zero_result_rate", "shared_share", "dau_mau", "power_users")

    def change(self, key, value, previous):
        if value is None or previous is None or previous == 0:
            return None
        return value - previous if key in self.RATIOS else (value - previous) / previous

    def figures(self):
        """key → (value, previous, change)."""
        now = self.values(self.now_span, self.last_complete(self.now_span))
        before = dict.fromkeys(now)
        if self.before_span is not None:
            before = self.values(self.before_span, self.last_complete(self.before_span))
        return {key: (now[key], before[key], self.change(key, now[key], before[key])) for key in now}

    def series(self):
        """day → figures of that day alone."""
        return {day: self.values(self.one_day(day), day if day < self.today else None) for day in self.days()}
