"""Stories of engineers: an incident, and a log nobody wants to read."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story

_SERVICES = ("billing-api", "checkout", "ingest-worker", "search-gateway", "mail-relay", "report-builder")
_CAUSES = (
    "a certificate that expired at midnight", "a migration that took a lock on the orders table",
    "a retry loop without a pause", "a disk full of debug logs",
        "a feature flag switched on in the wrong region",
    "a connection pool of 20 shared by 64 workers",
)  # fmt: skip


def _incident(pick: Pick, facts: Facts) -> None:
    begin = pick.num(0, 50)
    hour = pick.num(6, 21)
    length = pick.num(14, 96)
    service = pick.one(_SERVICES)
    end = hour * 60 + begin + length
    facts |= {
        "service": service, "cause": pick.one(_CAUSES), "number": str(pick.num(212, 989)),
        "began": f"{hour:02d}:{begin:02d}", "ended": f"{end // 60 % 24:02d}:{end % 60:02d}",
        "minutes": str(length),
        "failed": f"{pick.num(3, 48) * 1_000 + pick.num(100, 999):,}",
        "errors": f"{pick.num(11, 78) / 2:.1f}",
        "noticed": str(pick.num(3, 13)), "subject": f"the {service} incident",
    }  # fmt: skip


def _log(pick: Pick, facts: Facts) -> None:
    service = pick.one(_SERVICES)
    second, size, lines = pick.num(10, 40_000), pick.num(310, 420), []
    count = 150 if pick.rnd() < 0.3 else pick.num(66, 84)
    for number in range(count):
        second += pick.num(0, 9)
        size += pick.num(0, 6)
        stamp = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
        request = f"req={pick.num(4_096, 65_535):04x}"
        if number % 17 == 13:
            text = f"WARN  {request} pool wait {pick.num(400, 4_900)} ms, rss {size} MB"
        elif number > count - 6:
            text = f"ERROR {request} allocation failed, rss {size} MB, worker {number % 8} exits"
        else:
            path = f"/v2/{pick.one(('items', 'carts', 'users'))}/{pick.num(100, 9_999)}"
            text = f"INFO  {request} {pick.one(('GET', 'GET', 'POST'))} {path} 200 {pick.num(8, 240)} ms"
        lines.append(f"{stamp} {service} {text}")
    facts |= {
        "service": service, "log": "\n".join(lines), "count": str(count), "rss": str(size),
        "ticket": f"OPS-{pick.num(310, 4_800)}", "subject": f"the {service} log",
        "growth": f"{pick.num(11, 38) / 10}", "version": f"{pick.num(2, 6)}.{pick.num(0, 19)}",
    }  # fmt: skip


STORIES = (
    story(
        "incident",
        "en",
        "Engineering, Support, Operations",
        _incident,
        """
@title
Incident ‹number›: ‹service›
‹service› down ‹began›–‹ended›
Post-mortem ‹number›
@topic
Incidents
Post-mortem
Reliability
@open
> ‹service› was down from ‹began› to ‹ended› UTC. ‹Help me get the story straight for the \
post-mortem.¦What do we know so far?›
< ‹minutes› minutes, ‹failed› failed requests, peak error rate ‹errors› %. The alert came ‹noticed› \
minutes after the first error; ‹peer› acknowledged it. Suspect: ‹cause›.
@open document_search
> Has something like incident ‹number› (‹service›) happened before?
< ‹hits› reports mention ‹service›, two look like twins of yours. Both were traced to ‹cause›. The \
action item "alert earlier" is open since ‹past›, owner ‹other›.
? post-mortem ‹service›
? incident "‹service›" root cause
@open report
> Write the post-mortem for ‹number›. Cause: ‹cause›. ‹service›, ‹began› to ‹ended›.
< Written, blameless, with the timeline from the alert channel. Two gaps are marked TODO because only \
‹peer› can fill them.
= Post-mortem ‹number›: ‹service›
~
# Post-mortem ‹number›

**‹service›**, ‹minutes› minutes, ‹failed› failed requests

## Timeline (UTC)
| time | event |
|---|---|
| ‹began› | first errors |
| +‹noticed› min | alert fires, ‹peer› answers |
| +‹noticed› min | ‹other› joins, traffic moved to the second zone |
| ‹ended› | error rate below 0.1 % |

## Cause
‹cause›. ‹It had been there for weeks and met the first busy day.¦The change had passed review; the \
test used an empty table.›

## What went well
- one channel, one incident lead
- the status page was updated within ‹ten¦six› minutes

## What did not
- we noticed late: the alert looks at averages
- TODO ‹peer›: why did the first rollback fail?

