"""A person's page: who, what they did in the period, with which twins, and who uses theirs."""

from collections.abc import Hashable
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Container

from twin_tui.analytics.answers import ActivityItem, PageRequest, PersonPage, PersonRow, TwinRow, TwinUse
from twin_tui.analytics.filters import Filters
from twin_tui.text.formatting import group_name, moment
from twin_tui.text.safe_text import cut, safe_line
from twin_tui.tui.links import TwinChosen
from twin_tui.tui.screens.answers.page import PageScreen, PageView
from twin_tui.tui.widgets.parts.list_panel import ListPanel
from twin_tui.tui.widgets.parts.page_heading import PageHeading, status_words
from twin_tui.tui.widgets.parts.use_figures import Count, UseFigures
from twin_tui.tui.widgets.tables import page_columns
from twin_tui.tui.widgets.tables.columns import Moment
from twin_tui.tui.widgets.transcript.heading import spread
from twin_tui.tui.widgets.transcript.paint import USER_MARK


class PersonView(PageView[PersonPage]):
    """Heading, figures, and six lists."""

    def compose_content(self) -> ComposeResult:
        """Yield the panels in the order in which they are read."""
        yield PageHeading()
        yield UseFigures()
        with Container(id="lists"):
            with Container(id="done"):
                yield ListPanel[ActivityItem](
                    "Sessions by last message",
                    page_columns.sessions_of_person,
                    lambda item: item.session_id,
                    id="sessions",
                    empty="none in this period: [ looks earlier",
                )
                yield ListPanel[ActivityItem](
                    "Documents",
                    page_columns.documents,
                    lambda item: item.event_id,
                    id="documents",
                    empty="none in this period",
                )
            with Container(id="twinned"):
                yield ListPanel[TwinRow](
                    "Own twins", page_columns.twins, lambda row: row.id, id="twins", empty="owns no twin"
                )
                yield ListPanel[TwinUse](
                    "Uses others' twins",
                    page_columns.uses,
                    lambda use: use.twin.id,
                    id="uses",
                    empty="none in this period",
                )
                yield ListPanel[TwinUse](
                    "Own twins used by others",
                    page_columns.used_by,
                    lambda use: f"{use.user.id}\x1f{use.twin.id}",
                    id="used_by",
                    empty="nobody in this period",
                )
                yield ListPanel[ActivityItem](
                    "Queries",
                    page_columns.queries,
                    lambda item: item.event_id,
                    id="queries",
                    empty="none in this period",
                )

    def fetch(self, wanted: Hashable) -> PersonPage:
        """Return the page."""
        assert isinstance(wanted, tuple)
        filters, pages = wanted
        assert isinstance(filters, Filters)
        assert isinstance(pages, PageRequest)
        return self.service.person(self.subject, filters, pages)

    def show(self, answer: PersonPage) -> None:
        """Hand every part its values."""
        row, told = answer.row, self.moment()
        self.query_one(PageHeading).put(
            (row, told), lambda width, height: person_lines(row, told, width, height)
        )
        days = answer.days
        self.query_one(UseFigures).show(
            (
                Count("conversations", row.conversations, tuple(day.conversations for day in days)),
                Count("messages", row.messages, tuple(day.messages for day in days)),
                Count("documents", row.documents),
                Count("queries", row.queries),
                Count("shared use", row.shared_uses, note="not own"),
            )
        )
        self.list("sessions", answer.sessions)
        self.list("documents", answer.documents)
        self.list("queries", answer.queries)
        self.list("twins", answer.twins)
        self.list("uses", answer.uses)
        self.list("used_by", answer.used_by)
        self.focus_first()

    def person_in_focus(self) -> str | None:
        """The other person of the line."""
        line = self.line
        if isinstance(line, TwinUse):
            return line.twin.owner.id if line.user.id == self.subject else line.user.id
        return line.twin.owner.id if isinstance(line, ActivityItem) else None

    def twin_in_focus(self) -> str | None:
        """The twin of the line."""
        line = self.line
        if isinstance(line, TwinRow):
            return line.id
        return line.twin.id if isinstance(line, TwinUse | ActivityItem) else None

    def open_line(self, item: object) -> None:
        """Open the conversation, or the twin."""
        if isinstance(item, TwinRow | TwinUse):
            self.post_message(TwinChosen(item.id if isinstance(item, TwinRow) else item.twin.id))
        else:
            super().open_line(item)

    def name_to_copy(self) -> tuple[str, str]:
        """The e-mail."""
        return ("" if self.answer is None else self.answer.row.email), "e-mail"


class PersonScreen(PageScreen):
    """One person."""

    TITLE_OF_HELP = "Person and twin"

    def make_view(self) -> PersonView:
        """Return the person's view."""
        return PersonView(self.subject)

    def narrowed(self) -> Filters:
        """Return the filters that let only this person through."""
        return replace(self.filters, user=self.subject)


def person_lines(row: PersonRow, told: Moment, width: int, height: int) -> list[str]:
    """Return who it is as three safe lines: name and status; where; since when."""
    del height
    name = safe_line(row.name or row.email or row.id, width)
    places = " / ".join(safe_line(part, 40) for part in (row.company, row.department) if part)
    address = safe_line(row.email, 80) or "no e-mail"
    created = moment(row.created_at, told.zone)
    seen = f"last seen {moment(row.last_seen, told.zone)} {told.zone}" if row.last_seen else "never seen"
    return [
        spread(f"{USER_MARK} {name}", status_words(row.status, "seen", row.last_seen, told), width),
        spread(f"{address} · {places or group_name('')}", f"id {safe_line(row.id, 60)}", width),
        cut(f"created {created} · {seen}", width),
    ]
