"""For people who snapshot-test the screens: a world that stands still, an app over it, frames to compare.

The short way, in a conftest.py at the root of the tests::

    pytest_plugins = ["twin_tui.testing.plugin"]

and a test, whose docstring tells the next reader where to look::

    def test_overview(twin_picture):
        \"\"\"Six cards in two rows; the chart's last point is today, so far.\"\"\"
        twin_picture("overview", size=(80, 24))

    def test_the_third_line_of_the_activity(twin_picture):
        \"\"\"The cursor stands on the conversation without a title.\"\"\"
        twin_picture("activity", press=["down", "down"], state="full", theme="twin-light")

One run of the app gives an SVG and its plain text; both lie in ``__snapshots__`` beside the test. The first
run (and every wanted change) is accepted with ``pytest --snapshot-update`` after a look at the SVG. A failing
test prints the text's difference line by line, and ``snapshot_report.html`` shows both pictures; with this
plugin the report holds no environment variable. It needs pytest-textual-snapshot 1.1.

The long way, for what no screen's name says, works with any snapshot tool::

    from twin_tui.testing import app, frame, settled, world

    async def test_by_hand(tmp_path):
        dashboard = app(world(tmp_path / "world.db"))
        async with dashboard.run_test(size=(120, 40)) as pilot:
            await settled(pilot)
            await pilot.press("2")
            await settled(pilot)
            assert "Offer for a customer" in frame(dashboard)

``snap_compare(app(path), run_before=settled)`` is the same for pytest-textual-snapshot's own fixture. Wait
with `settled`, never for a time. The clock stands at `NOW`, Monday 23 November 2026, noon UTC.

Without Python: ``twin-tui render overview --state empty --size 80x24 --format text``.
"""

from twin_tui.testing.dashboard import app, world
from twin_tui.testing.hand_counted import NOW
from twin_tui.testing.states import STATES, State
from twin_tui.tui.picture import frame, screens, settled

__all__ = ["NOW", "STATES", "State", "app", "frame", "screens", "settled", "world"]
