"""Reading one conversation, with everything open and with everybody masked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from twin_tui.analytics.guard import Guard
from twin_tui.data.database import open_database
from twin_tui.data.models import Document, Message, Query, Session, Twin, User

Picture = Callable[..., None]
BEGIN = datetime(2026, 11, 3, 9, tzinfo=UTC)
OFFER = (
    "# Offer\n\nDear Ann Berg,\n\nthe price is **{}** per seat, valid until Friday.\n\n{}Write to "
    "ben@north.example or call +49 30 1234567.\n\nBen Ito"
)
FIRST, SECOND = OFFER.format("900 €", "Old terms apply.\n\n"), OFFER.format("850 €", "")


def minutes(count: int) -> datetime:
    return BEGIN + timedelta(minutes=count)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ann asks Ben's twin on two days: a search that finds nothing, two drafts, and no last reply."""
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    with open_database(str(path), "create") as source, source.writing():
        source.insert_rows(
            User,
            ("id", "email", "full_name", "company", "created_at"),
            [
                ("u-ann", "ann@north.example", "Ann Berg", "North", BEGIN),
                ("u-ben", "ben@north.example", "Ben Ito", "North", BEGIN),
            ],
        )
        source.insert_rows(
            Twin,
            ("id", "user_id", "name", "is_shared", "created_at"),
            [("t-ben", "u-ben", "Ben's twin", True, BEGIN)],
        )
        source.insert_rows(
            Session,
            ("id", "user_id", "twin_id", "platform", "title", "is_shared_twin", "started_at"),
            [("talk", "u-ann", "t-ben", "slack", "Offer for Ann", True, BEGIN)],
        )
        source.insert_rows(
            Message,
            ("id", "session_id", "sender_type", "message_type", "content", "created_at"),
            [
                ("m1", "talk", "user", "query", "Where is the price list, Ben?", minutes(0)),
                ("m2", "talk", "twin", "general", "I found **nothing**. Shall I ask?", minutes(1)),
                ("m3", "talk", "user", "document", "Then draft an offer.", minutes(10_080)),
                ("m4", "talk", "twin", "general", "Here is the *first* draft.", minutes(10_081)),
                ("m5", "talk", "user", "document", "Cheaper, and drop the old terms.", minutes(10_140)),
                ("m6", "talk", "twin", "general", "Here is the second.", minutes(10_141)),
                ("m7", "talk", "user", "general", "Send it to cho@south.example.", minutes(10_145)),
            ],
        )
        source.insert_rows(
            Query,
            ("id", "session_id", "message_id", "query_text", "query_type", "results_count", "created_at"),
            [("q1", "talk", "m1", "price list", "document_search", 0, minutes(0))],
        )
        source.insert_rows(
            Document,
            ("id", "session_id", "message_id", "document_type", "title", "content", "created_at"),
            [
                ("d1", "talk", "m3", "email", "Offer", FIRST, minutes(10_081)),
                ("d2", "talk", "m5", "email", "Offer (draft 2)", SECOND, minutes(10_141)),
            ],
        )
    return path


both_sizes = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
open_and_masked = pytest.mark.parametrize("is_masked", [False, True], ids=["open", "masked"])


def shown(picture: Picture, desk: Path, size: tuple[int, int], *, is_masked: bool, **more: Any) -> None:
    guard = Guard("support", masking_key=b"a picture's key") if is_masked else None
    picture("conversation", path=desk, size=size, session="talk", guard=guard, **more)


@both_sizes
@open_and_masked
def test_gap(twin_picture: Picture, desk: Path, size: tuple[int, int], is_masked: bool):
    """The heading says that one query found nothing and that it ends unanswered; the week between is marked.

    Masked: a mark for each name, e-mail and phone number, the same in heading and texts; r reveal below.
    """
    shown(twin_picture, desk, size, is_masked=is_masked, press=["b"])


@both_sizes
@open_and_masked
def test_beside(twin_picture: Picture, desk: Path, size: tuple[int, int], is_masked: bool):
    """The draft at the cursor: below the transcript in 80 columns, beside it in 120."""
    shown(twin_picture, desk, size, is_masked=is_masked, press=["d", *(["v"] if size[0] < 110 else [])])


@both_sizes
def test_day(twin_picture: Picture, desk: Path, size: tuple[int, int]):
    """The line to type a day into, and what the typed day means here."""
    shown(twin_picture, desk, size, is_masked=False, press=["g", "5", "space", "n", "o", "v"])


@both_sizes
@open_and_masked
def test_entry_as_markdown(twin_picture: Picture, desk: Path, size: tuple[int, int], is_masked: bool):
    """The first draft by itself: a heading, a bold price, and who drafted it for whom."""
    shown(twin_picture, desk, size, is_masked=is_masked, event="d1", press=["t"])


@both_sizes
@open_and_masked
def test_drafts_compared(twin_picture: Picture, desk: Path, size: tuple[int, int], is_masked: bool):
    """The price in brackets in both drafts, the old terms with a minus: in two columns, in 80 in one."""
    shown(twin_picture, desk, size, is_masked=is_masked, event="d2", press=["equals_sign"])
