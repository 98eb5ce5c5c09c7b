"""The façade's longer questions: who stays, what works, and whom each number is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from twin_tui.analytics import questions
from twin_tui.analytics.desk_room import DeskRoom

if TYPE_CHECKING:
    from collections.abc import Collection

    from twin_tui.analytics.answers import (
        Engagement,
        EngagementCell,
        FigureSheet,
        PagedList,
        Person,
        Quality,
        QualityMeasure,
        Retention,
        RetentionCell,
        SessionBehind,
        SessionsCell,
    )
    from twin_tui.analytics.context import Context
    from twin_tui.analytics.filters import Filters


class Studies(DeskRoom):
    """Questions over the whole history."""

    def figures(self, filters: Filters) -> FigureSheet:
        """Return every figure of a period with its daily series."""
        return self._shown(lambda context: questions.overview.figure_sheet(context, filters))

    def retention(self, filters: Filters, *, is_unbounded: bool = False) -> Retention:
        """Return who came back and who stopped; ``is_unbounded`` counts coming back later, too."""
        return self._shown(
            lambda context: questions.retention.retention(context, filters, is_unbounded=is_unbounded)
        )

    def retention_people(
        self,
        filters: Filters,
        cell: RetentionCell,
        *,
        is_unbounded: bool = False,
        page: int = 1,
        limit: int = 50,
    ) -> PagedList[Person]:
        """Return a page of the people that one number of `retention` counts; raises `BadFilterError`."""

        def question(context: Context) -> PagedList[Person]:
            ids = questions.retention.people_behind(context, filters, cell, is_unbounded=is_unbounded)
            return self._named(context, ids, page, limit)

        return self._shown(question)

    def quality(self, filters: Filters, measure: QualityMeasure = "zero_result_rate") -> Quality:
        """Return what did not work, twins ranked by ``measure``; texts only for who sees content."""
        answer = self._shown(lambda context: questions.quality.quality(context, filters, measure))
        return answer if self.guard.sees_content else replace(answer, texts=())

    def sessions_behind(
        self, filters: Filters, cell: SessionsCell, page: int = 1, limit: int = 50
    ) -> PagedList[SessionBehind]:
        """Return a page of the conversations that one number counts.

        Raises `BadFilterError`, and `RefusedError` for who sees no content.
        """
        self.guard.admit()
        return self._shown(
            lambda context: questions.behind.sessions_behind(context, filters, cell, page, limit)
        )

    def engagement(self, filters: Filters) -> Engagement:
        """Return how much, how evenly and what for people use twins; topics only to those who see content."""
        found = self._shown(lambda context: questions.engagement.engagement(context, filters))
        if self.guard.sees_content:
            return found
        return replace(found, topics=replace(found.topics, rows=()))

    def engagement_people(
        self, filters: Filters, cell: EngagementCell, *, page: int = 1, limit: int = 50
    ) -> PagedList[Person]:
        """Return a page of the people that one number of `engagement` counts; raises `BadFilterError`."""

        def question(context: Context) -> PagedList[Person]:
            ids = questions.engagement.people_behind(context, filters, cell)
            return self._named(context, ids, page, limit)

        return self._shown(question)

    def _named(self, context: Context, ids: Collection[str], page: int, limit: int) -> PagedList[Person]:
        is_masked = self.guard.is_masking
        return questions.people_named.named(context, ids, page, limit, is_masked=is_masked)
