"""Whatever is done to the rows, whoever's rows really changed is told of."""

import contextlib
from random import Random

import pytest

from tests.rollups.fuzz.scene import Scene
from tests.rollups.fuzz.steps import begin, step
from tests.rollups.fuzz.tell import changed, picture
from twin_tui.data.database import Source, open_database
from twin_tui.rollups.capture import changes as capture


class CrashError(Exception):
    """Ends a transaction."""


def take(source: Source, limit: int) -> tuple[set[tuple[str, str]], bool]:
    taken = capture.take(source, limit)
    found = {("session", key) for key in taken.sessions}
    found |= {("user", key) for key in taken.users} | {("twin", key) for key in taken.twins}
    return found, taken.is_more


def walk(source: Source, scene: Scene, count: int) -> None:
    draw, waiting, done = scene.draw, set(), []
    with source.writing():
        capture.install(source)
    before = picture(scene)
    for _ in range(count):
        done.append(step(scene))
        after = picture(scene)
        waiting |= changed(before, after)
        before = after
        assert capture.is_intact(source), done
        assert capture.behind(source) > 0 or not waiting, done
        if draw.random() < 0.1:
            with contextlib.suppress(CrashError), source.writing():
                capture.take(source, draw.choice((1, 100)))
                raise CrashError
        if draw.random() < 0.2:
            with source.writing():
                waiting -= take(source, draw.choice((1, 2, 5)))[0]
        if draw.random() < 0.3:
            is_more = True
            while is_more:
                with source.writing():
                    found, is_more = take(source, 7)
                waiting -= found
            assert not waiting, (waiting, done)
            assert capture.behind(source) == 0, done
            done.clear()


@pytest.mark.parametrize("seed", range(2))
def test_whoever_changed_is_told_of(database_url: str, seed: int) -> None:
    scene = Scene(database_url, Random(seed))
    try:
        begin(scene)
        with open_database(database_url, "write") as source:
            walk(source, scene, 120 if scene.is_sqlite else 50)
    finally:
        scene.close()
