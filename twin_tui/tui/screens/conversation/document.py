"""One entry opened for reading, as Markdown or as it is stored: a document, a message, a query."""

from typing import ClassVar

from markdown_it import MarkdownIt
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Markdown, Static

from twin_tui.analytics.answers import ConversationHeader, Entry
from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.text.code_types import is_code
from twin_tui.text.formatting import moment, number
from twin_tui.text.safe_text import safe_line, safe_text
from twin_tui.text.slack_markdown import markdown_of
from twin_tui.tui.clipboard import file_name
from twin_tui.tui.dressed import Dressed
from twin_tui.tui.links import SearchWanted
from twin_tui.tui.loading import ask, service_of
from twin_tui.tui.screens.conversation.handing_over import Origin, copy, export
from twin_tui.tui.screens.dialogs.help import HelpScreen
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.notice import Notice
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.text_view import TextView
from twin_tui.tui.widgets.too_small import TooSmall
from twin_tui.tui.widgets.transcript.heading import person, spread
from twin_tui.tui.widgets.transcript.paint import DOCUMENT_MARK, QUERY_MARK, TWIN_MARK, USER_MARK

MARKDOWN_LIMIT = 40_000
"""Characters up to which a text is drawn as Markdown; each block of it is a widget."""
HINTS: tuple[Hint, ...] = (
    ("esc", "back", "escape"),
    ("t", "Markdown or plain", "t"),
    ("=", "drafts", "equals_sign"),
    ("y", "copy", "y"),
    ("e", "export", "e"),
    ("?", "help", "question_mark"),
)


def inert_markdown() -> MarkdownIt:
    """Return a parser that makes no links, images or HTML: they stand there as they are written."""
    return (
        MarkdownIt("commonmark", {"html": False})
        .enable(["table", "strikethrough"])
        .disable(["link", "image", "autolink", "reference"])
    )


def title_words(entry: Entry, header: ConversationHeader) -> tuple[str, str, str]:
    """Return what an entry is called, its type and amount, and between whom it is; all safe, on one line."""
    twin, user = safe_line(header.twin.name, 60), person(header.user)
    match entry.kind:
        case "document":
            words = "" if entry.word_count is None else f"{number(entry.word_count)} words"
            about = " · ".join(part for part in (safe_line(entry.type or "document", 40), words) if part)
            return (
                f"{DOCUMENT_MARK} {safe_line(entry.title or 'untitled')}",
                about,
                f"drafted by {twin} for {user}",
            )
        case "query":
            results = "unknown" if entry.results_count is None else number(entry.results_count)
            return (
                f"{QUERY_MARK} query",
                f"{safe_line(entry.type or '', 40)} · results: {results}",
                f"by {twin} for {user}",
            )
        case _:
            mark, name = (USER_MARK, user) if entry.sender == "user" else (TWIN_MARK, twin)
            title = safe_line(header.title or header.topic or "untitled")
            return f"{mark} {name}", safe_line(entry.message_type or "message", 40), f"in {title}"


