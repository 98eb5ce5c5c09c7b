"""What many messages of one manner tell about their author, learned once for all of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter, lt

from twin_tui.importers.slack.day import ABSENT, BotProfile, Post, Profile
from twin_tui.importers.slack.members import Directory
from twin_tui.importers.slack.posts import left_out
from twin_tui.importers.slack.voices import Heard, Voice, Voices

_TELLING = attrgetter(
    "user", "bot_id", "username", "subtype", "app_id", "team", "user_profile", "bot_profile"
)
Telling = tuple[
    str | None, str | None, str | None, str | None, str | None, str | None, Profile | None, BotProfile | None
]
"""What `_TELLING` gives."""
_NOBODY, _NO_BOT = Profile(), BotProfile()
_ANY_TEXT = "words"


@dataclass(slots=True, eq=False)
class Manner:
    """All that a message tells about its author, and what follows from it."""

    voice: Voice
    lost: str | None
    """Why a message of it that says something is nobody's words all the same."""
    profile_name: str | None
    bot_name: str | None
    app_id: str | None
    team: str | None
    number: int = -1
    """Of its voice, once it was heard."""
    heard: Heard | None = None
    """What was heard in it."""


UNCLEAR = Manner(Voice(None, None, None, False, False), None, None, None, None, None)
"""Stands for all that cannot be told from these parts of a message."""


class _Known(dict[Telling, Manner]):
    """Manners by what is told; each is made when it is met first."""

    def __missing__(self, telling: Telling) -> Manner:
        self[telling] = manner = _manner(telling)
        return manner


class Manners:
    """Every manner of an export: there are a few for each person and bot, however much they write."""

    def __init__(self, voices: Voices, directory: Directory) -> None:
        self._voices, self._directory = voices, directory
        self._known = _Known()

    def of(self, posts: Sequence[Post]) -> list[Manner]:
        """Return the manner of each message, `UNCLEAR` where only the message as a whole tells."""
        return list(map(self._known.__getitem__, map(_TELLING, posts)))

    def learn(self, posts: Sequence[Post], manners: Sequence[Manner], micros: Sequence[int]) -> None:
        """Take note of what messages tell; their times are in microseconds."""
        at, by_time = micros, manners
        if not all(map(lt, micros, micros[1:])):
            order = sorted(range(len(micros)), key=micros.__getitem__)
            at, by_time = [micros[place] for place in order], [manners[place] for place in order]
        last = dict(zip(by_time, at, strict=True))
        first = dict(zip(reversed(by_time), reversed(at), strict=True))
        seen = self._directory.seen
        for manner, count in Counter(manners).items():
            begin = first[manner]
            if manner.voice.user:
                seen(manner.voice.user, begin)
            if manner.lost is not None:
                continue
            heard = manner.heard
            if heard is None:
                manner.heard = heard = self._voices.hear(manner.voice, begin, last[manner], count)
                manner.number = heard.number
            else:
                heard.add(begin, last[manner], count)
            heard.app_id = heard.app_id or manner.app_id
            if manner.team:
                heard.teams[manner.team] += count
        for manner in reversed(first):
            if manner.heard is not None and (manner.profile_name or manner.bot_name):
                _name(manner, manner.heard, last[manner])
        is_typed = [post.client_msg_id is not ABSENT for post in posts]
        for manner in set(compress(manners, is_typed)):
            if manner.heard is not None:
                manner.heard.is_typed = True


def _name(manner: Manner, heard: Heard, last: int) -> None:
    if manner.profile_name and last >= heard.profile_name_at:
        heard.profile_name, heard.profile_name_at = manner.profile_name, last
    if manner.bot_name and last >= heard.bot_name_at:
        heard.bot_name, heard.bot_name_at = manner.bot_name, last


def _manner(telling: Telling) -> Manner:
    user, bot_id, username, subtype, app_id, team, profile, bot = telling
    if profile == _NOBODY or bot == _NO_BOT:  # What makes a profile of something else is not known here.
        return UNCLEAR
    user, kind = _plain(user), _plain(subtype)
    person, its = profile or _NOBODY, bot or _NO_BOT
    names = map(_plain, (person.real_name, person.display_name, person.name))
    return Manner(
        Voice(user, _plain(bot_id), _plain(username), kind == "bot_message", profile is not None),
        left_out(kind, user, _ANY_TEXT),
        next(filter(None, names), None),
        _plain(its.name),
        _plain(app_id) or _plain(its.app_id),
        _plain(team) or _plain(person.team) or _plain(its.team_id),
    )


def _plain(text: str | None) -> str | None:
    return text.strip() or None if text else None
