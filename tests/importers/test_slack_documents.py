import pytest
from peewee import JOIN

from tests.importers.exports import answered, said, small
from twin_tui.data.models import Document, Message

SNIPPET = {"id": "F1", "mode": "snippet", "filetype": "python", "title": "add.py", "preview": "one two three"}
FIELDS = (Document.document_type, Document.title, Document.content, Document.word_count)


def with_files(*files, user="U9"):
    export = small()
    message = answered(user, 4, "Here it is.", thread=0) if user == "U9" else said(user, 4, "Mine.", thread=0)
    export.files["general/2026-09-21.json"].append({**message, "files": list(files)})
    return export


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (SNIPPET, ("snippet", "add.py", "one two three", 3)),
        ({"id": "F2", "mode": "quip", "filetype": "quip", "title": "Plan"}, ("canvas", "Plan", "", 0)),
        ({"id": "F3", "mode": "hosted", "filetype": "PDF", "name": "a.pdf"}, ("pdf", "a.pdf", "", 0)),
        ({"id": "F4"}, ("file", None, "", 0)),
    ],
)
def test_what_a_twin_posts_is_a_document(run, rows, file, expected):
    report = run(with_files(file))
    assert rows(Document.select(*FIELDS)) == [expected]
    assert report.rows["documents"].new == 1


def test_a_document_hangs_on_the_message_that_asked_for_it(run, rows):
    run(with_files(SNIPPET))
    select = Document.select(Message.content, Message.message_type).join(Message)
    assert rows(select) == [("[Bo] And parking?", "document")]
    assert len(rows(Message.select(Message.id).where(Message.message_type == "document"))) == 1


def test_who_asked_for_a_document_is_looked_for_in_its_own_conversation_alone(run, rows):
    export = small()
    export.files["general/2026-09-21.json"] = [
        said("U1", 0, "<@U9> a file, please", thread=0, reply_count=1),
        {**answered("U9", 1, "Here.", thread=0), "files": [SNIPPET]},
        {**answered("U9", 5, "Unasked.", thread=5, reply_count=1), "files": [{**SNIPPET, "id": "F2"}]},
        said("U1", 6, "Thanks.", thread=5),
    ]
    run(export)
    select = Document.select(Message.content).join(Message, JOIN.LEFT_OUTER).order_by(Document.created_at)
    assert rows(select) == [("@Helper a file, please",), (None,)]


def test_what_a_person_posts_and_what_was_deleted_is_none(run, rows):
    run(with_files(SNIPPET, user="U2"))
    run(with_files({"id": "F1", "mode": "tombstone"}))
    assert rows(Document.select(Document.id)) == []


def test_a_canvas_takes_its_title_from_the_list(run, rows):
    run(
        with_files({"id": "F2", "mode": "quip", "title": ""}).put(
            "canvases.json", [{"id": "F2", "title": "Plan"}]
        )
    )
    assert rows(Document.select(*FIELDS)) == [("canvas", "Plan", "", 0)]


@pytest.mark.parametrize("place", ["__uploads/F1/add.py", "general/attachments/F1-add.py"])
def test_slackdumps_downloads_are_read(run, rows, place):
    run(with_files(SNIPPET).put(place, "def f():\n    return 'ü'".encode()))
    assert rows(Document.select(*FIELDS)) == [("snippet", "add.py", "def f():\n    return 'ü'", 4)]


def test_a_download_that_is_no_text_is_left(run, rows):
    png = {"id": "F1", "mode": "hosted", "filetype": "png", "mimetype": "image/png", "name": "a.png"}
    run(with_files(png).put("__uploads/F1/a.png", b"\x89PNG"))
    assert rows(Document.select(*FIELDS)) == [("png", "a.png", "", 0)]


def test_tokens_in_a_documents_text_are_not_stored(run, rows):
    run(with_files({**SNIPPET, "preview": "see https://files.slack.com/a?t=xoxe-1"}))
    assert rows(Document.select(Document.content)) == [("see https://files.slack.com/a",)]


def test_importing_documents_again_changes_nothing(run):
    run(with_files(SNIPPET))
    tally = run(with_files(SNIPPET)).rows["documents"]
    assert (tally.new, tally.changed, tally.equal) == (0, 0, 1)


def test_a_newer_export_updates_the_text(run, rows):
    run(with_files(SNIPPET))
    assert run(with_files({**SNIPPET, "preview": "four words are here"})).rows["documents"].changed == 1
    assert rows(Document.select(Document.word_count)) == [(4,)]
