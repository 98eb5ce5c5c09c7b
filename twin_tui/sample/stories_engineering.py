"""Stories of engineers: a pull request, a slow query."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _review(pick: Pick, facts: Facts) -> None:
    name = pick.one(("load_invoices", "merge_contacts", "send_batch", "sync_inventory", "close_tickets"))
    facts |= {
        "function": name, "pull": str(pick.num(1_204, 9_876)), "file": f"{name.split('_')[1]}.py",
        "line": str(pick.num(24, 340)), "rows": str(pick.num(2, 90) * 100),
        "size": str(pick.one((50, 100, 200, 500))),
        "before": str(pick.num(18, 95)), "after": f"{pick.num(12, 58) / 10}",
        "subject": f"the pull request for {name}",
    }  # fmt: skip


def _slow(pick: Pick, facts: Facts) -> None:
    rows = pick.num(3, 48)
    before, after = pick.num(4, 38), pick.num(9, 160)
    table = pick.one(("orders", "shipments", "events", "invoices", "page_views"))
    facts |= {
        "table": table, "column": pick.one(("customer_id", "created_at", "status", "region")),
        "rows": f"{rows} million",
        "seconds": str(before), "millis": str(after), "gain": str(before * 1_000 // after),
        "size": f"{rows * 21} MB", "subject": f"the slow query on {table}",
    }  # fmt: skip


STORIES = (
    story(
        "code-review",
        "en",
        "Engineering, Data",
        _review,
        """
@title
Review #‹pull›: ‹function›
`‹function›` – N+1?
@topic
Code review
Pull requests
@open
> Can you look at this before I ask ‹peer›?
```python
def ‹function›(session, ids):
    result = []
    for id in ids:
        row = session.get(id)          # one round trip each
        if row is not None:
            result.append(row.as_dict())
    return result
```
< Works, but it asks the database once per id: ‹rows› ids are ‹rows› round trips. Two smaller things: \
`id` shadows the built-in, and a missing row disappears silently.
```python
def ‹function›(session, ids, size=‹size›):
    for start in range(0, len(ids), size):
        chunk = ids[start : start + size]
        yield from session.fetch_many(chunk)
```
< The loop is fine for ten ids and slow for ‹rows›. Fetch in chunks of ‹size› and yield, then nothing \
has to fit into memory. In `‹file›`, line ‹line›, there is already a helper for it: `chunked(ids, ‹size›)`.
@open document_search
> Is there already a helper like `‹function›` somewhere? I don't want to write it twice.
< ‹hits› matches, one of them good: `‹file›:‹line›`, written by ‹other›. It takes a chunk size (‹size›) \
and has tests. The other matches are copies of it.
? def ‹function›
? "‹function›" chunk helper
@more
> How much faster would that be?
< Measured on ‹rows› rows here: ‹before› s before, ‹after› s after. Most of what is left is JSON.
@more
> ‹peer› will say a generator is harder to test.
< Then wrap it: `list(‹function›(…))` in the tests. The reader of the ‹rows›-row export will thank you.
@more
> Do I need a test for the empty list?
< Yes, and one for ‹size› + 1 ids: the off-by-one lives exactly there.
```python
def test_every_id_comes_back(session):
    for count in (0, 1, ‹size›, ‹size› + 1):
        ids = make_rows(session, count)
        assert [row.id for row in ‹function›(session, ids)] == ids
```
@more general
> What does the style guide say about shadowing built-ins?
< Forbidden, rule A001, and the linter would have said so: it is switched off in `‹file›` since ‹past›. \
‹hits› other places too.
? style guide shadowing built-ins A001
@more summary
> Write the pull request description.
< Here. What, why, how measured, what I did not touch.
= #‹pull› Fetch in chunks in `‹function›`
~
### What
`‹function›` fetches ‹size› rows at a time instead of one.

### Why
The nightly export asks for ‹rows› ids, one round trip each.

### Measured
| | before | after |
|---|---:|---:|
| ‹rows› ids | ‹before› s | ‹after› s |
| memory | grows | flat |

### Not touched
Branch `chunks-‹pull›` leaves one thing alone.
The retry logic in `‹file›`. ‹peer› is working on it.

```console
$ pytest -q tests/test_‹file›
......                                                    [100%]
```
@fix
> Add "closes" with the ticket, and mention ‹other› found it.
< Both in the last line now.
@aside
(the real one also has a timeout argument, I left it out here)
@thanks
Merged 🚀 ‹before› s → ‹after› s confirmed on staging.
ok, pushed. ‹peer› had exactly the same two comments 😄
""",
    ),
    story(
        "slow-query",
        "en",
        "Engineering, Data",
        _slow,
        """
@title
‹table›: ‹seconds› s per page
Slow query on ‹table›
@topic
Performance
Databases
@open
> This takes ‹seconds› s. ‹table› has ‹rows› rows. Ideas?
```sql
SELECT date(created_at) AS day, count(*)
FROM ‹table›
WHERE date(created_at) >= '2026-01-01' AND ‹column› IS NOT NULL
GROUP BY day ORDER BY day;
```
< The function around `created_at` hides it from the index, so all ‹rows› rows are read. Compare the \
bare column:
```sql
WHERE created_at >= '2026-01-01' AND created_at < '2027-01-01'
```
That should land near ‹millis› ms.
< Two things. `date(created_at) >=` can't use an index; a bare range can. And `‹column› IS NOT NULL` \
belongs into a partial index if you ask it daily. Together: ‹seconds› s → ‹millis› ms on a copy.
@open document_search
> Which dashboards read ‹table›? It has become slow since ‹last_month›.
< ‹hits› saved queries. One of them, "by day and ‹column›", is opened every morning by ‹peer› and reads \
all ‹rows› rows each time.
? saved queries "FROM ‹table›"
@more
> What would an index cost?
< About ‹size› of disk and a few percent on every insert. Build it with `CONCURRENTLY`, outside of \
business hours, and watch the replica.
@more
> Is ‹gain› times faster realistic or is that the cache?
< Half of it is the cache: the cold run was ‹millis›0 ms. Still far from ‹seconds› s.
@more
> ‹peer› wants a materialised view instead.
< Only if minutes of delay are fine. The index answers in ‹millis› ms and is never stale; I'd start there.
@more general
> Does SQLite use an expression index the same way?
< Yes, if the expression is written identically, character for character. ‹hits› sources, the manual \
among them: https://sqlite.org/expridx.html
? sqlite expression index
@more report
> Note the finding for the team wiki.
< Noted, with both plans.
= ‹table›: from ‹seconds› s to ‹millis› ms
~
# ‹table›: from ‹seconds› s to ‹millis› ms

A function around a column hides the column from its index.

```text
before  SCAN ‹table›                                  ‹rows›
after   SEARCH ‹table› USING INDEX idx_‹table›_created
```

1. write ranges on the bare column
2. half-open: `>= start AND < end`
3. check with `EXPLAIN` that it says SEARCH

Found by ‹me› with ‹twin›, checked by ‹peer›.
@fix
> Say which version, somebody will ask.
< Added: SQLite 3.45 here, PostgreSQL 17 in production. The plan is the same idea in both.
""",
    ),
)
