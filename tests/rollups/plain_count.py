"""What the derived tables should hold, counted the slow way, in the form of `tests.rollups.contents`."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from tests.analytics.plain_rows import World
from tests.rollups.plain_doings import PlainDoings, words_by_type

HALF_HOUR = 30 * 60 * 1_000_000


def us(moment: datetime | None) -> int | None:
    return (
        None
        if moment is None
        else (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    )


class PlainCount:
    """``ties`` is "insertion" or "id": what orders messages of one instant."""

    def __init__(self, world: World, zone: ZoneInfo, *, ties: str) -> None:
        self.world, self.zone, self.ties = world, zone, ties
        self.users = {row["id"]: row for row in world.users}
        self.twins = {row["id"]: row for row in world.twins}
        self.doings = PlainDoings()

    def local(self, moment: datetime) -> datetime:
        return moment.replace(tzinfo=UTC).astimezone(self.zone)

    def day(self, moment: datetime) -> int:
        return self.local(moment).date().toordinal()

    def person_cells(self, user_id: str) -> list[tuple[str, str, str]]:
        user = self.users.get(user_id)
        if user is None:
            return [("nobody", "", "")]
        company, department = user["company"] or "", user["department"] or ""
        return [("company", company, ""), ("department", company, department)]

    def dated(self, rows: list[dict], session: dict) -> list[dict]:
        return [row for row in rows if row["session_id"] == session["id"] and row["created_at"] is not None]

    def contents(self) -> dict[str, dict[Any, Any]]:
        found: dict[str, dict[Any, Any]] = {
            "person": {
                user["id"]: (
                    *self.person_cells(user["id"])[1][1:],
                    self.person_cells(user["id"])[1],
                    us(user["created_at"]),
                )
                for user in self.world.users
            },
            "twin": {twin["id"]: self.twin(twin) for twin in self.world.twins},
            "member": {},
            "session": {},
            "session_day": {},
            "dead_end": {},
            "day": {},
            "pair_month": {},
        }
        for user in self.world.users:
            for cell in self.person_cells(user["id"]):
                found["member"].setdefault(cell, set()).add(user["id"])
        for session in self.world.sessions:
            self.session(session, found)
        self.created(found["day"])
        return found | self.doings.contents()

    def twin(self, twin: dict) -> list[Any]:
        return [twin["user_id"], us(twin["created_at"]), int(twin["is_shared"] or 0), twin["user_id"]]

    def left_open(
        self, session: dict, messages: list[dict], documents: list[dict], queries: list[dict]
    ) -> dict[str, Any]:
        """Reasons 1 (no reply at the end), 2 (ends on nothing found), 4 (asks twice), who is left alone."""
        asked = [row for row in messages if row["sender_type"] == "user"]
        alone = []
        for place, row in enumerate(messages):
            answered = any(later["sender_type"] == "twin" for later in messages[place + 1 :])
            if row["sender_type"] == "user" and not answered:
                alone.append(row["created_at"])
                self.doings.unanswered(self.day(row["created_at"]), session)
        last = [row for row in queries if row["created_at"] == max(other["created_at"] for other in queries)]
        ends_on_nothing = bool(last) and all(
            row["results_count"] == 0
            and not any(later["created_at"] > row["created_at"] for later in asked + documents)
            for row in last
        )
        said = [row.get("content", "text").strip(" \t\r\n").casefold() for row in asked]
        said = [text for text in said if text]
        return {
            "reasons": bool(alone) + 2 * ends_on_nothing + 4 * (len(set(said)) < len(said)),
            "open_from_us": us(alone[0]) if alone else None,
            "open_us": us(alone[-1]) if alone else None,
            "open_day": self.day(alone[-1]) if alone else None,
            "open_messages": len(alone),
            "more": str([us(moment) for moment in alone]).replace(" ", "") if len(alone) > 1 else "",
        }

    def session(self, session: dict, found: dict[str, dict[Any, Any]]) -> None:
        messages = self.dated(self.world.messages, session)
        messages.sort(key=lambda row: (row["created_at"], 0 if self.ties == "insertion" else row["id"]))
        documents, queries = (
            self.dated(self.world.documents, session),
            self.dated(self.world.queries, session),
        )
        started = session["started_at"]
        moments = [row["created_at"] for row in messages + documents + queries] + (
            [started] if started else []
        )
        own = {
            "session_id": session["id"],
            "until_us": us(max(moments, default=None)),
            "user": session["user_id"],
            "twin": session["twin_id"],
            "department_cell": self.person_cells(session["user_id"])[-1],
            "platform": session["platform"] or "",
            "shared": int(bool(session["is_shared_twin"])),
        }
        pauses = [us(late["created_at"]) - us(early["created_at"]) for early, late in pairwise(messages)]
        length = sum(pause for pause in pauses if pause <= HALF_HOUR) if pauses else None
        waits = self.waits(messages)
        found["session"][session["id"]] = own | {
            "started_us": us(started),
            "messages": len(messages),
            "user_messages": sum(row["sender_type"] == "user" for row in messages),
            "documents": len(documents),
            "queries": len(queries),
            "length_us": length,
            "topic": (session["topic"] or "")[:500],
        }
        left = self.left_open(session, messages, documents, queries)
        if left["reasons"]:
            found["dead_end"][session["id"]] = (
                {name: value for name, value in own.items() if name != "until_us"}
                | {"started_us": us(started), "day": None if started is None else self.day(started)}
                | left
            )
        self.doings.begin(started and self.day(started), session, dead=left["reasons"])
        for document in documents:
            self.doings.drafted(self.day(document["created_at"]), document)
        for query in queries:
            self.doings.sought(self.day(query["created_at"]), us(query["created_at"]), query, own)
        for day in sorted({self.day(moment) for moment in moments}):
            today = [
                [row for row in rows if self.day(row["created_at"]) == day]
                for rows in (messages, documents, queries)
            ]
            begun = started is not None and self.day(started) == day
            row = self.day_row(own, day, today, [us(moment) for moment in moments if self.day(moment) == day])
            asked = [message for message in today[0] if message["sender_type"] == "user"]
            for _ in asked:
                self.doings.asked(day, session)
            lively = [message["created_at"] for message in asked] + ([started] if begun else [])
            if lively and us(max(lively)) != row["last_us"]:
                row["detail"]["a"] = row["last_us"] - us(max(lively))
            if replies := [waits[message["id"]] for message in asked if message["id"] in waits]:
                row["detail"]["r"] = replies
            row["begun"] = int(begun)
            if begun and messages:
                row["detail"] |= {"n": len(messages)} | ({} if length is None else {"l": length})
            found["session_day"][session["id"], day] = row
            for cell in self.cells(row):
                self.add_to_day(found["day"], cell, row)
            self.add_to_month(found["pair_month"], row, us(max(lively)) if lively else None)

    def waits(self, messages: list[dict]) -> dict[str, int]:
        talk = [row for row in messages if row["sender_type"] in ("user", "twin")]
        return {
            asked["id"]: us(reply["created_at"]) - us(asked["created_at"])
            for asked, reply in pairwise(talk)
            if (asked["sender_type"], reply["sender_type"]) == ("user", "twin")
        }

    def day_row(self, own: dict, day: int, today: list[list[dict]], instants: list[int]) -> dict[str, Any]:
        messages, documents, queries = today
        asked = [self.local(row["created_at"]) for row in messages if row["sender_type"] == "user"]
        hours = Counter(moment.weekday() * 24 + moment.hour for moment in asked)
        words = [row["word_count"] for row in documents if row["word_count"] is not None]
        results = [row["results_count"] for row in queries if row["results_count"] is not None]
        detail = {
            "h": [list(each) for each in sorted(hours.items())],
            "t": dict(Counter(row["message_type"] or "" for row in messages)),
            "d": dict(Counter(row["document_type"] or "" for row in documents)),
            "dk": len(words),
            "dw": sum(words),
            "dx": words_by_type(documents),
            "q": dict(Counter(row["query_type"] or "" for row in queries)),
            "qk": len(results),
            "qe": results.count(0),
            "qf": sum(results),
        }
        return own | {
            "day": day,
            "first_us": min(instants),
            "last_us": max(instants),
            "messages": len(messages),
            "user_messages": len(asked),
            "twin_messages": sum(row["sender_type"] == "twin" for row in messages),
            "documents": len(documents),
            "queries": len(queries),
            "detail": {key: value for key, value in detail.items() if value},
        }

    def cells(self, row: dict) -> list[tuple[str, str, str]]:
        platform, shared = row["platform"], str(row["shared"])
        wide = [
            ("all", "", ""),
            ("platform", platform, ""),
            ("use", shared, ""),
            ("platform_use", platform, shared),
            ("hour", str(row["last_us"] // 3_600_000_000 - (row["day"] - 719_163) * 24), ""),
        ]
        return wide + self.person_cells(row["user"])

    def add_to_day(self, days: dict, cell: tuple[str, str, str], row: dict) -> None:
        day, detail, begun = self.at(days, cell, row["day"]), row["detail"], row["begun"]
        for place, name in enumerate(("messages", "documents", "queries"), 4):
            day["counts"][place] += row[name]
        day["counts"][2] += begun
        day["counts"][3] += begun and row["shared"]
        if begun or row["user_messages"]:
            day["active"].add(row["user"])
        if begun:
            day["starts"][row["user"]] += 1
            day["platforms"] = dict(Counter(day["platforms"]) + Counter([row["platform"]]))
            day["begun"] = [
                {user for user, count in day["starts"].items() if count >> digit & 1}
                for digit in range(max(day["starts"].values()).bit_length())
            ]
        day["types"] = dict(Counter(day["types"]) + Counter(detail.get("t", {})))
        day["hours"] = dict(Counter(day["hours"]) + Counter(dict(detail.get("h", []))))
        day["by"] = (day["by"][0] + row["user_messages"], day["by"][1] + row["twin_messages"])
        for name, keys in (("documents", ("d", "dk", "dw")), ("queries", ("q", "qk", "qe", "qf"))):
            types, *sums = day[name]
            types = dict(Counter(types) + Counter(detail.get(keys[0], {})))
            day[name] = (types, *(old + detail.get(key, 0) for old, key in zip(sums, keys[1:], strict=True)))
        lengths, counts, replies = day["pace"]
        lengths += [detail["l"]] if "l" in detail else []
        counts += [detail["n"]] if "n" in detail else []
        replies += detail.get("r", [])
        day["pace"] = (sorted(lengths), sorted(counts), sorted(replies))

    def at(self, days: dict, cell: tuple[str, str, str], day: int) -> dict[str, Any]:
        return days.setdefault(
            (cell, day),
            {
                "counts": [0] * 7,
                "active": set(),
                "begun": [],
                "starts": Counter(),
                "types": {},
                "by": (0, 0),
                "documents": ({}, 0, 0),
                "queries": ({}, 0, 0, 0),
                "pace": ([], [], []),
                "hours": {},
                "platforms": {},
            },
        )

    def created(self, days: dict) -> None:
        for user in self.world.users:
            day = 0 if user["created_at"] is None else self.day(user["created_at"])
            for cell in [("all", "", ""), *self.person_cells(user["id"])]:
                self.at(days, cell, day)["counts"][0] += 1
        for twin in self.world.twins:
            if twin["created_at"] is not None:
                owned = self.person_cells(twin["user_id"]) if twin["user_id"] in self.users else []
                for cell in [("all", "", ""), *owned]:
                    self.at(days, cell, self.day(twin["created_at"]))["counts"][1] += 1
        for row in days.values():
            row.pop("starts", None)

    def add_to_month(self, months: dict, row: dict, last: int | None) -> None:
        day = date.fromordinal(row["day"])
        key = (day.year * 12 + day.month - 1, row["user"], row["twin"])
        old = months.get(key, (0,) * 8 + (None,))
        length = row["detail"].get("l")
        new = (
            row["begun"],
            row["begun"] and row["shared"],
            row["messages"],
            row["user_messages"],
            row["documents"],
            row["queries"],
            int(length is not None),
            length or 0,
        )
        sums = tuple(one + other for one, other in zip(old, new, strict=False))
        instants = [each for each in (old[-1], last) if each is not None]
        months[key] = (*sums, max(instants, default=None))
