"""Stories of the sales desk: renewals, quotes, calls."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _renewal(pick: Pick, facts: Facts) -> None:
    seats, price = pick.num(40, 900, 20), pick.num(18, 64)
    used = seats * pick.num(58, 97) // 100
    asked = pick.one((10, 12, 15, 20))
    offered = asked // 2
    new = seats * price * 12 * (100 - offered) // 100
    facts |= {
        "subject": f"the {facts['customer']} renewal", "seats": str(seats), "price": str(price),
        "used": str(used), "unused": str(seats - used), "asked": str(asked), "offered": str(offered),
        "old_total": f"{seats * price * 12:,}", "new_total": f"{new:,}",
        "share": str(round(100 * used / seats)), "term": pick.one(("one year", "two years", "three years")),
    }  # fmt: skip


def _quote(pick: Pick, facts: Facts) -> None:
    units, price, days = pick.num(4, 60), pick.num(240, 4_800, 20), pick.num(2, 12)
    rate = pick.one((980, 1_050, 1_120, 1_240))
    hardware, service = units * price, days * rate
    facts |= {
        "thing": pick.one(("gripper arms", "charging units", "sensor kits", "conveyor modules",
            "test benches")),
        "units": str(units), "price": f"{price:,}", "days": str(days), "rate": f"{rate:,}",
        "hardware": f"{hardware:,}", "service": f"{service:,}", "total": f"{hardware + service:,}",
        "shipping": pick.one(("640", "890", "1,150", "1,480")), "weeks": str(pick.num(3, 11)),
    }  # fmt: skip
    facts["subject"] = f"the quote for {facts['customer']}"


def _call(pick: Pick, facts: Facts) -> None:
    facts |= {
        "subject": f"the call with {facts['customer']}", "tickets": str(pick.num(2, 19)),
        "open_tickets": str(pick.num(1, 2)), "years": pick.one(("two", "three", "four", "six")),
        "worry": pick.one((
            "the delivery dates since spring", "who answers at the weekend", "the price of the second site",
            "exporting their own data", "the new login", "support in their language",
        )),
        "wish": pick.one((
            "a test account for their auditors", "invoices per site", "a named contact",
            "fewer but longer training sessions", "the old report layout back",
        )),
    }  # fmt: skip


STORIES = (
    story(
        "renewal",
        "en",
        "Sales, Customer Success",
        _renewal,
        """
@title
‹customer› renewal: ‹asked› % discount?
‹customer› – renewal ‹date›
What to offer ‹customer›
@topic
Renewals
Contract renewal
Pricing
@open
> ‹customer› wants ‹asked› % off to renew. They have ‹seats› seats at €‹price›. What does that cost us \
‹per year¦a year›?
< Today: ‹seats› × €‹price› × 12 = €‹old_total›. At ‹offered› % it would be €‹new_total›. I would not \
start at ‹asked› %: they use ‹used› of the ‹seats› seats, so the honest conversation is about the \
‹unused› idle ones.
@open email_search
> What did we last agree with ‹customer› ‹on pricing¦about the price›? ‹contact› says ‹asked› % was \
promised.
< I read ‹hits› mails. Nobody promised ‹asked› %: on ‹past› ‹peer› wrote "we will look at it at \
renewal". The contract stands at ‹seats› seats × €‹price›, €‹old_total› a year, and it ends on ‹date›.
< ‹hits› mails mention it. The nearest to a promise is ‹peer›'s sentence of ‹past›, "‹asked› % is \
thinkable for ‹term›". Without the longer term there is no offer in writing. Current volume: €‹old_total›.
? ‹customer› renewal discount ‹asked› %
? from:‹contact› price OR discount OR renewal
? ‹customer› contract pricing ‹last_quarter›
@more
> How many of those seats are really used?
< ‹used› of ‹seats› were active in ‹last_month›, that is ‹share› %. The ‹unused› others ‹belong mostly \
to their ‹city› site¦never logged in since the spring training›.
@more
> And if they ‹go¦walk› to ‹rival›?
< Moving ‹used› active people takes a quarter, and ‹contact› knows it. I would take the threat \
seriously but not ‹asked› %-seriously.
@more document_search
> Is there a rule for discounts above ‹offered› %?
< Yes: above ‹offered› % the ‹regional lead¦head of sales› signs, and only against ‹term› or a \
reference. It is on page ‹2¦3¦4› of the pricing handbook (‹hits› documents quote it).
? pricing handbook discount approval
? discount policy above ‹offered› percent
@more email
> ‹Draft¦Write› the mail to ‹contact›: ‹offered› % for ‹term›, seats down to ‹used› if they like.
< Here it is. I put the idle seats first, because that saves them more than the discount does.
< Draft attached. It offers two ways and asks for one answer by ‹weekday›.
= ‹customer› renewal: two ways to save
= Your renewal on ‹date›
~
Dear ‹contact›,

