"""Retention and lifecycle the slow way: every person's active days as a set, counted in plain loops."""

from dataclasses import replace
from datetime import date, timedelta

from tests.analytics.oracle import Oracle
from tests.analytics.plain_rows import DAY

WEEK = timedelta(days=7)


class RetentionOracle:
    """What retention says of one example; shares nothing with the service but the definitions."""

    def __init__(self, oracle: Oracle, *, is_unbounded: bool) -> None:
        kept = replace(oracle.filters, twin=None, platform=None, shared=None)
        self.oracle = Oracle(oracle.world, kept, oracle.now, oracle.zone, ties=oracle.ties)
        self.is_unbounded, self.today = is_unbounded, oracle.today
        self.days: dict[str, set[date]] = {}
        for row in self.oracle.world.sessions:
            if self.oracle.visible(row["started_at"]) and self.oracle.session_passes(row):
                self.days.setdefault(row["user_id"], set()).add(self.oracle.day(row["started_at"]))
        for row in self.oracle.world.messages:
            session = self.oracle.session[row["session_id"]]
            is_seen = row["sender_type"] == "user" and self.oracle.visible(row["created_at"])
            if is_seen and self.oracle.session_passes(session):
                self.days.setdefault(session["user_id"], set()).add(self.oracle.day(row["created_at"]))
        self.first = {who: min(days) for who, days in self.days.items()}
        period = oracle.filters.period
        self.start, self.end = oracle.start, max(oracle.start, min(oracle.end, self.today + DAY))
        self.cohort_start, self.cohort_end = self.start, self.end
        if period.start is None:
            self.cohort_start, self.cohort_end = self.today - 89 * DAY, self.today + DAY

    def day_retention(
        self, number: int, start: date | None = None, end: date | None = None
    ) -> tuple[set[str], set[str]]:
        """People who could have come back on day N, and those who did, of the cohorts of [start, end)."""
        start, end = start or self.cohort_start, end or self.cohort_end
        eligible = {
            who for who, day in self.first.items() if start <= day < end and day + number * DAY < self.today
        }
        back = set()
        for who in eligible:
            wanted = self.first[who] + number * DAY
            if any(day == wanted or (self.is_unbounded and day > wanted) for day in self.days[who]):
                back.add(who)
        return eligible, back

    def cohorts(self) -> dict[date, tuple[int, list]]:
        """By Monday: size, and per week how many came back, None while it is not over."""
        weeks = {
            self.monday(self.cohort_start + n * DAY)
            for n in range(max(0, (self.cohort_end - self.cohort_start).days))
        }
        found = {}
        for week in sorted(weeks):
            people = [who for who, day in self.first.items() if self.monday(day) == week]
            if not people:
                continue
            cells = []
            for place in range(13):
                begins = week + place * WEEK
                is_over = begins + WEEK <= self.today
                came = sum(any(begins <= day < begins + WEEK for day in self.days[who]) for who in people)
                cells.append(came if is_over else None)
            found[week] = (len(people), cells)
        return found

    def states(self, start: date, end: date) -> dict[str, set[str]]:
        """Who is in which state in the days [start, end)."""
        names = ("new", "returning", "resurrected", "dormant", "never")
        found: dict[str, set[str]] = {name: set() for name in names}
        for who, days in self.days.items():
            now = any(start <= day < end for day in days)
            before = any(start - (end - start) <= day < start for day in days)
            earlier = any(day < start for day in days)
            if now:
                found["new" if not earlier else "returning" if before else "resurrected"].add(who)
            elif earlier:
                found["dormant"].add(who)
        for row in self.oracle.world.users:
            if not self.oracle.person_passes(row):
                continue
            made = row["created_at"]
            if made is not None and (not self.oracle.visible(made) or self.oracle.day(made) >= end):
                continue
            if not any(day < end for day in self.days.get(row["id"], ())):
                found["never"].add(row["id"])
        return found

    def steps(self) -> list[tuple[date, date]]:
        """Days up to a month, weeks up to 400 days, else months."""
        length, found = (self.end - self.start).days, []
        day = self.start
        if length > 31:
            day = self.monday(day) if length <= 400 else day.replace(day=1)
        while day < self.end:
            after = day + DAY if length <= 31 else day + WEEK
            if length > 400:
                after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
            found.append((day, after))
            day = after
        return found

    def active_days(self) -> dict[int, int]:
        """People by the number of days they were active on in the period."""
        counts: dict[int, int] = {}
        for days in self.days.values():
            inside = sum(self.start <= day < self.end for day in days)
            if inside:
                counts[inside] = counts.get(inside, 0) + 1
        return counts

    @staticmethod
    def monday(day: date) -> date:
        return day - day.weekday() * DAY
