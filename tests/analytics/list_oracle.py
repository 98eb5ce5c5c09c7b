"""Lists computed the slow way, over the oracle of the figures: averages, features, leaderboards, hours."""

from collections import defaultdict
from datetime import UTC, datetime, time

from tests.analytics.oracle import Oracle
from tests.analytics.plain_rows import DAY, ratio


class ListOracle(Oracle):
    """What the lists of an overview must hold."""

    def average(self, day, count):
        if day >= self.today or day - 6 * DAY < self.first_day:
            return None
        return sum(count(self.one_day(day - back * DAY)) for back in range(7)) / 7

    def averages(self, day):
        return (
            self.average(day, lambda span: len(self.active(span))),
            self.average(day, lambda span: len(self.sessions(span))),
            self.average(day, lambda span: len(self.children("messages", span))),
        )

    def features(self):
        """feature → (count, share, per day)."""
        sessions, days = self.sessions(self.now_span), len(list(self.days()))
        three = {
            "question_asked": len(sessions),
            "info_retrieved": len(self.children("queries", self.now_span)),
            "document_drafted": len(self.children("documents", self.now_span)),
        }
        answer = {
            name: (count, ratio(count, sum(three.values())), ratio(count, days))
            for name, count in three.items()
        }
        shared = sum(1 for row in sessions if row["is_shared_twin"])
        answer["shared_interaction"] = (shared, ratio(shared, len(sessions)), ratio(shared, days))
        return answer

    def groups(self, span, group):
        """(id, name) → sessions, people, messages, documents, queries."""
        found = defaultdict(lambda: ([], set(), [], [], []))

        def key(session):
            user, twin = self.user[session["user_id"]], self.twin[session["twin_id"]]
            company, department = user["company"] or "", user["department"] or ""
            return {
                "company": (company, company),
                "department": (company + "\x1f" + department, department),
                "user": (user["id"], user["full_name"]),
                "twin": (twin["id"], twin["name"]),
            }[group]

        for row in self.sessions(span):
            found[key(row)][0].append(row)
            found[key(row)][1].add(row["user_id"])
        for place, table in ((2, "messages"), (3, "documents"), (4, "queries")):
            for row in self.children(table, span):
                session = self.session[row["session_id"]]
                found[key(session)][place].append(row)
                if row.get("sender_type") == "user":
                    found[key(session)][1].add(session["user_id"])
        return {key: tuple(len(rows) for rows in lists) for key, lists in found.items()}

    @staticmethod
    def measured(counts, measure):
        order = ("conversations", "active_users", "messages", "documents", "queries")
        return ratio(counts[0], counts[1]) if measure == "per_user" else counts[order.index(measure)]

    def ranks(self, span, group, measure):
        groups = {key: self.measured(counts, measure) for key, counts in self.groups(span, group).items()}
        worth = {key: -1 if value is None else value for key, value in groups.items()}
        return {key: 1 + sum(1 for other in worth.values() if other > mine) for key, mine in worth.items()}

    def leaderboard(self, group, measure):
        """Rows (rank, id, name, five counts, per user, share, places won)."""
        groups = self.groups(self.now_span, group)
        ranks = self.ranks(self.now_span, group, measure)
        before = {} if self.before_span is None else self.ranks(self.before_span, group, measure)
        whole = sum(self.measured(counts, measure) or 0 for counts in groups.values())
        rows = []
        for id_, name in sorted(groups, key=lambda key: (ranks[key], key[1], key[0])):
            counts = groups[id_, name]
            share = None if measure == "per_user" else ratio(self.measured(counts, measure), whole)
            won = before[id_, name] - ranks[id_, name] if (id_, name) in before else None
            rows.append((ranks[id_, name], id_, name, counts, ratio(counts[0], counts[1]), share, won))
        return rows

    def hour_exists(self, day, hour):
        for minute in range(60):
            for fold in (0, 1):
                wall = datetime.combine(day, time(hour, minute), self.zone).replace(fold=fold)
                moment = wall.astimezone(UTC)
                back = moment.astimezone(self.zone).replace(tzinfo=None)
                if back == wall.replace(tzinfo=None) and moment < self.now:
                    return True
        return False

    def hourly(self):
        """(counts, hours there were), both weekday → hour."""
        counts, hours = [[0] * 24 for _ in range(7)], [[0] * 24 for _ in range(7)]
        for day in self.days():
            for hour in range(24):
                hours[day.weekday()][hour] += self.hour_exists(day, hour)
        for row in self.children("messages", self.now_span):
            if row["sender_type"] == "user":
                local = row["created_at"].replace(tzinfo=UTC).astimezone(self.zone)
                counts[local.weekday()][local.hour] += 1
        return counts, hours

    def message_types(self):
        counts = defaultdict(int)
        for row in self.children("messages", self.now_span):
            for name in {part.strip() for part in (row["message_type"] or "").split(",") if part.strip()} or {
                ""
            }:
                counts[name] += 1
        return dict(counts)

    def platforms(self):
        counts = defaultdict(int)
        for row in self.sessions(self.now_span):
            counts[row["platform"] or ""] += 1
        return dict(counts)
