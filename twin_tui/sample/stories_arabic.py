"""Arabic: what people say whatever the matter is, and their stories, written right to left."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _nothing(_pick: Pick, _facts: Facts) -> None:
    """Phrases have no facts of their own."""


def _shipment(pick: Pick, facts: Facts) -> None:
    facts |= {
        "number": str(pick.num(41_000, 98_000)), "days": str(pick.num(3, 10)), "boxes": str(pick.num(12, 90)),
        "cause": pick.one(("نقص في أوراق الجمارك", "عطل في الشاحنة", "ازدحام الميناء", "خطأ في العنوان")),
        "goods": pick.one(("الأقمشة", "قطع الغيار", "التوابل", "المضخات")),
        "fees": f"{pick.num(4, 60) * 50:,}",
    }  # fmt: skip
    facts["subject"] = f"الشحنة {facts['number']}"


def _proposal(pick: Pick, facts: Facts) -> None:
    facts |= {
        "share": str(pick.num(4, 27)), "clients": str(pick.num(8, 60)),
        "idea": pick.one(("فرع ثانٍ", "خدمة مسائية", "دليل استخدام مصوّر", "تدريب للموظفين الجدد")),
    }  # fmt: skip
    facts["subject"] = f"اقتراح: {facts['idea']}"


PHRASES = (
    story(
        "phrases",
        "ar",
        "",
        _nothing,
        """
@greeting
صباح الخير،
مرحباً ‹twin›،
السلام عليكم،
@aside
(باختصار من فضلك، أنا في الطريق.)
أريد أن يفهمها ‹peer› أيضاً.
@extra
للعلم: ترك ‹other› ملاحظة في ‹past› ولم يردّ عليها أحد.
@thanks
شكراً جزيلاً، ‹هذا ما أحتاجه تماماً¦وفّرت عليّ ساعة› 🌹
ممتاز، سأرسلها إلى ‹peer›.
حسناً، نناقشها يوم ‹weekday› مع ‹other›.
@lead
‹حسناً.¦تمام.¦فهمت.›
وسؤال آخر:
@done
«‹title›» جاهز، ‹words› كلمة.
تم: «‹title›». راجع الأسماء من فضلك.
@bye
على الرحب والسعة. سأتابع موضوع «‹subject›».
عفواً. إذا ردّ ‹other› فسأكتب هنا.
@none
لم أجد شيئاً عن «‹query›»، ‹لا في البريد ولا في الملفات¦حتى في الأرشيف›. ربما حُفظ باسم آخر؟
لا نتائج عن «‹query›». أقرب ما وجدته ملاحظة من ‹other› بتاريخ ‹past› لكنها عن أمر آخر.
@retry
جرّب مجلد ‹peer›.
عذراً، أخطأت في الكتابة. مرة أخرى؟
@giveup
لا بأس، سأسأل ‹other›.
غريب. سأبحث بنفسي عند ‹peer›.
@later
عدت من الاجتماع.
@overnight
صباح الخير، نكمل من أمس:
@switch
موضوع آخر:
@emoji
🌹
🙏🏽
👍🏽
@more
> من يعرف بهذا أيضاً؟
< ‹peer› و‹other›. آخر ملاحظة كتبها ‹peer› في ‹past›.
@more
> ما الموعد النهائي؟
< ‹date› حسب الملف، و‹other› كتب يوم ‹weekday›. الأفضل أن نعتمد الأقرب.
@more
> لخّصها في جملة واحدة.
< «‹subject›: الأرقام مؤكدة، وننتظر رد ‹other›، والقرار يوم ‹weekday›».
@fix
> أقصر من فضلك.
< اختصرتها إلى النصف، والطلب في السطر الأول.
""",
    ),
)

STORIES = (
    story(
        "ar-shipment",
        "ar",
        "Operations, Sales, Customer Success, Finance",
        _shipment,
        """
