"""The file that rules are written in."""

from pathlib import Path

import pytest

from twin_tui.rules.errors import RulesError
from twin_tui.rules.file import read_rules

WHOLE = """\
period = "7d"
company = "Acme"

[[rule]]
figure = "active_users"
warn = "< 20"
alert = ["< 5", "> 500"]

[[rule]]
name = "Use fell"
figure = "zero_result_rate"
period = "30d"
company = ""
shared = true
change.warn = "> +5 pp"
change.alert = "> +20 pp"
no_data = "ok"
min_n = 20
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_rule_takes_what_it_does_not_say_from_the_top(tmp_path: Path):
    first, second = read_rules(written(tmp_path, WHOLE))
    assert (first.name, first.asked.period, first.asked.company) == ("Active users", "7d", "Acme")
    assert [str(each) for each in (*first.warn, *first.alert)] == ["< 20", "< 5", "> 500"]
    assert (first.no_data, first.min_n) == ("no_data", 0)
    assert (second.name, second.asked.period, second.asked.company) == ("Use fell", "30d", "")
    assert second.asked.shared is True
    assert [str(each) for each in (*second.change_warn, *second.change_alert)] == ["> +5 pp", "> +20 pp"]
    assert (second.no_data, second.min_n) == ("ok", 20)


RULE = '[[rule]]\nfigure = "active_users"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "it holds no rule"),
        ("rule = 3", "it holds no rule"),
        ("rule = [3]", "rule 1: a table is wanted"),
        ("[[rules]]", "'rules' is not known here"),
        ("[[rule]]", "rule 1: it names no figure"),
        (
            '[[rule]]\nfigure = "active_user"',
            "no figure 'active_user'; did you mean active_users",
        ),
        ('[[rule]]\nfigure = "zzz"', "twin-tui check --figures lists them"),
        (RULE, "rule 1: it has no limit"),
        (RULE + 'warn = "few"', "rule 1: 'few' is no limit"),
        (RULE + 'wran = "< 3"', "rule 1: 'wran' is not known"),
        (RULE + 'change = "< 3"', "rule 1: change takes change.warn and change.alert"),
        (RULE + 'change.wran = "< 3"', "rule 1: change takes change.warn and change.alert"),
        (RULE + 'warn = "< 3"\nno_data = "fine"', "rule 1: no_data is one of ok, warn, no_data, alert"),
        (RULE + 'warn = "< 3"\nmin_n = -1', "rule 1: min_n wants a whole number"),
        (RULE + 'warn = "< 3"\nmin_n = true', "rule 1: min_n wants a whole number"),
        (RULE + 'warn = "< 3"\ncompany = 3', "rule 1: company wants a text"),
        (RULE + 'warn = "< 3"\nshared = "yes"', "rule 1: shared wants true or false"),
        (RULE + 'warn = "< 3"\n' + RULE, "rule 2: it has no limit"),
        ('[[rule]]\nfigure = "data_age"\nchange.warn = "< -1 %"', "data_age is not compared with an earlier"),
        ("[[rule", "is not valid TOML"),
        ("a = " + "[" * 9_000, "is not valid TOML"),
    ],
)
def test_what_cannot_be_used_is_told_with_file_and_rule(tmp_path: Path, text: str, told: str):
    path = written(tmp_path, text)
    with pytest.raises(RulesError) as caught:
        read_rules(path)
    assert str(caught.value).startswith(str(path))
    assert told in str(caught.value)


def test_a_file_that_is_none_is_told(tmp_path: Path):
    with pytest.raises(RulesError, match="There is no file"):
        read_rules(tmp_path / "none.toml")
    with pytest.raises(RulesError, match="cannot be read"):
        read_rules(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(RulesError, match="not UTF-8"):
        read_rules(tmp_path / "latin.toml")
    (tmp_path / "huge.toml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(RulesError, match="too large"):
        read_rules(tmp_path / "huge.toml")
