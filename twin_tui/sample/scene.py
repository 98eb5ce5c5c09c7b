"""The facts every conversation has: who talks, colleagues, a customer, days and places, in its language."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.people import Person, TwinOf

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "he": "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "ja": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag",
    "fr": "lundi mardi mercredi jeudi vendredi",
    "es": "lunes martes miércoles jueves viernes",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira",
    "ar": "الإثنين الثلاثاء الأربعاء الخميس الجمعة",
    "he": "שני שלישי רביעי חמישי שישי",
    "hi": "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार",
    "ja": "月曜 火曜 水曜 木曜 金曜",
}
_PEERS = {
    "en": "Priya Tom Ines Marcus Hannah Diego Aisha Lukas Grace Omar Bea Joanna Kofi Elif Sam Ruth",
    "de": "Jonas Katrin Mehmet Birgit Tobias Svenja Anke Lars Miriam Holger",
    "fr": "Camille Julien Fatou Mathilde Hugo Solène Karim Anaïs Thierry Élodie",
    "es": "Lucía Álvaro Carmen Iker Nuria Gonzalo Paula Rocío Andrés Marta",
    "pt": "Beatriz Rafael João Camila Tiago Larissa Inês Caio Luana André",
    "ar": "أحمد ريم كريم دينا حسن سلمى زياد منى",
    "he": "רועי הילה עמית דנה ליאור נטע אסף מיכל",
    "hi": "अंजलि विक्रम नेहा रोहित मीरा संजय पूजा अमित",
    "ja": "佐藤さん 鈴木さん 高橋さん 田中さん 伊藤さん 渡辺さん 中村さん 小林さん",
}
_CUSTOMERS = (
    "Halden Freight", "Brightwater Foods", "Orchard & Pine", "Kessel Optics", "Tarn Valley Hospitals",
    "Meridian Tiles", "Oakhurst Library Trust", "Pellucid Glass", "Stavanger Line", "Bluebell Bakeries",
    "Ravensport Council", "Solano Cycles", "Umbra Lighting", "Hexham Dairy",
    "Quill & Harrow", "Vireo Telecom", "Corvid Games", "Lindqvist Timber",
    "Northgate Pumps", "Saffron House Hotels", "Tidewater Insurance",
    "Alder Street Schools", "Ferrous & Sons", "Marigold Cosmetics", "Ostrava Bearings", "Peregrine Travel",
)  # fmt: skip
_CONTACTS = (
    ("f", "Okafor"), ("m", "Lindgren"), ("f", "Marchetti"), ("f", "Tanaka"), ("m", "Novak"),
    ("f", "Bergström"), ("m", "Adeyemi"), ("f", "Castellanos"), ("m", "Whitlock"), ("m", "Osei"),
    ("f", "Kowalska"), ("m", "Ferreira"),
)  # fmt: skip
_TITLES = {
    "en": ("Ms. ", "Mr. "),
    "de": ("Frau ", "Herr "),
    "fr": ("Mme ", "M. "),
    "es": ("Sra. ", "Sr. "),
    "pt": ("Sra. ", "Sr. "),
}
_JAPANESE_CONTACTS = ("山本", "松本", "井上", "木村", "清水", "森")
_CITIES = {
    "en": "Lisbon Rotterdam Leeds Vienna Toronto Dublin Gothenburg Milan Bristol Warsaw Chicago Antwerp",
    "de": "Hamburg Leipzig Wien Zürich Köln Rostock Graz Münster",
    "fr": "Lyon Nantes Bruxelles Lille Genève Bordeaux Strasbourg Rennes",
    "es": "Valencia Bilbao Sevilla Bogotá Zaragoza Santiago Málaga Quito",
    "pt": "Porto Recife Curitiba Braga Campinas Salvador Coimbra Natal",
    "ar": "دبي القاهرة عمّان الدوحة بيروت الرباط",
    "he": "חיפה באר־שבע רעננה נתניה הרצליה אשדוד",
    "hi": "पुणे जयपुर इंदौर लखनऊ कोच्चि सूरत",
    "ja": "大阪 名古屋 福岡 札幌 仙台 横浜",
}
_SPLIT: dict[str, dict[str, tuple[str, ...]]] = {
    kind: {language: tuple(words.split()) for language, words in table.items()}
    for kind, table in (("months", _MONTHS), ("days", _DAYS), ("peers", _PEERS), ("cities", _CITIES))
}
_DATES: dict[str, Callable[[int, str], str]] = {
    "de": lambda day, month: f"{day}. {month}",
    "es": lambda day, month: f"{day} de {month}",
    "pt": lambda day, month: f"{day} de {month}",
    "he": lambda day, month: f"{day} ב{month}",
    "ja": lambda day, month: f"{month}{day}日",
}


@lru_cache(maxsize=4096)
def date_words(ordinal: int, language: str) -> str:
    """Return a day as people of that language write it, without the year."""
    day = date.fromordinal(ordinal)
    month = _SPLIT["months"][language][day.month - 1]
    written = _DATES.get(language)
    return written(day.day, month) if written else f"{day.day} {month}"


def _contact(language: str, chance: float) -> str:
    if language == "ja":
        return _JAPANESE_CONTACTS[int(chance * len(_JAPANESE_CONTACTS))]
    kind, name = _CONTACTS[int(chance * len(_CONTACTS))]
    titles = _TITLES.get(language, ("", ""))
    return titles[kind == "m"] + name


def colleagues(language: str) -> tuple[str, ...]:
    """Return what colleagues are called in that language."""
    return _SPLIT["peers"][language]


def calendar(ordinal: int, language: str) -> Facts:
    """Return the months and quarters around a day, in words."""
    months = _SPLIT["months"][language]
    month = date.fromordinal(ordinal).month - 1
    quarter = month // 3
    return {
        "month": months[month],
        "last_month": months[month - 1],
        "next_month": months[(month + 1) % 12],
        "quarter": f"Q{quarter + 1}",
        "last_quarter": f"Q{(quarter - 1) % 4 + 1}",
    }


def scene(person: Person, twin: TwinOf, members: Sequence[Person], ordinal: int, pick: Pick) -> Facts:
    """Return the facts of a conversation before its story adds its own; ``ordinal`` is its UTC day."""
    rnd, language = pick.rnd, pick.language
    own = person.language == language
    peers = _SPLIT["peers"][language]
    peer = peers[int(rnd() * len(peers))]
    other = peers[int(rnd() * len(peers))]
    if len(members) > 2 and language not in ("ja", "ar", "he", "hi"):
        colleague = members[int(rnd() * len(members))]
        if colleague is not person and colleague.name.latin != other:
            peer = colleague.name.latin
    if other == peer:
        other = peers[(peers.index(peer) + 1) % len(peers)]
    days = _SPLIT["days"][language]
    cities = _SPLIT["cities"][language]
    customer = int(rnd() * len(_CUSTOMERS))
    weekday = int(rnd() * 5)
    return {
        "me": person.name.called if own else person.name.latin,
        "family": person.name.full.partition(" ")[0],
        "twin": twin.name,
        "department": person.department,
        "peer": peer,
        "other": other,
        "customer": _CUSTOMERS[customer],
        "rival": _CUSTOMERS[(customer + 5) % len(_CUSTOMERS)],
        "contact": _contact(language, rnd()),
        "city": cities[int(rnd() * len(cities))],
        "weekday": days[weekday],
        "later_day": days[(weekday + 1 + int(rnd() * 3)) % 5],
        "date": date_words(ordinal + 4 + int(rnd() * 24), language),
        "past": date_words(ordinal - 3 - int(rnd() * 40), language),
        **calendar(ordinal, language),
        "hour": f"{9 + int(rnd() * 8)}:{('00', '15', '30', '45')[int(rnd() * 4)]}",
        "hits": str(3 + int(34 * rnd() ** 2)),
    }
