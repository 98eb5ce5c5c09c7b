"""Who came back, from the command line: stable keys, honest blanks, the same in every form."""

import json

import pytest

from tests.cli.conftest import NOW, Command

KEYS = {
    *(
        "database",
        "now",
        "period",
        "filters",
        "window",
        "previous_window",
        "unbounded",
        "unfiltered",
        "cohort_days",
        "series_days",
    ),
    *("d1", "d7", "d30", "dau", "wau", "mau", "dau_mau", "cohorts", "states", "lifecycle"),
    "active_days",
}


def found(twin_tui: Command, world: str, *more: str) -> dict:
    ended = twin_tui("report", "retention", "--db", world, "--now", NOW, "--json", *more)
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)


def test_the_keys_are_these(twin_tui: Command, world: str):
    told = found(twin_tui, world, "--period", "7d")
    assert set(told) == KEYS
    assert set(told["d1"]) == {"retained", "eligible", "rate", "previous", "change"}
    assert set(told["states"]) == {"new", "returning", "resurrected", "dormant", "never"}
    assert set(told["states"]["new"]) == {"users", "previous", "change"}
    assert set(told["cohorts"][0]) == {"week", "size", "weeks"}
    assert set(told["lifecycle"][0]) == {
        *("start", "end", "new", "returning", "resurrected", "dormant", "never", "complete"),
    }


def test_ann_came_back_on_the_day_after_and_cid_could_not_have_yet(twin_tui: Command, world: str):
    told = found(twin_tui, world, "--period", "7d")
    # Ann began on 20 November and was back on the 21st; Cid began on the 22nd, and today is the 23rd.
    nothing = {"previous": None, "change": None}
    assert told["d1"] == {"retained": 1, "eligible": 1, "rate": 1.0, **nothing}
    assert told["d7"] == {"retained": 0, "eligible": 0, "rate": None, **nothing}
    # Bob owns a twin and was never active himself.
    whole = told["lifecycle"][0]
    assert [whole[name] for name in ("new", "returning", "resurrected", "dormant", "never")] == [
        2,
        0,
        0,
        0,
        1,
    ]
    assert told["active_days"] == [{"days": 1, "users": 1}, {"days": 2, "users": 1}]
    assert told["cohorts"] == [
        {
            "week": "2026-11-16",
            "size": 2,
            "weeks": [{"retained": 2, "eligible": 2, "rate": 1.0}, *[None] * 12],
        }
    ]


def test_coming_back_later_counts_when_asked_for(twin_tui: Command, world: str):
    assert found(twin_tui, world, "--period", "7d", "--unbounded")["unbounded"] is True


@pytest.mark.parametrize("form", ["--plain", "--md", "--csv"])
def test_every_form_tells_the_same_numbers(twin_tui: Command, world: str, form: str):
    ended = twin_tui("report", "retention", "--db", world, "--now", NOW, "--period", "7d", form)
    assert (ended.code, ended.err) == (0, "")
    assert "2026-11-16" in ended.out
    for word in ("Lifecycle", "never") if form != "--csv" else ("never",):
        assert word.casefold() in ended.out.casefold()


def test_filters_that_say_nothing_about_a_first_time_are_named(twin_tui: Command, world: str):
    assert found(twin_tui, world, "--platform", "web")["unfiltered"] == ["platform"]


def test_another_company_stands_in_a_second_column_of_every_form(twin_tui: Command, world: str):
    # Ann is of Acme and came back on the day after; Cid is of no company and could not have yet.
    asked = ("--period", "7d", "--company", "Acme", "--compare", "company:")
    told = found(twin_tui, world, *asked)
    assert told["previous_window"] == told["window"]
    assert told["states"]["new"] == {"users": 1, "previous": 1, "change": 0.0}
    assert (told["d1"]["rate"], told["d1"]["previous"]) == (1.0, None)
    assert (told["mau"]["value"], told["mau"]["previous"]) == (1, 1)
    for form in ("--plain", "--md", "--csv"):
        ended = twin_tui("report", "retention", "--db", world, "--now", NOW, *asked, form)
        assert (ended.code, ended.err) == (0, "")
        if form == "--plain":
            assert "Compared with company (none)" in ended.out
            assert ended.out.count("(none)") == 4
        elif form == "--csv":
            assert "lifecycle_new,New,1,1,0.0" in ended.out.replace("\r", "")


@pytest.mark.parametrize("report", ["retention", "engagement", "quality"])
def test_the_page_says_what_it_is_compared_with(twin_tui: Command, world: str, report: str):
    asked = ("--period", "2026-11-21..2026-11-22", "--compare", "previous")
    ended = twin_tui("report", report, "--db", world, "--now", NOW, *asked)
    assert ended.code == 0
    assert "Compared with 19–20 Nov 2026" in ended.out
    assert "before" in ended.out
