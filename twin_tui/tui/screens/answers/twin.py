"""A twin's page: whose it is, how it is shared, who uses it, and its sessions."""

from collections.abc import Hashable
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Container

from twin_tui.analytics.answers import ActivityItem, PageRequest, TwinPage, TwinUse
from twin_tui.analytics.filters import Filters
from twin_tui.text.formatting import compact, moment
from twin_tui.text.safe_text import cut, safe_line
from twin_tui.tui.links import PersonChosen
from twin_tui.tui.screens.answers.page import PageScreen, PageView
from twin_tui.tui.widgets.parts.list_panel import ListPanel
from twin_tui.tui.widgets.parts.page_heading import PageHeading, status_words
from twin_tui.tui.widgets.parts.use_figures import Count, UseFigures
from twin_tui.tui.widgets.tables import page_columns
from twin_tui.tui.widgets.tables.columns import Moment
from twin_tui.tui.widgets.transcript.heading import SHARED_MARK, person, spread
from twin_tui.tui.widgets.transcript.paint import TWIN_MARK, USER_MARK

SHARING = {
    True: f"{SHARED_MARK} shared: others may use it",
    False: "private: not shared",
    None: "sharing unknown",
}


class TwinView(PageView[TwinPage]):
    """Heading, figures, and four lists."""

    def compose_content(self) -> ComposeResult:
        """Yield the panels in the order in which they are read."""
        yield PageHeading()
        yield UseFigures()
        with Container(id="lists"):
            with Container(id="done"):
                yield ListPanel[ActivityItem](
                    "Sessions by last message",
                    page_columns.sessions_of_twin,
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
                yield ListPanel[TwinUse](
                    "Used by",
                    page_columns.users,
                    lambda use: use.user.id,
                    id="used_by",
                    empty="nobody in this period: [ looks earlier",
                )
                yield ListPanel[ActivityItem](
                    "Queries",
                    page_columns.queries,
                    lambda item: item.event_id,
                    id="queries",
                    empty="none in this period",
                )

    def fetch(self, wanted: Hashable) -> TwinPage:
        """Return the page."""
        assert isinstance(wanted, tuple)
        filters, pages = wanted
        assert isinstance(filters, Filters)
        assert isinstance(pages, PageRequest)
        return self.service.twin(self.subject, filters, pages)

    def show(self, answer: TwinPage) -> None:
        """Hand every part its values."""
        told, days, row = self.moment(), answer.days, answer.row
        self.query_one(PageHeading).put(
            (row, answer.description, told), lambda width, height: twin_lines(answer, told, width, height)
        )
        self.query_one(UseFigures).show(
            (
                Count("conversations", row.conversations, tuple(day.conversations for day in days)),
                Count("messages", row.messages, tuple(day.messages for day in days)),
                Count(
                    "users",
                    row.users,
                    note=f"{compact(row.outsiders)} {'guest' if row.outsiders == 1 else 'guests'}",
                ),
                Count("documents", row.documents),
                Count("queries", row.queries),
            )
        )
        self.list("sessions", answer.sessions)
        self.list("documents", answer.documents)
        self.list("queries", answer.queries)
        self.list("used_by", answer.users)
        self.focus_first()

    def person_in_focus(self) -> str | None:
        """The person of the line, else the owner."""
        line = self.line
        if isinstance(line, TwinUse | ActivityItem):
            return line.user.id
        return None if self.answer is None else self.answer.row.owner.id

    def open_line(self, item: object) -> None:
        """Open the conversation, or the person."""
        if isinstance(item, TwinUse):
            self.post_message(PersonChosen(item.user.id))
        else:
            super().open_line(item)

    def name_to_copy(self) -> tuple[str, str]:
        """The name."""
        return ("" if self.answer is None else self.answer.row.name), "name"


class TwinScreen(PageScreen):
    """One twin."""

    TITLE_OF_HELP = "Person and twin"

    def make_view(self) -> TwinView:
        """Return the twin's view."""
        return TwinView(self.subject)

    def narrowed(self) -> Filters:
        """Return the filters that let only this twin through."""
        return replace(self.filters, twin=self.subject)


def twin_lines(page: TwinPage, told: Moment, width: int, height: int) -> list[str]:
    """Return which twin it is as safe lines: name and status; owner and sharing; since when; what for."""
    row = page.row
    name = safe_line(row.name or row.id, width)
    created = f"created {moment(row.created_at, told.zone)}"
    used = f"last used {moment(row.last_used, told.zone)} {told.zone}" if row.last_used else "never used"
    address = f" <{safe_line(row.owner.email, 60)}>" if row.owner.email and row.owner.name else ""
    about = safe_line(page.description or "", width)
    lines = [
        spread(f"{TWIN_MARK} {name}", status_words(row.status, "used", row.last_used, told), width),
        spread(
            f"owner {USER_MARK} {person(row.owner)}{address} · {SHARING[row.is_shared]}",
            f"id {safe_line(row.id, 60)}",
            width,
        ),
    ]
    if height > 3:
        return [*lines, cut(f"{created} · {used}", width), about]
    return [*lines, cut(" · ".join(part for part in (created, about) if part), width)]
