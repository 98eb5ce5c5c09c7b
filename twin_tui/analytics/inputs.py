"""The SQL of what a figure is made of, over the six tables, to be read and to be run by hand.

It knows no filters, tells letters apart as the database does, and of messages of one instant takes the one
with the greater id for the later; the service does all of this exactly.
"""

from datetime import UTC, datetime

from twin_tui.analytics.answers import SLOW_SECONDS, Figure
from twin_tui.analytics.engagement.inputs import ENGAGEMENT_INPUTS
from twin_tui.analytics.retention.inputs import RETENTION_INPUTS

_SPOKEN = """\
SELECT m.session_id, m.sender_type, m.created_at,
  lead(m.sender_type) OVER said AS next_sender,
  lead(m.created_at) OVER said AS next_at,
  max(CASE WHEN m.sender_type = 'twin' THEN 1 END) OVER (
    PARTITION BY m.session_id ORDER BY m.created_at, m.id
    ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS replied
FROM messages m
WHERE m.sender_type IN ('user', 'twin') AND m.created_at < :now
WINDOW said AS (PARTITION BY m.session_id ORDER BY m.created_at, m.id)"""
_WAITS = f"""\
SELECT created_at, next_at FROM (
{_SPOKEN}
) spoken
WHERE sender_type = 'user' AND next_sender = 'twin'
  AND created_at >= :start AND created_at < :end"""
_COUNTED = {
    "conversations": ("sessions", "started_at"),
    "messages": ("messages", "created_at"),
    "documents": ("documents", "created_at"),
    "queries": ("queries", "created_at"),
}

INPUTS: dict[str, str] = {
    **{
        key: f"SELECT count(*) AS n FROM {table}\nWHERE {dated} >= :start AND {dated} < :end"
        for key, (table, dated) in _COUNTED.items()
    },
    "document_words": "SELECT sum(word_count) AS n FROM documents\n"
    "WHERE created_at >= :start AND created_at < :end",
    "zero_result_rate": """\
SELECT count(CASE WHEN results_count = 0 THEN 1 END) AS numerator,
  count(results_count) AS denominator
FROM queries WHERE created_at >= :start AND created_at < :end""",
    "unanswered_share": f"""\
SELECT count(CASE WHEN replied IS NULL THEN 1 END) AS numerator, count(*) AS denominator FROM (
{_SPOKEN}
) spoken
WHERE sender_type = 'user' AND created_at >= :start AND created_at < :end""",
    "reply_time_median": f"{_WAITS}\n-- the wait is from created_at to next_at",
    "slow_reply_share": f"{_WAITS}\n-- slow: more than {SLOW_SECONDS} seconds from created_at to next_at",
    "dead_end_share": f"""\
WITH spoken AS (
{_SPOKEN}
), asked AS (
SELECT session_id, max(CASE WHEN results_count = 0 THEN created_at END) AS empty_at,
  max(CASE WHEN results_count = 0 THEN NULL ELSE created_at END) AS other_at
FROM queries WHERE created_at < :now GROUP BY session_id
)
SELECT count(CASE WHEN
    -- its last message is the person's
    EXISTS (SELECT 1 FROM spoken x WHERE x.session_id = s.id
      AND x.sender_type = 'user' AND x.next_sender IS NULL)
    -- its last query found nothing, with nothing but the twin's words after it
    OR EXISTS (SELECT 1 FROM asked q WHERE q.session_id = s.id
      AND q.empty_at > coalesce(q.other_at, '0001-01-01')
      AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.session_id = s.id
        AND m.sender_type = 'user' AND m.created_at > q.empty_at AND m.created_at < :now)
      AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.session_id = s.id
        AND d.created_at > q.empty_at AND d.created_at < :now))
    -- the person sent the same text twice
    OR EXISTS (SELECT 1 FROM messages m WHERE m.session_id = s.id
      AND m.sender_type = 'user' AND m.created_at < :now AND trim(m.content) <> ''
      GROUP BY lower(trim(m.content)) HAVING count(*) > 1)
  THEN 1 END) AS numerator, count(*) AS denominator
FROM sessions s WHERE s.started_at >= :start AND s.started_at < :end""",
}
"""By a figure's key; :start, :end and :now are instants in UTC."""


def inputs_of(figure: Figure, now: datetime) -> str:
    """Return the SQL of a figure's inputs with its own window put in; "" for a figure without any here."""
    key = figure.key
    sql = INPUTS.get(key) or ENGAGEMENT_INPUTS.get(key) or RETENTION_INPUTS.get(key, "")
    instants = {":start": figure.window.start, ":end": figure.window.end, ":now": now}
    for name, instant in instants.items():
        sql = sql.replace(name, _literal(instant))
    return sql


def _literal(instant: datetime | None) -> str:
    """Return an instant as both databases compare it; the beginning of time for ``None``."""
    if instant is None:
        return "'0001-01-01'"
    return f"'{instant.astimezone(UTC).replace(tzinfo=None).isoformat(' ')}'"
