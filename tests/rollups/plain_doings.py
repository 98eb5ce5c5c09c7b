"""What each day should tell of twins, counted the slow way, in the form of `tests.rollups.contents`."""

from collections import Counter, defaultdict
from hashlib import blake2b
from typing import Any

COUNTS = (
    "conversations", "user_messages", "queries_known", "queries_empty", "dead_ends", "unanswered_messages",
)  # fmt: skip


class PlainDoings:
    """Filled session by session, from rows that are dated."""

    def __init__(self) -> None:
        self.days: dict[int, dict[str, Any]] = {}
        self.topics: Counter[str] = Counter()
        self.empty: dict[str, dict[str, Any]] = {}

    def on(self, day: int) -> dict[str, Any]:
        return self.days.setdefault(
            day,
            {
                "numbers": {name: Counter() for name in COUNTS},
                "pairs": Counter(),
                "ends": Counter(),
                "topics": Counter(),
                "documents": defaultdict(list),
            },
        )

    def begin(self, day: int | None, session: dict, *, dead: int) -> None:
        """Take a session's start, and the reasons why it is a dead end."""
        topic = (session["topic"] or "")[:500]
        self.topics[topic] += 1
        if day is None:
            return
        found = self.on(day)
        found["topics"][topic] += 1
        found["numbers"]["conversations"][session["twin_id"]] += 1
        if session["is_shared_twin"]:
            found["pairs"][session["user_id"], session["twin_id"]] += 1
        if dead:
            found["numbers"]["dead_ends"][session["twin_id"]] += 1
            found["ends"][dead] += 1

    def asked(self, day: int, session: dict) -> None:
        self.on(day)["numbers"]["user_messages"][session["twin_id"]] += 1

    def unanswered(self, day: int, session: dict) -> None:
        self.on(day)["numbers"]["unanswered_messages"][session["twin_id"]] += 1

    def drafted(self, day: int, document: dict) -> None:
        self.on(day)["documents"][document["document_type"] or ""].append(document["word_count"])

    def sought(self, day: int, us: int, query: dict, own: dict) -> None:
        """Take a query; ``own`` is what its session's rows have in common."""
        numbers = self.on(day)["numbers"]
        if query["results_count"] is not None:
            numbers["queries_known"][own["twin"]] += 1
        if query["results_count"] == 0:
            numbers["queries_empty"][own["twin"]] += 1
            text = query.get("query_text", "text")[:500].strip(" \t\r\n").casefold().encode()
            self.empty[query["id"]] = {name: value for name, value in own.items() if name != "until_us"} | {
                "query_id": query["id"], "us": us, "text": blake2b(text, digest_size=12).hexdigest()
            }  # fmt: skip

    def contents(self) -> dict[str, dict[Any, Any]]:
        return {
            "topic": dict(self.topics),
            "empty_query": self.empty,
            "doing": {
                day: {
                    "twins": [_digits(found["numbers"][name]) for name in COUNTS],
                    "pairs": found["pairs"],
                    "ends": found["ends"],
                    "open": found["numbers"]["unanswered_messages"].total(),
                    "topics": found["topics"],
                    "documents": {
                        name: (
                            len(words),
                            len(known := [each for each in words if each is not None]),
                            sum(known),
                        )
                        for name, words in found["documents"].items()
                    },
                }
                for day, found in self.days.items()
                if any(map(Counter.total, found["numbers"].values())) or found["topics"] or found["documents"]
            },
        }


def known(words: list[int | None]) -> tuple[int, int]:
    """Return how many numbers of words are known, and the words."""
    numbers = [each for each in words if each is not None]
    return len(numbers), sum(numbers)


def words_by_type(documents: list[dict]) -> list[list[Any]]:
    """Return type, known numbers of words and words, where there are several types."""
    by_type = defaultdict(list)
    for row in documents:
        by_type[row["document_type"] or ""].append(row["word_count"])
    return [[name, *known(words)] for name, words in sorted(by_type.items())] if len(by_type) > 1 else []


def _digits(numbers: Counter[str]) -> list[set[str]]:
    """Return the twins by binary digit of their numbers."""
    height = max(numbers.values(), default=0).bit_length()
    return [{twin for twin, number in numbers.items() if number >> digit & 1} for digit in range(height)]
