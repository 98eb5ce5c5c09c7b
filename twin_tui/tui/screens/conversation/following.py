"""How an open conversation follows the data: new entries appear, what is being read stays in view."""

from datetime import tzinfo
from typing import TYPE_CHECKING, cast

from twin_tui.analytics.answers import outcome_of
from twin_tui.analytics.errors import AnalyticsError, CancelledError, NotFoundError
from twin_tui.analytics.service import AnalyticsService
from twin_tui.text.formatting import number
from twin_tui.tui.live import Condition, Following
from twin_tui.tui.loading import FOLLOW_AFTER, ask
from twin_tui.tui.screens.conversation.loading import Opened, load_window
from twin_tui.tui.waiting import until
from twin_tui.tui.widgets.news import NEW_MARK
from twin_tui.tui.widgets.notice import Notice
from twin_tui.tui.widgets.transcript.entries import WINDOW, EntryMemory, SafeEntry
from twin_tui.tui.widgets.transcript.entry_pane import EntryPane
from twin_tui.tui.widgets.transcript.find_bar import FindBar
from twin_tui.tui.widgets.transcript.heading import ConversationHeading
from twin_tui.tui.widgets.transcript.layout import Plan
from twin_tui.tui.widgets.transcript.paint import Names

if TYPE_CHECKING:
    from twin_tui.tui.screens.conversation.conversation import ConversationScreen

AROUND = 16
"""Entries before and after those in view that are read with them."""


def read_again(service: AnalyticsService, opened: Opened, seen: list[str], *, to_end: bool) -> Opened:
    """Return the conversation as it is now, with what is in view of it, for a thread.

    ``seen`` are ids of entries in view. Texts that did not change stay whole where they were fetched whole.
    Raises `AnalyticsError`, `NotFoundError` when the session is gone.
    """
    session_id = opened.conversation.header.session_id
    conversation = service.conversation(session_id)
    plan = Plan.of(conversation.index, service.timezone)
    count = len(conversation.index)
    wanted = {at for one in seen if (at := plan.positions.get(one)) is not None} or {0}
    if to_end:
        wanted.add(count - 1)
    near = {at for place in wanted for at in range(place - AROUND, place + AROUND) if 0 <= at < count}
    memory = EntryMemory()
    for first in sorted({at // WINDOW * WINDOW for at in near}):
        memory.put(first, [_kept(opened, safe) for safe in load_window(service, session_id, first)])
    return Opened(conversation, outcome_of(conversation), plan, memory, 0, opened.marks)


def _kept(opened: Opened, safe: SafeEntry) -> SafeEntry:
    at = opened.plan.positions.get(safe.entry.id)
    before = None if at is None else opened.memory.get(at)
    return before if before is not None and before.entry == safe.entry else safe


def _added(before: Plan, now: Plan) -> frozenset[str]:
    """Return the ids that only the later of two plans of a conversation holds."""
    rest = range(now.index.alike(before.index), len(now.index))
    return frozenset(key for key in map(now.index.id_at, rest) if before.positions.get(key) is None)


class FollowingConversation(Following):
    """Mixed into the conversation screen."""

    _condition = Condition()
    _new: frozenset[str] = frozenset()

    @property
    def _screen(self) -> "ConversationScreen":
        return cast("ConversationScreen", self)

    async def follow(self) -> bool:
        """Read the conversation again and draw what differs."""
        own = self._screen
        await until(lambda: not own.is_opening, FOLLOW_AFTER)
        opened, service = own.opened, own.service
        if opened is None:
            own.action_refresh_data()
            return True
        seen = [*own.transcript.ids_in_view(), *own.query_one(EntryPane).ids_in_view()]
        to_end = own.transcript.is_at_end
        try:
            found = await ask(service, lambda: read_again(service, opened, seen, to_end=to_end))
        except CancelledError:
            return True
        except NotFoundError:
            if own.is_attached and own.opened is opened:
                hint = "esc goes back · what was read last is still shown"
                own.query_one(Notice).say("This conversation was deleted.", hint=hint, is_failure=True)
            return True
        except AnalyticsError as error:
            if own.is_attached:
                self._warn(str(error))
            return False
        if own.is_attached and own.opened is opened:
            self._renew(opened, found)
        return True

    def _renew(self, before: Opened, found: Opened) -> None:
        own = self._screen
        header = found.conversation.header
        self._new |= _added(before.plan, found.plan)
        with own.app.batch_update():
            own.renewed(found)
            own.query_one(ConversationHeading).show(header, found.outcome)
            self._warn(self._condition.sentence)
            own.set_class(not (header.documents or header.queries), "-unlinked")
            own.transcript.renew(found.plan, Names.of(header), found.memory, self._new)
            own.query_one(EntryPane).renew(found.plan, found.memory)
            own.tell_place(own.transcript.cursor)
            self._say()
        if own.query_one(FindBar).is_open and own.query_one(FindBar).text:
            own.find_more()

    def _warn(self, sentence: str | None) -> None:
        own = self._screen
        notice = own.query_one(Notice)
        if sentence is not None:
            hint = "what is shown gets older · twin-tui looks again by itself"
            notice.say(sentence, hint=hint, is_failure=True)
        elif own.opened is not None:
            is_empty = not own.opened.conversation.index
            notice.say("No messages are stored in this session." if is_empty else None)

    def _say(self) -> None:
        count = len(self._new)
        said = (f"{NEW_MARK} {number(count)} new" if count else "", self._condition.words(self._zone))
        self._screen.query_one(ConversationHeading).live = " · ".join(filter(None, said))

    @property
    def _zone(self) -> tzinfo:
        return self._screen.service.timezone

    def tell_condition(self, condition: Condition) -> None:
        """Say it in the heading, and over the transcript what went wrong."""
        if self._condition.sentence != condition.sentence:
            self._warn(condition.sentence)
        self._condition = condition
        self._say()

    def forget_new(self) -> None:
        """Take away the marks of what is new."""
        if self._new:
            self._new = frozenset()
            self._screen.transcript.forget_new()
            self._say()
