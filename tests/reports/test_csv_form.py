import csv
import io

import pytest

from tests.reports.given import HOSTILE, activity, board, conversation, overview
from twin_tui.reports.csv_form import defused, to_csv
from twin_tui.reports.feed_sections import activity_section, conversation_sections
from twin_tui.reports.overview_sections import OVERVIEW_SECTIONS, leaderboard_section, overview_sections


def test_one_section_is_a_bare_table_with_raw_values():
    rows = list(csv.DictReader(io.StringIO(to_csv([leaderboard_section(board())]))))
    assert rows[0]["name"] == "Acme"
    assert (rows[0]["conversations"], rows[0]["share"], rows[0]["rank_change"]) == ("9", "0.75", "2")
    assert (rows[1]["name"], rows[1]["rank_change"]) == ("(none)", "")


def test_several_sections_are_titled_and_apart():
    written = to_csv(overview_sections(overview()))
    titles = [block.split("\n")[0] for block in written.split("\n\n")]
    assert titles == list(OVERVIEW_SECTIONS)


def test_ids_are_whole_times_utc_and_numbers_plain():
    row = next(csv.DictReader(io.StringIO(to_csv([activity_section(activity())]))))
    assert row["session_id"] == "0190-session"
    assert row["time"] == "2026-11-23T09:12:04Z"
    assert (row["length_s"], row["shared"], row["results_count"]) == ("252.0", "true", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\n=x", " =1", "＝1", "\ufeff=1"])
def test_text_that_would_be_a_formula_gets_a_quote(text: str):
    assert defused(text) == f"'{text}"


def test_negative_numbers_are_numbers():
    rows = list(csv.DictReader(io.StringIO(to_csv([overview_sections(overview())[0]]))))
    assert rows[1]["change"] == "-0.031"


def test_hostile_text_survives_a_round_trip_behind_its_quote():
    session, entries = conversation_sections(*conversation(HOSTILE))
    rows = list(csv.DictReader(io.StringIO(to_csv([entries]), newline="")))
    assert rows[0]["text"] == "'" + HOSTILE.replace("\0", "␀")
    assert next(csv.DictReader(io.StringIO(to_csv([session]), newline="")))["title"].startswith("'=cmd")
