"""Two drafts of one text compared: side by side in a wide terminal, one below the other in a narrow one."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from twin_tui.analytics.answers import Draft
from twin_tui.analytics.errors import AnalyticsError, CancelledError
from twin_tui.analytics.service import AnalyticsService
from twin_tui.text.comparing import Comparison, compare
from twin_tui.text.formatting import moment, number
from twin_tui.text.safe_text import pad, safe_line, safe_text
from twin_tui.tui.dressed import Dressed
from twin_tui.tui.links import SearchWanted
from twin_tui.tui.loading import ask, service_of
from twin_tui.tui.screens.conversation.handing_over import Origin, copy
from twin_tui.tui.screens.dialogs.help import HelpScreen
from twin_tui.tui.widgets.comparison_rows import column_width, unified_text
from twin_tui.tui.widgets.comparison_view import ComparisonView
from twin_tui.tui.widgets.hot_line import Hint
from twin_tui.tui.widgets.notice import Notice
from twin_tui.tui.widgets.status_line import StatusLine
from twin_tui.tui.widgets.too_small import TooSmall
from twin_tui.tui.widgets.transcript.heading import spread
from twin_tui.tui.widgets.transcript.paint import DOCUMENT_MARK

HINTS: tuple[Hint, ...] = (
    ("esc", "back", "escape"),
    ("n N", "changes", "n"),
    ("← →", "earlier, later draft", "left"),
    ("y", "copy", "y"),
    ("?", "help", "question_mark"),
)
NO_OTHER = "There is no other draft of this document in this conversation."


def compared(service: AnalyticsService, session_id: str, old: Draft, new: Draft) -> Comparison:
    """Return two drafts compared, for a thread; both are made safe first. Raises `AnalyticsError`."""
    texts = (safe_text(service.entry_text(session_id, "document", draft.id)) for draft in (old, new))
    older, newer = (text.strip("\n") for text in texts)
    return compare(older, newer)


class ComparisonScreen(Dressed, Screen[None]):
    """A draft and the one before it; others by the arrows."""

    STYLES: ClassVar[tuple[str, ...]] = ("comparison",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,equals_sign", "back", "Back", show=False),
        Binding("left,left_square_bracket", "draft(-1)", "The draft before", show=False),
        Binding("right,right_square_bracket", "draft(1)", "The draft after", show=False),
        Binding("y", "copy_comparison", "Copy the comparison", show=False),
        Binding("slash", "search", "Search everything", show=False),
        Binding("question_mark", "help", "Help", show=False),
    ]

    def __init__(self, session_id: str, drafts: Sequence[Draft], document_id: str) -> None:
        """Compare a document with the draft before it, the first with the second, of two or more."""
        super().__init__()
        self._session_id, self._drafts = session_id, tuple(drafts)
        at = next((at for at, draft in enumerate(drafts) if draft.id == document_id), len(drafts) - 1)
        self._newer = max(1, at)
        self._found: Comparison | None = None
        self._is_drawn = False

    def compose(self) -> ComposeResult:
        """Yield the titles, the notice, the drafts and the keys."""
        yield Static(id="title", markup=False)
        yield Notice("Comparing…")
        yield ComparisonView()
        yield StatusLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Compare."""
        self.query_one(StatusLine).zone = service_of(self).timezone
        self.query_one(StatusLine).hints = HINTS
        self.query_one(ComparisonView).focus()
        self._compare()

    @property
    def is_settled(self) -> bool:
        """Whether the comparison is drawn."""
        return self._is_drawn

    def on_resize(self) -> None:
        """Fit the titles."""
        self._head()

    def _pair(self) -> tuple[Draft, Draft]:
        return self._drafts[self._newer - 1], self._drafts[self._newer]

    def _compare(self) -> None:
        self._is_drawn = False
        self._head()
        self.run_worker(self._load(), exclusive=True)

    async def _load(self) -> None:
        service, (old, new) = service_of(self), self._pair()
        try:
            found = await ask(service, lambda: compared(service, self._session_id, old, new))
        except CancelledError:
            return
        except AnalyticsError as error:
            self._found = None
            self.query_one(Notice).say(str(error), hint="esc goes back", is_failure=True)
        else:
            self._found = found
            said = None if found.places else "These two drafts say the same."
            if found.is_cut:
                said = "These drafts are long: only their beginnings are compared."
            self.query_one(Notice).say(said)
        self.query_one(ComparisonView).show(self._found)
        self._head()
        self.call_after_refresh(self._mark_drawn)

    def _mark_drawn(self) -> None:
        self._is_drawn = True

    def _head(self) -> None:
        width = max(20, self.size.width - 2)
        view, (old, new) = self.query_one(ComparisonView), self._pair()
        found = self._found
        amount = ""
        if found is not None:
            places = len(found.places)
            amount = (
                f"{number(places)} {'change' if places == 1 else 'changes'}: "
                f"-{number(found.words('-'))} +{number(found.words('+'))} words"
            )
        title = spread(f"{DOCUMENT_MARK} {safe_line(new.title or 'untitled')}", amount, width)
        older, newer = self._about(old, self._newer - 1), self._about(new, self._newer)
        if view.is_split:
            column = column_width(self.size.width - 1)
            below = f"- {pad(older, column - 2)} │ + {pad(newer, column - 2)}"
        else:
            below = f"- {pad(older, width - 1)}\n+ {pad(newer, width - 1)}"
        words = Text(" " + title, "bold", no_wrap=True)
        self.query_one("#title", Static).update(Text("\n").join([words, Text(below, no_wrap=True)]))
        self.query_one("#title", Static).styles.height = 2 if view.is_split else 3

    def _about(self, draft: Draft, at: int) -> str:
        words = "" if draft.word_count is None else f"{number(draft.word_count)} words"
        parts = (
            f"draft {number(at + 1)} of {number(len(self._drafts))}",
            moment(draft.time, service_of(self).timezone),
            words,
            safe_line(draft.title or "untitled"),
        )
        return " · ".join(filter(None, parts))

    def action_draft(self, by: int) -> None:
        """Compare the next two drafts, or the two before."""
        at = self._newer + by
        if 1 <= at < len(self._drafts):
            self._newer, self._found = at, None
            self._compare()
        else:
            which = "last" if by > 0 else "first"
            self.notify(f"These are the {which} two of {number(len(self._drafts))} drafts.", timeout=3)

    def action_copy_comparison(self) -> None:
        """Copy the comparison, signs and all."""
        if self._found is not None:
            old, new = self._pair()
            head = f"- {safe_line(old.title or 'untitled')}\n+ {safe_line(new.title or 'untitled')}\n\n"
            copy(self, head + unified_text(self._found), "comparison", Origin(self._session_id, new.id))

    def action_back(self) -> None:
        """Close."""
        self.dismiss()

    def action_search(self) -> None:
        """Search everything."""
        self.post_message(SearchWanted())

    def action_help(self) -> None:
        """Show every key."""
        self.app.push_screen(HelpScreen("Drafts compared"))


async def compare_drafts(screen: Screen[None], session_id: str, document_id: str) -> None:
    """Open the drafts of a document compared; say so where there is no other."""
    service = service_of(screen)
    try:
        drafts = await ask(service, lambda: service.drafts(session_id, document_id))
    except CancelledError:
        return
    except AnalyticsError as error:
        screen.notify(str(error), severity="error", timeout=8)
        return
    if len(drafts) < 2:
        screen.notify(NO_OTHER, timeout=4)
    else:
        screen.app.push_screen(ComparisonScreen(session_id, drafts, document_id))
