"""What people and twins say in German whatever the matter is."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _nothing(_pick: Pick, _facts: Facts) -> None:
    """Phrases have no facts of their own."""


PHRASES = (
    story(
        "phrases",
        "de",
        "",
        _nothing,
        """
@greeting
Guten Morgen!
Moin!
Hallo ‹twin›!
Servus!
@aside
(Bitte ‹kurz¦in Stichpunkten›, ich lese das am Handy.)
‹peer› muss es auch verstehen, also ohne Abkürzungen.
Es eilt nicht, ‹weekday› reicht.
Ach ja: ‹customer› fragt ‹schon zum zweiten Mal¦seit ‹past›› danach.
@extra
Noch etwas zu „‹subject›“: ‹other› hat am ‹past› eine Notiz hinterlassen, die niemand beantwortet hat.
Nachtrag: Das Datum in der Akte ist der ‹date›, nicht der ‹past›.
Wenn du magst, erinnere ich dich am ‹weekday› um ‹hour› Uhr.
@thanks
Danke, ‹genau das habe ich gebraucht¦damit ist „‹subject›“ vom Tisch›!
Super, ‹ist raus an ‹peer›¦gebe ich so weiter›.
Passt. ‹other› und ich schauen am ‹weekday› drüber.
Klasse, ‹spart mir eine Stunde¦danke dir› 🙏
Alles klar, ich frage ‹peer›.
@lead
Ok.
‹Gut.¦Verstehe.¦Alles klar.›
Hm.
Und noch etwas:
Das dachte ich mir.
@done
„‹title›“ liegt im Entwurf, ‹words› Wörter.
Fertig: „‹title›“. ‹Bitte die Namen prüfen.¦Die Anrede habe ich offengelassen.›
@bye
Gern. Ich behalte „‹subject›“ im Blick.
Sehr gern, ‹me›. ‹Wenn ‹other› sich meldet, steht es hier.¦Am ‹weekday› schaue ich noch einmal nach.›
Notiert: liegt jetzt bei ‹peer›, Frist ‹date›.
@none
Zu „‹query›“ finde ich nichts, ‹auch nicht im Archiv¦weder in Mails noch in Ordnern›. Heißt es \
vielleicht anders?
Kein Treffer für „‹query›“. Am ehesten passt eine Notiz von ‹other› vom ‹past›, aber die meint etwas \
anderes.
@retry
Probier's im Ordner von ‹peer›.
Vertippt, sorry. Bitte noch mal.
Muss vor ‹last_month› gewesen sein, such auch im Archiv.
@giveup
Na gut, dann frage ich ‹other›.
Seltsam. Ich such's von Hand, ‹peer› hat es vielleicht auf Papier.
@later
So, zurück aus der Besprechung.
Entschuldige, Telefon.
@overnight
Guten Morgen, weiter im Text:
Habe drüber geschlafen.
@switch
Anderes Thema:
Noch was ganz anderes:
@emoji
🙂
👍
☕️
🤷🏼‍♀️
🎉
@more
> Wer weiß ‹noch davon¦sonst noch Bescheid›?
< ‹peer› und ‹other›. ‹peer› hat am ‹past› zuletzt etwas dazu geschrieben.
< Eigentlich nur ‹peer›. ‹other› wollte erst am ‹weekday› wieder informiert werden.
@more
> Bis wann muss das fertig sein?
< Laut Akte bis ‹date›. Im Kalender von ‹other› steht ‹weekday›, also lieber früher.
@more
> In einem Satz, für die Morgenrunde?
< „‹subject›: Zahlen geprüft, eine Frage an ‹other› offen, Entscheidung ‹weekday›.“
@more
> Wie sicher ist das?
< Ziemlich: zwei Quellen, gleiches Ergebnis. Ungeprüft ist nur, was seit ‹past› dazukam.
@fix
> Bitte kürzer.
< Auf die Hälfte gekürzt, die Bitte steht jetzt im ersten Satz.
@fix
> Das „Sie“ bitte durch „Ihr“ ersetzen, wir kennen uns.
< Geändert, auch in der Grußformel.
""",
    ),
)
