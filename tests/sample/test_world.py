"""What the sample promises, counted on the rows it makes."""

import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from tests.sample.conftest import UNTIL, Made, make
from twin_tui.sample import SampleOptions
from twin_tui.text.word_count import word_count

SCRIPTS = {
    "Arabic": "\u0600-\u06ff",
    "Hebrew": "\u05d0-\u05ea",
    "Devanagari": "\u0900-\u097f",
    "Hiragana": "\u3041-\u3096",
    "Kanji": "\u4e00-\u9fff",
    "German": "äöüß",
    "Spanish": "¿ñ",
    "French": "çêœ’",
    "Portuguese": "ãõ",
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def by_session(made: Made, table: str) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = defaultdict(list)
    for row in made.tables[table]:
        found[row["session_id"]].append(row)
    return found


def test_people_companies_and_twins(sample: Made):
    users, twins = sample.tables["users"], sample.tables["twins"]

    assert len(users) == 12
    assert len({user["company"] for user in users}) == 4
    assert len({user["department"] for user in users}) >= 6
    assert all(user["email"].endswith(".example") and user["email"].isascii() for user in users)
    assert len({user["email"] for user in users}) == 12
    assert 8 <= len(twins) <= 10
    assert {twin["is_shared"] for twin in twins} == {True, False}
    created = {user["id"]: user["created_at"] for user in users}
    assert all(twin["created_at"] > created[twin["user_id"]] for twin in twins)


@pytest.mark.parametrize("users", [1, 2, 3, 5, 7, 40])
def test_any_number_of_people_has_twins_and_addresses_of_their_own(users: int):
    made = make(SampleOptions(users=users, days=6, until=UNTIL))

    assert len({user["email"] for user in made.tables["users"]}) == users
    assert made.tables["sessions"]
    owners = {user["id"] for user in made.tables["users"]}
    assert {twin["user_id"] for twin in made.tables["twins"]} <= owners


def test_shares_of_documents_and_queries(crowd: Made):
    sessions = len(crowd.tables["sessions"])

    assert sessions > 2_500
    assert 0.27 < len(by_session(crowd, "documents")) / sessions < 0.35
    assert 0.45 < len(by_session(crowd, "queries")) / sessions < 0.55


def test_sessions_a_day_and_messages_a_session(crowd: Made):
    per_day = Counter((row["user_id"], row["started_at"][:10]) for row in crowd.tables["sessions"])
    weekdays = [count for (_, day), count in per_day.items() if date.fromisoformat(day).weekday() < 5]
    weekends = [count for (_, day), count in per_day.items() if date.fromisoformat(day).weekday() >= 5]
    lengths = {key: len(rows) for key, rows in by_session(crowd, "messages").items()}
    cut_off = {
        row["id"] for row in crowd.tables["sessions"] if at(row["started_at"]).date() > UNTIL - timedelta(5)
    }

    assert set(weekdays) == {2, 3, 4, 5}
    assert set(weekends) <= {1, 2}
    assert {count for key, count in lengths.items() if key not in cut_off} == {3, 4, 5, 6, 7, 8}
    assert sum(weekends) / 2 < 0.15 * sum(weekdays) / 5
    assert set(lengths) == {row["id"] for row in crowd.tables["sessions"]}


def test_other_ranges_are_kept_too():
    made = make(SampleOptions(users=8, days=20, sessions=(1, 1), messages_per_session=(11, 25), until=UNTIL))
    lengths = {
        len(rows) for rows in by_session(made, "messages").values()
        if at(rows[0]["created_at"]).date() < UNTIL - timedelta(5)
    }  # fmt: skip
    days = Counter((row["user_id"], row["started_at"][:10]) for row in made.tables["sessions"])

    assert 11 <= min(lengths) < 14
    assert 22 < max(lengths) <= 25
    assert set(days.values()) == {1}


@pytest.mark.parametrize("span", [(1, 1), (1, 2), (2, 2), (2, 3)])
def test_the_shortest_conversations_are_possible(span: tuple[int, int]):
    made = make(SampleOptions(users=6, days=10, messages_per_session=span, until=UNTIL))

    assert {len(rows) for rows in by_session(made, "messages").values()} == set(range(span[0], span[1] + 1))


def test_every_day_lies_in_the_period_and_nothing_is_later(sample: Made):
    first = str(sample.options.first_day)
    for table, column in (("sessions", "started_at"), ("messages", "created_at"), ("queries", "created_at"),
                          ("documents", "created_at")):  # fmt: skip
        times = [row[column] for row in sample.tables[table]]
        assert first <= min(times)
        assert max(times) <= f"{UNTIL} 23:59:59"
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", time) for time in times)


def test_everything_is_linked_to_what_it_belongs_to(crowd: Made):
    users = {row["id"]: row for row in crowd.tables["users"]}
    twins = {row["id"]: row for row in crowd.tables["twins"]}
    sessions = {row["id"]: row for row in crowd.tables["sessions"]}
    messages = {row["id"]: row for row in crowd.tables["messages"]}
    for row in sessions.values():
        twin, owner = twins[row["twin_id"]], users[twins[row["twin_id"]]["user_id"]]
        assert row["is_shared_twin"] == (owner["id"] != row["user_id"])
        assert twin["is_shared"] or owner["id"] == row["user_id"]
        assert owner["company"] == users[row["user_id"]]["company"]
        assert row["started_at"] >= max(twin["created_at"], users[row["user_id"]]["created_at"])
    triggers: dict[str, set[str]] = defaultdict(set)
    for table, kind in (("documents", "document"), ("queries", "query")):
        for row in crowd.tables[table]:
            message = messages[row["message_id"]]
            assert message["session_id"] == row["session_id"]
            assert message["sender_type"] == "user"
            assert row["created_at"] > message["created_at"]
            triggers[message["id"]].add(kind)
    for message in messages.values():
        if message["created_at"] < f"{UNTIL} 23:00":
            expected = ",".join(sorted(triggers[message["id"]])) or "general"
            assert message["message_type"] == expected
    kinds = Counter(row["message_type"] for row in messages.values())
    assert set(kinds) == {"general", "document", "query", "document,query"}
    assert kinds["document,query"] < kinds["document"] < kinds["general"]


def test_conversations_begin_with_the_person_and_times_grow(sample: Made):
    sessions = {row["id"]: row for row in sample.tables["sessions"]}
    for session, messages in by_session(sample, "messages").items():
        assert messages[0]["sender_type"] == "user"
        assert messages[0]["created_at"] == sessions[session]["started_at"]
        assert all(one["created_at"] < two["created_at"] for one, two in pairwise(messages))


def test_replies_take_seconds_to_minutes_and_some_threads_pause(crowd: Made):
    delays, pauses, overnight, unanswered = [], 0, 0, 0
    sessions = by_session(crowd, "messages")
    for messages in sessions.values():
        unanswered += messages[-1]["sender_type"] == "user"
        for one, two in pairwise(messages):
            gap = at(two["created_at"]) - at(one["created_at"])
            if two["sender_type"] == "twin":
                delays.append(gap.total_seconds())
            elif gap > timedelta(minutes=30):
                pauses += 1
                overnight += one["created_at"][:10] != two["created_at"][:10]

    assert min(delays) >= 5
    assert max(delays) <= 600
    assert 15 < sorted(delays)[len(delays) // 2] < 90
    assert 0.05 < pauses / len(sessions) < 0.2
    assert 0.02 < overnight / len(sessions) < 0.1
    assert 0.15 < unanswered / len(sessions) < 0.5


def test_last_login_is_the_last_thing_the_person_said(crowd: Made):
    owner = {row["id"]: row["user_id"] for row in crowd.tables["sessions"]}
    newest: dict[str, str] = {}
    for row in crowd.tables["messages"]:
        if row["sender_type"] == "user":
            user = owner[row["session_id"]]
            newest[user] = max(newest.get(user, ""), row["created_at"])

    assert {row["id"]: row["last_login_at"] for row in crowd.tables["users"]} == {
        row["id"]: newest.get(row["id"]) for row in crowd.tables["users"]
    }
    assert sum(row["last_login_at"] is None for row in crowd.tables["users"]) in range(1, 8)


def test_word_count_is_true(crowd: Made):
    documents = crowd.tables["documents"]

    assert all(row["word_count"] == word_count(row["content"]) > 0 for row in documents)
    assert {row["document_type"] for row in documents} == {"email", "report", "proposal", "summary"}
    assert any("```" in row["content"] for row in documents)
    assert any("\n|---" in row["content"] for row in documents)
    assert any(row["content"].startswith("# ") for row in documents)


def test_results_are_counted_sometimes_zero_and_rarely_unknown(crowd: Made):
    results = [row["results_count"] for row in crowd.tables["queries"]]
    rates = defaultdict(list)
    twin_of = {row["id"]: row["twin_id"] for row in crowd.tables["sessions"]}
    for row in crowd.tables["queries"]:
        rates[twin_of[row["session_id"]]].append(row["results_count"] == 0)
    shares = [sum(flags) / len(flags) for flags in rates.values() if len(flags) > 40]

    assert 0.05 < results.count(0) / len(results) < 0.25
    assert 0 < results.count(None) / len(results) < 0.04
    assert max(shares) > 3 * min(shares)


def test_use_grows_and_people_come_and_go(crowd: Made):
    days = [row["started_at"][:10] for row in crowd.tables["sessions"]]
    middle = str(crowd.options.first_day + timedelta(30))
    first, last = defaultdict(lambda: "9"), defaultdict(str)
    for row in crowd.tables["sessions"]:
        first[row["user_id"]] = min(first[row["user_id"]], row["started_at"][:10])
        last[row["user_id"]] = max(last[row["user_id"]], row["started_at"][:10])

    assert sum(day >= middle for day in days) > 1.15 * sum(day < middle for day in days)
    assert sum(day > str(crowd.options.first_day + timedelta(7)) for day in first.values()) > 5
    assert sum(day < str(UNTIL - timedelta(7)) for day in last.values()) > 2
    counts = sorted(Counter(row["user_id"] for row in crowd.tables["sessions"]).values())
    assert counts[-1] > 3 * counts[len(counts) // 4]


def test_people_work_by_day_and_eat_at_noon(crowd: Made):
    """Companies of one time zone are looked at, since UTC shows noon at noon there."""
    nearby = {row["id"] for row in crowd.tables["users"] if row["company"] in ("Nordlicht Energie",)}
    hours = Counter(
        int(row["started_at"][11:13]) for row in crowd.tables["sessions"] if row["user_id"] in nearby
    )
    lunch = hours[11] + hours[12]

    assert sum(hours[hour] for hour in range(6, 19)) > 0.85 * sum(hours.values())
    assert lunch < 0.75 * (hours[9] + hours[10])
    assert lunch < 0.9 * (hours[13] + hours[14])


def test_every_script_is_spoken(sample: Made):
    text = "".join(row["content"] for row in sample.tables["messages"])

    for name, letters in SCRIPTS.items():
        assert re.search(f"[{letters}]", text), name
    assert "\u200d" in text
    assert "\ufe0f" in text
    assert "```" in text
    assert "https://" in text
    assert sum(row["content"].count("\n") > 60 for row in sample.tables["messages"]) > 5
    assert any(9_000 < len(row["content"]) < 12_000 for row in sample.tables["messages"])


def test_no_sentence_is_repeated_over_and_over(sample: Made):
    for sender, share in (("user", 0.8), ("twin", 0.88)):
        said = Counter(row["content"] for row in sample.tables["messages"] if row["sender_type"] == sender)
        total = sum(said.values())
        assert said.most_common(1)[0][1] < 0.01 * total
        assert len(said) > share * total
    titles = Counter(row["title"] for row in sample.tables["sessions"] if row["title"])
    assert titles.most_common(1)[0][1] < 0.015 * len(sample.tables["sessions"])
    queries = Counter(row["query_text"] for row in sample.tables["queries"])
    assert queries.most_common(1)[0][1] < 0.02 * len(sample.tables["queries"])


def test_a_document_tells_the_story_of_its_conversation(sample: Made):
    """Numbers and names of a document's title come from the talk around it, or the title is general."""
    messages = by_session(sample, "messages")
    titles = {row["id"]: f"{row['title']} {row['topic']}" for row in sample.tables["sessions"]}
    strange = 0
    for row in sample.tables["documents"]:
        talk = " ".join(message["content"] for message in messages[row["session_id"]])
        talk += titles[row["session_id"]] + row["content"]
        numbers = re.findall(r"\d{3,}", row["title"])
        strange += not all(number in talk for number in numbers)

    assert strange == 0
