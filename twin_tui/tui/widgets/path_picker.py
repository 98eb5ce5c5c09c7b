"""A field for a path, what its folder holds below: arrows move, tab completes, enter goes in or chooses."""

import asyncio
import os
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from twin_tui.text.safe_text import cut, pad
from twin_tui.tui.listing import Listing, file_size, list_places


class PathInput(Input):
    """A one-line field that does not blink and hands tab and the arrows to its list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "The place above", show=False),
        Binding("down", "step(1)", "The place below", show=False),
        Binding("pageup", "step(-8)", "Eight places up", show=False),
        Binding("pagedown", "step(8)", "Eight places down", show=False),
        Binding("tab", "complete", "Complete what is typed", show=False),
    ]

    @dataclass
    class Stepped(Message):
        """The highlight shall move."""

        rows: int

    class Completed(Message):
        """The highlighted place shall stand in the field."""

    def action_step(self, rows: int) -> None:
        """Move the highlight."""
        self.post_message(self.Stepped(rows))

    def action_complete(self) -> None:
        """Take the highlighted place into the field."""
        self.post_message(self.Completed())


class PathPicker(Vertical, can_focus=False):
    """Posts `Chosen` with a file, with a folder where those count, or with what was typed."""

    @dataclass
    class Chosen(Message):
        """A path was chosen, or typed and confirmed."""

        path: str

    @dataclass
    class Edited(Message):
        """What stands in the field has changed."""

        text: str

    def __init__(
        self,
        value: str,
        suffixes: Collection[str],
        *,
        folder_of: Collection[str] = (),
        placeholder: str = "",
    ) -> None:
        """List folders and files ending in ``suffixes``.

        With ``folder_of`` a folder can be chosen as a whole; one holding files that end so is proposed.
        """
        super().__init__()
        self._suffixes, self._folder_of = tuple(suffixes), tuple(folder_of)
        self._field = PathInput(value, placeholder=placeholder, select_on_focus=False)
        self._field.cursor_blink = False
        self._field.compact = True
        self._listing = Listing((), "", holds_files=False)
        self._listed: str | None = None
        """What was typed when the list was made."""

    def compose(self) -> ComposeResult:
        """Yield the field, its list, and a line about it."""
        yield self._field
        yield OptionList(markup=False)
        yield Static(markup=False)

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self._field.value

    @property
    def is_settled(self) -> bool:
        """Whether the list belongs to what is typed."""
        return self._listed == self.text

    def focus_field(self) -> None:
        """Put the cursor into the field."""
        self._field.focus()

    def on_mount(self) -> None:
        """List what is there; the list itself is moved in from the field."""
        self.query_one(OptionList).can_focus = False
        self._list()

    def on_resize(self) -> None:
        """Fit the names to the room."""
        self.call_after_refresh(self._draw)

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what begins so."""
        event.stop()
        self._list()
        self.post_message(self.Edited(event.value))

    def _list(self) -> None:
        self.run_worker(self._look(self.text), group="list", exclusive=True)

    async def _look(self, text: str) -> None:
        if "://" in text:
            self._listing = Listing((), "", holds_files=False)
        else:
            self._listing = await asyncio.to_thread(list_places, text, self._suffixes, self._folder_of)
        self._listed = text
        self._draw()

    @property
    def _offers_folder(self) -> bool:
        """Whether the first line is the folder itself."""
        text = self.text
        return (
            bool(self._folder_of)
            and (not text or text.endswith("/"))
            and os.path.isdir(os.path.expanduser(text) or ".")
        )

    def _draw(self) -> None:
        if self._listed is None:
            return
        options = self.query_one(OptionList)
        room = max(30, options.scrollable_content_region.width - 1)
        lines = [self._line("./", "this folder", room)] if self._offers_folder else []
        for place in self._listing.places:
            about = "folder" if place.size is None else file_size(place.size)
            lines.append(self._line(place.name, about, room))
        first = 1 if self._offers_folder and len(lines) > 1 and not self._listing.holds_files else 0
        with self.app.batch_update():
            options.clear_options()
            options.add_options([Option(line) for line in lines])
            options.highlighted = first if lines else None
            options.scroll_home(animate=False)
            note = self._listing.note or ("" if lines or "://" in self.text else "Nothing here begins so.")
            self.query_one(Static).update(Content.styled(cut(note, room), "$muted"))

    def _line(self, name: str, about: str, room: int) -> Content:
        return Content.assemble((pad(name, room - 12), "$ink"), (pad(about, 12, right=True), "$muted"))

    def on_path_input_stepped(self, event: PathInput.Stepped) -> None:
        """Move the highlight."""
        event.stop()
        options = self.query_one(OptionList)
        if options.option_count:
            at = (options.highlighted or 0) + event.rows
            options.highlighted = max(0, min(at, options.option_count - 1))

    def on_path_input_completed(self, event: PathInput.Completed) -> None:
        """Take the highlighted place into the field; where there is none, go on to the next one."""
        event.stop()
        place = self._highlighted()
        if place is None or place == self.text or not self.is_settled:
            self.screen.focus_next()
        else:
            self._type(place)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go into the highlighted folder, or choose."""
        event.stop()
        self._confirm()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do the same on a click."""
        event.stop()
        self._confirm()

    def _confirm(self) -> None:
        text = self.text.strip()
        place = self._highlighted() if self.is_settled else None
        if place is None or os.path.isfile(os.path.expanduser(text)):
            if text:
                self.post_message(self.Chosen(text))
        elif place == self.text or not place.endswith("/"):
            self._type(place)
            self.post_message(self.Chosen(place or "./"))
        else:
            self._type(place)

    def _highlighted(self) -> str | None:
        """Return the highlighted place, the text itself for the folder it names; ``None`` without a list."""
        at = self.query_one(OptionList).highlighted
        if at is None:
            return None
        at -= int(self._offers_folder)
        return self.text if at < 0 else self._listing.places[at].path

    def _type(self, path: str) -> None:
        self._field.value = path
        self._field.cursor_position = len(path)
