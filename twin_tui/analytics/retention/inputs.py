"""The SQL of what the figures of activity, of coming back and of the states of people are made of."""

_ACTIVE = """\
SELECT user_id, started_at AS active_at FROM sessions WHERE started_at < :now
UNION ALL
SELECT s.user_id, m.created_at FROM messages m JOIN sessions s ON s.id = m.session_id
WHERE m.sender_type = 'user' AND m.created_at < :now"""
_COUNTED = f"""\
SELECT count(DISTINCT user_id) AS n FROM (
{_ACTIVE}
) active WHERE active_at >= :start AND active_at < :end"""
_BACK = f"""\
WITH active AS (
{_ACTIVE}
), firsts AS (
SELECT user_id, min(active_at) AS first_at FROM active GROUP BY user_id
)
SELECT f.user_id, f.first_at, a.active_at FROM firsts f JOIN active a ON a.user_id = f.user_id
WHERE f.first_at >= :start AND f.first_at < :end
-- back: the local day of active_at is that many days after the local day of first_at (or later, unbounded);
-- counted are only people whose day that is, is over"""
_STATES = f"""\
SELECT user_id, min(active_at) AS first_at,
  max(CASE WHEN active_at < :start THEN active_at END) AS last_before,
  count(CASE WHEN active_at >= :start THEN 1 END) AS in_window
FROM (
{_ACTIVE}
) active WHERE active_at < :end GROUP BY user_id
-- dormant: nothing in the window; of the others new: last_before is NULL; returning: last_before lies in
-- as many local days just before the window; resurrected: it lies earlier"""

RETENTION_INPUTS: dict[str, str] = {
    "dau": _COUNTED,
    "wau": _COUNTED,
    "mau": _COUNTED,
    "dau_mau": f"""\
SELECT DISTINCT user_id, active_at FROM (
{_ACTIVE}
) active WHERE active_at >= :start AND active_at < :end
-- the people of each local day, added up and divided by 30, over all people here""",
    "adoption": f"""\
SELECT count(DISTINCT user_id) AS numerator,
  (SELECT count(*) FROM users WHERE created_at IS NULL OR created_at < :end) AS denominator
FROM (
{_ACTIVE}
) active WHERE active_at >= :start AND active_at < :end""",
    "new_users": "SELECT count(*) AS n FROM users WHERE created_at >= :start AND created_at < :end",
    **dict.fromkeys(("d1", "d7", "d30"), _BACK),
    **{f"lifecycle_{state}": _STATES for state in ("new", "returning", "resurrected", "dormant")},
    "lifecycle_never": f"""\
SELECT count(*) AS n FROM users u WHERE (created_at IS NULL OR created_at < :end)
  AND NOT EXISTS (SELECT 1 FROM (
{_ACTIVE}
) active WHERE active.user_id = u.id AND active_at < :end)""",
}
"""By a figure's key; :start, :end and :now are instants in UTC."""
