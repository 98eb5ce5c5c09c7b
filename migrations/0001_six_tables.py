"""The six tables and their indexes, as the schema reference prints them."""

from peewee import PostgresqlDatabase

# CURRENT_TIMESTAMP is local time on a PostgreSQL server with another timezone; on SQLite it is UTC.
NOW = {True: "timezone('utc', now())", False: "CURRENT_TIMESTAMP"}

TABLES = (
    """CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT UNIQUE NOT NULL,
    full_name TEXT NOT NULL,
    company TEXT,
    department TEXT,
    created_at TIMESTAMP DEFAULT {now},
    last_login_at TIMESTAMP
)""",
    """CREATE TABLE twins (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    is_shared BOOLEAN DEFAULT FALSE,
    created_at TIMESTAMP DEFAULT {now},
    FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
)""",
    """CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL,
    twin_id TEXT NOT NULL,
    platform TEXT DEFAULT 'slack',
    title TEXT,
    topic TEXT,
    is_shared_twin BOOLEAN DEFAULT FALSE,
    started_at TIMESTAMP DEFAULT {now},
    FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    FOREIGN KEY (twin_id) REFERENCES twins(id) ON DELETE CASCADE
)""",
    """CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL,
    sender_type TEXT NOT NULL,
    content TEXT NOT NULL,
    message_type TEXT DEFAULT 'general',
    created_at TIMESTAMP DEFAULT {now},
    FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
)""",
    """CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL,
    message_id TEXT,
    document_type TEXT,
    title TEXT,
    content TEXT NOT NULL,
    word_count INTEGER,
    created_at TIMESTAMP DEFAULT {now},
    FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE,
    FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE SET NULL
)""",
    """CREATE TABLE queries (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL,
    message_id TEXT,
    query_text TEXT NOT NULL,
    query_type TEXT,
    results_count INTEGER DEFAULT 0,
    created_at TIMESTAMP DEFAULT {now},
    FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE,
    FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE SET NULL
)""",
)
INDEXES = (
    "CREATE INDEX idx_users_email ON users(email)",
    "CREATE INDEX idx_users_last_login ON users(last_login_at)",
    "CREATE INDEX idx_twins_user_id ON twins(user_id)",
    "CREATE INDEX idx_twins_is_shared ON twins(is_shared)",
    "CREATE INDEX idx_sessions_user_id ON sessions(user_id)",
    "CREATE INDEX idx_sessions_twin_id ON sessions(twin_id)",
    "CREATE INDEX idx_sessions_is_shared_twin ON sessions(is_shared_twin)",
    "CREATE INDEX idx_sessions_started_at ON sessions(started_at)",
    "CREATE INDEX idx_messages_session_id ON messages(session_id)",
    "CREATE INDEX idx_messages_message_type ON messages(message_type)",
    "CREATE INDEX idx_documents_session_id ON documents(session_id)",
    "CREATE INDEX idx_documents_message_id ON documents(message_id)",
    "CREATE INDEX idx_queries_session_id ON queries(session_id)",
    "CREATE INDEX idx_queries_message_id ON queries(message_id)",
)


def up(migrator, db):
    now = NOW[isinstance(db, PostgresqlDatabase)]
    for table in TABLES:
        db.execute_sql(table.format(now=now))
    for index in INDEXES:
        db.execute_sql(index)


def down(migrator, db):
    for table in ("queries", "documents", "messages", "sessions", "twins", "users"):
        db.execute_sql(f"DROP TABLE {table}")
