"""What stands above a transcript: what it is about, who with whose twin, when, how much."""

from datetime import tzinfo

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from twin_tui.analytics.answers import ConversationHeader, Person
from twin_tui.text.formatting import DASH, duration, moment, number
from twin_tui.text.safe_text import cell_width, cut, safe_line
from twin_tui.tui.widgets.brief import brief_length
from twin_tui.tui.widgets.transcript_paint import DOCUMENT_MARK, QUERY_MARK, TWIN_MARK, USER_MARK

SHARED_MARK = "⇄"


class ConversationHeading(Widget, can_focus=False):
    """Three lines in a short terminal, four in a tall one."""

    DEFAULT_CSS = "ConversationHeading { height: 3; width: 1fr; }"

    header: reactive[ConversationHeader | None] = reactive(None)
    """Of the conversation shown."""
    place: reactive[str] = reactive("")
    """Where the cursor is: "entry 3 of 14"."""
    live: reactive[str] = reactive("")
    """How many entries are new, whether following is paused, since when the database is lost."""
    zone: reactive[tzinfo | None] = reactive(None)
    """Report timezone."""

    def render(self) -> Text:
        """Draw the lines that fit."""
        if self.header is None or self.zone is None:
            return Text(" Loading…", no_wrap=True)
        place = " · ".join(filter(None, (self.live, self.place)))
        lines = heading_lines(self.header, self.zone, place, self.size.width - 2, self.size.height)
        return Text("\n").join(
            Text(" " + line, style="bold" if at == 0 else "", no_wrap=True) for at, line in enumerate(lines)
        )


def heading_lines(
    header: ConversationHeader, zone: tzinfo, place: str, width: int, height: int = 3
) -> list[str]:
    """Return the heading as safe lines of at most ``width`` cells; with four lines nothing is abbreviated."""
    title = safe_line(header.title or "", width) or safe_line(header.topic or "", width) or "(untitled)"
    topic = safe_line(header.topic or "", width)
    about = title if not topic or topic == title else f"{title} · topic: {topic}"
    company = " / ".join(safe_line(part, 40) for part in (header.company, header.department) if part)
    who = f"{USER_MARK} {person(header.user)}" + (f" ({company})" if company else "")
    twin = f"{TWIN_MARK} {safe_line(header.twin.name or header.twin.id, 60)}"
    if header.shared:
        twin += f" {SHARED_MARK} shared by {person(header.twin.owner)}"
    sides = f"{USER_MARK} {number(header.user_messages)} {TWIN_MARK} {number(header.twin_messages)}"
    counts = [
        f"{number(header.messages)} {'message' if header.messages == 1 else 'messages'} ({sides})",
        f"{DOCUMENT_MARK} {number(header.documents)} {'document' if header.documents == 1 else 'documents'}",
        f"{QUERY_MARK} {number(header.queries)} {'query' if header.queries == 1 else 'queries'}",
    ]
    elapsed = f"elapsed {duration(header.elapsed_s)}, active {duration(header.active_s)}"
    platform = safe_line(header.platform or "", 20) or DASH
    start = moment(header.started_at, zone)
    if height < 4:
        short = safe_line(header.session_id, width)
        short = short if len(short) <= 13 else short[:8] + "…"
        brief = [
            start,
            sides,
            f"{DOCUMENT_MARK} {number(header.documents)}",
            f"{QUERY_MARK} {number(header.queries)}",
            f"{brief_length(header.elapsed_s)} ({brief_length(header.active_s)} active)",
            platform,
        ]
        return [
            spread(about, place, width),
            cut(f"{who} → {twin}", width),
            spread(" · ".join(brief), short, width),
        ]
    end = "" if header.last_at is None else f" – {moment(header.last_at, zone)}"
    return [
        spread(about, place, width),
        cut(f"{who} → {twin}", width),
        spread(f"{start}{end} {zone} · {elapsed}", platform, width),
        spread(" · ".join(counts), f"id {safe_line(header.session_id, 60)}", width),
    ]


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
