"""The directory and its pages computed the slow way: plain loops over plain rows."""

from collections import Counter
from dataclasses import replace

from tests.analytics.oracle import Oracle


class PeopleOracle:
    def __init__(self, world, filters, now, zone):
        self.world, self.filters, self.now, self.zone = world, filters, now, zone
        self.oracle = Oracle(world, filters, now, zone, ties="id")

    def listed(self, row):
        return row["created_at"] is None or self.oracle.visible(row["created_at"])

    def within(self, moment):
        return self.oracle.now_span.holds(moment)

    def session_of(self, row):
        return self.oracle.session[row["session_id"]]

    def acts(self, mine):
        """Return the moments at which a person did something in the sessions of which ``mine`` is true."""
        begun = [row["started_at"] for row in self.world.sessions if mine(row)]
        written = [
            row["created_at"]
            for row in self.world.messages
            if row["sender_type"] == "user" and mine(self.session_of(row))
        ]
        return [moment for moment in begun + written if self.oracle.visible(moment)]

    def status(self, moments):
        if any(map(self.within, moments)):
            return "active"
        return "dormant" if moments else "never"

    def counts(self, mine, *, own_words):
        messages = self.oracle.children("messages", self.oracle.now_span)
        return (
            sum(1 for row in self.oracle.sessions(self.oracle.now_span) if mine(row)),
            sum(
                1
                for row in messages
                if mine(self.session_of(row)) and (row["sender_type"] == "user" or not own_words)
            ),
            *(
                sum(
                    1
                    for row in self.oracle.children(table, self.oracle.now_span)
                    if mine(self.session_of(row))
                )
                for table in ("documents", "queries")
            ),
        )

    def person(self, user):
        def mine(session):
            return session["user_id"] == user["id"]

        login = [user["last_login_at"]] if self.oracle.visible(user["last_login_at"]) else []
        passing = self.acts(lambda row: mine(row) and self.oracle.session_passes(row))
        shared = [
            row for row in self.oracle.sessions(self.oracle.now_span) if mine(row) and row["is_shared_twin"]
        ]
        return {
            "id": user["id"],
            "name": user["full_name"],
            "last_seen": max(self.acts(mine) + login, default=None),
            "status": self.status(passing),
            "counts": self.counts(mine, own_words=True),
            "twins": sum(1 for row in self.world.twins if row["user_id"] == user["id"] and self.listed(row)),
            "shared_uses": len(shared),
        }

    def twin(self, twin):
        def mine(session):
            return session["twin_id"] == twin["id"]

        def passing(session):
            return mine(session) and self.oracle.session_passes(session)

        users = {
            user["id"]
            for user in self.world.users
            if any(
                map(
                    self.within,
                    self.acts(lambda row, key=user["id"]: passing(row) and row["user_id"] == key),
                )
            )
        }
        return {
            "id": twin["id"],
            "name": twin["name"],
            "last_used": max(self.acts(mine), default=None),
            "status": self.status(self.acts(passing)),
            "counts": self.counts(mine, own_words=False),
            "users": len(users),
            "outsiders": len(users - {twin["user_id"]}),
        }

    def directory(self, request):
        """Return everyone that the search finds, and of these the ones of the status asked for, in order."""
        wanted = request.search.strip().casefold()
        rows = self.people(wanted) if request.kind == "users" else self.twins(wanted)
        listed = [row for row in rows if request.status in (None, row["status"])]
        listed.sort(key=lambda row: row["id"])
        listed.sort(key=lambda row: row["name"].casefold())
        if request.sort == "name":
            listed.sort(key=lambda row: row["name"].casefold(), reverse=request.descending)
            return rows, listed
        values = {"last_seen": lambda row: row["last_seen" if request.kind == "users" else "last_used"]}
        for place, name in enumerate(("conversations", "messages", "documents", "queries")):
            values[name] = lambda row, place=place: row["counts"][place]
        known = [row for row in listed if values[request.sort](row) is not None]
        known.sort(key=values[request.sort], reverse=request.descending)
        return rows, known + [row for row in listed if values[request.sort](row) is None]

    def people(self, wanted):
        return [
            self.person(user)
            for user in self.world.users
            if self.listed(user)
            and self.oracle.person_passes(user)
            and any(wanted in user[name].casefold() for name in ("full_name", "email", "id"))
        ]

    def twins(self, wanted):
        found = []
        for twin in self.world.twins:
            owner = self.oracle.user[twin["user_id"]]
            texts = (twin["name"], twin["id"], owner["full_name"], owner["email"])
            if (
                self.listed(twin)
                and self.oracle.person_passes(owner)
                and self.filters.twin in (None, twin["id"])
                and any(wanted in text.casefold() for text in texts)
            ):
                found.append(self.twin(twin))
        return found

    def uses(self, mine, *, is_marked):
        """Return what each person did with each twin, in the sessions of which ``mine`` is true."""
        found = []
        for user in self.world.users:
            for twin in self.world.twins:

                def here(row, who=user["id"], what=twin["id"]):
                    return (
                        (row["user_id"], row["twin_id"]) == (who, what)
                        and mine(row)
                        and (row["is_shared_twin"] or not is_marked)
                    )

                counts = self.counts(here, own_words=True)
                acts = self.acts(lambda row, here=here: here(row) and self.oracle.session_passes(row))
                if any(counts):
                    latest = max(filter(self.within, acts), default=None)
                    found.append((user, twin, counts, latest))
        found.sort(
            key=lambda use: (
                -use[2][0],
                -use[2][1],
                use[0]["full_name"],
                use[1]["name"],
                use[0]["id"],
                use[1]["id"],
            )
        )
        return [(user["id"], twin["id"], counts, latest) for user, twin, counts, latest in found]

    def days(self, mine, *, own_words):
        begun, sent = Counter(), Counter()
        for row in self.oracle.sessions(self.oracle.now_span):
            begun[self.oracle.day(row["started_at"])] += mine(row)
        for row in self.oracle.children("messages", self.oracle.now_span):
            if mine(self.session_of(row)) and (row["sender_type"] == "user" or not own_words):
                sent[self.oracle.day(row["created_at"])] += 1
        return [(day, begun[day], sent[day]) for day in self.oracle.days()]

    def with_filters(self, **changed):
        return PeopleOracle(self.world, replace(self.filters, **changed), self.now, self.zone)