## Actions
- [ ] alert on the 99th percentile (‹other›, ‹date›)
- [ ] run the change against a copy of production (‹peer›)
- [x] raise the limit for now
@open document_search summary
> Collect what we know about earlier trouble with ‹service› and put it on half a page.
> ‹service› again. Search the old incidents and summarise them for ‹peer›.
< ‹hits› reports read, half a page written. The pattern is hard to miss: ‹cause›.
? incidents ‹service› since ‹last_month›
? "‹service›" outage report
= ‹service›: what happened before ‹number›
~
## ‹service›

- **now** ‹number›, ‹minutes› minutes, from ‹began› UTC
- **before** ‹three¦four¦two› times this year, never longer than an hour
- **in common** ‹cause›
- **never done** alert on single routes (‹other›, open since ‹past›)
@more
> Why did it take ‹noticed› minutes until somebody noticed?
< The alert averages over ten minutes and over all routes. One route was at 100 % errors while the \
average sat below the threshold.
@more
> Were customers affected or only us?
< Customers. ‹failed› requests, ‹most of them retried successfully¦about a third from ‹customer› \
alone›. Support counts ‹three¦seven¦eleven› tickets.
@more
> Was it the deploy?
< It fits too well: deploy at ‹began› minus four minutes. But the rollback didn't help, so I believe in \
‹cause› and take the deploy as the trigger.
@more general
> What's the recommended ‹setting¦way› to avoid ‹cause›?
< Three sources I'd trust agree (‹hits› read): set a limit, alert at 70 % of it, and test the failure \
once a quarter. The quarterly test is what everybody skips.
? how to prevent ‹cause›
@more email
> A customer notice, please. Honest, short, no jargon.
< Draft below. It says what failed, for how long, and what we change. It does not say "some users may \
have experienced".
= About the interruption of ‹service›
~
Hello,

today between ‹began› and ‹ended› UTC a part of our service did not answer: ‹failed› requests failed. \
**No data was lost.**

The reason was ‹cause›. We have removed it, and until ‹date› we will change the alarm that told us \
‹noticed› minutes late.

If anything still looks wrong on your side, answer to this mail; a person reads it.

‹me›, ‹department›
@fix
> ‹Legal¦peer› says: don't write "‹cause›" to customers.
< Then: "the reason was a fault in our own configuration". True, and it tells nobody how to repeat it.
@fix
> Add that the backup was never touched.
< Added as its own sentence, in bold, since it is what they will look for.
@thanks
Post-mortem is in the wiki. ‹peer› will fill the TODOs.
""",
    ),
    story(
        "log-paste",
        "en",
        "Engineering, Support, Operations",
        _log,
        """
@title
‹ticket›: what is wrong in this log?
‹service› restarts at night
@topic
Logs
Debugging
@open
> ‹ticket›. The last ‹count› lines before ‹service› ‹died¦restarted›. What am I looking at?
```text
‹log›
```
< A slow leak. Resident memory only grows, to ‹rss› MB at the end, about ‹growth› MB per minute, and \
the warnings about the pool come every 17 lines, so they keep a rhythm of their own. I'd look for \
something that is kept per request since ‹version›.
< The errors at the end are the consequence. The cause shows in the WARN lines: waiting for the pool \
gets longer while memory grows to ‹rss› MB. A connection that isn't given back would explain both.
@open email_search
> Did anybody report ‹service› restarting at night? ‹ticket› has no answer.
< ‹hits› mails. ‹peer› saw it on ‹past› and thought it was the deploy. It happens about every ‹growth› \
days, always after the nightly import.
? ‹service› restart night
? ‹ticket›
@more
> Which request is the last good one?
> When exactly does it tip over?
< About six lines before the end. Up to there memory grows but everybody gets an answer.
< The one just before the first ERROR. The three after it still say 200 but take ten times as long.
@more
> Could it be the new version?
< ‹version› came four days before the first restart, so yes. ‹other› changed the pool in it; two lines, \
reviewed by ‹peer›.
@more document_search
> Is there a runbook for that?
< ‹hits› pages, one current: "‹service›: memory". Step 2 is wrong since ‹version›, the flag has another \
name.
? runbook ‹service› memory
@more summary
> Summarise it for ‹ticket›, please.
< Here, five lines plus the commands.
= ‹ticket›: ‹service› leaks about ‹growth› MB per minute
~
**Symptom** ‹service› is killed at ‹rss› MB, a few times a week.
**Since** ‹version›
**Seen in** the ‹count› lines attached: memory never falls, pool waits grow.
**Suspect** a connection kept after a timeout.
**Next** ‹peer› reproduces it with the import of ‹past›.

```console
$ kubectl top pod -l app=‹service›
$ curl -s localhost:8080/debug/pool | jq '.in_use, .waiting'
```
@fix
> Replace "leaks" by "uses", we are not sure.
< Changed in the title and the first line. Fair.
@extra
I also compared it with the log of ‹past›: same rhythm, same end.
""",
    ),
)
