"""Notes and marks of the conversation that is open, told above its transcript."""

import contextlib
from typing import TYPE_CHECKING, cast

from twin_tui.analytics.errors import AnalyticsError
from twin_tui.tui.loading import ask
from twin_tui.tui.screens.conversation.loading import marks_of
from twin_tui.tui.screens.desk.keeping import Keeping
from twin_tui.tui.widgets.transcript.heading import ConversationHeading

if TYPE_CHECKING:
    from twin_tui.tui.screens.conversation.conversation import ConversationScreen


class KeepingConversation(Keeping):
    """Mixed into the conversation screen."""

    def session_in_focus(self) -> str | None:
        """The conversation itself."""
        return cast("ConversationScreen", self).session_id

    def marks_changed(self) -> None:
        """Say above the transcript what is kept now."""
        self.run_worker(self._tell_marks(), group="marks", exclusive=True)

    async def _tell_marks(self) -> None:
        own = cast("ConversationScreen", self)
        session_id, service = own.session_id, own.service
        with contextlib.suppress(AnalyticsError):
            marks = await ask(service, lambda: marks_of(service, session_id))
            if own.session_id == session_id and self.is_attached:
                self.query_one(ConversationHeading).marks = marks
