"""From the bare course of a conversation to its words: a story is chosen and told to the given length."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from twin_tui.sample.grammar import Beat, Facts, Pick, Story, render
from twin_tui.sample.library import Wants, choose, phrases
from twin_tui.sample.people import Person
from twin_tui.sample.rhythm import Visit
from twin_tui.sample.scene import scene
from twin_tui.text.word_count import word_count


class Search(NamedTuple):
    """A query the twin ran."""

    text: str
    kind: str
    results: int | None


class Paper(NamedTuple):
    """A document the twin drafted."""

    kind: str
    title: str
    content: str
    words: int


class Turn(NamedTuple):
    """One message and what it triggered."""

    text: str
    search: Search | None = None
    paper: Paper | None = None


class Told(NamedTuple):
    """A conversation in words; as many turns as the visit has times."""

    title: str | None
    topic: str | None
    turns: list[Turn]


_LATIN_STYLES = frozenset({"en", "de", "fr", "es", "pt"})
_NAMES = ("peer", "other", "customer", "rival", "contact", "city")


class Teller:
    """Tells one conversation; holds its facts while it does."""

    def __init__(
        self, visit: Visit, person: Person, members: Sequence[Person], ordinal: int, rnd: Callable[[], float]
    ) -> None:
        self.visit = visit
        self.person = person
        self.rnd = rnd
        language = person.language if rnd() < person.native else "en"
        self.pick = Pick(rnd, language)
        self.common = phrases(language)
        self.facts: Facts = scene(person, visit.twin, members, ordinal, self.pick)
        self.turns: list[Turn] = []
        self.pairs = 0
        self.is_blind = visit.is_blind

    def tell(self, told_today: set[str]) -> Told:
        """Return the conversation; ``told_today`` keeps the stories of one day apart and is added to."""
        visit, rnd = self.visit, self.rnd
        is_blind_alley = visit.is_blind and visit.pairs < 2
        room = visit.pairs - (visit.is_blind and not is_blind_alley)
        wants_draft = visit.has_draft and not is_blind_alley
        story, opening = choose(
            self.pick.language,
            self.person.department,
            Wants(room, visit.has_query, wants_draft),
            rnd,
            told_today,
        )
        told_today.add(story.name)
        story.facts(self.pick, self.facts)
        title = None if rnd() < 0.03 else render(self.pick.one(story.titles), self.facts, rnd)
        topic = None if rnd() < 0.05 else render(self.pick.one(story.topics), self.facts, rnd)
        current = story
        if visit.pairs:
            for told, beat in self._arc(story, opening, room, wants_draft):
                lead = ""
                if told is not current:
                    current = told
                    current.facts(self.pick, self.facts)
                    lead = self._phrase("switch") + " "
                elif self.turns and len(self.turns) != visit.resumed and rnd() < 0.35:
                    lead = self._lead()
                self._exchange(current, beat, lead, can_retry=not is_blind_alley)
        self._end(current, opening, is_blind_alley)
        return Told(title, topic, self.turns)

    def _say(self, template: str) -> str:
        return render(template, self.facts, self.rnd)

    def _phrase(self, name: str, story: Story | None = None) -> str:
        """Return one of the story's own lines of that name, or of the language's."""
        own = story.lists[name] if story else ()
        if own and self.rnd() < 0.4:
            return self._say(self.pick.one(own))
        return self._say(self.pick.one(self.common.lists[name]))

    def _lead(self) -> str:
        """Return a word on the answer before, or nothing where it has been said already."""
        lead = self._phrase("lead") + " "
        return "" if any(turn.text.startswith(lead) for turn in self.turns) else lead

    def _arc(self, story: Story, opening: Beat, room: int, wants_draft: bool) -> list[tuple[Story, Beat]]:
        """Return so many beats: the opening, what must come, then what fits, in the story's order.

        A fix belongs to the document drafted in the nearest beat before it, or to the opening's.
        """
        beats = story.beats
        chosen = set(self._required(beats, opening, room, wants_draft))
        allowed, paper = [], -1
        for at, beat in enumerate(beats):
            if beat.is_fix:
                if paper in chosen or (paper < 0 and opening.draft):
                    allowed.append(at)
            elif beat.draft:
                paper = at
            if not beat.is_fix and not beat.kind:
                allowed.append(at)
        chosen.update(self.pick.some(allowed, room - 1 - len(chosen)))
        arc = [(story, opening), *((story, beats[at]) for at in sorted(chosen))]
        spare = [beat for beat in self.common.beats if wants_draft or not beat.is_fix]
        arc += [(story, beat) for beat in self.pick.some(spare, min(3, room - len(arc)))]
        while len(arc) < room:
            wants = Wants(1, has_query=False, has_draft=False)
            other, first = choose(self.pick.language, "", wants, self.rnd, {arc[-1][0].name})
            follow = [first, *(beat for beat in other.beats if not beat.kind and not beat.is_fix)]
            arc += [(other, beat) for beat in follow[: room - len(arc)]]
        return arc

    def _required(self, beats: Sequence[Beat], opening: Beat, room: int, wants_draft: bool) -> Iterator[int]:
        needs = ""
        if wants_draft and not opening.draft:
            needs += "d"
        if self.visit.has_query and not opening.lookup:
            needs += "q"
        for kind in (needs,) if len(needs) < 2 or room == 2 else ("d", "q"):
            if kind:
                fitting = [at for at, beat in enumerate(beats) if beat.kind == kind and not beat.is_fix]
                yield self.pick.one(fitting)

    def _exchange(self, story: Story, beat: Beat, lead: str, *, can_retry: bool) -> None:
        """Tell one beat; a blind search takes two pairs, or one where it is all there is."""
        ask = lead + self._say(self.pick.one(beat.asks))
        search = self._search(beat)
        if search and self.is_blind:
            self.is_blind = False
            self.facts["query"] = search.text
            self._pair(story, ask, self._phrase("none"), search._replace(results=0), None)
            if not can_retry:
                return
            ask = self._phrase("retry")
            search = self._search(beat, tried=search.text)
        reply, paper = self._say(self.pick.one(beat.replies)), None
        if beat.draft:
            content = self._say(beat.draft.body)
            title = self._say(self.pick.one(beat.draft.titles))
            paper = Paper(beat.draft.kind, title, content, word_count(content))
            self.facts |= {"title": title, "words": str(paper.words)}
            chance = self.rnd()
            if chance < 0.5:
                done = self._phrase("done")
                reply = done if chance < 0.22 else f"{done} {reply}"
        self._pair(story, ask, reply, search, paper)

    def _search(self, beat: Beat, tried: str = "") -> Search | None:
        if not beat.lookup:
            return None
        hits = 3 + int(34 * self.rnd() ** 2)
        self.facts["hits"] = str(hits)
        text = self._say(self.pick.one(beat.lookup.texts))
        if text == tried:
            text = f"{text} {self.facts[self.pick.one(('last_month', 'other', 'peer', 'city'))]}"
        return Search(text, beat.lookup.kind, None if self.rnd() < 0.015 else hits)

    def _pair(self, story: Story, ask: str, reply: str, search: Search | None, paper: Paper | None) -> None:
        self._ask(ask, search, paper)
        if self.pairs == self.visit.aside:
            self._ask(self._phrase("aside", story))
        self.turns.append(Turn(reply))
        if self.pairs == self.visit.extra:
            self.turns.append(Turn(self._phrase("extra", story)))
        self.pairs += 1

    def _ask(self, text: str, search: Search | None = None, paper: Paper | None = None) -> None:
        if len(self.turns) == self.visit.resumed:
            text = self._phrase("overnight" if self.visit.is_overnight else "later") + " " + text
        elif not self.turns and self.rnd() < (0.7 if self.person.style == "formal" else 0.12):
            text = self._phrase("greeting") + " " + text
        self.turns.append(Turn(self._styled(text), search, paper))

    def _styled(self, text: str) -> str:
        """Return the text as this person types."""
        style = self.person.style
        if style == "casual" and self.pick.language in _LATIN_STYLES and text[1:2].islower():
            first = text.partition(" ")[0]
            if not any(self.facts[name].startswith(first) for name in _NAMES):
                text = text[0].lower() + text[1:]
            return text.removesuffix(".")
        if style == "emoji" and "\n" not in text and self.rnd() < 0.3:
            return f"{text} {self.pick.one(self.common.lists['emoji'])}"
        return text

    def _end(self, story: Story, opening: Beat, is_blind_alley: bool) -> None:
        ending = self.visit.ending
        if ending == "left":
            beats = [beat for beat in story.beats if not beat.kind and not beat.is_fix]
            beat = self.pick.one([*beats, *beats, *self.common.beats]) if self.turns else opening
            while beat.is_fix:
                beat = self.pick.one(self.common.beats)
            self._ask(self._say(self.pick.one(beat.asks)))
        elif ending:
            self._ask(self._phrase("giveup") if is_blind_alley else self._phrase("thanks", story))
            if ending == "close":
                self.turns.append(Turn(self._phrase("bye")))
