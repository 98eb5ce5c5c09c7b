"""`twin-tui check`: exit codes, lines and JSON for monitoring."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE, NOW, Command
from twin_tui.analytics.kpis import KPIS
from twin_tui.rules.readings import BY_KEY


def rules(tmp_path: Path, *each: str) -> str:
    path = tmp_path / f"rules-{len(list(tmp_path.glob('rules-*')))}.toml"
    path.write_text('period = "7d"\n' + "".join(f"[[rule]]\n{one}\n" for one in each), "utf-8")
    return str(path)


KEPT = 'figure = "conversations"\nwarn = "< 3"\nalert = "< 1"'
WARNED = 'figure = "conversations"\nwarn = "< 4"'
ALERTED = 'name = "Quiet"\nfigure = "messages"\nalert = "< 1,000"'
UNKNOWN = 'figure = "zero_result_rate"\nwarn = "> 10 %"\ncompany = "Acme"'


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ((KEPT,), 0),
        ((KEPT, WARNED), 10),
        ((ALERTED, WARNED, UNKNOWN), 11),
        ((UNKNOWN, WARNED), 12),
    ],
)
def test_the_gravest_state_is_the_exit_code(
    twin_tui: Command, world: str, tmp_path: Path, asked: tuple[str, ...], code: int
):
    ended = twin_tui("check", rules(tmp_path, *asked), "--db", world, "--now", NOW)
    assert (ended.code, ended.err) == (code, "")
    assert ended.out.count("\n") == len(asked)


def test_each_rule_is_one_line_with_state_value_limit_and_days(twin_tui: Command, world: str, tmp_path: Path):
    asked = rules(tmp_path, KEPT, ALERTED, UNKNOWN, 'figure = "data_age"\nalert = "> 1 h"')
    assert twin_tui("check", asked, "--db", world, "--now", NOW).out.split("\n")[:-1] == [
        "OK      Conversations: 3 [conversations · 17–23 Nov 2026]",
        "ALERT   Quiet: 4 – alert is < 1,000 [messages · 17–23 Nov 2026]",
        "NO DATA Zero-result rate: –, n 0 – no data [zero_result_rate · 17–23 Nov 2026 · Acme]",
        "ALERT   Age of the data: 1 d 2 h – alert is > 1 h [data_age]",
    ]


def test_quiet_prints_only_what_is_not_in_order(twin_tui: Command, world: str, tmp_path: Path):
    asked = rules(tmp_path, KEPT, WARNED)
    assert twin_tui("check", asked, "-q", "--db", world, "--now", NOW).out.startswith("WARN ")
    assert twin_tui("check", rules(tmp_path, KEPT), "--quiet", "--db", world, "--now", NOW).out == ""


def test_nothing_reaching_into_the_window_is_no_data_and_not_zero(
    twin_tui: Command, world: str, tmp_path: Path
):
    ended = twin_tui("check", rules(tmp_path, KEPT), "--db", world, "--now", "2027-03-01T00:00:00Z")
    assert ended.code == 12
    assert ended.out.startswith("NO DATA Conversations: –")


def test_before_the_first_data_there_is_none_either(twin_tui: Command, world: str, tmp_path: Path):
    wanted = ("conversations", "lifecycle_new", "messages")
    asked = rules(tmp_path, *(f'figure = "{key}"\nperiod = "2020-01-01"\nwarn = "< 1"' for key in wanted))
    ended = twin_tui("check", asked, "--db", world, "--now", NOW)
    assert ended.code == 12
    assert ended.out.count("NO DATA") == 3


def test_who_came_back_is_judged_by_its_change_too(twin_tui: Command, world: str, tmp_path: Path):
    # Ann began on the 20th and came back on the 21st; on the 22nd Cid began and Ann was not there.
    asked = rules(
        tmp_path,
        'figure = "lifecycle_returning"\nperiod = "2026-11-22..2026-11-22"\nchange.alert = "< 0 %"',
        'figure = "lifecycle_new"\nperiod = "2026-11-22..2026-11-22"\nchange.warn = "> 50 %"\nwarn = "> 0"',
    )
    ended = twin_tui("check", asked, "--db", world, "--now", NOW, "--json")
    returning, new = json.loads(ended.out)["rules"]
    assert (returning["value"], returning["previous"], returning["change"]) == (0, 1, -1.0)
    assert (returning["state"], new["state"], ended.code) == ("alert", "warn", 11)


def test_the_json_has_these_keys(twin_tui: Command, world: str, tmp_path: Path):
    asked = rules(
        tmp_path, KEPT, 'figure = "conversations"\nchange.warn = "< -10 %"\nuser = "ann@example.com"'
    )
    ended = twin_tui("check", asked, "--json", "--db", world, "--now", NOW)
    told = json.loads(ended.out)
    assert (told["state"], told["exit_code"], ended.code) == ("no_data", 12, 12)
    assert list(told) == ["database", "now", "as_of", "state", "exit_code", "rules"]
    assert told["rules"][0] == {
        "name": "Conversations",
        "figure": "conversations",
        "unit": "conversations",
        "state": "ok",
        "value": 3,
        "previous": 0,
        "change": None,
        "n": 3,
        "limit": None,
        "reason": None,
        "start": "2026-11-17",
        "end": "2026-11-24",
        "filters": dict.fromkeys(("company", "department", "user", "twin", "platform", "shared", "compare")),
    }
    assert told["rules"][1]["filters"]["user"] == "ann@example.com"
    assert (told["rules"][1]["value"], told["rules"][1]["reason"]) == (2, "nothing to compare with")


def test_every_figure_can_be_limited_and_is_listed(twin_tui: Command, world: str, tmp_path: Path):
    listed = twin_tui("check", "--figures").out.split("\n")[:-1]
    assert [line.split()[0] for line in listed] == list(BY_KEY)
    assert {kpi.key for kpi in KPIS} < set(BY_KEY)
    assert all(key == key.lower() for key in BY_KEY)
    every = [f'figure = "{key}"\nno_data = "ok"' for key in BY_KEY]
    ended = twin_tui("check", rules(tmp_path, *every), "--db", world, "--now", NOW)
    assert (ended.code, ended.out.count("\n")) == (0, len(BY_KEY))


def test_numbers_may_be_judged_by_who_sees_no_content(
    twin_tui: Command, world: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TWIN_TUI_ROLE", "metrics")
    every = [f'figure = "{key}"\nno_data = "ok"' for key in BY_KEY]
    ended = twin_tui("check", rules(tmp_path, *every), "--db", world, "--now", NOW)
    assert (ended.code, ended.err) == (0, "")


def test_what_cannot_be_judged_is_one_sentence(twin_tui: Command, world: str, tmp_path: Path):
    for asked, code in (
        (("check",), 2),
        (("check", str(tmp_path / "none.toml")), 2),
        (("check", rules(tmp_path, 'figure = "x"')), 2),
        (("check", rules(tmp_path, 'figure = "queries"\nwarn = "< 1"\nperiod = "soon"')), 2),
        (("check", rules(tmp_path, 'figure = "queries"\nwarn = "< 1"\nuser = "nobody"')), 2),
        (("check", rules(tmp_path, KEPT), "--db", str(tmp_path / "none.db")), 3),
    ):
        where = () if "--db" in asked else ("--db", world)
        ended = twin_tui(*asked, *where, "--now", NOW)
        assert (ended.code, ended.out) == (code, "")
        assert "Traceback" not in ended.err


def test_a_name_full_of_escapes_steers_no_terminal(twin_tui: Command, world: str, tmp_path: Path):
    name = HOSTILE.encode("unicode_escape").decode("ascii").replace("\\x", "\\u00")
    ended = twin_tui("check", rules(tmp_path, f'name = "{name}"\n{KEPT}'), "--db", world, "--now", NOW)
    assert ended.code == 0
    assert ended.out.count("\n") == 1
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(ended.out)
