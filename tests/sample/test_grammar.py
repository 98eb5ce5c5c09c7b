import pytest

from twin_tui.sample.grammar import TemplateError, parse, render
from twin_tui.sample.script_format import ScriptError, story


def no_facts(pick: object, facts: object) -> None:
    pass


def test_slots_are_filled_and_choices_made():
    assert render("Dear ‹name›, ‹hi¦hello›", {"name": "Ana"}, lambda: 0.0) == "Dear Ana, hi"
    assert render("Dear ‹name›, ‹hi¦hello›", {"name": "Ana"}, lambda: 0.99) == "Dear Ana, hello"


def test_choices_nest_and_may_be_empty():
    template = "a‹¦ b‹ c¦ ‹d›››."

    assert render(template, {"d": "D"}, lambda: 0.0) == "a."
    assert render(template, {"d": "D"}, lambda: 0.99) == "a b D."


def test_markdown_and_code_stand_as_they_are():
    text = '| a | b |\n|---|---|\n```json\n{"x": [1, 2]}\n```\n- [ ] [link](https://a.example)'

    assert render(text, {}, lambda: 0.5) == text


def test_a_missing_fact_is_an_error():
    with pytest.raises(KeyError):
        render("‹nobody›", {}, lambda: 0.0)


@pytest.mark.parametrize("template", ["‹open", "close›", "‹two words›", "‹a¦b", "‹›"])
def test_marks_that_do_not_match_are_an_error(template: str):
    with pytest.raises(TemplateError):
        parse(template)


def test_a_script_becomes_a_story():
    told = story("x", "en", "Sales, Legal", no_facts, """
@title
One
Two
@topic
T
@open email_search
> where?
> where
is it?
< here
? words
@more report
> write
< written
= Title
~
# Title

> kept as it is
@fix
> shorter
< done
""")  # fmt: skip

    assert told.departments == ("Sales", "Legal")
    assert told.titles == ("One", "Two")
    assert told.opens[0].asks == ("where?", "where\nis it?")
    assert told.opens[0].kind == "q"
    assert told.beats[0].draft is not None
    assert told.beats[0].draft.body == "# Title\n\n> kept as it is"
    assert [beat.is_fix for beat in told.beats] == [False, True]


@pytest.mark.parametrize(
    "script",
    [
        "@titel\nx",
        "@open\n> ask only",
        "@open email_search\n> a\n< b",
        "@open report\n> a\n< b\n= t",
        "@open letter\n> a\n< b",
        "@open\nlost\n> a\n< b",
    ],
)
def test_a_script_with_a_mistake_is_refused(script: str):
    with pytest.raises(ScriptError, match="x: "):
        story("x", "en", "", no_facts, script)
