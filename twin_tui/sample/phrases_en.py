"""What people and twins say in English whatever the matter is."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _nothing(_pick: Pick, _facts: Facts) -> None:
    """Phrases have no facts of their own."""


PHRASES = (
    story(
        "phrases",
        "en",
        "",
        _nothing,
        """
@greeting
Hello ‹twin›.
Hi ‹twin›!
Hello!
‹Hey¦Hi› again.
Quick one:
Do you have a minute?
@aside
(And ‹please ¦›keep it ‹short, I read this on my phone¦under ten lines¦simple: ‹peer› will forward it›.)
‹Sorry, I¦I› meant the version ‹peer› sent on ‹weekday›, not the old one.
No rush, ‹weekday› ‹morning¦noon¦evening› is early enough.
‹peer› should be able to follow it without me, by the way.
Context: ‹customer› asked about ‹subject› ‹again¦twice› this week.
Forget the part about ‹city›, that is ‹other›'s topic.
… and tell me what you are not sure about.
I have a call about ‹subject› at ‹hour›, so ‹the short version¦bullet points›, please.
@extra
One more thing about ‹subject›: ‹other› left a comment on ‹past› that nobody has answered.
Small addition: the date in ‹peer›'s last note is ‹date›, mine above ‹agrees¦is from the newer file›.
I should add that ‹other› saw an earlier version of ‹subject› and had no objection.
PS: I can ‹remind you¦check again› on ‹weekday› at ‹hour› if you like.
Correction to myself: it was ‹other›, not ‹peer›, who raised it ‹first¦on ‹past››.
For completeness: nothing newer than ‹past› turned up.
@thanks
Thanks, ‹that is exactly what I needed¦that settles ‹subject›¦this saves me the ‹morning¦afternoon››.
Perfect ‹👍¦🙏¦✨›
‹Great¦Good›, ‹I'll pass it on to ‹peer›¦forwarding it to ‹other› now¦I'll take it from here›.
Lovely. ‹peer› and I will discuss ‹subject› on ‹weekday›.
Ok, sent. Let's see what ‹peer› says.
Understood, I'll ask ‹other› before ‹weekday›.
That works. I changed one word and sent it ‹at ‹hour›¦just now›.
Super helpful, thank you ‹❤️¦👏🏽¦🙌›
Thanks! ‹I owe you a coffee¦You read faster than I can type¦Didn't expect it to be that clear›.
Good catch. I would have missed that before the ‹hour› call.
‹Cheers¦Many thanks›, ‹subject› is off my list then.
Noted. Will come back to ‹subject› after ‹date›.
👩‍💻 ‹copying it over¦it's in the ticket now¦on screen already›, thanks‹¦ a lot¦, also from ‹peer››
@lead
‹Ok.¦Okay.¦Right.¦Fine.›
Good to know.
Makes sense.
Hm.
I see.
‹Thanks.¦Great.¦Good.›
‹And one more thing:¦One more:¦Next:›
Fair ‹point¦enough›.
That's what I ‹feared¦thought¦hoped›.
@done
"‹title›" is ready, ‹words› words.
Here is "‹title›". ‹Please check the names.¦It's ‹words› words; cut what you don't need.¦I left the \
greeting to you.›
Draft saved as "‹title›".
‹Done.¦Ready.¦Finished.› ‹words› words, ‹a minute to read¦nothing invented, sources in the margin¦in \
your usual tone›.
I wrote "‹title›" ‹from what is in this thread¦with ‹peer›'s last version as a model›.
@bye
‹You're welcome¦Gladly¦Any time›. ‹I'll keep an eye on ‹subject› and tell you if something new \
arrives.¦Shall I remind you on ‹weekday›? Otherwise I'll leave it.¦Good luck at ‹hour›.›
‹My pleasure¦Glad it helped›, ‹me›. ‹I noted that ‹peer› has it now.¦If ‹other› answers before \
‹weekday›, I'll put it in this thread.›
Noted: ‹subject› is with ‹peer› until ‹date›.
Good. I've filed this under "‹subject›", so you'll find it again.
👍 One open point remains on my side of ‹subject›: ‹other›'s answer. I'll wait for it.
@none
I searched for "‹query›" ‹in everything I can read¦in mail, files and notes¦across the shared folders› \
and found nothing. ‹Could it be filed under another name?¦Maybe it lives in a folder I have no access \
to?¦Do you remember who wrote it?›
No results for "‹query›". ‹The nearest thing is a note by ‹other› from ‹past›, but it is about \
something else.¦I tried the singular and the customer's old name as well.›
Nothing, I'm afraid: 0 hits for "‹query›". If it was only ever said in a call, I can't see it.
Empty. Either "‹query›" was archived before ‹last_month›, or I am not allowed to see it.
@retry
Try ‹other›'s folder, the one from ‹last_month›.
Hm, ‹other› calls it something different. Search without the customer's name?
Look again please, ‹peer› just gave you access.
It was before ‹last_month›, include the archive.
My mistake, I misspelled it. ‹Again?¦Once more, please.›
Strange. ‹peer› swears it is in the team drive, can you look there?
@giveup
‹Ok¦Too bad¦Hm, ok›, I'll ask ‹other›.
Never mind, ‹peer› ‹printed it¦has a copy›.
Weird, I am sure I saw it ‹last week¦in ‹last_month››. I'll search by hand.
Then it really doesn't exist. Also an answer.
@later
Back from my meeting.
Sorry, got pulled into ‹something else¦a call with ‹peer››.
Where were we …
Ok, now I have ten minutes.
@overnight
Good morning, picking this up again.
Slept on it.
‹Morning!¦Hello again,› next question on this.
Continuing from yesterday:
‹peer› answered ‹late last night¦overnight›, so let's go on.
@switch
Different topic:
Something else while you are here.
New question, same thread, sorry.
Unrelated:
And now for ‹weekday›'s problem.
@emoji
🙏
🚀
😅
👩‍💻
🤷🏽‍♀️
✌️
👀
🎉
☕️
🧑🏿‍🔬
@more
> Who else ‹should know about¦has touched› ‹subject›?
< ‹peer› and ‹other›. ‹peer› wrote the last note ‹on ‹past›¦two weeks ago›; ‹other› only read it.
< ‹Mostly¦Really only› ‹peer›. ‹other› asked to be kept in the loop ‹until ‹date›¦on changes, not on \
progress›.
@more
> Can you say that in ‹two sentences¦one line for the stand-up¦words my manager would use›?
< "‹We know what is left to do on ‹subject›; ‹peer› has the next step and ‹date› is safe.¦‹subject›: \
facts checked, one open question with ‹other›, decision on ‹weekday›.›"
< One line: ‹on track, waiting for ‹other›, next look on ‹weekday›¦nothing blocks ‹subject› except an \
answer from ‹peer››.
@more
> What would you do ‹in my place¦first›?
< Ask ‹peer› ‹today¦before ‹weekday››, because everything else about ‹subject› follows from that \
answer. The rest can wait until ‹date›.
< Write down what we know and what we only believe, then show it to ‹other›. It takes ‹ten minutes¦half \
an hour› and ends the guessing.
@more
> ‹Is there a deadline?¦By when does this have to be done?›
< ‹date›, says ‹peer›'s note. ‹other›'s calendar says ‹weekday›, so I would plan for the earlier of the two.
< Nothing binding. ‹customer› ‹hoped for¦mentioned› ‹date›, and nobody contradicted.
@more
> Put a ‹reminder¦note› in my calendar for ‹weekday›, please.
< Done: ‹weekday›, ‹hour›, "‹subject›", with this thread linked.
< I can't write to your calendar, but here is the line to paste: `‹weekday› ‹hour› – ‹subject› (with \
‹peer›)`.
@more
> How sure are you?
< ‹Quite: two sources agree.¦Fairly. The numbers are from the system, the reason is ‹peer›'s guess, and \
I marked it as one.› ‹What I have not checked is whether anything changed after ‹past›.¦I would still \
let ‹other› have a look.›
@more
> Where did you get that from?
< ‹Two places: ‹peer›'s notes from ‹past› and¦From› the shared folder of the ‹department› team, last \
changed by ‹other›.
< From ‹other›'s message ‹on ‹past›¦of last week›. I quote: "‹please use the newer figure, the older \
one was before the correction¦it is settled, only the paperwork is missing›".
@fix
> ‹Shorter¦Half as long›, please. ‹Nobody reads the second page.¦It's for ‹other›.›
< Cut it ‹by half¦to the essentials›: the background is gone, the ask is in the first line, the date stays.
< Done, ‹eleven¦nine¦seven› lines now. I dropped the history and kept the numbers.
@fix
> The tone is ‹a bit stiff¦too cheerful for the occasion¦fine, but the ending is weak›.
< Changed: ‹it now opens with the point and closes with a question that can be answered by yes or \
no¦fewer adjectives, no exclamation marks, your name at the end instead of the team's›.
@fix
> ‹other› is spelled wrong in it, and the date should be ‹date›.
< Sorry about the name. Both corrected, and I checked the other names against the directory.
""",
    ),
)
