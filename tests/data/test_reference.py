"""The migrated schema is the schema reference, column by column, index by index."""

from collections.abc import Iterator

import pytest

from tests.data.reference import (
    CASCADES,
    INDEXES,
    OURS_TOO,
    REFERENCE,
    SPELLINGS,
    only_there,
    written_indexes,
)
from twin_tui.data.columns import TABLES
from twin_tui.data.database import Source, open_database
from twin_tui.data.models import MODELS


@pytest.fixture
def migrated(database_url: str) -> Iterator[Source]:
    with open_database(database_url) as source:
        yield source


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_those_of_the_schema_reference(migrated: Source, table: str) -> None:
    found = tuple(
        (
            column.name,
            SPELLINGS.get(column.data_type, column.data_type.upper()),
            column.null,
            SPELLINGS.get(column.default, column.default),
        )
        for column in migrated.db.get_columns(table)
    )
    assert found == REFERENCE[table]
    assert migrated.db.get_primary_keys(table) == ["id"]


def test_children_go_with_their_parents_and_links_to_messages_are_cut(migrated: Source) -> None:
    found = {
        (table, key.column, key.dest_table, key.dest_column, key.on_delete)
        for table in TABLES
        for key in migrated.db.get_foreign_keys(table)
    }
    assert found == CASCADES


def test_indexes_bear_the_names_and_columns_of_the_schema_reference(migrated: Source) -> None:
    assert written_indexes(migrated) == INDEXES | OURS_TOO | only_there(migrated)


def test_only_the_email_and_ids_are_unique(migrated: Source) -> None:
    unique = {
        (table, tuple(index.columns))
        for table in TABLES
        for index in migrated.db.get_indexes(table)
        if index.unique
    }
    assert unique == {("users", ("email",))} | {(table, ("id",)) for table in TABLES}


def test_models_describe_the_migrated_tables(migrated: Source) -> None:
    for model in MODELS:
        described = [
            (field.column_name, "TEXT" if field.column_name.endswith("id") else field.field_type, field.null)
            for field in model._meta.sorted_fields
        ]
        table = model._meta.table_name
        assert described == [(name, kind, null) for name, kind, null, _ in REFERENCE[table]]
        keys = {
            (table, field.column_name, field.rel_model._meta.table_name, "id", field.on_delete)
            for field in model._meta.refs
        }
        assert keys == {key for key in CASCADES if key[0] == table}
