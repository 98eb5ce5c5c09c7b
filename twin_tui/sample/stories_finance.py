"""Stories of finance and legal: budgets, invoices, clauses."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _budget(pick: Pick, facts: Facts) -> None:
    lines = []
    planned_sum = actual_sum = 0
    areas = pick.some(
        ("Travel", "Software", "Freelancers", "Events", "Hardware", "Training", "Rent", "Freight"), 5
    )
    worst, worst_gap = areas[0], -(10**9)
    for area in areas:
        planned = pick.num(8, 140) * 500
        actual = planned * pick.num(74, 131) // 100
        planned_sum, actual_sum = planned_sum + planned, actual_sum + actual
        if actual - planned > worst_gap:
            worst, worst_gap = area, actual - planned
        lines.append(f"| {area} | {planned:,} | {actual:,} | {actual - planned:+,} |")
    facts |= {
        "table": "\n".join(lines), "planned": f"{planned_sum:,}", "actual": f"{actual_sum:,}",
        "gap": f"{actual_sum - planned_sum:+,}", "worst": worst, "worst_gap": f"{worst_gap:+,}",
        "share": f"{100 * (actual_sum - planned_sum) / planned_sum:+.1f}",
        "subject": f"the {facts['last_month']} budget",
        "reason": pick.one(("one invoice from last year", "two trips booked late",
            "a price change nobody announced",
                            "a payment counted twice until the bank corrects it",
                                "more people than planned")),
    }  # fmt: skip


def _invoice(pick: Pick, facts: Facts) -> None:
    ordered, price = pick.num(6, 80), pick.num(19, 420)
    billed = ordered + pick.num(1, 6)
    facts |= {
        "number": f"{pick.one(('RE', 'INV', 'F'))}-{pick.num(10_300, 98_700)}", "ordered": str(ordered),
        "billed": str(billed), "price": f"{price}.00", "due": f"{ordered * price:,}.00",
        "asked": f"{billed * price:,}.00",
        "extra": f"{(billed - ordered) * price:,}.00", "more": str(billed - ordered),
        "subject": f"the {facts['customer']} invoice",
        "goods": pick.one(("toner cartridges", "hotel nights", "licences", "hours of cleaning", "pallets")),
    }  # fmt: skip


def _clause(pick: Pick, facts: Facts) -> None:
    facts |= {
        "section": f"{pick.num(4, 17)}.{pick.num(1, 6)}", "pages": str(pick.num(11, 64)),
        "flags": str(pick.num(3, 6)),
        "months": str(pick.one((6, 9, 12))),
        "cap": pick.one(("the fees of twelve months", "twice the yearly fees")),
        "clause": pick.one(("unlimited liability for data loss", "a non-compete of two years",
            "automatic renewal for three years",
                            "audit at any time without notice", "all rights in our templates")),
        "kind": pick.one(("framework agreement", "NDA", "data processing agreement", "reseller contract")),
    }  # fmt: skip
    facts["subject"] = f"the {facts['customer']} {facts['kind']}"


STORIES = (
    story(
        "budget",
        "en",
        "Finance, Operations, Marketing",
        _budget,
        """
@title
‹last_month›: ‹share› % against budget
Budget ‹last_month›
@topic
Budget
Month-end
@open
> ‹last_month› closed at €‹actual›, planned were €‹planned›. What happened?
< ‹gap› euros, ‹share› %. The largest line is ‹worst› with ‹worst_gap›, and I believe it is ‹reason›:

| area | plan | actual | gap |
|---|---:|---:|---:|
‹table›
| **sum** | **‹planned›** | **‹actual›** | **‹gap›** |
@open document_search
> Find out why ‹worst› is at ‹worst_gap› in ‹last_month›.
< ‹hits› bookings. Nearly all of it is ‹reason›; ‹peer› flagged it on ‹past› and nobody moved it to the \
right month. Overall we are at ‹share› %.
? bookings ‹worst› ‹last_month›
? ‹worst› cost centre invoices
@open document_search report
> Pull the ‹last_month› bookings and write the comment, I have to hand it in at ‹hour›.
> Check ‹worst› in ‹last_month› and write two lines I can stand behind.
< Checked ‹hits› bookings, comment written. ‹worst› is the only line that needs words: ‹reason›.
? bookings ‹last_month› all cost centres
? ‹worst› ‹last_month› journal
= ‹last_month› in short
~
**‹actual› against ‹planned› (‹share› %)**

‹worst› is off by ‹worst_gap›: ‹reason›. The rest is within what every month does.

Checked by ‹peer› on ‹past›.
@more
> Is it a one-off?
< ‹reason› reads like one. If ‹next_month› shows the same line again, I was wrong.
@more
> Can we move it into ‹next_month›?
< Not without a reason auditors like. Explain it instead: "‹worst›: ‹reason›". One sentence, true.
@more
> What does that mean for the year?
< Nothing yet: ‹gap› is less than the reserve. Two more months like it and we would have to talk to ‹other›.
@more email_search
> Who approved ‹worst›?
< ‹other›, by mail on ‹past› ("fine, but tell finance"). ‹hits› mails; finance was told on a corridor, \
I suppose.
? approval ‹worst› ‹last_month›
@more report
> Write the comment for the monthly report.
< Table, three sentences, one open question.
= Comment ‹last_month›
~
# ‹last_month›: €‹actual› against €‹planned› (‹share› %)

| area | plan | actual | gap |
|---|---:|---:|---:|
‹table›
| **sum** | **‹planned›** | **‹actual›** | **‹gap›** |

The largest difference is **‹worst›** (‹worst_gap›): ‹reason›. The other lines are within what we see \
every month.

