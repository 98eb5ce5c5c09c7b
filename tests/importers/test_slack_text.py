import pytest

from twin_tui.importers.slack.text import Decoder, first_line, markup_of, mentioned_ids, without_tokens

NAMES = {"U1": "Ann & Bo", "W2": "Bo"}
CHANNELS = {"C1": "general"}


def plain(markup):
    return Decoder(NAMES.get, CHANNELS.get).text(markup)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("&amp;lt;", "&lt;"),
        ("&quot;stays&quot;", "&quot;stays&quot;"),
        ("<@U1> hi", "@Ann & Bo hi"),
        ("<@U1|annie>", "@annie"),
        ("<@U404>", "@U404"),
        ("<#C1|lobby>", "#lobby"),
        ("<#C1|>", "#general"),
        ("<#C404|>", "#C404"),
        ("<!here> <!channel|@channel>", "@here @channel"),
        ("<!subteam^S1|@ops>", "@ops"),
        ("<!subteam^S1>", "@S1"),
        ("<!date^1392734382^{date}|Feb 18>", "Feb 18"),
        ("<mailto:a@b.c|a@b.c>", "a@b.c"),
        ("<mailto:a@b.c|Ann>", "Ann (a@b.c)"),
        ("<https://a.b/c?x=1&amp;y=2>", "https://a.b/c?x=1&y=2"),
        ("<https://a.b/c|a.b/c>", "a.b/c"),
        ("<https://a.b/c|the page>", "the page (https://a.b/c)"),
        ("if a < b and c > d: <div class=x>", "if a < b and c > d: <div class=x>"),
        ("<@> <#> <!> <>", "<@> <#> <!> <>"),
        (":wave: *bold*", ":wave: *bold*"),
        ("<https://a.b|x &lt;y&gt;>", "x <y> (https://a.b)"),
    ],
)
def test_markup_becomes_the_words_a_person_saw(markup, expected):
    assert plain(markup) == expected


def test_names_are_inserted_and_not_decoded_again():
    assert Decoder({"U1": "a &lt; b"}.get, CHANNELS.get).text("<@U1>") == "@a &lt; b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "see <https://files.slack.com/f/plan.txt?t=xoxe-1-2|plan>",
            "see <https://files.slack.com/f/plan.txt|plan>",
        ),
        ("https://files.slack.com/a?pub_secret=abc", "https://files.slack.com/a"),
        ("https://x.y/a?b=1&amp;t=xoxe-9#top", "https://x.y/a#top"),
        ("https://x.y/a?b=1", "https://x.y/a?b=1"),
    ],
)
def test_access_tokens_leave_addresses(text, expected):
    assert without_tokens(text) == expected


def test_mentions_come_in_order():
    assert mentioned_ids("<@U2> and <@U1|ann>, <@u3>") == ["U2", "U1"]


BLOCKS = [
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "user", "user_id": "U1"},
                    {"type": "text", "text": " is 1 < 2? "},
                    {"type": "emoji", "name": "wave"},
                    {"type": "link", "url": "https://a.b", "text": "here"},
                ],
            },
            {
                "type": "rich_text_list",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
            },
        ],
    },
    {"type": "section", "text": {"type": "mrkdwn", "text": "*bold* &amp; more"}},
    {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Press"}}]},
]


def test_empty_text_falls_back_to_blocks_with_their_markup():
    markup = markup_of({"text": "", "blocks": BLOCKS, "files": [{"name": "x.txt"}]})
    assert plain(markup) == "@Ann & Bo is 1 < 2? :wave:here (https://a.b)\n• one\n*bold* & more"


def test_then_to_attachments_then_to_file_names():
    attachments = [
        {
            "title": "Build 7",
            "text": "passed",
            "fields": [{"title": "Took", "value": "3 min"}],
            "fallback": "no",
        },
        {"fallback": "only this"},
    ]
    files = [{"title": "Plan", "name": "p.txt"}, {"name": "b.png"}, {"mode": "tombstone"}]
    assert (
        markup_of({"attachments": attachments, "files": files}) == "Build 7\npassed\nTook: 3 min\nonly this"
    )
    assert markup_of({"text": None, "files": files}) == "Plan, b.png"
    assert markup_of({"text": " ", "file": {"name": "old.txt"}}) == "old.txt"


def test_no_shape_of_a_message_breaks_it():
    for value in (
        None,
        1,
        "x",
        [],
        {},
        [None],
        [{"type": 3}],
        [{"elements": [[]]}],
        [{"type": "rich_text_list"}],
    ):
        assert isinstance(
            markup_of({"text": value, "blocks": value, "attachments": value, "files": value}), str
        )


def test_blocks_nested_too_deep_end():
    block = {"type": "rich_text_list"}
    for _ in range(500):
        block = {"type": "rich_text_list", "elements": [block]}
    assert markup_of({"blocks": [block]}) == ""


def test_first_line_skips_what_says_nothing():
    assert first_line(["", " , \n  what\tnow? \nx"]) == "what now?"
    assert first_line(["", "\n"]) is None
