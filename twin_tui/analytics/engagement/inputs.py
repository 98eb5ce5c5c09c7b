"""The SQL of what figures of people and their conversations are made of; see `twin_tui.analytics.inputs`."""

_STARTED = "started_at >= :start AND started_at < :end"
_ACTIVE = f"""\
SELECT user_id FROM sessions WHERE {_STARTED}
UNION
SELECT s.user_id FROM messages m JOIN sessions s ON s.id = m.session_id
WHERE m.sender_type = 'user' AND m.created_at >= :start AND m.created_at < :end"""
_PER_PERSON = f"SELECT user_id, count(*) AS started FROM sessions WHERE {_STARTED} GROUP BY user_id"

ENGAGEMENT_INPUTS: dict[str, str] = {
    "active_users": f"SELECT count(*) AS n FROM (\n{_ACTIVE}\n) active",
    "shared_conversations": f"SELECT count(*) AS n FROM sessions\nWHERE is_shared_twin AND {_STARTED}",
    "shared_share": f"""\
SELECT count(CASE WHEN is_shared_twin THEN 1 END) AS numerator, count(*) AS denominator
FROM sessions WHERE {_STARTED}""",
    "sessions_per_user": f"""\
SELECT (SELECT count(*) FROM sessions WHERE {_STARTED}) AS numerator,
  (SELECT count(*) FROM (
{_ACTIVE}
) active) AS denominator""",
    "power_users": f"""\
SELECT (SELECT count(*) FROM (
{_PER_PERSON}
) busy WHERE started >= 10) AS numerator,
  (SELECT count(*) FROM (
{_ACTIVE}
) active) AS denominator""",
    "messages_per_conversation": f"""\
SELECT (SELECT count(*) FROM messages m JOIN sessions s ON s.id = m.session_id
    WHERE m.created_at < :now AND s.started_at >= :start AND s.started_at < :end) AS numerator,
  (SELECT count(*) FROM sessions WHERE {_STARTED}) AS denominator""",
    "session_length_median": """\
SELECT m.session_id, m.created_at,
  lag(m.created_at) OVER (PARTITION BY m.session_id ORDER BY m.created_at) AS before
FROM messages m JOIN sessions s ON s.id = m.session_id
WHERE m.created_at < :now AND s.started_at >= :start AND s.started_at < :end
-- per session: the sum of created_at - before, each of at most 30 minutes""",
    "funnel": f"""\
SELECT count(CASE WHEN u.id IN (SELECT user_id FROM twins WHERE is_shared AND created_at < :end)
    AND u.id IN (
{_ACTIVE}
) THEN 1 END) AS numerator, count(*) AS denominator
FROM users u WHERE u.created_at IS NULL OR u.created_at < :end""",
    "concentration": f"""\
SELECT sum(CASE WHEN place <= (people + 9) / 10 THEN started ELSE 0 END) AS numerator,
  sum(started) AS denominator
FROM (
SELECT p.started, row_number() OVER (ORDER BY p.started DESC) AS place,
  (SELECT count(*) FROM (
{_ACTIVE}
) active) AS people
FROM (
{_PER_PERSON}
) p
) ranked""",
    "pairs": f"""\
SELECT count(*) AS n FROM (
SELECT DISTINCT user_id, twin_id FROM sessions WHERE is_shared_twin AND {_STARTED}
) pairs""",
    "topics": f"""\
SELECT count(CASE WHEN topic <> '' THEN 1 END) AS numerator, count(*) AS denominator
FROM sessions WHERE {_STARTED}""",
}
"""By a figure's key; :start, :end and :now are instants in UTC."""
