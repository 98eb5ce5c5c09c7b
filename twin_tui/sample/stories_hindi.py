"""Hindi: what people say whatever the matter is, and their stories."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _nothing(_pick: Pick, _facts: Facts) -> None:
    """Phrases have no facts of their own."""


def _order(pick: Pick, facts: Facts) -> None:
    facts |= {
        "count": str(pick.num(60, 900, 20)), "days": str(pick.num(3, 14)),
        "price": f"{pick.num(12, 98) * 1_000:,}",
        "goods": pick.one(("सूती कपड़ा", "पैकिंग के डिब्बे", "मोटर के पुर्ज़े", "धागे के रोल")),
        "cause": pick.one(("बारिश से रास्ता बंद है", "एक मशीन ख़राब है", "ऑर्डर में पता अधूरा था")),
    }  # fmt: skip
    facts["subject"] = f"{facts['goods']} का ऑर्डर"


def _course(pick: Pick, facts: Facts) -> None:
    facts |= {
        "people": str(pick.num(6, 40)), "score": str(pick.num(62, 94)),
        "course": pick.one(("ग्राहक से बातचीत", "एक्सेल की शुरुआत", "सुरक्षा नियम", "डेटा की समझ")),
    }  # fmt: skip
    facts["subject"] = f"प्रशिक्षण: {facts['course']}"


PHRASES = (
    story(
        "phrases",
        "hi",
        "",
        _nothing,
        """
@greeting
नमस्ते,
सुप्रभात!
नमस्ते ‹twin›,
@aside
(छोटा रखिए, मैं बस में हूँ।)
‹peer› को भी समझ आना चाहिए।
@extra
एक बात और: ‹other› ने ‹past› को टिप्पणी छोड़ी थी, जवाब किसी ने नहीं दिया।
@thanks
धन्यवाद, ‹यही चाहिए था¦एक घंटा बच गया› 🙏
बढ़िया, ‹peer› को भेज देता हूँ।
ठीक है, ‹weekday› को ‹other› के साथ देखेंगे।
@lead
‹ठीक है।¦समझ गया।¦अच्छा।›
एक और सवाल:
@done
«‹title›» तैयार है, ‹words› शब्द।
हो गया: «‹title›»। नाम जाँच लीजिए।
@bye
स्वागत है। «‹subject›» पर मेरी नज़र रहेगी।
ज़रूर। ‹other› का जवाब आया तो यहीं लिखूँगा।
@none
«‹query›» पर कुछ नहीं मिला, ‹न मेल में, न फ़ोल्डर में¦पुराने रिकॉर्ड में भी नहीं›। क्या नाम कुछ और है?
«‹query›» के लिए कोई परिणाम नहीं। सबसे पास ‹other› का ‹past› का नोट है, पर वह किसी और बात पर है।
@retry
‹peer› के फ़ोल्डर में देखिए।
माफ़ कीजिए, ग़लत लिखा था। फिर से?
@giveup
ठीक है, ‹other› से पूछता हूँ।
अजीब है। ‹peer› के पास काग़ज़ पर देखता हूँ।
@later
मीटिंग से लौट आया।
@overnight
सुप्रभात, कल की बात आगे:
@switch
दूसरी बात:
@emoji
🙏
😊
👍🏾
@more
> और किसे पता है?
< ‹peer› और ‹other› को। आख़िरी नोट ‹peer› का है, ‹past› का।
@more
> आख़िरी तारीख़ क्या है?
< फ़ाइल में ‹date› है, ‹other› ने ‹weekday› लिखा है। पहले वाली मानिए।
@more
> एक वाक्य में बताइए।
< «‹subject›: आँकड़े जाँच लिए, ‹other› का जवाब बाक़ी, फ़ैसला ‹weekday› को।»
@fix
> थोड़ा छोटा कर दीजिए।
< आधा कर दिया, माँग पहली पंक्ति में है।
""",
    ),
)

STORIES = (
    story(
        "hi-order",
        "hi",
        "Operations, Sales, Customer Success, Finance",
        _order,
        """
