"""Stories about words and formulas: translations, a mail that is too hard, a spreadsheet."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story
from twin_tui.sample.translations import SENTENCES


def _translation(pick: Pick, facts: Facts) -> None:
    first, second = pick.some(SENTENCES, 2)
    short = f"{pick.num(1, 28)}/{pick.num(1, 12)}"
    facts |= {
        "language": first[0], "line": first[1].replace("{d}", short), "note": first[2], "second": second[0],
        "second_line": second[1].replace("{d}", short), "short": short, "subject": f"the {first[0]} text",
        "where": pick.one(("the delivery note", "the shop window", "the help page", "the app",
            "the reminder mail")),
    }  # fmt: skip


def _rewrite(pick: Pick, facts: Facts) -> None:
    facts |= {
        "harsh": pick.one((
            "As I already told you twice, the file is in the folder.",
                "This is not what we agreed and you know it.",
            "If you had read the document, you would not ask.", "I expect an answer by tomorrow. Again.",
            "Nobody here understands why this takes you so long.",
        )),
        "soft": pick.one((
            "The file is in the shared folder, second line; tell me if you can't open it.",
            "I remember our agreement differently. Could we compare notes for five minutes?",
            "It's on page three, easy to miss. Shall I send you the paragraph?",
            "Could you tell me by tomorrow noon, even if the answer is 'not yet'?",
            "We may be missing something: what makes this one slow?",
        )),
        "subject": f"the mail to {facts['peer']}",
        "times": pick.one(("twice", "three times", "since Monday")),
    }  # fmt: skip


def _formula(pick: Pick, facts: Facts) -> None:
    column, last = pick.one("CDEFG"), pick.num(80, 940)
    facts |= {
        "column": column, "last": str(last), "bad": str(pick.num(2, 19)),
        "sheet": pick.one(("Orders", "Hours", "Stock", "Leads")),
        "want": pick.one(("the sum per month", "the newest entry per customer", "every second Friday",
                          "duplicates in red", "working days between two dates")),
        "subject": "the spreadsheet",
    }  # fmt: skip
    facts["formula"] = {
        "the sum per month": f'=SUMIFS({column}2:{column}{last}, A2:A{last}, ">="&H1)',
        "the newest entry per customer": f"=XLOOKUP(H1, B2:B{last}, {column}2:{column}{last}, , 0, -1)",
        "every second Friday": "=A2+14-WEEKDAY(A2+1,16)",
        "duplicates in red": f"=COUNTIF(${column}$2:${column}${last}, {column}2)>1",
        "working days between two dates": "=NETWORKDAYS.INTL(A2, B2, 1, Holidays!A:A)",
    }[facts["want"]]


STORIES = (
    story(
        "translation",
        "en",
        "",
        _translation,
        """
@title
‹language› for ‹where›
Translate: ‹where›
@topic
Translation
Languages
@open
> How do I say "your order arrives on ‹short›, sorry for the delay" in ‹language›? ‹It's for \
‹where›.¦For ‹contact›.›
< ‹line›

(‹note›)
< I'd write:

> ‹line›

It is ‹note›. ‹other› should read it once; I know the grammar, not your customers.
@open document_search
> Do we have a ‹language› version of ‹where›?
< In ‹hits› files, the newest by ‹peer›. It says:

‹line›

(‹note›)
? ‹where› ‹language› translation
@open summary
> Make me a sheet for ‹where›: ‹language› and ‹second›, one line each.
< Both lines, with a note on tone. Right-to-left text sits in its own paragraph so that it doesn't get \
mixed up.
= ‹where›: ‹language› and ‹second›
~
# Your order arrives on ‹short›

**‹language›** (‹note›)

‹line›

**‹second›**

‹second_line›

*Please let a native speaker read both before printing.*
@fix
> Without "sorry", Legal says.
< Then only the first sentence stays, in both languages.
@more
> And in ‹second›?
< ‹second_line›
@more
> Is it polite enough?
< For a customer you don't know, yes. Among colleagues one would drop the apology.
@more
> Can you mark where the date goes, ‹peer› fills it in later?
< `‹line›` – replace ‹short› and nothing around it.
@more document_search
> Which languages do we have for ‹where› ‹already¦so far›?
< ‹hits› files, ‹four¦five¦seven› languages. ‹second› is there but from before the new address.
? ‹where› translations all languages
@more email
> Write a note to the agency that checks it.
< Written; it asks for two things only.
= Please check: ‹language›, one sentence
~
Hello,

could someone who grew up with ‹language› read this for us?

