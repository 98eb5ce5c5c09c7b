"""Stories about people at work: hiring, first days, leave."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story

_ROLES = (
    "data engineer", "account manager", "warehouse planner", "technical writer", "support lead", "controller",
    "UX researcher", "field technician",
)  # fmt: skip


def _hiring(pick: Pick, facts: Facts) -> None:
    applied = pick.num(18, 140)
    talked = pick.num(5, 12)
    role = pick.one(_ROLES)
    facts |= {
        "role": role, "applied": str(applied), "talked": str(talked), "days": str(pick.num(19, 74)),
        "salary": f"{pick.num(46, 88)},000", "subject": f"the {role} position",
        "who": pick.one(("she", "he", "they")),
        "strength": pick.one(("explains hard things simply", "asked better questions than we did",
                              "has done exactly this before", "admitted what didn't work")),
        "doubt": pick.one(("never worked with customers directly", "wants to lead within a year",
                           "can only start in spring", "was vague about the last job")),
    }  # fmt: skip


def _first_day(pick: Pick, facts: Facts) -> None:
    name = pick.one(
        ("Yuki", "Malik", "Rosa", "Henrik", "Chiara", "Abena", "Piotr", "Leila", "Finn", "Mireille")
    )
    facts |= {
        "name": name, "subject": f"{name}'s first week", "role": pick.one(_ROLES),
        "missing": str(pick.num(2, 5)),
        "thing": pick.one(("the laptop", "the door badge", "access to the shared drive", "the payroll form")),
    }  # fmt: skip


def _leave(pick: Pick, facts: Facts) -> None:
    days, taken = pick.num(25, 30), pick.num(6, 19)
    facts |= {
        "days": str(days), "taken": str(taken), "left": str(days - taken), "carry": str(pick.one((5, 8, 10))),
        "weeks": pick.one(("two", "three")), "subject": "the leave question",
        "case": pick.one(("parental leave in summer", "a sabbatical of three months",
            "leave during the notice period",
                          "half days in December", "working from abroad for a month")),
    }  # fmt: skip


STORIES = (
    story(
        "hiring",
        "en",
        "People, Engineering, Support, Product",
        _hiring,
        """
@title
Hiring: ‹role›
‹role› – second interview?
‹applied› applications
@topic
Hiring
Interviews
@open
> We have ‹applied› applications for ‹role› and I talked to ‹talked›. One ‹strength›, but ‹doubt›. Thoughts?
< The strength is rare, the doubt can be asked about. Invite for a second talk with one task: explain \
to ‹peer› what went wrong in the last project. You'll know after ten minutes.
@open document_search
> Summarise the interview notes for the ‹role›, please.
< ‹talked› interviews, ‹hits› notes. Two stand out; the clearer one ‹strength›. ‹peer›'s only doubt: \
‹doubt›. Nobody wrote a "no" for that person.
? interview notes ‹role›
? candidates ‹role› feedback
@open proposal
> Draft the ad for a ‹role›, €‹salary›, ‹city› or remote.
< No ninja, no rock star; what the work is, what it pays, who you'd work with.
= Wanted: ‹role›
~
# ‹role› (‹city› or remote)

You would work with ‹peer› and ‹other›. In the first month you learn how we work; in the third you \
decide how it could be better.

## The work
- half of it planned, half of it what the day brings
- you talk to the people who use it, every week

## You
- have done something similar, anywhere
- write so that others need not ask
- say "I don't know" before it is expensive

## We
- €‹salary›, 30 days of leave, no trial tasks without pay
- answer within ‹ten¦seven› days, also when it is a no

Write to jobs@careers.example until ‹date›. A letter is not needed.
@more
> How long is the position open now?
< ‹days› days. The average here is 51, so there is no reason to ‹panic¦settle for less›.
@more
> What do I ask about "‹doubt›"?
< Directly: "‹peer› noticed that. How do you see it?" People who have thought about it answer in one \
sentence.
@more
> Is €‹salary› enough?
< It is in the middle of what we saw ‹in ‹city›¦this year›. Two of the ‹talked› would want more, one \
said so openly.
@more email_search
> Did the agency send anyone ‹else¦new›?
< ‹hits› mails, two profiles, both already among the ‹applied›. I would not pay for them.
? agency profiles ‹role›
@more email
> Write the invitation for the second interview.
< Friendly, with the task, the names and the time it takes.
= Second conversation, ‹role›
~
Hello,

we liked talking to you and would like to go on: **‹weekday›, ‹hour›**, one hour, by video or in ‹city›.

You meet ‹peer› and ‹other›. Please bring one story of a project that did not go well; that is the \
whole preparation.

Afterwards you hear from us within two working days.

