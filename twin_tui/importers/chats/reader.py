"""Takes down what one conversation with an assistant shows, in its order."""

from twin_tui.importers.base import SenderType
from twin_tui.importers.chats.chat import Chat, Clock, Ledger, Paper, Said, Search, moment

NO_TIME = "no time in it, before it, or of the conversation"


def shown_chat(
    said: list[Said],
    created: int | None,
    updated: int | None,
    *,
    native: str | None,
    twin: str,
    account: str | None = None,
    title: str | None = None,
    topic: str | None = None,
) -> Chat | None:
    """Return the conversation, None where nothing was said; without an id its first message's is it."""
    if not said:
        return None
    (origin, _, _, first), (*_, last) = said[0], said[-1]
    return Chat(
        native=native or origin,
        account=account,
        title=title,
        topic=topic,
        twin=twin,
        started=first if created is None else min(created, first),
        known_until=max(last, updated or 0),
        said=said,
    )


class ChatReader:
    """What was said, drafted and searched for so far; each has a later time than the one before."""

    def __init__(self, ledger: Ledger, created: object, updated: object) -> None:
        self.ledger = ledger
        self._created, self._updated = moment(created), moment(updated)
        self._time = self._created if self._created is not None else self._updated
        self._clock = Clock()
        self._asked: str | None = None
        self.said: list[Said] = []
        self.papers: list[Paper] = []
        self.searches: list[Search] = []

    @property
    def has_time(self) -> bool:
        """Whether a time was told so far."""
        return self._time is not None

    def go_on(self, time: object) -> None:
        """Take over the next message's own time, where it tells one."""
        own = moment(time)
        self._time = self._time if own is None else own

    def say(self, native: str, sender: SenderType, text: str) -> None:
        """Add a message."""
        self.said.append((native, sender, text, self._now()))
        if sender == "user":
            self._asked = native

    def draft(self, native: str, kind: str | None, title: str | None, content: str) -> None:
        """Add a document, at the message that asked for it."""
        self.papers.append(Paper(native, kind, title, content, self._now(), self._asked))

    def search(self, native: str, kind: str, words: str, results: int | None) -> None:
        """Add a search, at the message that asked for it."""
        self.searches.append(Search(native, kind, words, results, self._now(), self._asked))

    def chat(
        self, native: str | None, *, account: str | None, title: str | None, topic: str | None, twin: str
    ) -> Chat | None:
        """Return the conversation, None where nothing was said; without an id its first message's is it."""
        chat = shown_chat(
            self.said,
            self._created,
            self._updated,
            native=native,
            account=account,
            title=title,
            topic=topic,
            twin=twin,
        )
        if chat is not None:
            chat.papers, chat.searches = self.papers, self.searches
        return chat

    def _now(self) -> int:
        assert self._time is not None
        return self._clock.at(self._time)
