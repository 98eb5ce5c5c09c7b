"""A large sample: as many messages as asked, in memory that does not grow, with the habits of real use."""

import hashlib
import tracemalloc
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tests.sample.conftest import Made
from twin_tui.sample.crowd import generate_crowd
from twin_tui.sample.crowd_companies import workplaces
from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.options import BadOptionError
from twin_tui.sample.world import COLUMNS
from twin_tui.text.word_count import word_count

NOW = datetime(2026, 11, 20, 15, 30, 12, 500_000, tzinfo=UTC)
OPTIONS = CrowdOptions(20_000, NOW.date(), NOW, days=120)


def made(options: CrowdOptions) -> Made:
    tables = {table: [] for table in COLUMNS}
    for batch in generate_crowd(options):
        for table, rows in batch.rows.items():
            tables[table] += [dict(zip(COLUMNS[table], row, strict=True)) for row in rows]
    return Made(options, tables)


@pytest.fixture(scope="module")
def crowd() -> Made:
    return made(OPTIONS)


def digest(options: CrowdOptions) -> str:
    found = hashlib.sha256()
    for batch in generate_crowd(options):
        found.update(repr((batch.day, batch.rows)).encode())
    return found.hexdigest()


@pytest.mark.parametrize("messages", [1, 7, 999])
def test_there_are_exactly_as_many_messages_as_asked(messages: int):
    tables = made(CrowdOptions(messages, NOW.date(), NOW)).tables

    assert len(tables["messages"]) == messages
    assert len({row["id"] for row in tables["messages"]}) == messages


