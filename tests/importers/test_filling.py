"""An empty database is filled without its indexes where nobody waits for them, and has them back."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.data.test_bulk import structure
from tests.importers.exports import answered, said, small
from tests.world import insert_world
from twin_tui.data.bulk import loading
from twin_tui.data.database import Source, open_database
from twin_tui.importers import IMPORTERS, ImportOptions
from twin_tui.importers.loading import bulk as load_bulk
from twin_tui.importers.loading.bulk import bulk, may_fill


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of databases that were filled without indexes."""
    names: list[str] = []

    @contextmanager
    def watched(source: Source, **options: bool) -> Iterator[None]:
        with loading(source, **options):
            names.append(source.name)
            yield

    monkeypatch.setattr(load_bulk, "loading", watched)
    return names


def bring(url, path):
    with open_database(url, "write") as source:
        before = structure(source)
        report = IMPORTERS["slack"].run(path, source, ImportOptions())
        assert structure(source) == before
    return report.rows["messages"].total


def export(folder):
    talk = [said("U1", 100, "<@U9> question", thread=100), answered("U9", 101, "answer", thread=100)]
    return small().with_day("random", talk).folder(folder)


def test_an_empty_database_is_filled_and_has_its_indexes_back(database_url, tmp_path, filled):
    path = export(tmp_path / "e")
    assert bring(database_url, path) > 0
    assert len(filled) == 1
    bring(database_url, path)
    assert len(filled) == 1, "there are rows by now"


def test_whoever_is_connected_to_a_server_waits_for_nothing(postgres_url, tmp_path, filled):
    path = export(tmp_path / "e")
    with open_database(postgres_url) as reader:
        assert reader.run("SELECT count(*) FROM messages") == [(0,)]
        assert bring(postgres_url, path) > 0
    assert filled == []


def test_whoever_does_not_own_the_tables_fills_them_with_their_indexes(postgres_url):
    with open_database(postgres_url, "write") as source:
        assert may_fill(source)
        with source.writing():
            source.run("CREATE ROLE guest_of_tables")
            source.run("GRANT ALL ON ALL TABLES IN SCHEMA public TO guest_of_tables")
            source.run("SET LOCAL ROLE guest_of_tables")
            assert not may_fill(source)
            source.run("RESET ROLE")
            source.run("DROP OWNED BY guest_of_tables")
            source.run("DROP ROLE guest_of_tables")


def test_what_was_filled_meanwhile_keeps_its_indexes(postgres_url, filled):
    with open_database(postgres_url, "write") as source:
        insert_world(source)
        with bulk(source) as is_filling:
            assert not is_filling
    assert filled == []


def test_ids_are_looked_up_in_a_server_that_is_being_filled(postgres_url):
    with open_database(postgres_url, "write") as source:
        before = structure(source)
        with loading(source, may_look_up=True):
            kept = [row for row in structure(source) if "_pkey" in str(row)]
        assert len(kept) == 2 * 7, "an index and a key of each table and of the migrations"
        assert structure(source) == before
