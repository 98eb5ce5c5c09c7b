"""Whatever is drawn, the terminal behind the lean way shows the same cells as behind the plain way."""

from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.tui.driver.emulator import Emulator
from twin_tui.tui.driver.cells import SYNC_FROM, Canvas

WIDTHS, HEIGHTS = st.integers(3, 30), st.integers(1, 5)
SURE = ["a", "b", " ", "─", "█", "⣿", "▲", "é", "世", "界", "👍", "한"]
UNSURE = [
    "e\u0301",
    "\u0301",
    "👩\u200d💻",
    "❤\ufe0f",
    "👍🏽",
    "🇩🇪",
    "\u200b",
    "\u1100\u1161",
    "नि",
    "\ue0b0",
]
BLANKS = [" " * 5, " " * 14]
CODES = [
    "1",
    "2",
    "3",
    "4",
    "7",
    "8",
    "9",
    "21",
    "53",
    "31",
    "92",
    "38;5;99",
    "38;2;1;2;3",
    "44",
    "48;2;9;8;7",
]


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """A run of one style, as Textual writes it."""
    text = "".join(draw(st.lists(st.sampled_from(SURE * 3 + UNSURE + BLANKS), min_size=1, max_size=9)))
    codes = ";".join(draw(st.lists(st.sampled_from(CODES), max_size=3)))
    return f"\x1b[{codes}m{text}\x1b[0m" if codes else text


def moves(width: int, height: int) -> st.SearchStrategy[str]:
    """A cursor position within the screen."""
    return st.builds(lambda y, x: f"\x1b[{y};{x}H", st.integers(1, height), st.integers(1, width))


@st.composite
def frames(draw: st.DrawFn, width: int, height: int) -> list[str]:
    """Some runs here and there, in one write or several, in sync or not."""
    spans = st.builds(
        lambda move, runs: move + "".join(runs), moves(width, height), st.lists(pieces(), max_size=3)
    )
    body = draw(st.lists(spans, max_size=4))
    body.append(draw(moves(width, height)))
    if draw(st.booleans()):
        body = ["".join(body)]
    return ["\x1b[?2026h", *body, "\x1b[?2026l"] if draw(st.booleans()) else body


@st.composite
def pages(draw: st.DrawFn, width: int, height: int) -> str:
    """A repaint of every cell, as after a resize: sure characters, cut to the width."""
    lines = []
    for y in range(height):
        cells, used = [], 0
        while used < width:
            text = draw(st.sampled_from(SURE))
            size = 2 if text in "世界👍한" else 1
            text, size = (text, size) if used + size <= width else (" ", 1)
            codes = draw(st.sampled_from(["", "1", "31", "48;5;3", "2;44"]))
            cells.append(f"\x1b[{codes}m{text}\x1b[0m" if codes else text)
            used += size
        lines.append(f"\x1b[{y + 1};1H" + "".join(cells))
    return "\n".join(lines) + "\x1b[1;1H"


FOREIGN = st.sampled_from(
    [
        "\x1b[2J",
        "\x1b7",
        "\x1b8",
        "\x1b[K",
        "\x1b[L",
        "\x1b[2P",
        "\x1bD",
        "\t",
        "\b",
        "\x1b[3C",
        "\x1b[S",
        "\x1b[@",
    ]
)
HARMLESS = st.sampled_from(
    ["\x07", "\x1b[?25l", "\x1b[?1003h", "\x1b]2;title\x07", "\x1b]52;c;YQ==\x1b\\", "\x1b[?7l", "\r", "\n"]
)


class Pair:
    """The same program before two terminals."""

    def __init__(self, width: int, height: int, *, erases: bool = True) -> None:
        self.plain, self.lean = Emulator(width, height), Emulator(width, height)
        self.canvas = Canvas(width, height, erases=erases)
        self.sent = self.written = 0
        self.write("\x1b[?7l")
        self.flush()

    def write(self, data: str) -> None:
        self.written += len(data)
        self.plain.show(data)
        self.canvas.feed(data)

    def flush(self) -> str:
        data = self.canvas.take()
        self.sent += len(data)
        self.lean.show(data)
        return data

    def both(self, data: str) -> None:
        """Another program writes."""
        self.plain.show(data)
        self.lean.show(data)

    def resize(self, width: int, height: int) -> None:
        for screen in (self.plain, self.lean):
            screen.resize(height, width)
        self.canvas.fit(width, height)
        self.canvas.forget()

    def assert_same(self) -> None:
        self.flush()
        assert self.lean.cells() == self.plain.cells()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_cell_and_attribute_is_the_same(data: st.DataObject) -> None:
    width, height = data.draw(WIDTHS), data.draw(HEIGHTS)
    pair = Pair(width, height, erases=data.draw(st.booleans()))
    for _ in range(data.draw(st.integers(1, 9))):
        step = data.draw(
            st.sampled_from(
                ["frame", "frame", "frame", "page", "scroll", "harmless", "foreign", "resize", "suspend"]
            )
        )
        event(step)
        if step == "frame":
            for each in data.draw(frames(width, height)):
                pair.write(each)
                if data.draw(st.booleans()):
                    pair.flush()
        elif step == "page":
            pair.write(data.draw(pages(width, height)))
        elif step == "scroll":
            lines = data.draw(
                st.lists(st.lists(pieces(), max_size=2), min_size=height + 1, max_size=height + 3)
            )
            for first in range(len(lines) - height + 1):
                shown = enumerate(lines[first : first + height], 1)
                pair.write(
                    "\n".join(f"\x1b[{y};1H{' ' * width}\x1b[{y};1H" + "".join(line) for y, line in shown)
                )
                pair.write("\x1b[1;1H")
        elif step == "harmless":
            pair.write(data.draw(HARMLESS))
        elif step == "foreign":
            pair.write(data.draw(FOREIGN))
        elif step == "resize":
            pair.flush()
            width, height = data.draw(WIDTHS), data.draw(HEIGHTS)
            pair.resize(width, height)
            pair.write(data.draw(pages(width, height)))
        else:
            pair.write("\x1b[?1049l\x1b[?25h")
            pair.flush()
            pair.both("\x1b[0m$ ls\n世界\n\x1b[31mred\x1b[0m")
            pair.canvas.forget()
            pair.write("\x1b[?1049h\x1b[?7l")
            pair.write(data.draw(pages(width, height)))
        if data.draw(st.booleans()):
            pair.assert_same()
    pair.assert_same()


