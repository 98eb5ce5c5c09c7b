"""What is noted of searches while somebody types: each once, and none is shown that leaves no record."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.world import NOW
from twin_tui.analytics.answers import SearchRequest
from twin_tui.analytics.errors import RefusedError
from twin_tui.analytics.filters import Filters
from twin_tui.analytics.guard import Guard
from twin_tui.analytics.search.trace import AGAIN_SECONDS, Search, SearchTrace
from twin_tui.analytics.service import AnalyticsService
from twin_tui.store.act import Act
from twin_tui.store.errors import StoreError


@dataclass
class Typing:
    """Somebody at a search, and what is noted of it."""

    is_required: bool = False
    now: float = 0.0
    acts: list[Act] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.trace = SearchTrace(self.acts.append, is_required=self.is_required, monotonic=lambda: self.now)

    def typed(self, *texts: str, is_passing: bool = True) -> None:
        for text in texts:
            act = Act("search", detail={"hits": len(text), "page": 1})
            self.trace.made(Search(text, text, act), is_passing=is_passing)

    @property
    def noted(self) -> list[str | int]:
        """The lengths of the words noted."""
        return [act.detail["hits"] for act in self.acts]


def test_typing_a_word_is_one_search_noted_when_it_stands_still() -> None:
    typing = Typing()
    typing.typed("r", "re", "refu", "ref", "refund")
    assert typing.noted == []
    typing.trace.settle()
    typing.trace.settle()
    assert typing.noted == [6]


def test_other_words_leave_the_record_of_those_before() -> None:
    typing = Typing()
    typing.typed("pass", "password", "ann")
    assert typing.noted == [8]
    typing.trace.settle()
    assert typing.noted == [8, 3]


def test_a_page_turned_is_noted_at_once_after_what_waited() -> None:
    typing = Typing()
    typing.typed("refund")
    typing.typed("refund, page 2", is_passing=False)
    assert typing.noted == [6, 14]


def test_the_same_search_is_noted_again_only_much_later() -> None:
    typing = Typing()
    typing.typed("refund")
    typing.typed("refund", is_passing=False)
    typing.typed("refund")
    typing.trace.settle()
    assert typing.noted == [6]
    typing.now = AGAIN_SECONDS + 1.0
    typing.typed("refund", is_passing=False)
    assert typing.noted == [6, 6]


def test_where_it_must_be_recorded_nothing_waits() -> None:
    typing = Typing(is_required=True)
    typing.typed("re", "refu")
    assert typing.noted == [2, 4]


def test_a_search_that_could_not_be_noted_is_tried_again() -> None:
    failing = [True]

    def note(act: Act) -> None:
        if failing:
            raise RefusedError("full")
        noted.append(act)

    noted: list[Act] = []
    trace = SearchTrace(note, is_required=True)
    search = Search("a", "a", Act("search"))
    with pytest.raises(RefusedError):
        trace.made(search, is_passing=False)
    failing.clear()
    trace.made(search, is_passing=False)
    assert noted == [search.act]


def passing(text: str, **more: int) -> SearchRequest:
    return SearchRequest(text, is_being_typed=True, is_passing=True, **more)


@pytest.mark.parametrize(
    ("act", "names"),
    [
        (lambda service: service.guard.searches.settle(), ["search"]),
        (lambda service: service.conversation("s1"), ["search", "open"]),
        (lambda service: service.reveal_person("u-ann"), ["search", "reveal"]),
        (lambda service: service.close(), ["search"]),
    ],
    ids=["settled", "opened", "revealed", "left"],
)
def test_a_search_is_noted_before_what_it_led_to(
    world_sqlite: str, act: Callable[[AnalyticsService], object], names: list[str]
) -> None:
    acts: list[Act] = []
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=Guard(record=acts.append)) as service:
        for text in ("tr", "trav", "travel"):
            service.search(Filters(), passing(text))
        service.search(Filters(), passing(""))
        assert acts == []
        act(service)
    assert [each.action for each in acts] == names
    assert acts[0].detail["page"] == 1


def test_no_answer_without_a_record_where_that_must_be(world_sqlite: str) -> None:
    def full(_: Act) -> None:
        raise StoreError("The disk is full.")

    guard = Guard(record=full, is_required=True)
    with AnalyticsService(world_sqlite, clock=lambda: NOW, guard=guard) as service:
        for request in (SearchRequest("travel"), passing("travel"), passing("zebra")):
            with pytest.raises(RefusedError, match=r"The disk is full"):
                service.search(Filters(), request)
        assert service.search(Filters(), passing("")).is_empty