‹me›
@fix
> Say that we pay the train.
< Added, including where to send the ticket.
@fix
> "Did not go well" sounds like a trap.
< Now: "one project you would do differently today".
@thanks
Great, ‹who› said yes to the second talk!
""",
    ),
    story(
        "first-week",
        "en",
        "People, Operations, Engineering, Customer Success",
        _first_day,
        """
@title
‹name› starts on ‹date›
Onboarding ‹name›
@topic
Onboarding
First week
@open
> ‹name› starts as ‹role› on ‹date›. What is missing?
< ‹missing› things, the urgent one is ‹thing›: ‹peer› ordered it, but without a date. And nobody is \
named for lunch on the first day, which people remember longest.
@open document_search
> What did we do for the last ‹role› who started?
< ‹hits› documents. Day one was too full: seven meetings. ‹other› wrote afterwards "I'd have liked an \
hour alone with ‹thing›". I would halve it.
? onboarding plan ‹role›
? first week checklist ‹department›
@more
> Who could be the buddy?
< ‹peer›: in the office on three days and new enough to remember. ‹other› offered too, but is away \
until ‹date›.
@more
> What should ‹name› be able to do after a week?
< One small thing from start to finish, with their name on it. Everything else is listening.
@more
> ‹thing› won't be there in time.
< Then borrow one from ‹city›; ‹other› did that for the trainees. Tell ‹name› before the first day, not \
on it.
@more email_search
> Did ‹name› answer about the start time?
< ‹hits› mails; yes, on ‹past›: "‹hour› is fine, I come by bicycle". So: a place for the bicycle.
? ‹name› start time
? from:‹name›
@more summary
> Make a plan for the first week.
< Few meetings, much time, one thing finished on Friday.
= ‹name›: first week
~
# ‹name›, ‹role›

| | morning | afternoon |
|---|---|---|
| Mon | welcome, ‹thing›, walk through the house | lunch with ‹peer›, **nothing else** |
| Tue | how we work (‹me›, 1 h) | read, ask |
| Wed | sit with support | first small task |
| Thu | task | ‹customer› call, listening |
| Fri | finish the task, show it | how was it? (‹me›, 30 min) |

- [x] contract, payroll
- [ ] ‹thing› (‹peer›, until ‹date›)
- [ ] flowers? ‹name› has a cat; ask first 🐈‍⬛
@fix
> Thursday is a public holiday.
< Moved: the call to Wednesday, the task ends on Tuesday of the week after.
@more email
> And a welcome mail to ‹name›.
< Warm, with everything one worries about the evening before: time, door, who, lunch.
= See you on ‹date›
~
Hello ‹name›,

on ‹date› we start at **‹hour›**. Ring at the door with the blue sign, ‹peer› opens. You need nothing \
but an ID.

Lunch is on us. If you eat no meat, no fish or no coriander, tell me, or don't and we will find out.

We look forward to you! 🎉
‹me›
""",
    ),
    story(
        "leave",
        "en",
        "People, Finance, Legal",
        _leave,
        """
@title
‹case›
Leave: ‹left› days left
@topic
HR policies
Leave
@open document_search
> What does our policy say about ‹case›?
< ‹hits› documents, one in force: it is possible with ‹weeks› weeks' notice, your lead agrees, ‹peer› \
in HR notes it. Up to ‹carry› days may move into next year.
? policy ‹case›
? leave policy carry over
@open
> I have ‹days› days, took ‹taken›. How many can I carry over?
< ‹left› are left, ‹carry› of them may move to next year and must be taken by the end of March. The \
other ones ‹expire¦should be in the calendar soon›.
@more
> Does ‹case› count as leave?
< Not all of it. ‹peer› decides case by case and is known to be generous with people who ask early.
@more
> Who has to sign?
> Whose signature do I need for that?
< You and your lead. HR only reads. If ‹other› is your lead, ask before ‹weekday›: away afterwards.
@more
> Could they say no?
< In theory. In ‹other›'s team nobody was refused in ‹three¦five› years.
< Yes, for "urgent operational reasons", in writing. It happened twice in the last years, both in December.
@more email_search
> Didn't ‹other› get a special rule for that?
< ‹hits› mails. A one-time agreement, limited to that year. I'd not quote it.
? special agreement ‹case›
@more email
> Draft my request.
< Short and impossible to misunderstand: from, to, who covers.
= Request: ‹case›
~
Hello ‹other›,

I would like to ask for ‹case›, beginning on ‹date›.

- ‹left› days of leave are left, I would use ‹carry›
- ‹peer› covers for me and agrees
- the ‹customer› work is done before

Could you tell me by ‹weekday›?

Thanks
‹me›
@fix
> I haven't asked ‹peer› yet. Leave that out.
< Replaced by "cover: I'll arrange it before you sign".
""",
    ),
)
