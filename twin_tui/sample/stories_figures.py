"""Stories of marketing and data: a newsletter, two numbers that disagree."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _newsletter(pick: Pick, facts: Facts) -> None:
    sent = pick.num(18, 96) * 100
    opened, clicked = pick.num(21, 46), pick.num(9, 58) / 10
    facts |= {
        "sent": f"{sent:,}", "opened": str(opened), "clicked": f"{clicked:.1f}",
        "opens": f"{sent * opened // 100:,}",
        "clicks": str(int(sent * clicked / 100)), "subject": f"the {facts['month']} newsletter",
        "story": pick.one((f"how {facts['customer']} halved its paperwork", "the open day",
            "our new colleagues",
                           "five things we got wrong", "the repair service")),
    }  # fmt: skip


def _numbers(pick: Pick, facts: Facts) -> None:
    ours = pick.num(1_200, 8_900)
    missing = pick.num(21, 340)
    facts |= {
        "ours": f"{ours:,}", "theirs": f"{ours - missing:,}", "missing": str(missing),
        "subject": "the two numbers",
        "measure": pick.one(("active accounts", "orders", "new subscribers", "open invoices", "deliveries")),
        "why": pick.one(("theirs ends at midnight UTC, ours at local midnight", "test accounts are in ours",
                         "theirs counts a person once, ours once per device",
                             "cancelled ones leave theirs at once")),
    }  # fmt: skip


STORIES = (
    story(
        "newsletter",
        "en",
        "Marketing, People",
        _newsletter,
        """
@title
‹month› newsletter: ‹opened› % opened
Newsletter ‹next_month›
@topic
Newsletter
Campaigns
@open
> The newsletter went to ‹sent› people, ‹opened› % opened, ‹clicked› % clicked. Good?
< ‹opens› opened and ‹clicks› clicked. The opens are fine. The clicks went almost all to "‹story›", \
which stood last: put it first.
@open document_search
> How did the last newsletters do compared with ‹opened› % opens?
< Between 24 and 39 % in ‹hits› issues, so ‹opened› % is ‹ordinary¦no reason to change anything›. \
Issues with a person in the subject line did best.
? newsletter report open rate
@open email
> Write the teaser: ‹story›. Friendly, 60 words.
< 58 words. The first four are what people see on a phone.
= ‹story›, in two minutes
~
Hello,

this month it is about ‹story›. It began with a question ‹other› got on the phone, and nobody here had \
an answer.

We went to ‹city› and asked. What we heard is two minutes long, has one surprising number in it, and \
ends with a photograph of a very old printer.

→ https://news.example/‹sent›

See you there
‹me›
@fix
> "Old printer" will offend ‹customer›.
< It is "a printer with a history" now.
@more
> Subject line? Three ideas, please.
< 1. The question nobody could answer
2. ‹story› (really)
3. Two minutes, one number, one printer
I would test 1 against 3.
@more
> ‹peer› wants to send it on ‹weekday› evening.
< Evenings got fewer opens and more replies here. If you want answers, ‹peer› is right.
@more
> ‹clicks› clicks out of ‹sent› – isn't that sad?
< It's ‹clicked› %, and every one of them chose it. Sad would be more clicks and nobody reading on.
@more general
> Do we have to show the unsubscribe link on top?
< Not on top, but visible and working with one click (‹hits› sources agree for the EU and the US). Ask \
‹other› in legal before moving it.
? unsubscribe link requirements newsletter
@more summary
> Short report for ‹other›?
< Five lines.
= ‹month› newsletter in numbers
~
- sent ‹sent›, opened ‹opens› (‹opened› %), clicked ‹clicks› (‹clicked› %)
- best story: **‹story›**, although it was last
- next time: best story first, subject with a person
- ‹three¦four¦six› people unsubscribed, one of them politely 🙂
""",
    ),
    story(
        "two-numbers",
        "en",
        "Data, Finance, Product, Sales",
        _numbers,
        """
@title
‹measure›: ‹ours› or ‹theirs›?
Why don't the ‹measure› agree?
@topic
Data questions
Definitions
@open
> My dashboard says ‹ours› ‹measure›, ‹peer›'s says ‹theirs›. Who's right?
< Both. The difference of ‹missing› has a reason: ‹why›. Decide which one the decision needs, and write \
the definition under the number.
@open document_search
> How do we define "‹measure›"? I see ‹ours› and ‹theirs›.
< ‹hits› documents define it, in two ways. They differ because ‹why›; that explains the ‹missing›.
? definition "‹measure›"
? metric catalogue ‹measure›
@open document_search email
> Find out which number for ‹measure› is right and write to ‹peer›, please.
> ‹ours› or ‹theirs› ‹measure›? Look it up and draft two lines to ‹other›.
< ‹hits› documents say: both, and the ‹missing› between them are explained. Mail drafted.
? ‹measure› definition dashboard
? ‹measure› count ‹last_month›
= ‹measure›: ‹ours› or ‹theirs›
~
Hi,

I have ‹ours›, you have ‹theirs›, and both are right: ‹why›. That explains all of the ‹missing›.

Shall we use **‹theirs›** from now on, with one line under it?

‹me›
@more
> Show me the query.
< For yours:
```sql
SELECT count(DISTINCT account_id) AS n   -- ‹ours›
FROM facts
WHERE day >= date '2026-01-01' AND kind = '‹measure›';
```
For theirs add `AND NOT is_test`; it gives ‹theirs›.
@more
> Which one goes to the board?
< The smaller one, ‹theirs›, with one sentence under it. Numbers that shrink later cost more trust than \
numbers that start small.
@more
> Can you prove the ‹missing›?
< I listed them: all ‹missing› have the same mark, and none of the others has. That is as near to proof \
as a table gets.
@more email_search
> Did we report ‹ours› to anybody already?
< Yes: ‹hits› mails, the one to ‹contact› among them (‹past›). I'd correct it before they notice.
? "‹ours›" ‹measure›
@more email
> Then write the correction to ‹contact›.
< Two paragraphs, the new number first.
< It is short, because corrections that are long sound like excuses.
= Correction: ‹theirs› ‹measure›
~
Dear ‹contact›,

in my mail of ‹past› I wrote ‹ours› ‹measure›. The right number is **‹theirs›**: ‹why›.

Nothing else in the report changes. From now on the definition stands below the number, so that you can \
check us.

Best
‹me›
@fix
> Mention ‹peer› found it.
< Done: "‹peer› noticed it, thank you".
@thanks
Definition is under the chart now. That argument lasted a year 😅
""",
    ),
)