thank you for ‹the open talk on ‹weekday›¦your mail›. Before we speak about percentages, one \
observation: of your
‹seats› seats, **‹used› were active** in ‹last_month›. You should not pay for the other ‹unused›.

| | today | option A | option B |
|---|---|---|---|
| seats | ‹seats› | ‹used› | ‹seats› |
| price per seat | €‹price› | €‹price› | €‹price› less ‹offered› % |
| term | one year | one year | ‹term› |

‹Both hold until ‹date›.¦Either is ready to sign; both prices hold until ‹date›.› Tell me which one \
fits, or call me on ‹weekday› after ‹hour›.

Kind regards
‹me›
@fix
> Take out the table, ‹contact› reads mail on ‹a phone¦the train›.
< Replaced by two short paragraphs, A and B. The numbers are the same.
@fix
> Don't mention ‹used› so bluntly, it sounds as if we were watching them.
< It now says "our records suggest that some seats are idle; we would rather adapt the contract than \
bill them".
@thanks
Sent to ‹contact›. Fingers crossed for ‹date›.
Option A it is, ‹peer› agrees. Thank you.
""",
    ),
    story(
        "quote",
        "en",
        "Sales, Operations",
        _quote,
        """
@title
Quote: ‹units› ‹thing› for ‹customer›
‹customer› quote
@topic
Quotes
Pricing
@open
> Price for ‹units› ‹thing› incl. ‹days› days of installation? List price, €‹rate› a day.
< ‹units› × €‹price› = €‹hardware›, ‹days› × €‹rate› = €‹service›, together **€‹total›** net. Freight \
to ‹city› is about €‹shipping› and not in it.
@open document_search
> What did ‹rival› pay for ‹thing› last time? ‹customer› wants ‹units› of them.
< €‹price› each, quote of ‹past›, found in ‹hits› documents. For ‹units› that makes €‹hardware›, plus \
‹days› days of installation at €‹rate›: **€‹total›**.
? quote ‹thing› ‹rival›
? ‹rival› ‹thing› unit price
@open proposal
> ‹Write up¦Prepare› the offer for ‹customer›: ‹units› ‹thing›, ‹days› days on site, delivery in \
‹weeks› weeks.
< Done. Total €‹total› net, valid until ‹date›. I left freight open, as ‹peer› always does.
= Offer ‹customer›: ‹units› ‹thing›
~
# Offer for ‹customer›

Prepared for ‹contact› · valid until ‹date›

| position | quantity | price | sum |
|---|---:|---:|---:|
| ‹thing› | ‹units› | €‹price› | €‹hardware› |
| installation, days | ‹days› | €‹rate› | €‹service› |
| **total, net** | | | **€‹total›** |

## Delivery
‹weeks› weeks after the order, to ‹city›. Freight at cost, about €‹shipping›.

## What we need from you
1. access to the hall on the first day, from 7:00
2. one person who knows the ‹network¦power plan¦conveyor›
3. a purchase order number