@title
الشحنة ‹number›: تأخير ‹days› أيام
‹goods› إلى ‹city›
@topic
الشحن
الجمارك
@open
> تأخرت الشحنة ‹number› (‹goods›) ‹days› أيام. ماذا نقول لشركة ‹customer›؟
< نقول السبب كما هو: ‹cause›، ثم الموعد الجديد ‹date›. الاعتذار بلا موعد يزيد الغضب.
@open document_search
> ما آخر خبر عن الشحنة ‹number›؟
< وجدت ‹hits› مستندات. الشحنة (‹boxes› صندوقاً) متوقفة بسبب ‹cause›، و‹peer› يتابعها منذ ‹past›.
? شحنة ‹number› الجمارك
? ‹goods› ‹city› ‹number›
@open email
> اكتب إلى ‹contact› عن تأخير الشحنة ‹number›.
< جاهزة، قصيرة ومهذبة.
= الشحنة رقم ‹number›
~
عناية ‹contact›،

تأخرت شحنتكم رقم **‹number›** ‹days› أيام بسبب ‹cause›.

- الموعد الجديد: ‹date›
- عدد الصناديق: ‹boxes›
- لا رسوم إضافية عليكم

نعتذر عن الإزعاج، ونحن على الهاتف في أي وقت.

مع التحية
‹me›
@open document_search summary
> ابحث عن مستندات الشحنة ‹number› ولخّصها.
< ‹hits› مستندات في خمسة أسطر.
? مستندات الشحنة ‹number›
= ملخص الشحنة ‹number›
~
- البضاعة: ‹goods›، ‹boxes› صندوقاً
- السبب: ‹cause›
- الموعد الجديد: **‹date›**
- المسؤول: ‹peer›
@more
> هل ندفع رسوماً إضافية؟
< نعم، نحو ‹fees› إذا بقيت في الميناء حتى ‹date›.
@more
> من المسؤول في ‹city›؟
< ‹other›. رقمه في بطاقة المورّد، ويردّ بعد الظهر عادة.
@more email_search
> هل ردّت الجمارك؟
< في ‹hits› رسائل، آخرها يطلب الفاتورة الأصلية فقط.
? رد الجمارك ‹number›
@more summary
> سجّل ملاحظة في الملف.
< سجلتها في ثلاثة أسطر.
= ملاحظة: ‹number›
~
السبب ‹cause›، والموعد الجديد ‹date›. وُعد العميل بلا رسوم إضافية (‹peer›).
""",
    ),
    story(
        "ar-proposal",
        "ar",
        "People, Marketing, Sales, Legal, Support",
        _proposal,
        """
@title
اقتراح: ‹idea›
‹idea› في ‹city›؟
@topic
أفكار
تقارير
@open
> الإدارة تسأل عن ‹idea› في ‹city›. هل تستحق؟
< الأرقام مشجعة: ‹share›٪ من العملاء طلبوها، أي نحو ‹clients› عميلاً. لكن لا أحد حسب التكلفة بعد.
@open document_search
> هل ناقشنا ‹idea› من قبل؟
< ‹hits› محاضر. طُرحت في ‹last_month› وأُجّلت لأن ‹other› كان مسافراً.
? محضر اجتماع ‹idea›
@more
> ما أول خطوة؟
< أن نسأل ‹clients› عميلاً سؤالاً واحداً. ‹peer› يستطيع ذلك في يومين.
@more
> وإذا رفضت الإدارة؟
< نجرّبها شهراً واحداً في ‹city› فقط. التجربة أرخص من النقاش.
@more document_search
> هل توجد أرقام من السوق؟
< ‹hits› مصادر، أحدثها من ‹last_month›، والنسبة قريبة من ‹share›٪.
? ‹idea› دراسة سوق
@more proposal
> اكتب الاقتراح في صفحة.
< صفحة واحدة، والتوصية أولاً.
= اقتراح: ‹idea›
~
# ‹idea› في ‹city›

**التوصية:** تجربة لمدة شهر.

| | |
|---|---|
| عملاء طلبوها | ‹clients› (‹share›٪) |
| البداية | ‹date› |
| المسؤول | ‹peer› |

الخطر الوحيد: ألا نقيس النتيجة.
""",
    ),
)
