"""Turns who talks when into the rows of conversations, by scripts told beforehand."""

from collections.abc import Iterator
from datetime import date
from random import Random

from twin_tui.sample.crowd_options import CrowdOptions
from twin_tui.sample.crowd_people import Crowd, Member
from twin_tui.sample.crowd_scripts import Extra, Library, Script
from twin_tui.sample.grammar import Facts
from twin_tui.sample.identity import TEXT, stream
from twin_tui.sample.people import DAY
from twin_tui.sample.rhythm import next_morning
from twin_tui.sample.scene import calendar, colleagues, date_words
from twin_tui.sample.world import Batch
from twin_tui.text.word_count import word_count

_CLOCK = tuple(f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}" for second in range(DAY))
_AFTER = 9
"""Seconds after its message within which a query or the last document may be dated."""
_IDS = 4_096
_CUSTOMERS = 3_000
_ONE = (
    "Halden", "Brightwater", "Orchard", "Kessel", "Tarn", "Meridian", "Oakhurst", "Pellucid", "Stavanger",
    "Ravensport", "Solano", "Umbra", "Hexham", "Vireo", "Corvid", "Lindqvist", "Northgate", "Saffron",
    "Tidewater", "Alder", "Ferrous", "Marigold", "Ostrava", "Peregrine", "Quill", "Zephyr", "Yarrow",
    "Wexley", "Verdigris", "Thornbury", "Selkirk", "Rowan", "Pomona", "Nimbus", "Mistral", "Larch",
    "Kittiwake", "Jasper", "Isling", "Hollis", "Garnet", "Fennimore", "Everley", "Dunmore", "Cinder",
    "Bramley", "Arden",
)  # fmt: skip
_TWO = (
    "bridge", "field", "ford", "gate", "haven", "hurst", "lake", "leigh", "mead", "mere", "mill", "moor",
    "mount", "port", "shaw", "stead", "stone", "thorpe", "ton", "vale", "wall", "water", "well", "wick",
    "wold", "wood", "worth", "yard",
)  # fmt: skip
_THREE = (
    "Freight",
    "Foods",
    "Tiles",
    "Glass",
    "Cycles",
    "Pumps",
    "Hotels",
    "Schools",
    "Travel",
    "Dairy",
    "Trust",
)


class Day:
    """A UTC day under way: its rows and what is true on it."""

    def __init__(self, ordinal: int, batch: Batch) -> None:
        self.ordinal = ordinal
        self.batch = batch
        self.prefix = f"{date.fromordinal(ordinal).isoformat()} "
        self._words: dict[str, tuple[Facts, list[str], list[str]]] = {}

    def words(self, language: str) -> tuple[Facts, list[str], list[str]]:
        """Return the months around, days to come and days gone by, in that language's words."""
        found = self._words.get(language)
        if found is None:
            ordinal = self.ordinal
            found = self._words[language] = (
                calendar(ordinal, language),
                [date_words(ordinal + 4 + ahead, language) for ahead in range(24)],
                [date_words(ordinal - 3 - ago, language) for ago in range(40)],
            )
        return found


