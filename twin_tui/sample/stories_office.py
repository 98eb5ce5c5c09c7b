"""Stories of every office: travel, minutes of a meeting, a late supplier."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _travel(pick: Pick, facts: Facts) -> None:
    train, flight = pick.num(74, 240), pick.num(110, 420)
    facts |= {
        "train": str(train), "flight": str(flight),
        "nights": pick.one(("one night", "two nights", "three nights")),
        "hotel": str(pick.num(84, 168)),
        "train_hours": f"{pick.num(4, 9)} h {pick.one(('05', '20', '40', '55'))}",
        "flight_hours": f"{pick.num(3, 5)} h door to door", "subject": f"the trip to {facts['city']}",
        "leaves": f"{pick.num(6, 9):02d}:{pick.one(('04', '17', '32', '51'))}",
    }  # fmt: skip


_SAYINGS = (
    "Can everybody see the screen?", "I still think we should ask {c} first.",
        "That was decided in spring, wasn't it?",
    "Sorry, I was on mute.", "Two weeks is not realistic with the holidays.", "Who takes the minutes?",
    "We could do the small version now and the rest after {d}.", "What does it cost if we do nothing?",
    "I have the numbers, they are not as bad as we thought.",
        "Let me say what I heard: nobody is against it.",
    "The door is squeaking again.", "I'd need someone for a day, not more.", "Then write my name behind it.",
    "Does that include the second site?", "I would rather be late than wrong.", "Can we park that?",
    "{c} will ask why, and we should have an answer.", "We said the same thing last year.",
    "Is anyone from finance here?", "Okay, but who tells them?", "I'll send the file afterwards.",
    "That is two different questions.", "Could we stop sharing for a moment?", "Fine for me.",
    "Let us decide today. Really.", "I have to leave at quarter to.",
)  # fmt: skip


def _minutes(pick: Pick, facts: Facts) -> None:
    voices = [facts["me"], facts["peer"], facts["other"], pick.one(("Dana", "Viktor", "Oluchi", "Sanne"))]
    minute, lines = 0, []
    for number in range(pick.num(64, 96)):
        minute += pick.num(0, 1)
        saying = pick.one(_SAYINGS).replace("{c}", facts["customer"]).replace("{d}", facts["date"])
        lines.append(
            f"[{minute // 60:02d}:{minute % 60:02d}:{pick.num(0, 59):02d}] {voices[number * 7 % 4]}: {saying}"
        )
    theme = pick.one(
        (
            "the move to the second floor",
            "the new price list",
            "the trade fair",
            "on-call at weekends",
            "the customer survey",
            "the warehouse software",
        )
    )
    facts |= {
        "theme": theme, "transcript": "\n".join(lines), "fourth": voices[3], "length": str(minute),
        "people": pick.one(("five", "six", "seven")), "subject": f"the meeting about {theme}",
        "money": f"{pick.num(2, 38)},500",
    }  # fmt: skip


def _supplier(pick: Pick, facts: Facts) -> None:
    days = pick.num(4, 21)
    facts |= {
        "days": str(days), "stock": str(max(2, days - pick.num(1, 6))), "supplier": facts["rival"],
        "part": pick.one(("bearings", "cardboard boxes", "control boards", "glass covers", "flour",
            "copper wire")),
        "extra": str(pick.num(6, 24)),
        "line": pick.one(("line 2", "the night shift", "the whole north hall")),
    }  # fmt: skip
    facts["subject"] = f"the delay of the {facts['part']}"


STORIES = (
    story(
        "travel",
        "en",
        "Sales, Operations, Customer Success, Marketing",
        _travel,
        """
