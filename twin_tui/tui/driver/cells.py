"""A grid between program and terminal: what stands there, what shall stand there, and the bytes between."""

from twin_tui.tui.driver.row import ERASE_FROM, ERASE_REST_FROM, Row
from twin_tui.tui.driver.sgr import PLAIN, Style, anew, applied, blanks_alike, change, is_bare
from twin_tui.tui.driver.tokens import SYNC_BEGIN, SYNC_END, TOKEN, leaves_cells_alone
from twin_tui.tui.driver.widths import cell_texts, cells

SYNC_FROM = 512
"""Characters from which the terminal is asked to show a change at once, if the program asked for that."""


class Canvas:
    """Reads what a program writes and gives back what a terminal needs to show the same.

    Not for several threads at once.
    """

    def __init__(self, width: int, height: int, *, erases: bool = True) -> None:
        """``erases``: whether the terminal's erasures take the background on (all but GNU Screen's do)."""
        self.width, self.height = width, height
        self._erases = erases
        self._rows = [Row(width) for _ in range(height)]
        self._dirty: set[int] = set()
        self._out: list[str] = []
        self._x: int | None = None
        """Column the program writes at; ``None``: wherever the terminal's cursor came to."""
        self._y = 0
        self._style: Style = PLAIN
        self._at: tuple[int, int] | None = None
        """Where the terminal's cursor is, if known."""
        self._pen: Style | None = None
        self._flows = False
        """Whether the terminal's cursor is exactly where the program's is, past the edge included."""
        self._is_linked = False
        self._is_open = False
        self._wants_sync = False

    @property
    def is_whole(self) -> bool:
        """Whether every cell's content is known, but in lines that never are."""
        return all(row.is_volatile or None not in row.shown_texts for row in self._rows)

    @property
    def has_news(self) -> bool:
        """Whether a finished frame, or something that cannot wait, is there to `take`."""
        return bool(self._out) or (not self._is_open and (bool(self._dirty) or self._is_elsewhere))

    @property
    def _is_elsewhere(self) -> bool:
        return self._x is not None and self._at != (min(self._x, self.width - 1), self._y)

    def fit(self, width: int, height: int) -> None:
        """Take the terminal's size; when it changed, nothing is known of its cells."""
        if (width, height) != (self.width, self.height):
            self.width, self.height = width, height
            self._rows = [Row(width) for _ in range(height)]
            self._lose_cursor()

    def forget(self) -> None:
        """Know nothing of the terminal: whatever is painted next is sent whole."""
        for row in self._rows:
            row.forget()
        self._lose_cursor()

    def _lose_cursor(self) -> None:
        self._dirty.clear()
        self._x = self._at = self._pen = None
        self._flows = False
        self._y = min(self._y, self.height - 1)

    def feed(self, data: str) -> None:
        """Read what the program writes."""
        for token in TOKEN.finditer(data):
            kind = token.lastgroup
            if kind == "text":
                self._text(token[0])
            elif kind == "csi":
                self._sequence(token["csi"], token[0])
            elif kind == "osc":
                self._out.append(token[0])
                if token[0].startswith("\x1b]8;"):
                    self._is_linked = not token[0].rstrip("\x07\x1b\\").endswith(";")
            elif kind == "control":
                self._control(token[0])
            else:
                self._pass_unknown(token[0])

    def take(self) -> str:
        """Return what to send; nothing while a frame is open and when nothing changed."""
        if self._is_open:
            return ""
        self._render_all()
        if self._is_elsewhere and self._x is not None:
            self._move(min(self._x, self.width - 1), self._y)
        if self._out and self._pen != PLAIN:
            self._out.append(anew(PLAIN))
            self._pen = PLAIN
        data = "".join(self._out)
        self._out.clear()
        if self._wants_sync and len(data) >= SYNC_FROM:
            data = f"\x1b[{SYNC_BEGIN}{data}\x1b[{SYNC_END}"
        self._wants_sync = False
        return data

    def _text(self, text: str) -> None:
        width, x = cells(text), self._x
        if x is None or width is None or x + width > self.width or self._y >= self.height or self._is_linked:
            self._pass_text(text)
            return
        row = self._rows[self._y]
        if row.is_volatile:
            self._rewrite(row, x, text)
        else:
            if row.cuts(x, x + width) and row.is_pending:
                self._render(self._y)
            row.put(x, cell_texts(text), self._style)
            self._dirty.add(self._y)
        self._x = x + width

    def _send_text(self, text: str) -> None:
        """Send text as it is, where and how the program writes it."""
        self._stand()
        self._out += (change(self._pen, self._style), text)
        self._pen, self._at, self._flows = self._style, None, True

    def _stand(self) -> None:
        """Bring the terminal's cursor exactly to where the program's is, past the edge included."""
        x, y = self._x, self._y
        if x is None or self._flows:
            return
        last = self._rows[y].texts[-1] if y < self.height else None
        if x < self.width or last is None:
            self._move(min(x, self.width - 1), y, is_exact=True)
            return
        edge = self.width - (1 if last else 2)
        self._move(edge, y, is_exact=True)
        self._write(self._rows[y], edge, self.width, y)

    def _rewrite(self, row: Row, x: int, text: str) -> None:
        """Send sure text on an unsure line, which is sure again once rewritten from edge to edge."""
        texts = cell_texts(text)
        if row.stands(x, texts, self._style):
            self._flows = False
            return
        self._send_text(text)
        if x > row.known:
            return
        row.put(x, texts, self._style)
        end = x + len(texts)
        row.shown_texts[x:end] = texts
        row.shown_styles[x:end] = row.styles[x:end]
        row.known = max(row.known, end)
        row.is_volatile = row.known < self.width

    def _pass_text(self, text: str) -> None:
        """Send text of unsure width or place."""
        self._render_all()
        if self._y < self.height:
            if cells(text[0]) is None:
                self._prepare_joining()
            self._send_text(text)
            self._rows[self._y].spoil(self._x)
            if self._x == 0 and self._y and cells(text[0]) is None:
                self._rows[self._y - 1].forget(is_volatile=True)
        else:
            self._send_text(text)
            for row in self._rows:
                row.forget(is_volatile=True)
        self._x = None

    def _prepare_joining(self) -> None:
        """Send the blank before the program's place once more: what joins it shows its ink and weight."""
        if self._x is None or not (self._x or self._y):
            return
        x, y = (self._x - 1, self._y) if self._x else (self.width - 1, self._y - 1)
        row = self._rows[y]
        if row.texts[x] == " ":
            self._move(x, y, is_exact=True)
            self._out += (change(self._pen, row.styles[x]), " ")
            self._pen, self._at, self._flows = row.styles[x], None, False

    def _pass_unknown(self, sequence: str) -> None:
        """Send what may change anything."""
        self._render_all()
        self._stand()
        self._out += (change(self._pen, self._style), sequence)
        self.forget()

    def _sequence(self, csi: str, whole: str) -> None:
        final = csi[-1]
        if final == "m" and csi[0] not in "<=>?":
            self._style = applied(self._style, csi[:-1])
        elif final in "Hf" and csi[0] not in "<=>?":
            row, _, column = csi[:-1].partition(";")
            if (row + column).isdecimal() or not row + column:
                self._flows = False
                self._y, self._x = max(int(row or 1), 1) - 1, min(max(int(column or 1), 1), self.width) - 1
            else:
                self._pass_unknown(whole)
        elif csi == SYNC_BEGIN:
            self._is_open = self._wants_sync = True
        elif csi == SYNC_END:
            self._is_open = False
        elif leaves_cells_alone(csi):
            self._out.append(whole)
        else:
            self._pass_unknown(whole)

    def _control(self, control: str) -> None:
        if control == "\r":
            self._x, self._flows = 0, False
        elif control == "\n" and self._y + 1 < self.height:
            self._x, self._y, self._flows = 0, self._y + 1, False
        elif control == "\x07":
            self._out.append(control)
        else:
            self._pass_unknown(control)

    def _render_all(self) -> None:
        """Send what differs anywhere."""
        for y in sorted(self._dirty):
            self._render(y)
        self._dirty.clear()

    def _render(self, y: int) -> None:
        """Send what differs in one line."""
        row = self._rows[y]
        if row.is_volatile or not row.is_pending:
            return
        for start, end in row.runs():
            self._bridge(row, start, y)
            self._write(row, start, end, y)
        row.shown_texts = row.texts.copy()
        row.shown_styles = row.styles.copy()

    def _bridge(self, row: Row, x: int, y: int) -> None:
        """Bring the terminal's cursor to a cell: by a move, or by writing again the few cells between."""
        at = self._at
        if at is not None and at[1] == y and 0 < x - at[0] <= 4:
            between = row.texts[at[0] : x]
            if all(text and text.isascii() for text in between) and all(
                style == self._pen for style in row.styles[at[0] : x]
            ):
                self._out += [text for text in between if text]
                self._at = (x, y)
                return
        self._move(x, y)

    def _write(self, row: Row, start: int, end: int, y: int) -> None:
        """Send cells [start, end), the cursor being at the first."""
        styles = row.styles
        self._flows = False
        at = start
        while at < end:
            style = styles[at]
            begin = at
            while at < end and (styles[at] is style or styles[at] == style):
                at += 1
            is_blank = all(text == " " for text in row.texts[begin:at])
            if not (is_blank and self._pen is not None and blanks_alike(self._pen, style)):
                self._out.append(change(self._pen, style))
                self._pen = style
            self._write_alike(row.texts, begin, at, y)

    def _write_alike(self, texts: list[str | None], start: int, end: int, y: int) -> None:
        """Send cells of one style, long blanks as erasures."""
        style = self._pen
        if self._erases and style is not None and is_bare(style):
            at = start
            while at < end:
                stop = at
                while stop < end and texts[stop] == " ":
                    stop += 1
                if stop == self.width and stop - at >= ERASE_REST_FROM:
                    self._out += (*filter(None, texts[start:at]), "\x1b[K")
                    self._at = (at, y)
                    return
                if stop - at >= ERASE_FROM:
                    self._out += (*filter(None, texts[start:at]), f"\x1b[{stop - at}X")
                    self._at = (at, y)
                    self._move(stop, y)
                    start = stop
                at = max(stop, at + 1)
        self._out += filter(None, texts[start:end])
        self._at = (end, y) if end < self.width else None

    def _move(self, x: int, y: int, *, is_exact: bool = False) -> None:
        """Send the shortest way to a cell; ``is_exact``: whatever is believed of the cursor's place."""
        at = None if is_exact else self._at
        if at != (x, y):
            ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
            if at is not None and at[1] == y:
                right = x - at[0]
                step = "" if abs(right) == 1 else str(abs(right))
                ways += [f"\x1b[{x + 1}G" if x else "\x1b[G", f"\x1b[{step}{'C' if right > 0 else 'D'}"]
            self._out.append(min(ways, key=len))
        self._at, self._flows = (x, y), False