@title
‹goods›: ‹days› दिन की देरी
‹customer› का ऑर्डर
@topic
ऑर्डर
डिलीवरी
@open
> ‹customer› का ऑर्डर (‹count› ‹goods›) ‹days› दिन लेट है। क्या लिखूँ?
< सीधी वजह लिखिए: ‹cause›। फिर नई तारीख़, ‹date›। तारीख़ के बिना माफ़ी से काम नहीं चलता।
@open email_search
> ‹customer› को हमने अब तक क्या बताया है?
< ‹hits› मेल मिले। ‹past› को ‹peer› ने «दो दिन» लिखा था, अब ‹days› हो गए। असली वजह: ‹cause›।
? ‹customer› ‹goods› डिलीवरी
? ‹contact› ऑर्डर ‹count›
@open email
> ‹contact› को मेल लिखिए: ‹goods›, नई तारीख़ ‹date›।
< तैयार है, छोटा और साफ़।
= आपका ऑर्डर: ‹goods›
~
नमस्ते ‹contact›,

आपका ऑर्डर (‹count› ‹goods›) **‹days› दिन** लेट है। कारण: ‹cause›।

- नई तारीख़: ‹date›
- रक़म ₹‹price› वही रहेगी
- माल निकलते ही फ़ोन करेंगे

असुविधा के लिए खेद है।

‹me›
@open document_search summary
> ‹customer› के पुराने ऑर्डर ढूँढकर सार बना दीजिए।
< ‹hits› दस्तावेज़, चार पंक्तियाँ।
? ‹customer› पुराने ऑर्डर
= ‹customer›: ऑर्डर का सार
~
- पिछला: ‹count› ‹goods›, ₹‹price›
- देरी: ‹days› दिन (‹cause›)
- संपर्क: ‹contact›, ‹city›
- ज़िम्मेदार: ‹peer›
@more
> क्या आधा माल पहले भेज सकते हैं?
< हाँ, आधा ‹weekday› को निकल सकता है। बाक़ी ‹date› तक।
@more
> छूट दें क्या?
< दो प्रतिशत काफ़ी है, ₹‹price› पर। उससे ऊपर ‹other› से पूछिए।
@more document_search
> ट्रांसपोर्ट वाले का जवाब आया?
< ‹hits› काग़ज़ हैं, सबसे नया ‹past› का: «गाड़ी लग गई है»।
? ट्रांसपोर्ट रसीद ‹goods›
@more summary
> फ़ाइल के लिए नोट बना दीजिए।
< तीन पंक्तियों में।
= नोट: ‹goods›
~
देरी ‹days› दिन, वजह: ‹cause›। नई तारीख़ ‹date›। ‹peer› फ़ोन करेंगे।
""",
    ),
    story(
        "hi-training",
        "hi",
        "People, Data, Engineering, Support, Marketing, Product, Legal",
        _course,
        """
@title
प्रशिक्षण: ‹course›
‹course›: औसत ‹score›
@topic
प्रशिक्षण
टीम
@open
> «‹course›» का प्रशिक्षण ‹people› लोगों ने लिया, औसत ‹score›। दोबारा करें?
< हाँ, पर छोटे समूह में। ‹people› लोगों में सवाल कोई नहीं पूछता।
@open document_search
> «‹course›» पर लोगों की राय क्या थी?
< ‹hits› जवाब, औसत ‹score›। सबसे ज़्यादा माँग: और उदाहरण, अपनी भाषा में।
? प्रतिक्रिया ‹course›
@more
> कौन पढ़ाएगा?
> इस बार किसे बुलाएँ?
< ‹peer›। ‹other› ने भी हाँ कहा है, पर ‹date› के बाद।
@more
> ‹city› वालों का क्या?
< वीडियो पर एक घंटा, बस। बाक़ी वहाँ जाकर।
< ‹peer› ‹date› को वहीं हैं, साथ में करा देंगे।
@more document_search
> पिछली बार की स्लाइड कहाँ हैं?
< ‹hits› फ़ाइलें, सही वाली ‹peer› की है (‹past›)।
? स्लाइड ‹course›
@more email
> सबको न्योता भेजिए: ‹weekday›, ‹hour›।
< मसौदा तैयार है।
= न्योता: ‹course›
~
नमस्ते साथियो,

**‹weekday›, ‹hour›** को «‹course›» है, ‹peer› के साथ। एक अपना उदाहरण लाइए, बस।

चाय हमारी ओर से ☕

‹me›
""",
    ),
)