@title
‹city›, ‹nights›
Trip to ‹city› on ‹date›
@topic
Travel
Business trips
@open
> I have to be in ‹city› on ‹date› at ‹hour›. Train or plane?
< Train: ‹leaves›, ‹train_hours›, €‹train›, you can work. Plane: ‹flight_hours›, €‹flight›, you can't. \
For ‹nights› I would take the train and arrive the evening before.
@open general
> Hotels in ‹city› near ‹customer›, ‹nights›, below €‹hotel›?
< ‹hits› found. Two are within walking distance of ‹customer›; the cheaper one is €‹hotel› with \
breakfast, ‹peer› stayed there on ‹past› and slept well.
? hotel ‹city› ‹nights› ‹date›
? hotel near ‹customer› ‹city›
@open email_search
> Did ‹contact› send the address for ‹city›?
< Yes, in one of ‹hits› mails: entrance at the back, ask for ‹contact› at the gate, bring an ID. The \
meeting begins at ‹hour›.
? ‹contact› address ‹city›
@more
> And if the ‹leaves› is cancelled?
< The next one arrives 50 minutes later, still in time for ‹hour›. The one after is too late. Book a \
flexible ticket.
@more
> Can I bring ‹peer›?
< ‹peer› is free on ‹date›, so yes. Two tickets are €‹train› each; the room for two costs a bit more.
@more
> What does the travel policy say about first class?
< From four hours on it is allowed if it costs less than 1.3 times second class. This one doesn't.
@more summary
> Put the trip on one page for me.
< One page, readable on a phone.
= ‹city›, ‹date›
~
**There** train ‹leaves›, ‹train_hours›, coach ‹7¦12¦21›, change once
**Hotel** ‹nights›, €‹hotel›, breakfast from 6:30
**Meeting** ‹customer›, ‹hour›, back entrance, ask for ‹contact›
**Back** open ticket, last good train 18:40

- [ ] ID
- [ ] the sample parts
- [ ] charger (‹peer› always forgets hers)
@more email
> Tell ‹contact› when I arrive.
< Sent to your drafts, not to ‹contact›.
= My visit on ‹date›
~
Dear ‹contact›,

I arrive the evening before and will be at your gate on ‹date› at ‹hour›. ‹peer› may come with me, if \
that is fine with you.

Is there something you want to show us in the hall? Then I bring shoes that may get dirty.

Best regards
‹me›
@fix
> Leave the shoes out 😄
< Out. You could still bring them.
@thanks
Booked. Window seat 🚄
""",
    ),
    story(
        "minutes",
        "en",
        "Operations, Product, People, Engineering, Marketing",
        _minutes,
        """
@title
Minutes: ‹theme›
What did we decide about ‹theme›?
@topic
Meeting notes
Minutes
@open
> Here is the raw transcript about ‹theme›. What did we actually decide?

‹transcript›
< Less than it felt like. Decided: a small version of it before ‹date›. Promised: ‹fourth› sends the \
numbers, ‹peer› asks ‹customer›. Open: who pays the €‹money›. And nobody took the minutes until minute \
‹length›.
< One decision (small version first), two promises (‹peer›: ask ‹customer›; ‹other›: send the file), \
and a question that came up three times without an answer: what does it cost if we do nothing?
@open document_search
> Did we decide anything about ‹theme› in ‹last_month›?
< ‹hits› notes. A decision only in one: small version, €‹money›, ‹peer› responsible. The later meetings \
discuss it as if it were open.
? decision "‹theme›"
? minutes ‹theme› ‹last_month›
@open document_search summary
> Find everything about ‹theme› since ‹last_month› and make one list of it.
> Could you collect the old notes about ‹theme› and sum them up for ‹peer›?
< ‹hits› notes, one list. Two of them contradict each other; I marked it.
? notes "‹theme›" since ‹last_month›
? "‹theme›" agenda OR minutes
= ‹theme›: all notes in one list
~
- ‹past›: small version first, at most €‹money›
- later: "wait for ‹customer›" (‹other›) ← contradicts the line above
- open: who pays, who tells the second site
- next: ‹date›, ‹hour›
@more
> Who said it was decided ‹in spring¦already›?
< ‹other›, and nobody disagreed. I found no note from spring, though, so it may have been a corridor.
@more
> Who has to do what by when?
< ‹peer› asks ‹customer› until ‹weekday›. ‹other› sends the file today. ‹fourth› finds out about the \
€‹money›. You: nothing, if you invite for the next one.
@more
> Was ‹fourth› against it?
< No. Against the date. "Two weeks is not realistic" is not "no".
@more email_search
> Has ‹other› sent the file?
< ‹hits› mails from ‹other› since then, none with an attachment. There is one that says "see attached".
? from:‹other› has:attachment ‹theme›
@more summary
> Minutes, please. Decisions on top.
< Done, ‹people› names checked against the invitation.
= Minutes: ‹theme›
~
## Decided
1. we start with the small version, before ‹date›
2. the budget is at most €‹money›; above that we meet again

