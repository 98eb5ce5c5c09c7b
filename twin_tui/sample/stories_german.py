"""Stories told in German: an offer, an electricity bill, minutes."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _n(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _offer(pick: Pick, facts: Facts) -> None:
    power, price = pick.num(80, 900, 10), pick.num(900, 1_450, 10)
    facts |= {
        "leistung": str(power), "preis": _n(price), "summe": _n(power * price),
        "wochen": str(pick.num(4, 14)),
        "rabatt": str(pick.one((2, 3, 5))), "neu": _n(power * price * 96 // 100),
        "subject": f"Angebot {facts['customer']}",
        "sorge": pick.one(("der Netzanschluss", "die Statik des Dachs", "der Denkmalschutz",
            "die Finanzierung")),
    }  # fmt: skip


def _meter(pick: Pick, facts: Facts) -> None:
    used = pick.num(2_100, 9_800)
    facts |= {
        "zaehler": f"{pick.num(10, 99)}-{pick.num(100_000, 999_999)}", "verbrauch": _n(used),
        "vorjahr": _n(used * 100 // pick.num(118, 190)),
        "grund": pick.one(("eine geschätzte Ablesung", "ein Zahlendreher", "ein alter Heizlüfter im Keller",
            "der Zählertausch")),
        "gutschrift": f"{pick.num(38, 420)},{pick.num(10, 99)}", "subject": "die Stromrechnung",
    }  # fmt: skip
    facts["subject"] = f"Zähler {facts['zaehler']}"


def _protocol(pick: Pick, facts: Facts) -> None:
    facts |= {
        "thema": pick.one(("Schichtplan Winter", "Umzug ins Erdgeschoss", "Rufbereitschaft", "Parkplätze",
            "neue Störungsmeldung")),
        "punkte": str(pick.num(4, 9)), "offen": str(pick.num(2, 3)), "subject": "die Besprechung",
        "zitat": pick.one(("Das klären wir bilateral", "Da war doch noch was", "So machen wir's, Punkt")),
    }  # fmt: skip
    facts["subject"] = f"Besprechung {facts['thema']}"


STORIES = (
    story(
        "de-angebot",
        "de",
        "Sales, Engineering, Finance",
        _offer,
        """
@title
Angebot ‹customer›: ‹leistung› kW
‹customer› – Dachanlage
@topic
Angebote
Vertrieb
@open
> ‹customer› will ‹leistung› kW aufs Dach. Was kostet das bei ‹preis› € pro kW?
< ‹summe› € netto. Mit ‹rabatt› Prozent Nachlass bist du bei rund ‹neu› €. Der Preis ist aber nicht die \
Sorge von ‹contact›, sondern ‹sorge›.
@open email_search
> Was haben wir ‹customer› zuletzt angeboten?
< ‹hits› Mails. Zuletzt ‹leistung› kW für ‹summe› € (‹past›, von ‹peer›). Seitdem geht es nur noch um \
eines: ‹sorge›.
? ‹customer› Angebot ‹leistung› kW
? Dachanlage ‹customer› ‹contact›
@open proposal
> Schreib das Angebot für ‹customer›: ‹leistung› kW, ‹preis› € je kW, Lieferzeit ‹wochen› Wochen.
< Fertig, ‹summe› € netto, gültig bis ‹date›. Zum Thema „‹sorge›“ steht ein eigener Absatz drin.
= Angebot ‹customer›, ‹leistung› kW
~
# Angebot: Photovoltaikanlage ‹leistung› kW

| Position | Menge | Preis | Summe |
|---|---:|---:|---:|
| Module und Montage | ‹leistung› kW | ‹preis› € | ‹summe› € |
| Zählerschrank, Überspannungsschutz | 1 | inklusive | – |

**Lieferzeit** ‹wochen› Wochen ab Auftrag, **Gültigkeit** bis ‹date›.

## Was wir vorher klären
Offen ist noch ‹sorge›. Das prüfen wir vor Ort, kostenlos, und sagen Ihnen ehrlich, wenn es nicht geht.

Mit freundlichen Grüßen
‹me›
@open document_search summary
> Such die alten Angebote an ‹customer› heraus und fass sie zusammen.
< ‹hits› gefunden und auf eine halbe Seite gebracht.
? Angebote ‹customer› alle Jahre
= Angebote an ‹customer›
~
- zuletzt **‹leistung› kW**, ‹summe› €, vom ‹past›
- davor kleiner und ohne Speicher
- immer dieselbe Frage: ‹sorge›

Wer entscheidet: ‹contact›, zusammen mit der Technik in ‹city›.
@more
> Wie weit darf ich runtergehen?
< ‹rabatt› Prozent darfst du selbst, also bis ‹neu› €. Alles darunter unterschreibt ‹other›.
@more
> Und wenn ‹sorge› scheitert?
< Dann lieber früh absagen. Die Begehung am ‹weekday› klärt es; danach hätten wir noch ‹wochen› Wochen.
@more document_search
> Gibt es eine Vorlage für die Begehung?
< ‹hits› Dokumente, aktuell ist die Checkliste von ‹peer›. Punkt 7 (Blitzschutz) wird gern vergessen.
? Checkliste Begehung Dach
@more email
> Kurze Mail an ‹contact›, Termin ‹weekday› ‹hour› Uhr.
< Steht im Entwurf, vier Sätze.
= Begehung am ‹weekday›
~
Guten Tag ‹contact›,

gern kommen wir am **‹weekday› um ‹hour› Uhr** vorbei. Wir brauchen Zugang zum Dach und jemanden, der \
den Zählerraum aufschließt.

