from twin_tui.importers.report import MAX_LINES, Journal, Tally, make_report


def test_the_report_says_every_number():
    journal = Journal(read=12, kept=7)
    journal.left_out.update({"empty messages": 1, "from Slackbot": 3})
    journal.sessions.update({"thread": 2, "DM": 0})
    journal.reject_message("a.json", "message 3", "no ts")
    journal.reject_file("b.json", "broken JSON")
    journal.reject_entry("users.json", "entry 2", "not a JSON object", 7)
    journal.note("no users.json")
    report = make_report("slack", journal, {"users": Tally(1, 2, 3, 4)}, dry_run=False, explanation=None)
    assert report.lines() == [
        "12 messages read = 7 kept + 4 left out + 1 rejected",
        "2 sessions (2 thread, 0 DM)",
        "Left out:",
        "  3 from Slackbot",
        "  1 empty messages",
        "Rows:",
        "  users: 1 new, 2 changed, 3 equal, 4 left as they are",
        "  twins: 0 new, 0 changed, 0 equal",
        "  sessions: 0 new, 0 changed, 0 equal",
        "  messages: 0 new, 0 changed, 0 equal",
        "  documents: 0 new, 0 changed, 0 equal",
        "  queries: 0 new, 0 changed, 0 equal",
        "1 file could not be read",
        "1 other item could not be understood",
        "Problems:",
        "  a.json, message 3: no ts",
        "  b.json: broken JSON",
        "  users.json, entry 2: not a JSON object",
        "Notes:",
        "  no users.json",
    ]
    assert report.rejected == 3
    assert report.session_count == 2
    assert report.rows["users"].total == 10


def test_many_problems_are_counted_not_listed():
    journal = Journal()
    for at in range(5000):
        journal.reject_message("a.json", f"message {at}", "no ts")
    report = make_report("slack", journal, {}, dry_run=True, explanation=None)
    assert f"  … and {5000 - MAX_LINES:,} more; --rejects FILE writes each of them" in report.lines()
    assert len(report.lines()) < MAX_LINES + 20
    assert len(report.problems) < report.problem_count == 5000


def test_many_reasons_are_counted_not_listed():
    journal = Journal()
    journal.left_out.update({f"of the kind {at}": 1 for at in range(5000)})
    report = make_report("chatgpt", journal, {}, dry_run=True, explanation=None)
    assert f"  {5000 - MAX_LINES:,} for {5000 - MAX_LINES:,} other reasons" in report.lines()
    assert len(report.lines()) < MAX_LINES + 20


def test_nothing_a_file_says_can_steer_the_terminal():
    journal = Journal()
    journal.reject_file("a\x1b[2J\n.json", "b\x9b\u202ec")
    journal.note("x\x07\r\ny")
    journal.left_out.update({"of the kind \0\x1b[2Jd": 1, "of the kind e": 2})
    lines = make_report("slack", journal, {}, dry_run=False, explanation=None).lines()
    assert not [line for line in lines for char in line if ord(char) < 32 or char in "\x7f\x9b\u202e"]