def test_users_and_days_follow_from_the_messages_unless_given():
    sizes = [10, 10_000, 1_000_000, 10_000_000]
    follow = [CrowdOptions(size, NOW.date()) for size in sizes]

    assert [options.user_count for options in follow] == [3, 100, 10_000, 100_000]
    assert [options.day_count for options in follow] == [60, 138, 730, 730]
    given = CrowdOptions(10_000, NOW.date(), users=7, days=9)
    assert (given.user_count, given.day_count) == (7, 9)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"messages": 0}, "--messages 0"),
        ({"users": 99_999_999}, "--users 99999999"),
        ({"days": 4_000}, "--days 4000"),
        ({"seed": -1}, "--seed -1"),
        ({"messages_per_session": (4, 2)}, "--messages-per-session 4-2"),
        ({"until": date(2000, 1, 5)}, "2000-01-01"),
        ({"until": date(3000, 1, 5)}, "2999-12-31"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence(bad: dict, words: str):
    with pytest.raises(BadOptionError, match=r"\.$") as raised:
        CrowdOptions(**{"messages": 100, "until": NOW.date(), **bad})

    assert words in str(raised.value)


def test_the_same_options_give_the_same_rows_and_another_seed_others():
    small = CrowdOptions(600, NOW.date(), NOW)

    assert digest(small) == digest(CrowdOptions(600, NOW.date(), NOW))
    assert digest(small) != digest(CrowdOptions(600, NOW.date(), NOW, seed=1))


def peak(messages: int) -> int:
    """Return the most memory that making so many messages of the same people took, in bytes."""
    options = CrowdOptions(messages, NOW.date(), NOW, users=200, days=300)
    for _ in generate_crowd(options):
        pass  # Names, templates and dates are cached by the first run.
    tracemalloc.start()
    for _ in generate_crowd(options):
        pass
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_five_times_the_messages_take_no_more_memory():
    assert peak(30_000) < 1.3 * peak(6_000)


def test_every_row_is_dated_in_the_period_and_before_now(crowd: Made):
    first = str(NOW.date() - timedelta(days=119))
    for table in ("messages", "documents", "queries"):
        times = [row["created_at"] for row in crowd.tables[table]]
        assert first <= min(times)
        assert max(times) < "2026-11-20 15:30:13"
    assert max(row["created_at"] for row in crowd.tables["messages"]) > "2026-11-20 12:00:00"
    assert max(row["created_at"] for row in crowd.tables["twins"]) < "2026-11-20 15:30:13"


@pytest.mark.parametrize("clock", [(0, 0, 0), (0, 0, 1), (0, 20, 0), (23, 59, 59)])
def test_a_day_that_has_hardly_begun_holds_nothing_later(clock: tuple[int, int, int]):
    now = datetime(2026, 11, 20, *clock, tzinfo=UTC)
    tables = made(CrowdOptions(300, now.date(), now, days=3)).tables

    assert len(tables["messages"]) == 300
    created = {row["id"]: row["created_at"] for table in ("users", "twins") for row in tables[table]}
    for table, rows in tables.items():
        assert all(max(value or "" for key, value in row.items() if key.endswith("_at")) < str(now)[:19]
                   for row in rows), table  # fmt: skip
    for row in tables["sessions"]:
        assert row["started_at"] > max(created[row["user_id"]], created[row["twin_id"]])


def test_rows_fit_together(crowd: Made):
    users = {row["id"]: row for row in crowd.tables["users"]}
    twins = {row["id"]: row for row in crowd.tables["twins"]}
    sessions = {row["id"]: row for row in crowd.tables["sessions"]}
    messages = {row["id"]: row for row in crowd.tables["messages"]}
    assert len({row["email"] for row in users.values()}) == len(users) == OPTIONS.user_count
    for row in twins.values():
        assert row["created_at"] > users[row["user_id"]]["created_at"]
    for row in sessions.values():
        twin = twins[row["twin_id"]]
        assert row["is_shared_twin"] == (twin["user_id"] != row["user_id"])
        assert twin["is_shared"] or not row["is_shared_twin"]
        assert users[twin["user_id"]]["company"] == users[row["user_id"]]["company"]
        assert row["started_at"] > max(twin["created_at"], users[row["user_id"]]["created_at"])
    kinds: dict[str, list[str]] = defaultdict(list)
    for table, kind in (("documents", "document"), ("queries", "query")):
        for row in crowd.tables[table]:
            asked = messages[row["message_id"]]
            assert (asked["session_id"], asked["sender_type"]) == (row["session_id"], "user")
            assert row["created_at"] > asked["created_at"]
            kinds[asked["id"]].append(kind)
    for row in messages.values():
        assert row["session_id"] in sessions
        assert row["message_type"] == (",".join(sorted(kinds[row["id"]])) or "general")
    assert all(row["word_count"] == word_count(row["content"]) for row in crowd.tables["documents"])


def test_conversations_go_forward_and_start_with_their_first_message(crowd: Made):
    said: dict[str, list[dict]] = defaultdict(list)
    for row in crowd.tables["messages"]:
        said[row["session_id"]].append(row)
    overnight = 0
    for session in crowd.tables["sessions"]:
        rows = sorted(said[session["id"]], key=lambda row: row["created_at"])
        assert rows[0]["sender_type"] == "user"
        assert rows[0]["created_at"] == session["started_at"]
        assert all(one["created_at"] < two["created_at"] for one, two in pairwise(rows))
        overnight += rows[0]["created_at"][:10] < rows[-1]["created_at"][:10]
    assert 0.01 < overnight / len(said) < 0.2
    assert Counter(map(len, said.values())).keys() <= set(range(1, 9))
    owner = {row["id"]: row["user_id"] for row in crowd.tables["sessions"]}
    newest: dict[str, str] = {}
    for row in crowd.tables["messages"]:
        if row["sender_type"] == "user":
            user = owner[row["session_id"]]
            newest[user] = max(newest.get(user, ""), row["created_at"])
    assert {row["id"]: row["last_login_at"] for row in crowd.tables["users"]} == {
        row["id"]: newest.get(row["id"]) for row in crowd.tables["users"]
    }


def test_use_is_uneven_as_real_use_is(crowd: Made):
    company = {row["id"]: row["company"] for row in crowd.tables["users"]}
    sessions = crowd.tables["sessions"]
    sizes = sorted(Counter(company.values()).values())
    days = Counter(row["started_at"][:10] for row in sessions)
    weekend = [count for day, count in days.items() if date.fromisoformat(day).weekday() >= 5]
    working = [count for day, count in days.items() if date.fromisoformat(day).weekday() < 5]
    by_user = sorted(Counter(row["user_id"] for row in sessions).values())
    results = [row["results_count"] for row in crowd.tables["queries"]]
    text = "".join(row["content"] for row in crowd.tables["messages"])

    assert len(sizes) == 11
    assert sizes[-1] > 3 * sizes[0]
    assert sum(weekend) / len(weekend) < 0.3 * sum(working) / len(working)
    assert by_user[-1] > 5 * by_user[len(by_user) // 2]
    assert 0.05 < results.count(0) / len(results) < 0.25
    assert 0.1 < sum(row["is_shared_twin"] for row in sessions) / len(sessions) < 0.8
    assert len({row["platform"] for row in sessions}) > 1
    joined = [row["created_at"][:10] for row in crowd.tables["users"]]
    assert 0.2 < sum(day >= str(NOW.date() - timedelta(days=119)) for day in joined) / len(joined) < 0.9
    assert "さん" in text
    assert not set("\ue000\ue001") & set(text)
    assert "%(" not in text
    assert 60 < len(text) / len(crowd.tables["messages"]) < 200


def test_companies_have_names_of_their_own():
    places = workplaces(100_000)

    assert len({place.company.name for place in places}) == len(places) == 200
    assert len({place.company.domain for place in places}) == 200
    assert all(place.company.domain.endswith(".example") for place in places)
