"""Every sentence of every story: complete, fillable, one of a kind."""

from collections import Counter
from datetime import date
from itertools import product
from random import Random

import pytest

from twin_tui.sample.grammar import Pick, Story, render
from twin_tui.sample.library import STORIES, Wants, choose, phrases
from twin_tui.sample.options import SampleOptions
from twin_tui.sample.people import cast_of
from twin_tui.sample.scene import scene

LANGUAGES = ("en", "de", "fr", "es", "pt", "ja", "ar", "he", "hi")
CAST = cast_of(SampleOptions(until=date(2026, 11, 20)).plan)


def facts_of(story: Story, seed: int) -> dict[str, str]:
    rng = Random(seed)
    person = next((one for one in CAST.people if one.language == story.language), CAST.people[0])
    pick = Pick(rng.random, story.language)
    facts = scene(person, CAST.twins[0], CAST.members[person.company], 739_000 + seed * 17, pick)
    facts["subject"] = "the subject"
    story.facts(pick, facts)
    facts |= {"query": "words", "title": "Title", "words": "100"}
    return facts


def texts_of(story: Story) -> list[str]:
    texts = [*story.titles, *story.topics, *(line for lines in story.lists.values() for line in lines)]
    for beat in (*story.opens, *story.beats):
        texts += [*beat.asks, *beat.replies]
        if beat.lookup:
            texts += beat.lookup.texts
        if beat.draft:
            texts += [*beat.draft.titles, beat.draft.body]
    return texts


@pytest.mark.parametrize("told", [*STORIES, *map(phrases, LANGUAGES)], ids=lambda s: f"{s.language}-{s.name}")
def test_every_text_can_be_told_whatever_the_choices(told: Story):
    for seed in range(12):
        rng = Random(seed)
        facts = facts_of(told, seed)
        for text in texts_of(told):
            said = render(text, facts, rng.random)
            assert said.strip()
            assert not set("‹›¦") & set(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_story_for_every_wish(language: str):
    for pairs, has_query, has_draft in product((1, 2, 3, 9), (False, True), (False, True)):
        wants = Wants(pairs, has_query, has_draft)
        for seed in range(5):
            story, opening = choose(language, "Sales", wants, Random(seed).random, set())
            kinds = {beat.kind for beat in story.beats if not beat.is_fix}
            assert story.language == language
            assert has_query or "q" not in opening.kind
            assert has_draft or "d" not in opening.kind
            missing = ("d" * has_draft + "q" * has_query).translate(str.maketrans("", "", opening.kind))
            assert set(missing) <= kinds
            assert len(missing) < pairs


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_phrases(language: str):
    for name in ("greeting", "lead", "done", "thanks", "bye", "none", "retry", "giveup", "aside", "extra",
                 "later", "overnight", "switch", "emoji"):  # fmt: skip
        assert phrases(language).lists[name], name
    assert any(not beat.is_fix for beat in phrases(language).beats)


def test_story_names_are_one_of_a_kind_and_no_sentence_is_told_twice():
    assert max(Counter(story.name for story in STORIES).values()) == 1
    asks = Counter(ask for story in STORIES for beat in (*story.opens, *story.beats) for ask in beat.asks)
    replies = Counter(r for story in STORIES for beat in (*story.opens, *story.beats) for r in beat.replies)
    assert [text for text, count in (asks + replies).items() if count > 1] == []


def test_a_fix_follows_something_drafted():
    for story in STORIES:
        drafted = any(opening.draft for opening in story.opens)
        for beat in story.beats:
            drafted = drafted or beat.draft is not None
            assert drafted or not beat.is_fix, story.name
