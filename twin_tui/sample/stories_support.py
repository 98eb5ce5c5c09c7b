"""Stories of support and customer success: a complaint, a puzzling ticket, a customer who goes quiet."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _complaint(pick: Pick, facts: Facts) -> None:
    late = pick.num(3, 19)
    facts |= {
        "order": f"{pick.num(20, 89)}-{pick.num(1_000, 9_999)}", "late": str(late),
        "credit": str(pick.one((5, 8, 10))),
        "goods": pick.one(("the bakery trays", "forty office chairs", "the spare pumps", "the display cases",
                           "the replacement screens", "two pallets of labels")),
        "why": pick.one(("the carrier lost the papers at the border", "we packed it into the wrong van twice",
                         "the supplier sent half and nobody told them",
                             "the address had the old dock number")),
        "value": f"{pick.num(9, 180) * 100:,}",
    }  # fmt: skip
    facts["subject"] = f"order {facts['order']}"


def _ticket(pick: Pick, facts: Facts) -> None:
    facts |= {
        "ticket": str(pick.num(10_400, 68_900)), "people": str(pick.num(2, 40)),
        "symptom": pick.one((
            "the export has only half of the rows", "invitations arrive a day late",
                "umlauts turn into question marks",
            "the calendar shows everything one hour off", "the app logs people out every few minutes",
            "attachments above 10 MB vanish",
        )),
        "setting": pick.one((
            "the filter 'active only' from the last visit", "the time zone of the workspace",
                "an old proxy rule",
            "the retention switch", "the 'strict' mode of the mail gateway",
        )),
    }  # fmt: skip
    facts["subject"] = f"ticket {facts['ticket']}"


def _quiet(pick: Pick, facts: Facts) -> None:
    before = pick.num(60, 340)
    after = before * pick.num(18, 55) // 100
    facts |= {
        "before": str(before), "after": str(after), "drop": str(round(100 - 100 * after / before)),
        "score": str(pick.num(28, 51)), "admin": facts["contact"],
        "subject": f"{facts['customer']} going quiet",
        "why": pick.one(("their champion left", "the second site never got training",
                         "they moved the weekly report to a spreadsheet", "a re-organisation since spring")),
    }  # fmt: skip


STORIES = (
    story(
        "complaint",
        "en",
        "Customer Success, Operations, Support",
        _complaint,
        """
@title
Complaint: order ‹order›
‹customer› is angry about ‹order›
@topic
Complaints
Customer care
@open
> ‹contact› at ‹customer› is furious. ‹goods›, order ‹order›, ‹late› days late. What do I write?
< Say it in the first sentence: ‹late› days late, our fault, because ‹why›. Then when it arrives. \
Apologies without a date make people angrier.
@open email_search
> What have we told ‹customer› about order ‹order› so far?
< ‹hits› mails. Three times "this week", on ‹past› even "tomorrow". Nobody told them the reason, which \
is: ‹why›. Worth €‹value›, now ‹late› days late.
? ‹customer› order ‹order›
? "‹order›"
@open email
> Write to ‹contact›: ‹goods› (order ‹order›) come ‹weekday›, sorry, ‹credit› % credit.
< Here it is. Reason, day, credit; no "inconvenience".
= Your order ‹order› arrives on ‹weekday›
~
Dear ‹contact›,

your order ‹order› is ‹late› days late, and the last three messages from us promised things that did \
not happen. The reason is plain:
‹why›.

- **‹goods› arrive on ‹weekday›**, between 8 and 11; the driver calls you half an hour before
- we take ‹credit› % off the invoice, without a form
- if ‹weekday› fails, ‹I call you myself¦‹peer› calls you› by noon

I am sorry. You planned with our word.

‹me›
@fix
> Don't blame the carrier, we chose them.
< Right. It now says "our carrier" and then "our choice, our fault".
@more
> Can we give them anything?
> Is ‹credit› % too much?
< ‹credit› % is within what you may decide (€‹value› order). A free delivery next time costs us less, \
and ‹peer› says they like that better.
@more
> When does it arrive for real?
< The carrier says ‹weekday›, ‹hour›. I would promise the day and keep the hour to yourself.
@more document_search
> How often did that carrier do this to us?
< ‹hits› reports since January; this is the third with the same border office.
? carrier delay report border
@more summary
> Note it for the account file.
< Noted in four lines.
= ‹customer›: order ‹order›
~
- ‹goods›, ‹late› days late, order value €‹value›
- cause: ‹why›
- promised three times, kept once
- credit ‹credit› %, **call ‹contact› after delivery** (‹peer›)
@thanks
‹contact› answered within ten minutes: "finally a straight answer". Thank you.
""",
    ),
    story(
        "ticket",
        "en",
        "Support, Engineering",
        _ticket,
        """