def test_a_repaint_of_the_same_sends_nothing() -> None:
    pair = Pair(12, 3)
    frame = "\x1b[?2026h\x1b[1;1H\x1b[31mRevenue\x1b[0m \x1b[32m世界\x1b[0m\n\x1b[2;1Hx\x1b[?2026l"
    pair.write(frame)
    assert pair.flush()
    pair.write(frame)
    assert pair.flush() == ""


def test_one_changed_figure_sends_only_that() -> None:
    pair = Pair(40, 5)
    page = "".join(f"\x1b[{y};1H\x1b[38;5;7;48;5;0m{{:>30}}\x1b[0m{'':10}" for y in range(1, 6))
    pair.write(page.format(*"12345") + "\x1b[1;1H")
    pair.flush()
    pair.write(page.format("1", "2", "7", "4", "5") + "\x1b[1;1H")
    assert pair.flush() == "\x1b[3;30H\x1b[0;38;5;7;48;5;0m7\x1b[H\x1b[m".replace("\x1b[0;", "\x1b[")
    pair.assert_same()


def test_frames_the_line_had_no_time_for_are_never_sent() -> None:
    pair = Pair(20, 2)
    pair.write("\x1b[1;1Hone\x1b[1;1H")
    pair.write("\x1b[1;1Htwo\x1b[1;1H")
    data = pair.flush()
    assert "two" in data
    assert "one" not in data


def test_nothing_is_sent_of_a_frame_that_is_not_finished() -> None:
    pair = Pair(20, 2)
    pair.write("\x1b[?2026h\x1b[1;1Hhalf")
    assert pair.flush() == ""
    pair.write("\x1b[?2026l")
    assert "half" in pair.flush()


def test_a_large_change_is_wrapped_in_the_marks_the_program_asked_for() -> None:
    canvas = Canvas(600, 1)
    canvas.feed("\x1b[?2026h\x1b[1;1H" + "x" * SYNC_FROM + "\x1b[1;1H\x1b[?2026l")
    data = canvas.take()
    assert data.startswith("\x1b[?2026h")
    assert data.endswith("\x1b[?2026l")
    canvas.feed("\x1b[?2026h\x1b[1;1Hy\x1b[?2026l")
    assert "2026" not in canvas.take()


def test_after_forgetting_everything_is_sent_again() -> None:
    pair = Pair(8, 1)
    pair.write("\x1b[1;1Hrevenue!")
    pair.flush()
    pair.both("\x1b[1;1Hgarbage ")
    pair.canvas.forget()
    before = pair.canvas.is_whole
    pair.write("\x1b[1;1Hrevenue!")
    assert "revenue!" in pair.flush()
    assert (before, pair.canvas.is_whole) == (False, True)
    pair.assert_same()


def test_the_pen_is_left_plain() -> None:
    pair = Pair(8, 1)
    pair.write("\x1b[1;1H\x1b[1;44mx")
    assert pair.flush().endswith("\x1b[m")


def test_a_line_with_joined_characters_goes_through_until_it_is_rewritten() -> None:
    pair = Pair(6, 1)
    pair.write("\x1b[1;1He\u0301tude \x1b[1;1H")
    pair.flush()
    pair.write("\x1b[1;1He\u0301tude \x1b[1;1H")
    assert "e\u0301tude" in pair.flush()
    pair.write("\x1b[1;1Hetudes\x1b[1;1H")
    assert "etudes" in pair.flush()
    pair.write("\x1b[1;1Hetudes\x1b[1;1H")
    assert pair.flush() == ""
    pair.assert_same()
