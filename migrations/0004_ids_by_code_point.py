"""The beginning of a session's id finds it on PostgreSQL, too, where a server's own order of text is another.

SQLite compares ids by code point in the key it has.
"""

from peewee import PostgresqlDatabase

NAME = "idx_sessions_id_code_point"


def up(migrator, db):
    if isinstance(db, PostgresqlDatabase):
        db.execute_sql(f'CREATE INDEX {NAME} ON sessions (id COLLATE "C")')


def down(migrator, db):
    if isinstance(db, PostgresqlDatabase):
        db.execute_sql(f"DROP INDEX {NAME}")
