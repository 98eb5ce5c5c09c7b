"""Stories of the sales desk: deals that were lost, tenders to win."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _lost(pick: Pick, facts: Facts) -> None:
    ours = pick.num(62, 240)
    facts |= {
        "ours": f"{ours},000",
        "theirs": f"{ours * pick.num(80, 93) // 100},{pick.one(('000', '500', '900'))}",
        "meetings": str(pick.num(3, 9)), "waited": str(pick.num(6, 23)),
        "subject": f"the lost {facts['customer']} deal",
        "reason": pick.one((
            "we needed three weeks for the security questionnaire",
                "nobody from their finance team was ever in a call",
            "the pilot ended without a date for the decision",
                "our reference customer was in another industry",
        )),
    }  # fmt: skip


def _tender(pick: Pick, facts: Facts) -> None:
    total = pick.num(38, 140)
    known = total * pick.num(55, 88) // 100
    facts |= {
        "questions": str(total), "known": str(known), "open": str(total - known),
        "subject": f"the {facts['customer']} tender",
        "must": str(pick.num(6, 14)), "failing": pick.one(("two", "three")),
        "gap": pick.one((
            "hosting inside the country", "a 24-hour response by phone",
                "an audit report younger than 12 months",
            "single sign-on for subcontractors",
        )),
    }  # fmt: skip


STORIES = (
    story(
        "lost-deal",
        "en",
        "Sales, Marketing, Product",
        _lost,
        """
@title
Why did we lose ‹customer›?
‹customer› – lost to ‹rival›
@topic
Win/loss
Deal review
@open
> We lost ‹customer› to ‹rival›. €‹ours› against €‹theirs›. Help me understand it ‹before I blame the \
price¦for ‹weekday›'s review›.
< The gap is real but small. Looking at the calendar: ‹meetings› meetings, then ‹waited› days of \
silence from us. And ‹reason›. I'd say price was the polite explanation.
@open email_search
> Can you ‹trace¦reconstruct› what happened with ‹customer› after the demo?
< ‹hits› mails. Demo on ‹past›, ‹meetings› meetings before it, then ‹waited› days until our offer of \
€‹ours›. ‹rival› answered in four, with €‹theirs›. And one line by ‹contact› hurts: ‹reason›.
? ‹customer› demo offer decision
? ‹customer› ‹rival›
@more
> Was there anyone on our side who saw it coming?
< ‹other› wrote on ‹past›: "‹we are talking to the wrong floor¦they stopped asking questions, that's \
bad›". Nobody replied.
@more
> Could we win it back?
< Not this year: ‹rival›'s contract runs for 24 months. But ‹contact› asked to stay on the newsletter, \
so put a date into ‹next_month› next year.
@more report
> Write it down as a review, without blame.
< Written with times and facts only; names appear where someone did something well.
= Deal review: ‹customer›
~
# Deal review: ‹customer›

**Result** lost to ‹rival›, €‹theirs› against our €‹ours›.

## What happened
1. ‹meetings› meetings, good ones: ‹contact› invited two colleagues
2. demo on ‹past›
3. ‹waited› days until our offer
4. decision for ‹rival›, told to ‹peer› by phone

## What we think was decisive
‹reason›. The price difference alone would not have done it: ‹contact› said so.

## What we change
- offers leave the house within five days, or the customer is told why
- ‹one person from finance in the second meeting¦the security questionnaire has an owner: ‹other››
@more document_search
> Have we lost others for the same reason?
< ‹hits› reviews since last year. The pattern "silence after the demo" is in about a third of them.
? win loss review silence after demo
? lost deals ‹rival›
@fix
> It still sounds like ‹peer›'s fault.
< You're right, point 4 did. It now says "told to us by phone".
""",
    ),
    story(
        "tender",
        "en",
        "Sales, Legal, Support",
        _tender,
        """
@title
‹customer› tender: ‹questions› questions
Tender ‹customer›, due ‹date›
@topic
Tenders
RFP
@open document_search
> The ‹customer› tender has ‹questions› questions. How many have we answered before?
< ‹known› of ‹questions›, from ‹hits› older answers. ‹open› are new. Of the ‹must› must-have criteria \
we fail ‹failing›; the hard one is ‹gap›.
? tender answers security hosting support
? RFP answer library
@open
> Tender from ‹customer›, ‹questions› questions, due ‹date›. Go or no-go?
< Depends on one line: they require ‹gap›, and it is a must. If ‹peer› can promise it by ‹date›, go. \
Otherwise ‹questions› answers are written for nothing.
@open document_search proposal
> Pull our standard answers together and draft the ‹customer› tender's cover letter.
< ‹known› answers collected (‹hits› sources), cover letter drafted. The ‹open› missing ones are listed \
at its end.
? standard tender answers
= Cover letter ‹customer›
~
To the procurement office of ‹customer›

Thank you for the invitation. We answer all ‹questions› questions; where we do not meet a criterion we \
say so, and name
the date on which we will.

**In short**
- ‹known› requirements are met by what is in use at comparable customers today
- ‹gap›: met from ‹date› on, see annex C
- one team, one contact: ‹me›, with ‹peer› as deputy

We would be glad to show it in ‹city›.

---
*Internal, delete before sending: ‹open› answers are missing, most of them about ‹gap›.*
@more
> Who ‹can¦could› answer the ‹open› new ones?
< ‹peer› about two thirds of them, ‹other› the legal ones. With two days each it works until ‹date›.
@more
> Are we allowed to ask them questions?
> Can I simply call ‹contact› about it?
< By phone no, that could exclude us. In writing until ‹weekday›; all bidders read the answer.
< Yes, until ‹weekday›, in writing, and every bidder reads the answers. So ask about ‹gap› without \
showing our hand.
@more report
> Give me the go/no-go page for the management.
> ‹other› needs one page to decide. Can you?
< One page, recommendation first.
< Done; the sentence they will remember is the one about ‹gap›.
= Go/no-go: ‹customer› tender
~
**Recommendation: go, if ‹gap› is confirmed by ‹weekday›.**

| | |
|---|---|
| questions | ‹questions›, ‹known› answered before |
| must criteria | ‹must›, ‹failing› open |
| due | ‹date› |
| effort | about ‹must› person-days |

Risk: the criterion about ‹gap› excludes us if we only promise it.
@fix
> ‹must› days of effort is too much, ‹peer› says eight.
< Changed to eight, with ‹peer›'s name behind it.
@more document_search
> Did we ever bid for ‹customer› before?
< Twice, ‹hits› documents. The last time we came second and they told us why: ‹gap›, of all things.
? ‹customer› bid result
""",
    ),
)
