"""One sentence in a dozen languages, for whoever asks for a translation; ``{d}`` is a date."""

SENTENCES: tuple[tuple[str, str, str], ...] = (
    (
        "Japanese",
        "お荷物は{d}に届く予定です。ご不便をおかけして申し訳ございません。",
        "formal, as to a customer",
    ),
    (
        "Arabic",
        "سيصل طلبكم في {d}. نعتذر عن التأخير ونشكر لكم صبركم.",
        "right to left; the date stays as it is",
    ),
    ("Hebrew", "ההזמנה שלכם תגיע ב־{d}. אנו מתנצלים על העיכוב.", "plural, which is polite enough"),
    ("German", "Ihre Lieferung kommt am {d}. Bitte entschuldigen Sie die Verspätung.", "with Sie"),
    (
        "French",
        "Votre commande arrivera le {d}. Nous vous prions de nous excuser pour ce retard.",
        "with vous",
    ),
    ("Spanish", "Su pedido llegará el {d}. Disculpe las molestias, ¡gracias por su paciencia!", "with usted"),
    ("Portuguese", "Sua encomenda chega em {d}. Pedimos desculpas pelo atraso.", "Brazilian"),
    ("Hindi", "आपका ऑर्डर {d} को पहुँचेगा। देरी के लिए हमें खेद है।", "formal"),
    ("Greek", "Η παραγγελία σας θα φτάσει στις {d}. Ζητούμε συγγνώμη για την καθυστέρηση.", "formal"),
    ("Korean", "주문하신 상품은 {d}에 도착할 예정입니다. 불편을 드려 죄송합니다.", "formal"),
    ("Thai", "สินค้าของคุณจะมาถึงวันที่ {d} ขออภัยในความล่าช้า", "polite, without particles"),
    ("Ukrainian", "Ваше замовлення прибуде {d}. Перепрошуємо за затримку.", "formal"),
)
"""Language, sentence, and what a translator would note about it."""