class DocumentScreen(Dressed, Screen[None]):
    """A document's title, type, words and text, code as it is stored; of a message who wrote it."""

    STYLES: ClassVar[tuple[str, ...]] = ("conversation",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,left", "back", "Back to the conversation", show=False),
        Binding("t", "other_form", "Markdown, or the text as it is stored", show=False),
        Binding("equals_sign", "compare", "Compare with the draft before it", show=False),
        Binding("y", "copy_document", "Copy the text", show=False),
        Binding("e", "export", "Export the text to a file", show=False),
        Binding("down,j", "scroll(1)", "A line down", show=False),
        Binding("up,k", "scroll(-1)", "A line up", show=False),
        Binding("slash", "search", "Search everything", show=False),
        Binding("question_mark", "help", "Help", show=False),
    ]

    def __init__(self, session_id: str, entry: Entry, header: ConversationHeader) -> None:
        super().__init__()
        self._session_id = session_id
        self._entry = entry
        self._header = header
        self._text: str | None = None
        self._is_plain = False
        self._is_drawn = False

    @property
    def _origin(self) -> Origin:
        return Origin(self._session_id, self._entry.id)

    def compose(self) -> ComposeResult:
        """Yield title, text in both forms, keys."""
        yield Static("", id="title", markup=False)
        yield Notice("Loading…")
        with VerticalScroll(id="formatted"):
            yield Markdown(parser_factory=inert_markdown, open_links=False)
        yield TextView()
        yield StatusLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Load the whole text."""
        self.query_one(StatusLine).zone = service_of(self).timezone
        self.query_one(StatusLine).hints = tuple(
            hint for hint in HINTS if self._entry.kind == "document" or hint[0] != "="
        )
        self._head()
        self.run_worker(self._load(), exclusive=True)

    @property
    def is_settled(self) -> bool:
        """Whether the document is drawn."""
        return self._is_drawn

    def on_resize(self) -> None:
        """Fit the title."""
        self._head()

    def _head(self) -> None:
        width = max(20, self.size.width - 2)
        name, about, who = title_words(self._entry, self._header)
        title = Text(" " + spread(name, about, width))
        title.stylize("bold")
        line = spread(who, moment(self._entry.time, service_of(self).timezone, seconds=True), width)
        self.query_one("#title", Static).update(Text("\n ").join([title, Text(line)]))

    async def _load(self) -> None:
        service, entry = service_of(self), self._entry
        session_id = self._session_id
        try:
            text = await ask(
                service, lambda: safe_text(service.entry_text(session_id, entry.kind, entry.id)).strip("\n")
            )
        except CancelledError:
            return
        except AnalyticsError as error:
            self.query_one(Notice).say(str(error), hint="esc goes back", is_failure=True)
        else:
            self._text = text
            self._is_plain = len(text) > MARKDOWN_LIMIT or (entry.kind == "document" and is_code(entry.type))
            if not text:
                self.query_one(Notice).say(
                    f"The text of this {self._entry.kind} is not stored in this database."
                )
            else:
                self.query_one(Notice).say(None)
                await self._draw()
        self._is_drawn = True

    async def _draw(self) -> None:
        assert self._text is not None
        self.set_class(self._is_plain, "-plain")
        if self._is_plain:
            self.query_one(TextView).show(self._text)
            self.query_one(TextView).focus()
        else:
            is_slack = self._entry.kind == "message" and self._header.platform == "slack"
            await self.query_one(Markdown).update(markdown_of(self._text) if is_slack else self._text)
            self.query_one("#formatted").focus()

    async def action_other_form(self) -> None:
        """Show the other form."""
        if not self._text:
            return
        if self._is_plain and len(self._text) > MARKDOWN_LIMIT:
            self.notify(f"Longer than {number(MARKDOWN_LIMIT)} characters: shown as stored.", timeout=4)
            return
        self._is_plain = not self._is_plain
        await self._draw()

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        view = self.query_one(TextView) if self._is_plain else self.query_one("#formatted")
        view.scroll_relative(y=lines, animate=False)

    def action_copy_document(self) -> None:
        """Copy what is selected, else the whole document."""
        if self._text is not None:
            copy(self, self.get_selected_text() or self._text, self._entry.kind, self._origin)

    def action_export(self) -> None:
        """Write the document into a file."""
        if self._text:
            name = file_name(self._entry.title or self._entry.kind, self._entry.id)
            export(self, self._text + "\n", name, self._origin)

    def action_compare(self) -> None:
        """Compare this draft with the one before it."""
        from twin_tui.tui.screens.conversation.comparison import NO_OTHER, compare_drafts  # noqa: PLC0415 - seldom wanted

        if self._entry.kind == "document":
            self.run_worker(compare_drafts(self, self._session_id, self._entry.id), group="compare")
        else:
            self.notify(NO_OTHER, timeout=4)

    def action_back(self) -> None:
        """Close."""
        self.dismiss()

    def action_search(self) -> None:
        """Search everything."""
        self.post_message(SearchWanted())

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen("Document"))

    @on(Markdown.LinkClicked)
    def _link_clicked(self, event: Markdown.LinkClicked) -> None:
        event.stop()