class Telling:
    """Tells conversations; holds the scripts, and the days that conversations under way reach into."""

    def __init__(self, options: CrowdOptions, crowd: Crowd) -> None:
        self._library = Library(options)
        self._crowd = crowd
        self._last = options.last_second
        self._rng = stream(options.seed, TEXT)
        self._ids = _ids(stream(options.seed, TEXT, 1))
        self._days: dict[int, Day] = {}
        self._customers = customers(self._rng)

    def day(self, ordinal: int) -> Day:
        """Return a day, with the rows that earlier days have brought it; from then on it is the caller's."""
        return self._days.pop(ordinal, None) or _new_day(ordinal)

    def tell(self, day: Day, member: Member, begin: int, size: int) -> None:
        """Add the rows of one conversation of ``size`` messages that begins at about that second."""
        rnd, next_id = self._rng.random, self._ids.__next__
        language = member.language if rnd() < member.native else "en"
        scripts = self._library.scripts(language, size)
        script = scripts[int(rnd() * len(scripts))]
        times = self._times(script, begin, member.created)
        begin = times[0]
        twin = member.twins[int(rnd() * len(member.twins))]
        if twin.created >= begin:
            twin = member.twins[-1]
        facts = self._facts(day, member, language, twin.name)
        session = next_id()
        platform = "slack"
        if member.elsewhere and rnd() < member.elsewhere:
            platform = self._crowd.places[member.company].company.other_platform
        member.last_said = max(member.last_said, times[script.last_said])
        here, start = day, day.ordinal * DAY
        spans_midnight = times[-1] + _AFTER >= start + DAY or begin < start
        if spans_midnight:
            here = self._day_of(day, begin)
            start = here.ordinal * DAY
        here.batch.rows["sessions"].append(
            (
                session,
                member.id,
                twin.id,
                platform,
                script.title and script.title.told(facts),
                script.topic and script.topic.told(facts),
                twin.owner is not member,
                here.prefix + _CLOCK[begin - start],
            )
        )
        if spans_midnight:
            self._say_across(day, session, script, times, facts)
        else:
            self._say(here, session, script, times, facts)

    def _say(self, day: Day, session: str, script: Script, times: list[int], facts: Facts) -> None:
        """Add what is said on one day: nearly everything is, so here every microsecond counts."""
        ids, prefix, start = self._ids, day.prefix, day.ordinal * DAY
        said = [
            (
                next(ids),
                session,
                sender,
                text % facts if has_slots else text,
                kind,
                prefix + _CLOCK[instant - start],
            )
            for (sender, text, has_slots, kind), instant in zip(script.lines, times, strict=True)
        ]
        day.batch.rows["messages"] += said
        for extra in script.extras:
            self._add(day, (session, said[extra.number][0]), extra, times, facts)

    def _say_across(self, day: Day, session: str, script: Script, times: list[int], facts: Facts) -> None:
        """Add what is said before and after a midnight to the days it belongs to."""
        messages = []
        for (sender, text, has_slots, kind), instant in zip(script.lines, times, strict=True):
            here = self._day_of(day, instant)
            message, words = next(self._ids), text % facts if has_slots else text
            messages.append(message)
            at = here.prefix + _CLOCK[instant % DAY]
            here.batch.rows["messages"].append((message, session, sender, words, kind, at))
        for extra in script.extras:
            self._add(day, (session, messages[extra.number]), extra, times, facts)

    def _add(self, day: Day, ids: tuple[str, str], extra: Extra, times: list[int], facts: Facts) -> None:
        """Add the query and the document that a message asked for, before the answer comes."""
        session, message = ids
        instant = times[extra.number]
        wait = times[extra.number + 1] - instant if extra.number + 1 < len(times) else 3
        if extra.search is not None:
            words, kind, results = extra.search
            asked = instant + max(1, min(wait // 3, _AFTER))
            here = self._day_of(day, asked)
            at = here.prefix + _CLOCK[asked % DAY]
            row = (next(self._ids), session, message, words.told(facts), kind, results, at)
            here.batch.rows["queries"].append(row)
        if extra.paper is not None:
            kind, title, content = extra.paper
            drafted = instant + max(2, wait - 2)
            here = self._day_of(day, drafted)
            at, body = here.prefix + _CLOCK[drafted % DAY], content.told(facts)
            paper = (kind, title.told(facts), body, word_count(body))
            here.batch.rows["documents"].append((next(self._ids), session, message, *paper, at))

    def _times(self, script: Script, begin: int, joined: int) -> list[int]:
        """Return when everything is said: after the member joined, and before the sample ends."""
        rnd = self._rng.random
        pace = 0.8 + 0.4 * rnd()
        times = [begin + int(offset * pace) for offset in script.offsets]
        if script.resumed:
            morning = next_morning(times[script.resumed - 1], rnd())
            later = morning - times[script.resumed]
            if times[-1] + later + _AFTER <= self._last:
                times[script.resumed :] = [instant + later for instant in times[script.resumed :]]
        excess = times[-1] + _AFTER - self._last
        if excess > 0:
            times = [instant - excess for instant in times]
            if times[0] <= joined:
                room = self._last - _AFTER - joined
                times = [joined + room * place // len(times) for place in range(1, len(times) + 1)]
        return times

    def _facts(self, day: Day, member: Member, language: str, twin: str) -> Facts:
        rnd = self._rng.random
        months, ahead, ago = day.words(language)
        names, peers = self._customers, colleagues(language)
        customer, peer = int(_CUSTOMERS * rnd() ** 2), int(len(peers) * rnd())
        return {
            "me": member.called,
            "family": member.family,
            "peer": peers[peer],
            "other": peers[peer - 1 - int(rnd() * (len(peers) - 1))],
            "customer": names[customer],
            "rival": names[customer - 7],
            "twin": twin,
            "date": ahead[int(rnd() * 24)],
            "past": ago[int(rnd() * 40)],
            **months,
        }

    def _day_of(self, today: Day, instant: int) -> Day:
        """Return the day an instant belongs to; what would belong to a day gone by stands with today's."""
        ordinal = instant // DAY
        if ordinal == today.ordinal:
            return today
        if ordinal < today.ordinal:
            return _late(ordinal, today.batch)
        found = self._days.get(ordinal)
        if found is None:
            found = self._days[ordinal] = _new_day(ordinal)
        return found


def _new_day(ordinal: int) -> Day:
    return Day(ordinal, Batch(date.fromordinal(ordinal)))


def _late(ordinal: int, batch: Batch) -> Day:
    return Day(ordinal, batch)


def _ids(rng: Random) -> Iterator[str]:
    """Yield random version-4 UUIDs in dashed text, made many at a time."""
    while True:
        text = rng.randbytes(16 * _IDS).hex()
        for at in range(0, 32 * _IDS, 32):
            one = text[at : at + 32]
            yield f"{one[:8]}-{one[8:12]}-4{one[13:16]}-{'89ab'[at >> 5 & 3]}{one[17:20]}-{one[20:]}"


def customers(rng: Random) -> tuple[str, ...]:
    """Return what companies talked about are called, from the often named to the rare; none twice."""
    found: dict[str, None] = {}
    while len(found) < _CUSTOMERS:
        head = rng.choice(_ONE)
        if rng.random() < 0.7:
            head += rng.choice(_TWO)
        found[f"{head} {rng.choice(_THREE)}"] = None
    return tuple(found)
