"""All the stories there are, and the choice of one that fits."""

from collections.abc import Callable, Set
from functools import cache
from typing import NamedTuple

from twin_tui.sample import (
    phrases_en,
    phrases_french,
    phrases_german,
    phrases_japanese,
    phrases_spanish,
    stories_arabic,
    stories_deals,
    stories_engineering,
    stories_figures,
    stories_finance,
    stories_french,
    stories_german,
    stories_hebrew,
    stories_hindi,
    stories_incidents,
    stories_japanese,
    stories_office,
    stories_people,
    stories_portuguese,
    stories_product,
    stories_sales,
    stories_spanish,
    stories_support,
    stories_words,
)
from twin_tui.sample.grammar import Beat, Story

_MODULES = (
    stories_sales,
    stories_deals,
    stories_support,
    stories_incidents,
    stories_engineering,
    stories_product,
    stories_figures,
    stories_finance,
    stories_people,
    stories_office,
    stories_words,
    stories_german,
    stories_french,
    stories_spanish,
    stories_portuguese,
    stories_japanese,
    stories_arabic,
    stories_hebrew,
    stories_hindi,
)
STORIES: tuple[Story, ...] = tuple(story for module in _MODULES for story in module.STORIES)
_PHRASES = {
    story.language: story
    for story in (
        *phrases_en.PHRASES,
        *phrases_german.PHRASES,
        *phrases_french.PHRASES,
        *phrases_spanish.PHRASES,
        *stories_portuguese.PHRASES,
        *phrases_japanese.PHRASES,
        *stories_arabic.PHRASES,
        *stories_hebrew.PHRASES,
        *stories_hindi.PHRASES,
    )
}
_OWN_DEPARTMENT = 0.5
"""Chance that a story of the person's own department is told where there is one."""


class Wants(NamedTuple):
    """What a conversation must have room for."""

    pairs: int
    has_query: bool
    has_draft: bool


def phrases(language: str) -> Story:
    """Return what is said in that language whatever the story."""
    return _PHRASES[language]


def _openings(story: Story, wants: Wants) -> tuple[Beat, ...]:
    """Return the openings from which the story can still bring everything wanted, and nothing else."""
    kinds = [beat.kind for beat in story.beats if not beat.is_fix]
    fitting = []
    for opening in story.opens:
        if ("q" in opening.kind and not wants.has_query) or ("d" in opening.kind and not wants.has_draft):
            continue
        rest = ""
        if wants.has_draft and "d" not in opening.kind:
            rest += "d"
        if wants.has_query and "q" not in opening.kind:
            rest += "q"
        if len(rest) == 2 and wants.pairs != 2:
            possible = wants.pairs > 2 and "d" in kinds and "q" in kinds
        else:
            possible = not rest or (wants.pairs > 1 and rest in kinds)
        if possible:
            fitting.append(opening)
    return tuple(fitting)


@cache
def _fitting(language: str, department: str, wants: Wants) -> tuple[tuple[Story, tuple[Beat, ...]], ...]:
    found = []
    for story in STORIES:
        if story.language == language and (not department or department in story.departments):
            openings = _openings(story, wants)
            if openings:
                found.append((story, openings))
    return tuple(found)


def choose(
    language: str, department: str, wants: Wants, rnd: Callable[[], float], told: Set[str]
) -> tuple[Story, Beat]:
    """Return a story and its opening that bring what is wanted; one told already only by chance."""
    wants = wants._replace(pairs=max(1, min(wants.pairs, 3)))
    own = department if department and rnd() < _OWN_DEPARTMENT else ""
    for _ in range(6):
        fitting = _fitting(language, own, wants) or _fitting(language, "", wants)
        story, openings = fitting[int(rnd() * len(fitting))]
        if story.name not in told:
            break
        own = ""
    return story, openings[int(rnd() * len(openings))]