Open: ‹peer› checks until ‹date› whether it repeats.
@fix
> Round it to thousands, nobody wants the euros.
< Rounded everywhere but in the sum, so that it still adds up for those who check.
@thanks
Accepted without a question. First time.
""",
    ),
    story(
        "invoice",
        "en",
        "Finance, Operations",
        _invoice,
        """
@title
Invoice ‹number› does not match
‹number›: ‹billed› or ‹ordered›?
@topic
Invoices
Accounts payable
@open
> ‹customer› bills ‹billed› ‹goods›, we ordered ‹ordered›. €‹price› each. How much too much?
< €‹asked› instead of €‹due›, so €‹extra› too much (‹more› × €‹price›). Don't pay a part of it before \
they have corrected it: then there are two open items.
@open email_search
> Invoice ‹number›: did anybody order more than ‹ordered› ‹goods›?
< ‹hits› mails. On ‹past› ‹peer› asked for "a few more, same price"; that could be the ‹more›. No order \
number, though.
? order ‹goods› ‹customer›
? "‹number›"
@open email
> Tell ‹customer› that ‹number› is wrong: ‹ordered› ordered, ‹billed› billed.
< Polite and complete, so that they can correct it without asking back.
= Your invoice ‹number›
~
Dear accounting team,

your invoice **‹number›** lists ‹billed› ‹goods›; our order and the delivery note say ‹ordered›.

| | quantity | price | sum |
|---|---:|---:|---:|
| invoiced | ‹billed› | €‹price› | €‹asked› |
| ordered and delivered | ‹ordered› | €‹price› | €‹due› |
| **difference** | **‹more›** | | **€‹extra›** |

Please send a corrected invoice. We pay it within ten days.

Kind regards
‹me›, ‹department›
@fix
> Friendlier. They are a small family business.
< It starts with thanks for the quick delivery now. The table stays.
@more
> What does the delivery note say?
< ‹ordered›, signed by ‹other›. The ‹more› never arrived or never existed.
@more
> It's only €‹extra›. Just pay?
< You could. But the same supplier was off by ‹more› in ‹last_month›, too, and always upwards.
@more
> When is it due?
< ‹date›, with two percent discount until ‹weekday›. The discount is ‹smaller¦worth less› than the mistake.
@more document_search
> Are there other invoices from them that don't match?
< ‹hits› invoices checked, two differ, both by a handful of ‹goods›. Worth a call rather than a third mail.
? invoices ‹customer› quantity difference
@more summary
> Note for ‹peer›, she is on the phone with them ‹today¦at ‹hour››.
< Three lines she can read while it rings.
= ‹number›: for the call
~
1. ‹billed› billed, ‹ordered› delivered (note signed by ‹other›)
2. we owe €‹due›, not €‹asked›
3. ask for: corrected invoice, and who checks theirs
""",
    ),
    story(
        "clause",
        "en",
        "Legal, Sales, Finance",
        _clause,
        """
@title
‹customer› ‹kind›: section ‹section›
‹clause›?
@topic
Contracts
Contract review
@open
> ‹customer› sent their ‹kind›, ‹pages› pages. Section ‹section› wants ‹clause›. Normal?
< No. Our playbook says no to ‹clause›; the usual way out is a limit at ‹cap›. ‹flags› more places \
differ from our standard, none as hard as ‹section›. (First reading, not legal advice.)
@open document_search
> Have we ever accepted ‹clause›?
< Once in ‹hits› contracts, with a limit at ‹cap› and ‹other›'s signature. Everywhere else we refused \
or they dropped it.
? contracts "‹clause›"
? ‹kind› section ‹section› precedent
@more
> What is the worst that can happen?
< Not the money: the months in which ‹contact› and we talk only through lawyers.
< That it is used: then we pay more than the contract brings in. It is unlikely, which is why everybody \
signs it, and why it is there.
@more
> Would ‹months› months be acceptable?
> They offer ‹months› months instead. Take it?
< If it is the notice period: yes, gladly. If it is the time in which they may claim: ‹other› says no.
< For notice, yes. For liability the length doesn't matter, the amount does.
@more
> Who decides that here?
> How far may I go on my own?
< Up to ‹cap›: you. Above it ‹other›, in writing, before you answer ‹contact›.
@more email_search
> What did ‹contact› say about section ‹section› on the phone? ‹peer› wrote it down.
< ‹hits› mails. ‹peer›'s note of ‹past›: "standard text, they expect us to object". Then object.
? ‹contact› section ‹section›
? call note ‹kind› ‹customer›
@more email
> Write our counter-proposal for ‹section›.
< Short, with the sentence they can copy.
= ‹kind›, section ‹section›
~
Dear ‹contact›,

thank you for the draft. We can sign it with one change, in section ‹section›:

> *Either party's liability is limited to ‹cap› per contract year. The limit does not apply to intent \
and gross negligence.*

The reason: ‹clause› is not something our insurance covers, nor, I suppose, yours.

Could we talk on ‹weekday› at ‹hour›?

‹me›
@fix
> Leave out the part about the insurance.
< Out. It was true but none of their business.
@more summary
> List the ‹flags› differences for ‹other›.
< Listed by how much they hurt.
= ‹kind› ‹customer›: what differs
~
| § | they want | we usually | hurts |
|---|---|---|---|
| **‹section›** | ‹clause› | limit at ‹cap› | **much** |
| 3.2 | notice of ‹months› months | 3 months | little |
| 9.1 | law of their seat | neutral place | little |

Everything else on the ‹pages› pages is as we know it.
""",
    ),
)
