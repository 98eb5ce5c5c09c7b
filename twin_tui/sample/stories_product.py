"""Stories of product people: release notes, interviews."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _release(pick: Pick, facts: Facts) -> None:
    version = f"{pick.num(2, 9)}.{pick.num(0, 14)}"
    fixed = pick.num(5, 24)
    facts |= {
        "version": version, "tickets": str(fixed + pick.num(3, 12)), "fixed": str(fixed),
        "star": pick.one(("offline mode", "shared folders", "undo everywhere", "keyboard shortcuts",
            "faster search",
                          "comments on drafts")),
        "small": pick.one(("dates follow your language", "fewer mails", "the export keeps its column order",
                           "names with apostrophes sort right")),
        "broken": pick.one(("the old API key format", "Internet printing", "import from version 1",
            "the grey theme")),
        "subject": f"the {version} release notes",
    }  # fmt: skip


def _interviews(pick: Pick, facts: Facts) -> None:
    people = pick.num(6, 18)
    said = pick.num(people // 2, people - 1)
    facts |= {
        "people": str(people), "said": str(said), "few": str(pick.num(2, 3)), "subject": "the interviews",
        "pain": pick.one(("finding what they wrote last week", "handing work over before holidays",
                          "two lists that should be one", "knowing who has already answered",
                          "getting numbers out for their boss")),
        "wish": pick.one(("dark mode", "a bigger font", "an app for the tablet", "fewer notifications")),
        "quote": pick.one(("I keep a second list on paper, please don't tell my boss",
                           "It works, but I have to think about it",
                               "I send myself e-mails so that I find it again",
                           "When Ruth is on holiday we simply wait")),
    }  # fmt: skip


STORIES = (
    story(
        "release-notes",
        "en",
        "Product, Engineering, Marketing",
        _release,
        """
@title
Release notes ‹version›
‹version›: what do we tell people?
@topic
Release notes
Product updates
@open
> ‹version› is ready: ‹star›, ‹fixed› fixes, and ‹broken› goes away. In which order do I tell it?
< The bad news first but short: ‹broken› ends, here is what to do. Then ‹star› with one picture. The \
‹fixed› fixes as a list nobody has to read.
@open document_search
> What is in ‹version›? Go through the merged tickets.
< ‹tickets› tickets (‹hits› documents): ‹fixed› fixes, the big one is ‹star›, the nicest small one \
"‹small›". One thing breaks: ‹broken›.
? milestone ‹version› merged
? changelog ‹version›
@open summary
> Release notes for ‹version›: ‹star›, ‹small›, goodbye to ‹broken›.
< Done; 150 words, every line starts with what the reader can do now.
= What is new in ‹version›
~
# What is new in ‹version›

**Please note:** ‹broken› is no longer supported. If you use it, answer to this mail before ‹date›; we \
help you move.

## New
- **‹star›.** The thing you asked for most.
- ‹small›

## Better
‹fixed› faults are gone. The three that annoyed most of you:

1. lists jumped to the top after saving
2. e-mails with two attachments arrived with one
3. `Ctrl+Z` undid one step too many ✌️

*Thank you, ‹customer›, for testing.*
@fix
> No emoji in the official one.
< Removed, and "goodbye" became "end of support".
@more
> Who uses ‹broken› at all?
< ‹customer› and ‹two smaller ones¦nobody else we know of›, going by the log of ‹last_month›. A phone \
call each is cheaper than a page of documentation.
@more
> ‹peer› wants to call it "revolutionary".
< It is ‹star›. People will be glad and then go on with their day; "at last" is about right.
@more
> Is "‹small›" worth a line?
< Yes. ‹other› counted it: the small ones get more thank-you mails than the big ones.
@more email_search
> Which customers asked for ‹star›?
< ‹hits› mails, the first from ‹contact› two years ago. Writing to those people personally takes an \
hour and is remembered.
? "‹star›" feature request
@more email
> A mail to the testers, please.
< Written: thanks, what changed because of them, what we decided against and why.
= ‹version› is out, thanks to you
~
Hello,

‹version› went out this morning, and ‹star› works because you broke it ‹four¦nine¦thirteen› times for us.

Two of your wishes are not in it: *sorting by colour* (we don't understand it yet, tell us more) and \
*‹broken› for ever* (sorry).

Cake at the next meeting in ‹city› 🎉

‹me›
""",
    ),
    story(
        "interviews",
        "en",
        "Product, Marketing, Customer Success",
        _interviews,
        """
@title
‹people› interviews: ‹pain›
Interviews: everybody wants ‹wish›?
@topic
User research
Interviews
@open
> I have ‹people› interviews. Everybody talks about ‹wish›. Is that the finding?
< It is the loudest wish, not the finding. ‹said› of ‹people› described a workaround for ‹pain› without \
calling it a problem. "‹quote›" says more than any wish.
@open document_search
> Go through the ‹people› interview notes: what hurts most?
< ‹said› of ‹people› speak about ‹pain›; ‹few› mention ‹wish› (‹hits› passages). The best sentence: \
"‹quote›."
? interview notes ‹last_month›
? interviews "‹pain›"
@open document_search report
> Read the ‹people› interview notes and write me the page for ‹weekday›.
> Can you find all notes about ‹pain› and turn them into one page?
< Read (‹hits› files) and written. I kept one quote; it does more than the table.
? interview notes ‹pain›
? notes ‹people› interviews ‹last_month›
= ‹pain›: what people do about it
~
# ‹pain›

‹said› of ‹people› have a workaround for it. Nobody called it a problem.

> "‹quote›"

1. watch three of them for a morning
2. then decide whether it is worth a quarter

*‹few› asked for ‹wish›. Small, kind, not urgent.*
@more
> ‹said› of ‹people› – is that enough?
< For "it exists", yes. For "how many", no: ask two questions to a few hundred people before you plan a \
quarter on it.
@more
> Who said "‹quote›"?
< Someone at ‹customer›. ‹peer› did the interview; they agreed to be quoted without a name.
@more
> So we ignore ‹wish›?
< No. ‹few› asked for it, it is small, and it buys goodwill. Just don't let it stand for the other thing.
@more email_search
> Did customers write about ‹pain› as well?
< ‹hits› mails since spring, in other words: "where is", "who has", "again".
? "where is" OR "who has" ‹customer›
@more report
> Summarise for the roadmap meeting.
< One page: finding, evidence, what we don't know.
= What ‹people› people told us
~
# What ‹people› people told us

**Finding:** ‹pain› costs them time every week, and they have stopped mentioning it.

> "‹quote›"

| | people |
|---|---:|
| describe a workaround for it | ‹said› |
| ask for ‹wish› | ‹few› |
| interviewed | ‹people› |

## What we don't know
- how often it happens
- whether ‹rival› solves it

## Proposal
Watch three people for a morning, at ‹customer› in ‹city›, before anybody draws a screen.
@fix
> Take out ‹rival›, this goes to customers too.
< Gone. It says "whether others solve it".
@thanks
The quote silenced the whole room. Thank you.
""",
    ),
)
