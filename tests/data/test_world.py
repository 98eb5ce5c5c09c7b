"""The world arrives as it is written down, on both databases."""

from tests.world import TABLES
from twin_tui.data.columns import kind_of
from twin_tui.data.database import open_database


def test_every_row_of_the_world_reads_back_as_written(read_world_url: str) -> None:
    with open_database(read_world_url) as source:
        parse = source.dialect.parse_time
        for model, columns, rows in TABLES:
            fields = [model._meta.columns[column] for column in columns]
            kinds = [kind_of(field) for field in fields]
            found = source.rows(model.select(*[source.column(field) for field in fields]))
            read = {
                tuple(
                    parse(value)
                    if kind == "time"
                    else bool(value)
                    if kind == "flag" and value is not None
                    else value
                    for kind, value in zip(kinds, row, strict=True)
                )
                for row in found
            }
            assert read == set(rows), model.__name__
            assert len(found) == len(rows)