Es geht vor allem um eine Frage: ‹sorge›. Danach wissen Sie und wir, ob das Angebot so bleiben kann.

Viele Grüße
‹me›
""",
    ),
    story(
        "de-rechnung",
        "de",
        "Customer Success, Support, Finance, Operations",
        _meter,
        """
@title
Zähler ‹zaehler›: Verbrauch zu hoch?
Beschwerde Rechnung ‹zaehler›
@topic
Abrechnung
Kundenservice
@open
> Eine Kundin meint, ‹verbrauch› kWh könne nicht stimmen, im Vorjahr waren es ‹vorjahr›. Was sage ich ihr?
< Dass sie recht haben könnte. So ein Sprung ist meist ‹grund›. Bitte sie um ein Foto vom Zähler \
‹zaehler›, dann rechnen wir neu.
@open document_search
> Was steht in der Akte zu Zähler ‹zaehler›?
< ‹hits› Einträge. Vorjahr ‹vorjahr› kWh, jetzt ‹verbrauch›. Auffällig: ‹grund›, vermerkt von ‹peer› am \
‹past›.
? Zähler ‹zaehler› Ablesung
? ‹zaehler›
@more
> Wie viel bekäme sie zurück?
< ‹gutschrift› €, wenn wirklich ‹grund› dahintersteckt.
@more
> Darf ich das am Telefon zusagen?
< Die Prüfung ja, den Betrag nicht. Schriftlich kommt er von ‹other›.
@more email_search
> Hat sie schon einmal geschrieben?
< ‹hits› Mails, die erste vom ‹past›. Beantwortet wurde sie mit einem Textbaustein; daher der Ärger.
? Zähler ‹zaehler› Beschwerde
@more email
> Schreib ihr bitte, freundlich und ohne Amtsdeutsch.
< Bitte sehr: was wir vermuten, was wir tun, was sie tun kann.
= Ihre Stromrechnung, Zähler ‹zaehler›
~
Guten Tag,

Sie haben recht, da stimmt etwas nicht: ‹verbrauch› kWh statt ‹vorjahr› im Vorjahr.

**Was wir vermuten:** ‹grund›.
**Was wir tun:** Wir prüfen die Ablesung bis zum ‹date›. Bis dahin müssen Sie nichts überweisen.
**Was Sie tun können:** ein Foto vom Zähler schicken, Nummer ‹zaehler›, Uhrzeit dazu.

Stimmt unsere Vermutung, bekommen Sie ‹gutschrift› € zurück, ohne Antrag.

Herzliche Grüße
‹me›
@fix
> „Ohne Antrag“ bitte streichen, das mag ‹other› nicht.
< Gestrichen. Jetzt steht da „automatisch“.
@thanks
Sie hat sich bedankt und Kuchen angeboten 🍰
""",
    ),
    story(
        "de-protokoll",
        "de",
        "Operations, People, Engineering, Product",
        _protocol,
        """
@title
Protokoll: ‹thema›
‹thema› – was war der Stand?
@topic
Besprechungen
Protokolle
@open
> Besprechung „‹thema›“, ‹punkte› Punkte, am Ende sagte ‹peer›: „‹zitat›.“ Was heißt das jetzt?
< Dass ‹offen› Punkte offen sind und niemand dafür zuständig ist. Ich würde ‹other› fragen, bevor es \
‹weekday› wieder auf der Tagesordnung steht.
@open document_search
> Was haben wir zu „‹thema›“ beschlossen?
< ‹hits› Protokolle. Beschlossen: ein Versuch bis ‹date›. Nicht beschlossen, obwohl es alle glauben: \
wer ihn bezahlt.
? Protokoll ‹thema›
? Beschluss ‹thema›
@open summary
> Mach mir aus ‹punkte› Punkten ein Protokoll: ‹thema›.
< Eine Seite, Beschlüsse oben, Meinungen weggelassen.
= Protokoll ‹thema›
~
# ‹thema›

**Beschlossen**
1. Versuch bis ‹date›
2. ‹peer› sammelt die Rückmeldungen

**Offen (‹offen›)**
- Wer trägt die Kosten?
- Gilt das auch für ‹city›?

*‹punkte› Punkte, 50 Minuten, eine kaputte Leinwand. Nächster Termin: ‹weekday›, ‹hour› Uhr.*
@more
> War ‹other› dafür oder dagegen?
< Dafür, mit einer Bedingung: vor ‹date› wird nichts bestellt.
@more
> Muss der Betriebsrat zustimmen?
< Bei „‹thema›“ ziemlich sicher. ‹peer› kennt den Weg, es dauert erfahrungsgemäß drei Wochen.
@more email_search
> Hat ‹other› die Unterlagen geschickt?
< ‹hits› Mails, eine davon mit Anhang (‹past›). Sie ist bei den meisten im Spam gelandet.
? von:‹other› ‹thema› Anhang
@more email
> Einladung für ‹weekday›, ‹hour› Uhr, bitte.
< Entwurf mit drei Punkten statt ‹punkte›.
= Einladung: ‹thema›, ‹weekday› ‹hour› Uhr
~
Hallo zusammen,

wir treffen uns am **‹weekday› um ‹hour› Uhr** zu „‹thema›“. Drei Punkte, dreißig Minuten:

1. Was hat der Versuch gezeigt? (‹peer›)
2. Wer bezahlt? (‹other›)
3. Ja oder nein.

Wer nur Punkt 3 will, darf zwanzig Minuten später kommen 😉

‹me›
""",
    ),
)