@title
#‹ticket›: ‹symptom›
Ticket ‹ticket›
@topic
Support tickets
Troubleshooting
@open
> #‹ticket›: at ‹customer› ‹symptom›. ‹people› people affected. Known?
< Looks like ‹setting›. Ask them to change it for one person first; if that helps, it is not a bug but \
a bad default.
@open document_search
> Has anyone had "‹symptom›" before?
< ‹hits› tickets, all closed with the same answer: ‹setting›. The clearest explanation is ‹peer›'s, \
from ‹past›.
< Yes: ‹hits› of them. Two were a real fault, fixed in ‹last_month›; the rest were ‹setting›. Ask \
‹contact› for the version, that tells which.
? ‹symptom›
? tickets "‹symptom›" solved
@open email
> Answer #‹ticket› for me: ‹setting› is to blame, they can change it themselves.
< Ready to send. Three steps, each with what they should see afterwards.
= Re: [#‹ticket›] ‹symptom›
~
Hello ‹contact›,

thank you for the clear description. I could repeat it: **‹symptom›**. It comes from ‹setting›.

1. open *Settings → Workspace*
2. change it for one person, log out, log in
3. look again; if it is right now, change it for the other ‹people›

If step 3 shows the same picture, please send me the time at which you looked, to the minute. Then I \
find it in our log.

Best regards
‹me›
@open document_search email
> Look for solved tickets like #‹ticket› (‹symptom›) and draft the answer.
> #‹ticket› sounds familiar: ‹symptom›. Find the old answer and adapt it for ‹contact›.
< Found ‹hits›, took ‹peer›'s answer of ‹past› and made it shorter. The cause is the same: ‹setting›.
? solved "‹symptom›" ‹customer›
? ticket answer ‹symptom›
= Re: [#‹ticket›] what to change
~
Hello ‹contact›,

we have seen this before, and it is quickly mended: it comes from ‹setting›. Please change it for one \
person and look again.

If "‹symptom›" is still true after that, tell me the minute you tried. Then it is our turn.

‹me›
@more
> They say they never changed anything.
< They didn't: the update of ‹past› did. It is in the release notes, in a sentence nobody would read \
that way.
@more
> Is there a workaround for today?
< Yes, for the ‹people› affected: the ‹web version¦old export› isn't touched by it. Ugly, but nobody waits.
@more
> Should I ‹escalate¦open a bug›?
< Open one with low priority: "default surprises". With ‹people› people it is the ‹third¦fifth› such \
ticket this quarter.
@more email_search
> What did ‹contact› write last time?
< ‹hits› mails; the last one ends with "we will live with it". They didn't.
? from:‹contact› ‹symptom›
@more summary
> Turn it into a help article.
< Written for someone who is annoyed and in a hurry.
= When ‹symptom›
~
# When ‹symptom›

**Short answer:** check ‹setting›.

## Why it happens
The update changed a default. Nothing is lost.

## What to do
- one person: *Settings → My view → Reset*
- everybody: ask your administrator for *Settings → Workspace*

> Still wrong? Write to help@support.example and name the minute you looked.
@fix
> Simpler words. Our readers are ‹nurses¦drivers¦shop assistants›, not administrators.
< Rewritten: "default" is gone, "the program now starts with …" instead.
@thanks
Solved, ‹contact› sent a ❤️ back.
""",
    ),
    story(
        "quiet-customer",
        "en",
        "Customer Success, Sales",
        _quiet,
        """
@title
‹customer›: use down ‹drop› %
Churn risk ‹customer›
@topic
Churn risk
Account health
@open
> ‹customer› went from ‹before› to ‹after› active people. Should I worry?
< Yes, calmly. Minus ‹drop› % is not holidays. What I'd believe first: ‹why›. Ask ‹peer› who was in \
‹city› last month.
@open email_search
> When did we last hear from ‹customer›? Their health score is ‹score›.
< ‹hits› mails in six months, the last real question on ‹past›. Since then only invoices. In the same \
time active people fell from ‹before› to ‹after›.
? ‹customer› last contact
? from:‹contact› after:‹last_month›
@more
> How did you get ‹drop› %?
< ‹before› active in the best week, ‹after› last week: 1 − ‹after›/‹before› = ‹drop› %. A moving \
average makes it less dramatic but not different.
@more
> Call or mail?
< Call. A mail asks them to write down that they are unhappy. Ask how ‹city› works with it, then be quiet.
@more
> What can I offer that isn't money?
< Two hours of training on their own data, by ‹peer›. It saved ‹rival› last year.
@more document_search
> Do we have a playbook for this?
< ‹hits› pages, the useful one is ‹other›'s: four questions, no slides.
? playbook churn risk silent customer
@more proposal
> Make a rescue plan I can show ‹other›.
< Thirty days, three steps, with a way to notice that it fails.
= Thirty days for ‹customer›
~
# Thirty days for ‹customer›

Active people: ‹before› → ‹after› (−‹drop› %). Health score ‹score›. Likely reason: ‹why›.

| when | what | who |
|---|---|---|
| this week | call ‹contact›, listen | ‹me› |
| until ‹date› | training on their data, ‹city› | ‹peer› |
| day 30 | look at the same number | ‹me›, ‹other› |

**It works if** active people pass ‹before› × 0.6.
**It fails if** ‹contact› doesn't find a date until ‹date›. Then ‹other› calls their management.
@fix
> Make it fourteen days.
< Shortened: training in the second week, the look at the number on day 14.
""",
    ),
)
