"""Hebrew: what people say whatever the matter is, and their stories, written right to left."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _nothing(_pick: Pick, _facts: Facts) -> None:
    """Phrases have no facts of their own."""


def _service(pick: Pick, facts: Facts) -> None:
    facts |= {
        "case": str(pick.num(2_100, 9_900)), "days": str(pick.num(2, 12)), "credit": str(pick.num(40, 380)),
        "fault": pick.one(("המכשיר לא נדלק", "החשבון חויב פעמיים", "המשלוח הגיע פתוח",
            "האפליקציה נסגרת לבד")),
        "cause": pick.one(("ספק הכוח", "עדכון הגרסה", "טעות של השליח", "כרטיס שפג תוקפו")),
    }  # fmt: skip
    facts["subject"] = f"פנייה {facts['case']}"


def _meeting(pick: Pick, facts: Facts) -> None:
    facts |= {
        "theme": pick.one(("תקציב הרבעון", "כוננות בסופי שבוע", "מעבר משרד", "סקר לקוחות")),
        "people": str(pick.num(4, 11)),
        "sum": f"{pick.num(6, 70) * 500:,}",
    }  # fmt: skip
    facts["subject"] = f"הישיבה על {facts['theme']}"


PHRASES = (
    story(
        "phrases",
        "he",
        "",
        _nothing,
        """
@greeting
בוקר טוב,
היי ‹twin›,
שלום,
@aside
(בקצרה בבקשה, אני ברכבת.)
חשוב שגם ‹peer› יבין את זה.
@extra
אגב, ‹other› השאיר הערה ב־‹past› ואף אחד לא ענה.
@thanks
תודה, ‹בדיוק מה שהייתי צריך¦חסכת לי שעה› 🙏
מעולה, שולח ל‹peer›.
סגור, נדבר ביום ‹weekday› עם ‹other›.
@lead
‹אוקיי.¦הבנתי.¦יופי.›
ועוד שאלה:
@done
״‹title›״ מוכן, ‹words› מילים.
בוצע: ״‹title›״. כדאי לבדוק את השמות.
@bye
בשמחה. אמשיך לעקוב אחרי ״‹subject›״.
אין בעד מה. אם ‹other› יענה, אכתוב כאן.
@none
לא מצאתי כלום על ״‹query›״, ‹לא במייל ולא בתיקיות¦גם לא בארכיון›. אולי זה שמור בשם אחר?
אפס תוצאות ל״‹query›״. הכי קרוב זו הערה של ‹other› מ־‹past›, אבל היא על משהו אחר.
@retry
נסה בתיקייה של ‹peer›.
סליחה, טעות הקלדה. עוד פעם?
@giveup
טוב, אשאל את ‹other›.
מוזר. אחפש ידנית אצל ‹peer›.
@later
חזרתי מהפגישה.
@overnight
בוקר טוב, ממשיכים מאתמול:
@switch
נושא אחר:
@emoji
🙏
😅
👍
@more
> מי עוד יודע על זה?
< ‹peer› ו‹other›. ההערה האחרונה היא של ‹peer›, מ־‹past›.
@more
> עד מתי?
< ‹date› לפי התיק; אצל ‹other› רשום יום ‹weekday›. עדיף המוקדם.
@more
> במשפט אחד?
< ״‹subject›: המספרים נבדקו, מחכים לתשובה של ‹other›, החלטה ביום ‹weekday›.״
@fix
> קצר יותר בבקשה.
< קיצרתי בחצי, הבקשה בשורה הראשונה.
""",
    ),
)

STORIES = (
    story(
        "he-service",
        "he",
        "Customer Success, Support, Sales, Operations",
        _service,
        """
@title
פנייה ‹case›: ‹fault›
‹fault›
@topic
שירות לקוחות
תקלות
@open
> לקוח של ‹customer›: ‹fault›, כבר ‹days› ימים. מה עונים?
< קודם מה עושים, אחר כך למה. כנראה ‹cause›; אפשר להציע זיכוי של ‹credit› ₪ בלי אישור.
@open document_search
> היו עוד פניות כמו ‹case›?
< ‹hits› פניות דומות. ברובן הסיבה הייתה ‹cause›, ו‹peer› כתב על זה מדריך ב־‹past›.
? פניות ״‹fault›״
? ‹case›
@open email
> תנסח תשובה לפנייה ‹case›, בבקשה.
< מוכן: שלושה צעדים וטלפון של בן אדם.
= תשובה לפנייה ‹case›
~
שלום,

תודה על הסבלנות. בדקנו: הבעיה היא **‹cause›**.

1. נציג יתקשר ביום ‹weekday› בשעה ‹hour›
2. התיקון עלינו
3. זיכוי של ‹credit› ₪ יופיע בחשבון הבא

סליחה על ‹days› הימים.

‹me›
@open document_search summary
> חפש את כל מה שיש על ‹case› וסכם.
< ‹hits› מסמכים, ארבע שורות.
? כל המסמכים ‹case›
= סיכום פנייה ‹case›
~
- התקלה: ‹fault›
- הסיבה: ‹cause›
- פתוח ‹days› ימים, זיכוי ‹credit› ₪
- באחריות ‹peer›
@more
> ואם הוא רוצה כסף בחזרה?
< אחרי 14 יום זה שיקול דעת של ‹other›. הייתי מציע קודם החלפה.
@more
> זה קורה רק בגרסה החדשה?
< נראה שכן: לפני ‹last_month› אין אפילו דיווח אחד.
@more email_search
> הלקוח כבר כתב לנו?
< ‹hits› הודעות, האחרונה מ־‹past›: ״אני מחכה״. בצדק.
? מאת הלקוח ‹case›
@more summary
> רשום הערה לתיק.
< נרשם.
= הערה: ‹case›
~
‹fault› בגלל ‹cause›. הובטח טלפון ביום ‹weekday› (‹peer›).
""",
    ),
    story(
        "he-meeting",
        "he",
        "People, Product, Finance, Engineering, Marketing, Legal, Data",
        _meeting,
        """
@title
סיכום: ‹theme›
‹theme› – מה הוחלט?
@topic
ישיבות
סיכומים
@open
> ישבנו ‹people› אנשים על ‹theme›. מה בעצם הוחלט?
< דבר אחד: מתחילים בקטן, עד ‹sum› ₪. מי אחראי לא נאמר; הייתי שואל את ‹peer›.
@open document_search
> מה החלטנו על ‹theme› ב‹last_month›?
< ‹hits› סיכומים. ההחלטה: עד ‹sum› ₪, ‹other› בודק מחירים. מאז שקט.
? סיכום ישיבה ‹theme›
@more
> ‹other› היה נגד?
< לא נגד, רק ביקש לחכות ל־‹date›.
@more
> מה הצעד הבא?
< הצעת מחיר אחת עד יום ‹weekday›. בלי זה הישיבה הבאה תיראה אותו דבר.
@more document_search
> יש הצעת מחיר ישנה?
< ‹hits› קבצים, הזולה מביניהן ‹sum› ₪.
? הצעת מחיר ‹theme›
@more email
> הזמן את כולם ליום ‹weekday›, ‹hour›.
< טיוטה מוכנה.
= ‹theme›: יום ‹weekday›, ‹hour›
~
שלום לכולם,

נפגשים ביום **‹weekday› ב־‹hour›** על ‹theme›. שלוש נקודות, חצי שעה:

1. מחיר (‹other›)
2. אחריות (‹peer›)
3. כן או לא

‹me›
""",
    ),
)
