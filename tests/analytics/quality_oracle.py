"""What did not work, the slow way: every conversation looked at turn by turn, in plain loops."""

from collections import defaultdict
from random import Random

from tests.analytics.oracle import Oracle
from tests.analytics.plain_rows import World, known_sum, middle, ratio

TEXTS = ("Where is the plan?", " where is the PLAN?\n", "Straße", "STRASSE", "", " \t", "計画は?", "Thanks")
MINUTE = 60


def with_texts(world: World, seed: int) -> World:
    """Give messages and queries texts that come again, in other case, or with blanks around them."""
    draw = Random(seed)
    for rows, name in ((world.messages, "content"), (world.queries, "query_text")):
        for row in rows:
            row[name] = draw.choice(TEXTS)
    for row in world.documents:
        row["document_type"] = draw.choice((None, "", "memo", "report"))
    for row in world.sessions:
        row["topic"] = draw.choice((None, "", "Plans", "plans", "Travel"))
    return world


def folded(text: str) -> str:
    return text.strip(" \t\r\n").casefold()


class QualityOracle:
    """What quality says of one example; shares nothing with the service but the definitions."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle

    def reasons(self, session) -> set[str]:
        """Why a conversation is a dead end."""
        told = [row for row in self.oracle.in_order(session["id"]) if row["sender_type"] in ("user", "twin")]
        asked = [row for row in told if row["sender_type"] == "user"]
        found = set()
        if told and told[-1]["sender_type"] == "user":
            found.add("unanswered")
        if self.ends_on_nothing(session, asked):
            found.add("zero_results")
        texts = [folded(row["content"]) for row in asked if folded(row["content"])]
        if len(set(texts)) < len(texts):
            found.add("repeated")
        return found

    def ends_on_nothing(self, session, asked) -> bool:
        queries = self.held("queries", session)
        if not queries:
            return False
        last = max(row["created_at"] for row in queries)
        if any(row["created_at"] == last and row["results_count"] != 0 for row in queries):
            return False
        later = [*asked, *self.held("documents", session)]
        return all(row["created_at"] <= last for row in later)

    def held(self, table, session):
        return [
            row
            for row in getattr(self.oracle.world, table)
            if row["session_id"] == session["id"] and self.oracle.visible(row["created_at"])
        ]

    def dead_ends(self, span) -> dict[str, set[str]]:
        """Session's id → reasons."""
        found = {row["id"]: self.reasons(row) for row in self.oracle.sessions(span)}
        return {key: why for key, why in found.items() if why}

    def asked(self, span):
        return [row for row in self.oracle.children("messages", span) if row["sender_type"] == "user"]

    def unanswered(self, span):
        """Messages of people after which the twin says nothing more."""
        found = []
        for row in self.asked(span):
            told = self.oracle.in_order(row["session_id"])
            place = next(place for place, each in enumerate(told) if each["id"] == row["id"])
            if not any(each["sender_type"] == "twin" for each in told[place + 1 :]):
                found.append(row)
        return found

    def waits(self, span):
        """(session's id, seconds) of every reply."""
        found = []
        for row in self.asked(span):
            told = self.oracle.in_order(row["session_id"])
            place = next(place for place, each in enumerate(told) if each["id"] == row["id"])
            turns = [each for each in told[place + 1 :] if each["sender_type"] in ("user", "twin")]
            if turns and turns[0]["sender_type"] == "twin":
                took = (turns[0]["created_at"] - row["created_at"]).total_seconds()
                found.append((row["session_id"], took))
        return found

    def values(self, span) -> dict[str, float | None]:
        slow = [took for _, took in self.waits(span) if took > MINUTE]
        return {
            "dead_end_share": ratio(len(self.dead_ends(span)), len(self.oracle.sessions(span))),
            "unanswered_share": ratio(len(self.unanswered(span)), len(self.asked(span))),
            "slow_reply_share": ratio(len(slow), len(self.waits(span))),
        }

    def day(self, day) -> tuple[int, ...]:
        span = self.oracle.one_day(day)
        ends, queries = self.dead_ends(span), self.oracle.children("queries", span)
        waits = self.waits(span)
        return (
            len(self.oracle.sessions(span)),
            len(ends),
            *(sum(1 for why in ends.values() if reason in why) for reason in REASONS),
            sum(1 for row in queries if row["results_count"] is not None),
            sum(1 for row in queries if row["results_count"] == 0),
            len(self.asked(span)),
            len(self.unanswered(span)),
            len(waits),
            sum(1 for _, took in waits if took > MINUTE),
        )

    def empty_queries(self):
        now = self.oracle.now_span
        return [row for row in self.oracle.children("queries", now) if row["results_count"] == 0]

    def texts(self) -> dict[str, tuple[int, int]]:
        """Folded text → (times, people)."""
        found = defaultdict(lambda: [0, set()])
        for row in self.empty_queries():
            found[folded(row["query_text"])][0] += 1
            found[folded(row["query_text"])][1].add(self.oracle.session[row["session_id"]]["user_id"])
        return {text: (count, len(people)) for text, (count, people) in found.items()}

    def document_types(self):
        """Type → (documents, with known words, words)."""
        found = defaultdict(list)
        for row in self.oracle.children("documents", self.oracle.now_span):
            found[row["document_type"] or ""].append(row["word_count"])
        return {
            name: (len(words), len([each for each in words if each is not None]), known_sum(words))
            for name, words in found.items()
        }

    def twins(self):
        """Twin's id → (queries known, empty, conversations, dead ends, asked, unanswered, median wait)."""
        span, found = self.oracle.now_span, {}
        ends = self.dead_ends(span)
        for twin in self.oracle.world.twins:

            def of(rows, key="session_id", twin=twin):
                return [row for row in rows if self.oracle.session[row[key]]["twin_id"] == twin["id"]]

            known = [
                row["results_count"]
                for row in of(self.oracle.children("queries", span))
                if row["results_count"] is not None
            ]
            mine = of(self.oracle.sessions(span), "id")
            waits = [
                took for key, took in self.waits(span) if self.oracle.session[key]["twin_id"] == twin["id"]
            ]
            found[twin["id"]] = (
                len(known),
                known.count(0),
                len(mine),
                sum(1 for row in mine if row["id"] in ends),
                len(of(self.asked(span))),
                len(of(self.unanswered(span))),
                len(waits),
                middle(waits),
            )
        return found


REASONS = ("unanswered", "zero_results", "repeated")
RATES = {
    "zero_result_rate": (1, 0),
    "dead_end_share": (3, 2),
    "unanswered_share": (5, 4),
    "reply_time_median": (7, 6),
}
"""Places of what is divided by what; of the median its own place and that of its number."""


def rate(counts: tuple, measure: str) -> float | None:
    above, below = RATES[measure]
    return counts[above] if measure == "reply_time_median" else ratio(counts[above], counts[below])


def ranks(twins: dict[str, tuple], measure: str, fewest: int) -> list[tuple[int | None, str]]:
    """(rank, id), the worst first; those with too few last, those with none not at all."""
    n = {key: counts[RATES[measure][1]] for key, counts in twins.items()}
    worth = {key: rate(counts, measure) for key, counts in twins.items()}
    enough = [key for key in twins if n[key] >= fewest]
    few = [key for key in twins if 0 < n[key] < fewest]
    enough.sort(key=lambda key: (-worth[key], -n[key], key))
    few.sort(key=lambda key: (-n[key], key))
    placed = [(1 + sum(1 for other in enough if worth[other] > worth[key]), key) for key in enough]
    return [*placed, *((None, key) for key in few)]
