"""What stands above a transcript: what it is about, who with whose twin, when, what happened."""

from datetime import tzinfo

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from twin_tui.analytics.answers import NO_MARKS, ConversationHeader, Marks, Outcome, Person
from twin_tui.text.formatting import duration, moment
from twin_tui.text.safe_text import cell_width, cut, safe_line
from twin_tui.tui.widgets.keeping_marks import mark_words
from twin_tui.tui.widgets.transcript.outcome_line import outcome_line
from twin_tui.tui.widgets.transcript.paint import TWIN_MARK, USER_MARK

SHARED_MARK = "⇄"


class ConversationHeading(Widget, can_focus=False):
    """Three lines in a low terminal, four in any other."""

    DEFAULT_CSS = "ConversationHeading { height: 4; width: 1fr; }"

    header: reactive[ConversationHeader | None] = reactive(None)
    """Of the conversation shown."""
    outcome: reactive[Outcome | None] = reactive(None)
    """What happened in it."""
    place: reactive[str] = reactive("")
    """Where the cursor is: "entry 3 of 14"."""
    live: reactive[str] = reactive("")
    """How many entries are new, whether following is paused, since when the database is lost."""
    zone: reactive[tzinfo | None] = reactive(None)
    """Report timezone."""

    marks: reactive[Marks] = reactive(NO_MARKS)
    """What is kept about the conversation."""

    def show(self, header: ConversationHeader, outcome: Outcome, marks: Marks | None = None) -> None:
        """Tell of a conversation, with the marks of before where none are given."""
        self.header, self.outcome = header, outcome
        self.marks = self.marks if marks is None else marks

    def render(self) -> Text:
        """Draw the lines that fit."""
        if self.header is None or self.outcome is None or self.zone is None:
            return Text(" Loading…", no_wrap=True)
        place = " · ".join(filter(None, (self.live, mark_words(self.marks), self.place)))
        height, width = self.size.height, self.size.width - 2
        lines = heading_lines(self.header, self.outcome, self.zone, width, place=place, height=height)
        last = len(lines) - 1
        return Text("\n").join(
            Text(" " + line, style="bold" if at in (0, last) else "", no_wrap=True)
            for at, line in enumerate(lines)
        )


def heading_lines(
    header: ConversationHeader,
    outcome: Outcome,
    zone: tzinfo,
    width: int,
    *,
    place: str = "",
    height: int = 4,
) -> list[str]:
    """Return the heading as safe lines of at most ``width`` cells, the last of them what happened.

    Three lines do without the times.
    """
    title = safe_line(header.title or "", width) or safe_line(header.topic or "", width) or "(untitled)"
    topic = safe_line(header.topic or "", width)
    about = title if not topic or topic == title else f"{title} · topic: {topic}"
    company = " / ".join(safe_line(part, 40) for part in (header.company, header.department) if part)
    who = f"{USER_MARK} {person(header.user)}" + (f" ({company})" if company else "")
    twin = f"{TWIN_MARK} {safe_line(header.twin.name or header.twin.id, 60)}"
    if header.shared:
        twin += f" {SHARED_MARK} shared by {person(header.twin.owner)}"
    lines = [
        spread(about, place, width),
        cut(f"{who} → {twin}", width),
        _when(header, zone, width),
        outcome_line(outcome, header, width),
    ]
    return lines if height > 3 else [*lines[:2], lines[3]]


def _when(header: ConversationHeader, zone: tzinfo, width: int) -> str:
    """Return from when to when, how long that is, where, and the session's id, whole where there is room."""
    end = ""
    if header.last_at is not None:
        begun, ended = moment(header.started_at, zone), moment(header.last_at, zone)
        end = f" – {ended[11:] if ended[:10] == begun[:10] else ended}"
    parts = [f"{moment(header.started_at, zone)}{end} {zone}"]
    if header.elapsed_s is not None:
        parts.append(f"elapsed {duration(header.elapsed_s)}")
    if header.platform:
        parts.append(safe_line(header.platform, 20))
    left, key = " · ".join(parts), safe_line(header.session_id, 60)
    whole = f"id {key}"
    if cell_width(left) + 2 + cell_width(whole) <= width and cell_width(whole) <= width // 2:
        return spread(left, whole, width)
    return spread(left, cut(key, 9), width)


def person(who: Person) -> str:
    """Return a person's name, else e-mail, else id, safe and on one line."""
    return safe_line(who.name or who.email or who.id, 60)


def spread(left: str, right: str, width: int) -> str:
    """Return two safe texts at the ends of ``width`` cells; the left one is cut.

    >>> spread("abcdef", "xy", 7)
    'abc… xy'
    """
    right = cut(right, width // 2)
    left = cut(left, width - cell_width(right) - 1)
    return left + " " * (width - cell_width(left) - cell_width(right)) + right