> ‹line›

1. Is it correct?
2. Would *you* like to receive it?

It goes onto ‹where› on ‹date›. A "yes, yes" is enough 🙂

Thank you
‹me›
@thanks
どうもありがとう, as they say (was that right?)
""",
    ),
    story(
        "rewrite",
        "en",
        "",
        _rewrite,
        """
@title
Less angry, please
A mail to ‹peer›
@topic
Writing
Tone
@open
> I want to write to ‹peer›: "‹harsh›" Make it something I won't regret.
< "‹soft›" It asks for what you need and leaves the past alone.
< What you need is in the second half of your sentence. So: "‹soft›" If you want to be angry, do it on \
the phone; it doesn't get forwarded.
@open email_search
> How often did I ask ‹peer› for this? I'm about to write "‹harsh›"
< ‹times›, in ‹hits› mails, and two of those were questions to ‹other› with ‹peer› in copy. So maybe: \
"‹soft›"
? to:‹peer› from:me question
? to:‹peer› reminder
@open email
> Draft it for me, calm: ‹peer› hasn't answered ‹times›.
< Calm, four sentences, with a way out.
= One question before ‹weekday›
~
Hi ‹peer›,

‹soft›

If someone else should answer this, a name is enough.

Thanks
‹me›
@more
> Too soft. ‹peer› will ignore it.
< Then add a date and what happens after it: "If I hear nothing until ‹weekday›, I go ahead with the \
version of ‹past›." No adjective needed.
@more
> Should I put ‹other› in copy?
< Not yet. Copy is a second message, and it says "I don't trust you".
@more
> ‹peer› answered! One word: "ok".
< Take it as a yes, and write the yes down: "Thanks, so we do it as on ‹past›."
@more document_search
> Do we have a template for reminders?
< ‹hits› of them, most from before ‹other› made them friendlier. The newest begins with what was good.
? reminder template friendly
@more email
> Now one to the whole team, same thing.
< In general form, so that nobody has to guess who is meant.
= How we answer each other
~
Hi all,

questions wait too long, mine too. Proposal for ‹next_month›:

- "seen, answer on ‹weekday›" counts as an answer
- after two days the question may go to someone else
- **nobody** writes "as I already told you" ✌️

Objections to me, by ‹later_day›.

‹me›
@fix
> Delete the last bullet, ‹peer› wrote that once.
< Deleted. I had suspected it.
@thanks
You saved me from myself 😅
""",
    ),
    story(
        "formula",
        "en",
        "Finance, Operations, Data, Marketing, Sales",
        _formula,
        """
@title
Formula: ‹want›
‹sheet›: ‹want›
@topic
Spreadsheets
Formulas
@open
> In the sheet "‹sheet›" I need ‹want›. Data is in A to ‹column›, down to row ‹last›.
< ```text
‹formula›
```
If your program speaks another language, write `;` instead of `,`.
< Try this one:
```text
‹formula›
```
‹bad› cells in column ‹column› are text that looks like numbers; clean those first or they are skipped \
silently.
@open document_search
> Somebody here built ‹want› before. Where?
< ‹hits› workbooks. The good one is ‹peer›'s, sheet "‹sheet›":
```text
‹formula›
```
? workbook "‹want›"
? "‹sheet›" formula ‹want›
@more
> It says #VALUE!
< Then one of the ‹bad› text cells is in the way. Select column ‹column›, *Data → Text to columns → \
Finish*. That turns them into numbers.
@more
> Can I do it without a formula?
> Is there a way with fewer brackets?
< With a pivot table, yes: month in the rows, ‹column› in the values. Slower to make, easier to hand on.
@more
> ‹peer› added rows and now it's wrong.
< The range ends at ‹last›. Make the data a table (Ctrl+T), then it grows by itself.
@more general
> Does that work in LibreOffice too?
< Yes, with one exception among ‹hits› reports: `XLOOKUP` needs version 24.8 or newer.
? libreoffice XLOOKUP support
? spreadsheet functions compatibility ‹want›
@more summary
> Write down how it works, for ‹other›.
< Written for someone who sees the sheet for the first time.
< A short guide; the last line is the one people will break.
= How "‹sheet›" computes ‹want›
~
## ‹want›

```text
‹formula›
```

- data: columns A to ‹column›, rows 2 to ‹last›
- yellow cells are for you, white ones are formulas
- ‹bad› cells were text; look for green corners

**Don't sort column A alone.**
@fix
> Add a screenshot.
< I can't take one, but I left a place for it and said what should be on it.
""",
    ),
)
