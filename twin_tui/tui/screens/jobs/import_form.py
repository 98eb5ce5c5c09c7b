"""What to import, from where, into which database: chosen here, written nothing yet."""

import asyncio
import os
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from twin_tui.tui.jobs import Format, ImportWish, Jobs
from twin_tui.tui.screens.dialogs.dialog import Dialog
from twin_tui.tui.way import OnTheWay
from twin_tui.tui.widgets.path_picker import PathInput, PathPicker
from twin_tui.tui.widgets.too_small import TooSmall

FIELDS = (
    ("into", "Into", "", "The database: made if it is missing, brought up to date if it is there."),
    ("company", "Company", "what the export says", "Company of everyone imported."),
    (
        "owner",
        "Owner",
        "who the export says",
        "E-mail of whose conversations or twins these are, if not told.",
    ),
    ("agents", "Agents", "who the export says", "Slack: ids of members that are agents, if it lists people."),
)
"""Id, label, placeholder and explanation of the fields below the path."""
ADVICE = "The export: a folder, a ZIP or a file. Nothing is written before you have seen what would come in."


class ImportForm(OnTheWay, Dialog["ImportWish | None"]):
    """Answers what is wished for, or ``None`` when left with escape."""

    STYLES: ClassVar[tuple[str, ...]] = ("start",)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, kind: Format, jobs: Jobs, before: ImportWish | None = None) -> None:
        """``before`` is the wish as it was last, to be changed."""
        super().__init__()
        self._kind, self._jobs = kind, jobs
        self._looked_at = ""
        """The path whose format is known."""
        self._wish = before or ImportWish(kind.name, "", jobs.target)
        self._lack = ""
        """What keeps the wish from being whole, until something is typed."""

    @property
    def is_settled(self) -> bool:
        """Whether the list of places is there."""
        return self.query_one(PathPicker).is_settled

    def compose(self) -> ComposeResult:
        """Yield the dialog."""
        with Vertical(classes="dialog"):
            yield Label(f"Import · {self._kind.label}", classes="title", markup=False)
            with Horizontal(classes="field"):
                yield Label("From", markup=False)
                yield PathPicker(
                    self._wish.path,
                    (".zip", *{ending for each in self._jobs.formats() for ending in each.suffixes}),
                    folder_of=(".json", ".csv", ".jsonl"),
                    placeholder="path of the export",
                )
            whose = self._wish.user or self._wish.owner or ""
            values = (self._wish.into, self._wish.company or "", whose, " ".join(self._wish.agents))
            for (name, label, placeholder, _), value in zip(FIELDS, values, strict=True):
                with Horizontal(classes="field"):
                    yield Label(label, markup=False)
                    field = Input(value, placeholder=placeholder, id=name, select_on_focus=False)
                    field.cursor_blink = False
                    field.compact = True
                    yield field
            yield Static(ADVICE, id="said", markup=False)
            yield Static(id="form-keys", classes="keys", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """Begin with the path."""
        self.query_one(PathPicker).focus_field()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Explain the field."""
        told = {name: words for name, _, _, words in FIELDS}
        name = event.widget.id or ""
        if not self._lack:
            self._say(told.get(name, ADVICE))
        here = "enter see what would come in · tab, shift+tab fields · esc back"
        path = "↑↓ move · tab complete · enter go in, choose · esc back"
        self.query_one("#form-keys", Static).update(here if name in told else path)

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(Content(words))

    def _refuse(self, words: str, field: Widget) -> None:
        """Say what is lacking, and go where it can be typed."""
        self._lack = words
        self.query_one("#said", Static).update(Content.assemble(("▲ ", "bold $bad"), (words, "$ink")))
        field.focus()

    def on_path_picker_chosen(self, event: PathPicker.Chosen) -> None:
        """Go on to where it goes."""
        event.stop()
        self.query_one("#into", Input).focus()
        self.run_worker(self._recognise(event.path), group="look", exclusive=True)

    async def _recognise(self, path: str) -> None:
        """Take the export for what it is, whatever was chosen before, and say so."""
        if path == self._looked_at:
            return
        found = await asyncio.to_thread(self._jobs.recognise, path)
        self._looked_at = path
        if found is not None and found.name != self._kind.name:
            self._kind = found
            self.query_one(".title", Label).update(Content(f"Import · {found.label}"))

    def on_path_picker_edited(self, event: PathPicker.Edited) -> None:
        """Take a failure away once something else is typed."""
        event.stop()
        self._lack = ""
        self._say(ADVICE)

    def on_input_changed(self) -> None:
        """Let the next field be explained again."""
        self._lack = ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer the wish, if it is whole."""
        event.stop()
        path = self.query_one(PathPicker).text.strip()
        into, company, owner, agents = (
            self.query_one(f"#{name}", Input).value.strip() for name, *_ in FIELDS
        )
        if not into:
            self._refuse("Say which database to import into.", self.query_one("#into"))
        elif not path:
            self._refuse("Choose an export first.", self.query_one(PathInput))
        elif not os.path.exists(os.path.expanduser(path)):
            self._refuse("There is nothing at that path.", self.query_one(PathInput))
        else:
            whose = (company or None, owner or None, owner or None, tuple(agents.replace(",", " ").split()))
            wish = ImportWish(self._kind.name, path, into, *whose)
            self.run_worker(self._wished(wish), group="look", exclusive=True)

    async def _wished(self, wish: ImportWish) -> None:
        await self._recognise(wish.path)
        self.dismiss(replace(wish, format=self._kind.name))

    def action_leave(self) -> None:
        """Import nothing."""
        self.dismiss(None)