‹Warranty is 24 months from acceptance.¦Spare parts are kept for ten years.›
@fix
> Net AND gross please, they asked for it ‹last time¦twice›.
< Both are in the last line now. I took 20 %; correct me if the ‹city› site counts as export.
@more
> Can we deliver before ‹date›?
< Only ‹a part¦half of them›: the next batch needs ‹weeks› weeks. ‹peer› in operations could confirm \
‹by ‹weekday›¦today›.
@more
> What if they take ten ‹more¦extra›?
< Above ‹units› + 10 the next price step applies, four percent less per piece. I would mention it but \
not put it into the total.
@more general
> Is the import duty on ‹thing› still what it was?
< Unchanged as far as I can see (‹hits› sources), but the code depends on whether the motor is \
included. Ask ‹other› before you promise it.
? customs tariff ‹thing› ‹next_month›
@more email
> A short mail to ‹contact› with the offer, please.
< Written. It names the total, the ‹weeks› weeks and one question: the purchase order.
= Our offer for ‹units› ‹thing›
~
Dear ‹contact›,

our offer is attached: ‹units› ‹thing› and ‹days› days of installation for **€‹total›** net, delivered \
‹weeks› weeks
after your order. ‹If you order by ‹date›, we keep the installation team free for you.¦The offer stands \
until ‹date›.›

May I have your purchase order number by ‹weekday›?

Best regards
‹me›
""",
    ),
    story(
        "call-preparation",
        "en",
        "Sales, Customer Success, Support",
        _call,
        """
@title
Briefing ‹customer›, ‹weekday› ‹hour›
Prepare ‹contact› call
@topic
Meeting preparation
Account briefing
@open email_search
> I talk to ‹contact› from ‹customer› at ‹hour›. What should I know?
< From ‹hits› mails and ‹tickets› tickets: customer for ‹years› years, ‹open_tickets› still open, and \
‹contact› keeps coming back to one thing: ‹worry›. ‹peer› promised an answer on ‹past›; I can't find it.
< Three things, out of ‹hits› mails. 1) They worry about ‹worry›. 2) They would like ‹wish›. 3) \
‹contact› has a new boss, so expect more people in the call.
? ‹customer› ‹contact› last 90 days
? from:‹contact›
@open
> ‹customer› at ‹hour›, ‹contact› will ask about ‹worry›. What do I say?
< The truth in two sentences: we know it, and ‹peer› answers until ‹date›. Then offer ‹wish›, which \
they asked for and which costs us little.
@more
> Who else will be ‹there¦on the call›?
< ‹contact›, someone from procurement, and probably ‹other› from our side. The invitation says 45 \
minutes; last time it took 70.
@more
> What must I not say?
< No date for ‹worry› before ‹peer› has confirmed it. And don't mention ‹rival›: they share a board member.
@more document_search
> Do we have the notes of the last call?
< ‹hits› documents; the one that counts is ‹peer›'s of ‹past›. Two promises in it: ‹wish›, and an \
answer on ‹worry›. The first is kept.
? meeting notes ‹customer›
? call notes ‹contact› ‹last_month›
@more summary
> Make me a one-page briefing.
< One page, four headings, nothing you could not say aloud in front of them.
= Briefing: ‹customer›, ‹weekday› ‹hour›
~
## Who
‹contact› and procurement. Customer for ‹years› years.

## What they will ask
- ‹worry›: **no date yet**, ‹peer› answers until ‹date›
- ‹wish›: yes, we can

## What we want
- a decision about the second site
- ‹permission to name them as a reference¦a date for the workshop in ‹city››

## Numbers
‹tickets› tickets in twelve months, ‹open_tickets› open. ‹No complaint since ‹past›.¦Last complaint: \
‹past›.›
@fix
> Put the numbers on top.
< Moved. I also added who answered the last complaint: ‹other›.
@thanks
Call went well, ‹contact› was surprised we remembered ‹wish›.
""",
    ),
)
