"""What is put up while the app ends is no crash; the same at any other time is one."""

import pytest
from textual.css.query import NoMatches
from textual.widgets import Input, Static

from twin_tui.tui.lifecycle import SafeApp


class Late(Static):
    """Looks, once it stands, for what nobody put up: in an app that may be ending."""

    def __init__(self, *, is_last: bool) -> None:
        super().__init__()
        self.is_last = is_last

    def on_mount(self) -> None:
        if self.is_last:
            self.app.exit()
        self.query_one(Input)


async def test_what_is_put_up_while_the_app_ends_misses_others_in_silence() -> None:
    app = SafeApp()
    async with app.run_test():
        await app.mount(Late(is_last=True))
    assert app.return_code == 0


async def test_work_that_goes_on_while_the_app_ends_misses_others_in_silence() -> None:
    app = SafeApp()

    async def look() -> None:
        app.exit()
        app.query_one(Input)

    async with app.run_test():
        app.run_worker(look())
    assert app.return_code == 0


async def test_what_misses_others_while_the_app_runs_is_a_crash() -> None:
    app = SafeApp()
    with pytest.raises(NoMatches):
        async with app.run_test():
            await app.mount(Late(is_last=False))
    assert app.return_code == 1
