from tests.reports.given import HOSTILE, about, activity, conversation, overview
from twin_tui.reports.feed_sections import activity_section
from twin_tui.reports.markdown_form import conversation_markdown, escaped, to_markdown
from twin_tui.reports.overview_sections import overview_sections


def steers(text: str) -> list[str]:
    return [
        char for char in text if char != "\n" and (char < " " or "\x7f" <= char < "\xa0" or char == "\u202e")
    ]


def test_an_overview_is_headed_tables_with_human_numbers():
    page = to_markdown("Overview", about(company="A|B"), overview_sections(overview()))
    assert page.startswith("# Overview\n\nsample.db · 17–23 Nov 2026 · Europe/Berlin · company A\\|B\n")
    assert "## Key figures" in page
    assert "| Active users | 12 | 11 | ▲ +12.4 % | 4 |" in page
    assert "| Session length | 4 min 12 s | 4 min 11 s | – | 4 |" in page


def test_every_row_of_a_table_has_as_many_cells_as_its_head_whatever_the_text():
    page = to_markdown("Activity", about(), [activity_section(activity(HOSTILE))])
    rows = [line for line in page.split("\n") if line.startswith("|")]
    cells = [len(line.replace("\\\\", "").replace("\\|", "").split("|")) for line in rows]
    assert len(rows) == 5
    assert len(set(cells)) == 1
    assert not steers(page)


def test_nothing_stored_is_markdown():
    assert escaped("[a](http://x) `b` <img> 1. c") == "\\[a\\](http://x) \\`b\\` \\<img\\> 1. c"
    assert escaped("# h\n- i\n2) j\n---") == "\\# h\n\\- i\n2\\) j\n\\---"


def test_a_conversation_quotes_each_text_line_by_line():
    page = conversation_markdown(*conversation(), about())
    assert page.startswith("# Hello there\n")
    assert "### 2026-11-20 10:00:00 · Hello there\n\n> Hello  \n> there\n" in page
    assert "> &nbsp;&nbsp;&nbsp;&nbsp;code  \n> 1\\. first" in page
    assert "> \\# Draft  \n> \\- one" in page


def test_a_hostile_conversation_steers_nothing():
    page = conversation_markdown(*conversation(HOSTILE), about())
    assert not steers(page)
    page.encode("utf-8")


def test_an_empty_section_says_so():
    page = to_markdown("Activity", about(), [activity_section(activity(total=0))])
    assert page.endswith("(nothing)\n")
