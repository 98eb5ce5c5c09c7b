"""What people and twins say in French whatever the matter is."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _nothing(_pick: Pick, _facts: Facts) -> None:
    """Phrases have no facts of their own."""


PHRASES = (
    story(
        "phrases",
        "fr",
        "",
        _nothing,
        """
@greeting
Bonjour !
Salut ‹twin› !
Re-bonjour !
@aside
(En version courte, s’il te plaît, je suis dans le train.)
‹peer› doit pouvoir le lire aussi.
Pas d’urgence, ‹weekday› suffit.
@extra
J’ajoute que ‹other› a laissé une remarque le ‹past›, restée sans réponse.
Petite précision : la date du dossier est le ‹date›.
Je peux te le rappeler ‹weekday› à ‹hour› si tu veux.
@thanks
Merci, ‹c’est exactement ça¦tu m’enlèves une épine du pied› !
Parfait, ‹j’envoie à ‹peer›¦c’est parti› 👌
Très bien, on en parle ‹weekday› avec ‹other›.
Super, je n’aurais pas trouvé ça seul·e.
@lead
D’accord.
‹Bien.¦Je vois.¦Entendu.›
Hm.
Et encore une chose :
@done
« ‹title› » est prêt, ‹words› mots.
C’est fait : « ‹title› ». Vérifie les noms, s’il te plaît.
@bye
Avec plaisir. Je garde un œil sur « ‹subject› ».
De rien, ‹me›. ‹Si ‹other› répond, je le note ici.¦Bon courage pour ‹hour› !›
C’est noté : ‹peer› s’en occupe jusqu’au ‹date›.
@none
Rien pour « ‹query› », ‹ni dans les mails ni dans les dossiers¦même dans les archives›. C’est peut-être \
rangé sous un autre nom ?
Aucun résultat pour « ‹query› ». Le plus proche est une note écrite par ‹other› le ‹past›, mais elle parle \
d’autre chose.
@retry
Essaie dans le dossier de ‹peer›.
Faute de frappe, pardon. Encore une fois ?
C’était avant ‹last_month›, regarde aussi les archives.
@giveup
Tant pis, je demande à ‹other›.
Bizarre. Je vais chercher à la main.
@later
Me revoilà.
Pardon, un appel.
@overnight
Bonjour, je reprends :
La nuit porte conseil.
@switch
Autre sujet :
Rien à voir, mais :
@emoji
🙂
🙏
🥐
👩🏽‍🍳
✨
@more
> Qui d’autre est au courant ?
< ‹peer› et ‹other›. La dernière note est de ‹peer›, le ‹past›.
@more
> C’est pour quand ?
< Le ‹date› d’après le dossier ; ‹other› a noté ‹weekday›. Prends le plus tôt.
@more
> En une phrase pour la réunion ?
< « ‹subject› : les chiffres sont vérifiés, il manque une réponse de ‹other›, décision ‹weekday›. »
@more
> Tu en es sûr ?
< Assez : deux sources concordent. Je n’ai pas vérifié ce qui a changé depuis le ‹past›.
@fix
> Plus court, s’il te plaît.
< Réduit de moitié ; la demande est dans la première phrase.
@fix
> Tutoiement partout, on se connaît depuis dix ans.
< C’est fait, jusqu’à la formule finale.
""",
    ),
)