## To do
| who | what | until |
|---|---|---|
| ‹peer› | ask ‹customer› | ‹weekday› |
| ‹other› | send the file | today |
| ‹fourth› | find the €‹money› | ‹date› |

## Open
- does it include the second site?
- what does it cost to do nothing?

*Present: ‹me›, ‹peer›, ‹other›, ‹fourth› and three guests. ‹length› minutes.*
@fix
> Item 2 was not decided, only said.
< Moved to "open", with the name of who said it.
@fix
> Can you send it as ‹plain text¦a mail to the group›?
< As text it is below 20 lines now; the table became three sentences.
""",
    ),
    story(
        "late-supplier",
        "en",
        "Operations, Finance, Sales",
        _supplier,
        """
@title
‹part›: ‹days› days late
‹supplier› can't deliver
@topic
Supply
Purchasing
@open
> ‹supplier› delivers the ‹part› ‹days› days late. We have stock for ‹stock›. Options?
< Three. Buy elsewhere, ‹extra› % dearer, here by ‹weekday›. Ask ‹supplier› for a part delivery; they \
have done it before. Or stop ‹line› for a few days, which costs most. I would do the first two together.
@open email_search
> What exactly did ‹supplier› promise about the ‹part›?
< ‹hits› mails. "End of the week" on ‹past›, "soon" since. Never a date. ‹peer› asked twice.
? ‹supplier› ‹part› delivery date
? from:sales@supplier.example ‹part›
@more
> How long until ‹line› stands still?
< ‹stock› days at the present pace. With Saturday off a little more.
@more
> Who else sells ‹part›?
< ‹customer› does, ‹extra› % above our price and without a minimum. ‹other› bought there two years ago.
@more
> Is there a penalty in the contract?
< Half a percent per week, capped at five. It will not pay for ‹line›, but it makes them pick up the phone.
@more document_search
> When did that happen last?
< In ‹last_quarter› (‹hits› reports), also ‹part›, also ‹supplier›. Then it was nine days.
? delivery delay ‹supplier›
@more email
> Write to ‹supplier›. Firm, but we still need them.
< Firm in the date, friendly in the rest.
= ‹part›: we need a date
~
Dear ‹contact›,

our stock of ‹part› lasts ‹stock› days. Your delivery is ‹days› days late and has no new date.

Please tell me by **‹weekday›, ‹hour›**:

1. how many you can send this week, even if it is a part
2. the date of the rest

If that is not possible we buy elsewhere for this month and charge the difference, as agreed in section \
6. We would rather not.

Kind regards
‹me›
@fix
> Without the threat, please. I know them for ten years.
< Section 6 is gone. It ends with "please call me, even with bad news".
@more report
> And a note for the morning meeting.
< Half a page: where we stand, what we do, when we know more.
= ‹part› – situation
~
**Stock** ‹stock› days · **delay** ‹days› days · **affected** ‹line›

- part delivery asked for, answer due ‹weekday›
- second source: ‹customer›, +‹extra› %, ‹peer› holds the quote
- if nothing comes: ‹line› pauses, people move to maintenance (planned anyway for ‹next_month›)
""",
    ),
)
