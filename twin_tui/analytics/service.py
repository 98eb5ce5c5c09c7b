"""The façade: the only door through which screens, reports and scripts ask questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from twin_tui.analytics import questions
from twin_tui.analytics.search.trace import Search
from twin_tui.analytics.studies import Studies
from twin_tui.store.act import Act

if TYPE_CHECKING:
    from twin_tui.analytics.answers import (
        ActivityPage,
        ActivityRequest,
        ChoicePart,
        Choices,
        DatabaseStatus,
        Group,
        Leaderboard,
        Measure,
        MonthlyPage,
        MonthlyRequest,
        Overview,
        PageRequest,
        PeoplePage,
        PeopleRequest,
        PersonPage,
        SearchPage,
        SearchRequest,
        TwinPage,
    )
    from twin_tui.analytics.filters import Filters


class AnalyticsService(Studies):
    """Answers over one open database, for one clock and one report timezone.

    Every method may be called from any thread and raises `AnalyticsError` with one clear sentence.
    """

    def status(self) -> DatabaseStatus:
        """Return what is open, and from when to when it holds data."""
        return self._ask(questions.status.status)

    def overview(
        self, filters: Filters, group: Group = "company", measure: Measure = "conversations"
    ) -> Overview:
        """Return everything the first tab shows, read in one transaction."""
        answer = self._shown(lambda context: questions.overview.overview(context, filters, group, measure))
        return answer if self.guard.sees_content else replace(answer, latest=())

    def leaderboard(
        self, filters: Filters, group: Group, measure: Measure, limit: int | None = None
    ) -> Leaderboard:
        """Return the groups in rank order, the first ``limit`` of them."""
        return self._shown(
            lambda context: questions.leaderboard.leaderboard(context, filters, group, measure, limit)
        )

    def activity(self, filters: Filters, request: ActivityRequest) -> ActivityPage:
        """Return one page of the feed with exact totals."""
        self.guard.admit()
        left_out = self._left_out(request)
        return self._marked(
            self._shown(lambda context: questions.activity.activity(context, filters, request, left_out))
        )

    def neighbours(
        self, session_id: str, filters: Filters, request: ActivityRequest
    ) -> tuple[str | None, str | None]:
        """Session ids just newer and just older than this one in that feed."""
        self.guard.admit()
        left_out = [key for key in self._left_out(request) if key != session_id]
        return self._shown(
            lambda context: questions.activity_neighbours.neighbours(
                context, session_id, filters, request, left_out
            )
        )

    def choices(self, part: ChoicePart | None = None) -> Choices:
        """Return the values of every filter, or of a part of them, most used first."""
        return self._shown(lambda context: questions.choices.choices(context, part))

    def find_session(self, text: str) -> tuple[str, str | None]:
        """Session id and, when ``text`` names one of its events, that event's id; a unique prefix will do.

        Raises `NotFoundError`, `AmbiguousError`.
        """
        self.guard.admit()
        return self._shown(lambda context: questions.lookup_session.find_session(context, text))

    def find_user(self, text: str) -> str:
        """Id of the user with that e-mail, else name, else id, casefolded.

        Raises `NotFoundError`, `AmbiguousError`.
        """
        return self._shown(lambda context: questions.lookup.find_user(context, text))

    def find_twin(self, text: str) -> str:
        """Id of the twin with that name, else id, casefolded; raises `NotFoundError`, `AmbiguousError`."""
        return self._shown(lambda context: questions.lookup.find_twin(context, text))

    def people(self, filters: Filters, request: PeopleRequest) -> PeoplePage:
        """Return one page of the directory of users or twins with exact totals."""
        return self._shown(lambda context: questions.people.people(context, filters, request))

    def monthly(self, filters: Filters, request: MonthlyRequest) -> MonthlyPage:
        """Return one page of the statistics per person and local month with exact totals."""
        return self._shown(lambda context: questions.monthly.monthly(context, filters, request))

    def person(self, user_id: str, filters: Filters, pages: PageRequest | None = None) -> PersonPage:
        """Return everything about one person; raises `NotFoundError`."""
        self.guard.admit()
        return self._shown(lambda context: questions.people_pages.person(context, user_id, filters, pages))

    def twin(self, twin_id: str, filters: Filters, pages: PageRequest | None = None) -> TwinPage:
        """Return everything about one twin; raises `NotFoundError`."""
        self.guard.admit()
        return self._shown(lambda context: questions.people_pages.twin(context, twin_id, filters, pages))

    def search(self, filters: Filters, request: SearchRequest) -> SearchPage:
        """Return texts that hold what is sought, and people, twins and titles of that name.

        It is noted: at once, or, if it ``is_passing``, when it stands still: see `guard.searches`.
        """
        self.guard.admit()
        found = self._shown(lambda context: questions.search.search(context, filters, request, self._told))
        if found.terms:
            asked = replace(found.request, is_passing=False)
            act = Act("search", detail={"hits": len(found.hits), "page": asked.page})
            self.guard.searches.made(
                Search((filters, asked), asked.text.strip(), act), is_passing=request.is_passing
            )
        return found
