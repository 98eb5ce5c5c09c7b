"""The six tables as Peewee models: names, columns, defaults and cascades of the schema reference.

The models are bound to no database: every select is executed against the one that was opened
(``rows.execute(db)``), so several databases can be open in one process.
"""

from typing import Any

from peewee import SQL, BooleanField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


class TimestampColumn(DateTimeField):
    """A naive UTC instant, declared ``TIMESTAMP`` on both databases."""

    field_type = "TIMESTAMP"


class FlagColumn(BooleanField):
    """A boolean, declared ``BOOLEAN`` on both databases."""

    field_type = "BOOLEAN"


class CountColumn(IntegerField):
    """A whole number, declared ``INTEGER`` on both databases."""

    field_type = "INTEGER"


def _now_default() -> list[Any]:
    return [SQL("DEFAULT CURRENT_TIMESTAMP")]


class Row(Model):
    """What the six tables share: a text id, and no database of their own."""

    id = TextField(primary_key=True)

    class Meta:
        """Unbound; table names are written out."""

        legacy_table_names = False


class User(Row):
    """A person who owns twins and has conversations."""

    email = TextField(unique=True)
    full_name = TextField()
    company = TextField(null=True)
    department = TextField(null=True)
    created_at = TimestampColumn(null=True, constraints=_now_default())
    last_login_at = TimestampColumn(null=True)

    class Meta:
        """Table ``users``."""

        table_name = "users"


class Twin(Row):
    """An AI assistant, owned by one user, maybe shared with others."""

    user = ForeignKeyField(User, column_name="user_id", on_delete="CASCADE", index=False, backref="twins")
    name = TextField()
    description = TextField(null=True)
    is_shared = FlagColumn(null=True, constraints=[SQL("DEFAULT FALSE")])
    created_at = TimestampColumn(null=True, constraints=_now_default())

    class Meta:
        """Table ``twins``."""

        table_name = "twins"


class Session(Row):
    """One thread: a user in conversation with a twin."""

    user = ForeignKeyField(User, column_name="user_id", on_delete="CASCADE", index=False, backref="sessions")
    twin = ForeignKeyField(Twin, column_name="twin_id", on_delete="CASCADE", index=False, backref="sessions")
    platform = TextField(null=True, constraints=[SQL("DEFAULT 'slack'")])
    title = TextField(null=True)
    topic = TextField(null=True)
    is_shared_twin = FlagColumn(null=True, constraints=[SQL("DEFAULT FALSE")])
    started_at = TimestampColumn(null=True, constraints=_now_default())

    class Meta:
        """Table ``sessions``."""

        table_name = "sessions"


class Message(Row):
    """One turn of a session; ``sender_type`` is ``user`` or ``twin``."""

    session = ForeignKeyField(
        Session, column_name="session_id", on_delete="CASCADE", index=False, backref="messages"
    )
    sender_type = TextField()
    content = TextField()
    message_type = TextField(null=True, constraints=[SQL("DEFAULT 'general'")])
    created_at = TimestampColumn(null=True, constraints=_now_default())

    class Meta:
        """Table ``messages``."""

        table_name = "messages"


class Document(Row):
    """Something the twin drafted, linked to the message that asked for it."""

    session = ForeignKeyField(
        Session, column_name="session_id", on_delete="CASCADE", index=False, backref="documents"
    )
    message = ForeignKeyField(
        Message, column_name="message_id", null=True, on_delete="SET NULL", index=False, backref="documents"
    )
    document_type = TextField(null=True)
    title = TextField(null=True)
    content = TextField()
    word_count = CountColumn(null=True)
    created_at = TimestampColumn(null=True, constraints=_now_default())

    class Meta:
        """Table ``documents``."""

        table_name = "documents"


class Query(Row):
    """A search the twin ran, linked to the message that asked for it."""

    session = ForeignKeyField(
        Session, column_name="session_id", on_delete="CASCADE", index=False, backref="queries"
    )
    message = ForeignKeyField(
        Message, column_name="message_id", null=True, on_delete="SET NULL", index=False, backref="queries"
    )
    query_text = TextField()
    query_type = TextField(null=True)
    results_count = CountColumn(null=True, constraints=[SQL("DEFAULT 0")])
    created_at = TimestampColumn(null=True, constraints=_now_default())

    class Meta:
        """Table ``queries``."""

        table_name = "queries"


MODELS: tuple[type[Row], ...] = (User, Twin, Session, Message, Document, Query)
"""The six, parents before children."""
