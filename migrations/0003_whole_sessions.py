"""Whole sessions are read from an index alone: what figures ask of their messages lies beside the times."""

NAME = "idx_messages_session_id_created_at"
BEFORE = "messages(session_id, created_at, sender_type)"
AFTER = "messages(session_id, created_at, sender_type, message_type)"


def replace(db, place):
    db.execute_sql(f"DROP INDEX {NAME}")
    db.execute_sql(f"CREATE INDEX {NAME} ON {place}")


def up(migrator, db):
    replace(db, AFTER)


def down(migrator, db):
    replace(db, BEFORE)
