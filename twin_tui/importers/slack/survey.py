"""What must be known of the whole export before its first row: who owns and shares which twin."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from twin_tui.importers.base import ImportFailedError, ImportOptions, PersonRecord, TwinRecord, from_micros
from twin_tui.importers.loading.stable_ids import stable_id
from twin_tui.importers.slack.actors import BRIDGED, Actors
from twin_tui.importers.slack.members import Installation
from twin_tui.importers.slack.sessions import Exchange
from twin_tui.importers.slack.text import without_tokens

_EXPORT_NAME = re.compile(r"(?P<team>\S.*?)\s+(?:\(.*\)\s+)?Slack export\b", re.IGNORECASE)
NO_TEAM = "workspace"
"""Stands for the team in e-mails where the export names none."""


@dataclass
class Survey:
    """Sums over all sessions, small enough to hold: nothing grows with the number of messages."""

    actors: Actors
    options: ImportOptions
    label: str
    """The export's file or folder name, which holds the workspace's name."""
    workspaces: Counter[str]
    """Workspace names in file addresses."""
    owner: str | None = None
    """Who ``--owner`` means."""
    _sessions_with: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _talkers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _people: set[str] = field(default_factory=set)

    _ids: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, item: Exchange) -> None:
        """Count a session in."""
        people = item.people
        self._people.update(people)
        if not (item.user and item.twin):
            return
        self._sessions_with[item.twin][item.user] += 1
        for bot in item.bots:
            self._talkers[bot].update(people)

    @cached_property
    def team(self) -> str:
        """The workspace's id, "" when the export names none."""
        teams = self.actors.teams
        common = min(teams, key=lambda team: (-teams[team], team)) if teams else ""
        return self.actors.directory.team or common

    @property
    def company(self) -> str | None:
        """The company of everyone: as asked for, else the workspace's name, else its id."""
        if self.options.company:
            return self.options.company
        match = _EXPORT_NAME.match(self.label)
        common = (
            min(self.workspaces, key=lambda name: (-self.workspaces[name], name)) if self.workspaces else None
        )
        return (match["team"] if match else None) or common or self.team or None

    def person_id(self, key: str) -> str:
        """Return a person's stable id."""
        return self._id("user", key)

    def twin_id(self, key: str) -> str:
        """Return a bot's stable id."""
        return self._id("bot", key)

    def _id(self, kind: str, key: str) -> str:
        found = self._ids.get((kind, key))
        if found is None:
            self._ids[kind, key] = found = stable_id("slack", self.team, kind, key)
        return found

    def find_owner(self) -> None:
        """Find whom ``--owner`` means; raises :class:`ImportFailedError` when that is nobody or several."""
        wanted = (self.options.owner or "").strip().casefold()
        if not wanted:
            return
        directory, found = self.actors.directory, set[str]()
        humans = [member for member in directory.members.values() if not member.is_bot]
        exact = {m.id for m in humans if wanted == m.id.casefold() or wanted == (m.email or "").casefold()}
        if not exact:
            found |= {member.id for member in humans if wanted in member.aliases}
            for key, facts in self.actors.people.items():
                if wanted in (key.casefold(), (facts.name or "").casefold()):
                    found.add(key)
        found |= exact
        if len(found) != 1:
            who = f"owner {self.options.owner!r}"
            if not found:
                raise ImportFailedError(
                    f"{who} is nobody in this export: give an e-mail, a name or a Slack id of it"
                )
            raise ImportFailedError(f"{who} may be any of {', '.join(sorted(found))}: give one of these ids")
        self.owner = found.pop()

    def twins(self) -> list[TwinRecord]:
        """Return every bot that takes part in a session, with its owner."""
        out: list[TwinRecord] = []
        for key in sorted(self._talkers):
            member = self.actors.directory.members.get(key)
            facts = self.actors.bots.get(key)
            installer = self._installation(key)
            owner = (installer.user_id if installer else None) or self.owner
            evidence = [
                at for at in (installer.at if installer else None, facts.first if facts else None) if at
            ]
            out.append(
                TwinRecord(
                    id=self.twin_id(key),
                    user_id=self.person_id(owner or self._most_frequent(key)),
                    name=without_tokens(self.actors.name_of(key) or key.removeprefix("username:")),
                    description=member.description if member else None,
                    is_shared=len(self._talkers[key]) > 1,
                    created_at=from_micros(min(evidence)) if evidence else None,
                    is_owner_certain=owner is not None,
                )
            )
        return out

    def people(self) -> list[PersonRecord]:
        """Return everyone who takes part in a session or owns a twin; with ``all_users`` everyone."""
        keys = set(self._people)
        installers: dict[str, str] = {}
        for key in self._talkers:
            installer = self._installation(key)
            owner = (installer.user_id if installer else None) or self.owner or self._most_frequent(key)
            keys.add(owner)
            if installer and installer.user_name:
                installers[owner] = installer.user_name
        if self.options.all_users:
            listed = [member.id for member in self.actors.directory.members.values() if not member.is_bot]
            keys |= {ref for ref in listed if not self.actors.is_bot_id(ref)}
            keys |= self.actors.people.keys()
        return [self._person(key, installers.get(key)) for key in sorted(keys)]

    def unlisted(self) -> list[str]:
        """Return the people taking part whom ``users.json`` does not list."""
        known = self.actors.directory.members
        return sorted(key for key in self._people if key not in known and not key.startswith(BRIDGED))

    def _person(self, key: str, log_name: str | None) -> PersonRecord:
        directory = self.actors.directory
        member, facts = directory.members.get(key), self.actors.people.get(key)
        name = self.actors.name_of(key) or log_name
        email = without_tokens(member.email) if member and member.email else None
        signs = [at for at in (directory.evidence.get(key), facts.first if facts else None) if at]
        return PersonRecord(
            id=self.person_id(key),
            email=email or f"{_local_part(key)}@{self.team or NO_TEAM}.slack.invalid",
            full_name=without_tokens(name or key),
            company=self.company,
            department=member.department if member else None,
            created_at=from_micros(min(signs)) if signs else None,
            last_login_at=from_micros(facts.last) if facts else None,
            is_email_real=email is not None,
            is_name_real=name is not None,
            is_company_certain=bool(self.options.company),
        )

    def _installation(self, bot: str) -> Installation | None:
        found = self.actors.directory.installations.get(self.actors.app_of(bot) or "")
        return found if found and not self.actors.is_bot_id(found.user_id) else None

    def _most_frequent(self, bot: str) -> str:
        """Return who has most sessions with a bot; one that only joins others' sessions: who talks there."""
        sessions = self._sessions_with.get(bot)
        if sessions:
            return min(sessions, key=lambda key: (-sessions[key], key))
        return min(self._talkers[bot])


def _local_part(key: str) -> str:
    """Return what stands before the @ of an invented address: the id, for a bridged person name and hash.

    >>> _local_part("U1"), _local_part("bridged:B3:Zoë K.")
    ('U1', 'B3.Zo-K.090bb321')
    """
    if not key.startswith(BRIDGED):
        return without_tokens(key)
    _, bridge, name = key.split(":", 2)
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-.")
    return f"{bridge}.{plain}.{stable_id(key)[:8]}"
