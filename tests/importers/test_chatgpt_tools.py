import json
from functools import partial

import pytest

from tests.importers.chat_exports import call, chat, chatgpt, node
from twin_tui.data.models import Document, Message, Query

TEXTS = Message.select(Message.content).order_by(Message.created_at)
IN_ORDER = Message.select(Message.sender_type, Message.content, Message.message_type).order_by(
    Message.created_at
)


@pytest.fixture
def bring(run):
    return partial(run, kind="chatgpt")


def test_a_search_is_a_query_at_the_message_that_asked(bring, rows):
    found = {"_cite_metadata": {"metadata_list": [{}, {}, {}]}}
    export = chatgpt(
        chat(
            "c1",
            node("q", "user", "Which is cheapest?", 1),
            call("s1", "browser", 'search("cheap \\"seats\\"", recency_days=3)', 2),
            node("t1", "tool", {"content_type": "tether_browsing_display", "result": ""}, 3, metadata=found),
            call("m", "browser", "mclick([0, 2])", 4),
            node("t2", "tool", "quote", 5, metadata={"_cite_metadata": {"metadata_list": [{}]}}),
            call("s2", "web.run", '{"search_query": [{"q": "a"}, {"q": "b"}]}', 6),
            node("t3", "tool", "…", 6, metadata=found),
            call("s3", "file_search", 'msearch({"queries": ["plan", "budget"]})', 7),
            call("s4", "web", "search('never answered')", 8),
            node("a", "assistant", "This one.", 9),
        )
    )
    report = bring(export)
    assert report.rows["queries"].new == 6
    assert rows(
        Query.select(Query.query_text, Query.query_type, Query.results_count).order_by(Query.created_at)
    ) == [
        ('cheap "seats"', "web", 3),
        ("a", "web", None),
        ("b", "web", None),
        ("plan", "file", None),
        ("budget", "file", None),
        ("never answered", "web", None),
    ]
    asked = rows(Message.select(Message.id).where(Message.message_type == "query"))
    assert rows(Query.select(Query.message).distinct()) == asked
    assert rows(TEXTS) == [("Which is cheapest?",), ("This one.",)]


def test_a_canvas_and_each_revision_is_a_document_at_the_message_that_asked(bring, rows):
    made = json.dumps({"name": "Plan", "type": "document", "content": "one two\nthree"})
    revise = {"updates": [{"pattern": "two", "multiple": False, "replacement": "2"}]}
    export = chatgpt(
        chat(
            "c1",
            node("q1", "user", "Draft a plan", 1),
            call("d1", "canmore.create_textdoc", made, 2),
            node("t1", "tool", "ok", 2, metadata={"canvas": {"textdoc_id": "T"}}),
            node("a1", "assistant", "Done.", 3),
            node("q2", "user", "Shorter, and look it up", 4),
            call("d2", "canmore.update_textdoc", json.dumps(revise), 5),
            call("s", "web", 'search("plans")', 6),
            node("a2", "assistant", "Done.", 7),
        )
    )
    bring(export)
    fields = (Document.title, Document.document_type, Document.content, Document.word_count)
    assert rows(Document.select(*fields).order_by(Document.created_at)) == [
        ("Plan", "document", "one two\nthree", 3),
        ("Plan", "document", "one 2\nthree", 3),
    ]
    assert rows(IN_ORDER) == [
        ("user", "Draft a plan", "document"),
        ("twin", "Done.", "general"),
        ("user", "Shorter, and look it up", "document,query"),
        ("twin", "Done.", "general"),
    ]
    asked = rows(Message.select(Message.id).where(Message.sender_type == "user").order_by(Message.created_at))
    assert rows(Document.select(Document.message).order_by(Document.created_at)) == asked


def test_a_broken_canvas_is_kept_as_it_is(bring, rows):
    said = [node("q", "user", "Draft"), call("d", "canmore.create_textdoc", '{"name": "Pl', 1)]
    bring(chatgpt(chat("c1", *said)))
    assert rows(Document.select(Document.title, Document.content)) == [(None, '{"name": "Pl')]


def test_a_revision_is_of_the_canvas_that_its_answer_names(bring, rows):
    def answer(ref, canvas):
        return node(ref, "tool", "ok", metadata={"canvas": {"textdoc_id": canvas}})

    whole = json.dumps({"updates": [{"pattern": ".*", "replacement": "new"}]})
    steps = [node("q", "user", "Draft two")]
    for name in ("A", "B"):
        steps += [
            call(f"d{name}", "canmore.create_textdoc", json.dumps({"name": name, "content": name * 3})),
            answer(f"t{name}", name),
        ]
    bring(chatgpt(chat("c1", *steps, call("u", "canmore.update_textdoc", whole), answer("tu", "A"))))
    assert rows(Document.select(Document.title, Document.content).order_by(Document.created_at)) == [
        ("A", "AAA"),
        ("B", "BBB"),
        ("A", "new"),
    ]


def test_a_revision_that_cannot_be_followed_keeps_its_new_text_and_says_so(bring, rows):
    update = json.dumps({"updates": [{"pattern": "(a+)+$", "replacement": "new words"}]})
    steps = [
        node("q", "user", "Draft"),
        call("d", "canmore.create_textdoc", json.dumps({"name": "A", "content": "a" * 40 + "!"})),
        call("u", "canmore.update_textdoc", update),
    ]
    report = bring(chatgpt(chat("c1", *steps)))
    assert rows(Document.select(Document.content).order_by(Document.created_at))[1] == ("new words",)
    assert "1 × canvas revision that could not be followed: only its new text is stored" in report.notes
