"""Stories told in French: a contract, a seminar, a complaint."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _n(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def _contract(pick: Pick, facts: Facts) -> None:
    yearly = pick.num(18, 240) * 500
    facts |= {
        "montant": _n(yearly), "hausse": str(pick.num(3, 11)), "nouveau": _n(yearly * 106 // 100),
        "mois": str(pick.one((2, 3, 6))),
        "article": f"{pick.num(4, 16)}.{pick.num(1, 4)}", "subject": f"contrat {facts['customer']}",
        "motif": pick.one(("le prix de l’énergie", "l’indice des salaires",
            "une « mise à niveau » que personne n’a demandée")),
    }  # fmt: skip


def _workshop(pick: Pick, facts: Facts) -> None:
    facts |= {
        "gens": str(pick.num(8, 34)), "budget": _n(pick.num(12, 90) * 100), "subject": "le séminaire",
        "theme": pick.one(("mieux écrire ensemble", "la relation client", "l’année prochaine",
            "dire non poliment")),
        "souci": pick.one(("la salle n’est pas accessible en fauteuil", "le traiteur est complet",
            "la moitié vient en train",
                           "le mercredi, ce sont les enfants")),
    }  # fmt: skip
    facts["subject"] = f"séminaire à {facts['city']}"


def _return(pick: Pick, facts: Facts) -> None:
    facts |= {
        "commande": f"F{pick.num(20_100, 98_900)}", "jours": str(pick.num(3, 16)),
        "avoir": str(pick.one((5, 10, 15))),
        "objet": pick.one(("la lampe", "le carton de verres", "la chaise pliante", "le lot de tuiles")),
        "defaut": pick.one(("est arrivée cassée", "n’est jamais arrivée", "n’est pas de la bonne couleur")),
    }  # fmt: skip
    facts["subject"] = f"commande {facts['commande']}"


STORIES = (
    story(
        "fr-contrat",
        "fr",
        "Legal, Finance, Sales, Operations",
        _contract,
        """
@title
‹customer› : +‹hausse› % ?
Contrat ‹customer›
@topic
Contrats
Achats
@open
> ‹customer› augmente de ‹hausse› % (motif : ‹motif›). On paie ‹montant› € par an. On accepte ?
< Pas tout de suite. L’article ‹article› exige un préavis de ‹mois› mois, et il n’y est pas. Cela dit, \
‹nouveau› € (+6 %) serait un compromis honnête.
@open document_search
> Que dit le contrat ‹customer› sur les hausses de prix ?
< ‹hits› documents. Article ‹article› : une fois par an, justifiée, ‹mois› mois à l’avance. « ‹motif› » \
n’est justifié nulle part. Montant actuel : ‹montant› €.
? contrat ‹customer› révision de prix
? article ‹article› indexation
@open email
> Réponds à ‹contact› : pas de hausse sans préavis, article ‹article›.
< Voilà, ferme et courtois.
= Votre courrier du ‹past›
~
Bonjour ‹contact›,

j’ai bien reçu votre annonce d’une hausse de **‹hausse› %**. L’article ‹article› prévoit un préavis de \
‹mois› mois et une justification ; je n’ai trouvé ni l’un ni l’autre.

Deux possibilités :

- le prix reste à ‹montant› € jusqu’à l’échéance
- nous passons à ‹nouveau› € dès maintenant, pour deux ans fermes

Pouvons-nous en parler ‹weekday› à ‹hour› ?

Bien cordialement
‹me›
@open document_search summary
> Retrouve les anciens échanges avec ‹customer› et fais-moi une synthèse.
< ‹hits› pièces, une demi-page.
? ‹customer› négociation prix
= ‹customer› : où en est-on ?
~
- aujourd’hui **‹montant› €** par an
- demande : +‹hausse› %, motif avancé : ‹motif›
- notre levier : l’article ‹article› (préavis de ‹mois› mois)
- l’an dernier, ‹peer› avait obtenu la moitié
@more
> Et s’ils refusent ?
< Alors ils livrent quand même jusqu’à l’échéance. Changer de fournisseur prendrait ‹mois› mois, ils le \
savent aussi.
@more
> ‹other› dit d’accepter pour avoir la paix.
< C’est un argument. Mais demande d’abord les deux ans fermes : la paix dure plus longtemps.
@more email_search
> ‹contact› avait promis un prix stable, non ?
< Oui, le ‹past› : « rien ne bougera avant l’an prochain ». C’est dans un des ‹hits› messages.
? de:‹contact› prix stable
@more email
> Un mot à ‹other› pour expliquer.
< Trois lignes, sans jargon.
= ‹customer› : ce que je propose
~
Bonjour ‹other›,

‹customer› veut +‹hausse› %. Le contrat ne le permet pas sans ‹mois› mois de préavis. Je propose \
‹nouveau› € contre deux ans fermes.

D’accord jusqu’à ‹weekday› ?

‹me›
""",
    ),
    story(
        "fr-seminaire",
        "fr",
        "People, Marketing, Operations",
        _workshop,
        """
@title
Séminaire à ‹city›
‹gens› personnes, ‹theme›
@topic
Séminaires
Événements
@open
> Séminaire à ‹city› le ‹date›, ‹gens› personnes, thème : ‹theme›. Par quoi je commence ?
< Par le problème : ‹souci›. Le reste (salle, repas, train) se règle en une matinée avec ‹budget› €.
@open general
> Une salle à ‹city› pour ‹gens› personnes, moins de ‹budget› € ?
< ‹hits› adresses, trois vraiment possibles. Attention : ‹souci›.
? salle séminaire ‹city› ‹gens› personnes
@more
> On fait quoi l’après-midi ?
< Rien de ludique : une marche d’une heure, puis des groupes de quatre. ‹peer› l’a fait l’an dernier, \
tout le monde en parle encore.
@more
> ‹other› ne mange pas de porc, ‹peer› rien du tout.
< Buffet libanais alors. Il reste ‹budget› € moins le train ; ça passe.
@more document_search
> On a gardé le programme de l’an dernier ?
< ‹hits› fichiers. Le bon est celui du ‹past› ; la pause de 15 h manquait, on s’en souvient.
? programme séminaire année dernière
@more summary
> Fais-moi le programme.
< Une page, avec de vraies pauses.
= Programme, ‹city›, ‹date›
~
# ‹theme›

| heure | quoi |
|---|---|
| 9 h 30 | café, arrivées (le train de ‹peer›) |
| 10 h | pourquoi nous sommes là – ‹me› |
| 12 h 30 | déjeuner |
| 14 h | marche, une question chacun |
| 15 h 30 | **pause, une vraie** |
| 16 h | on décide |

‹gens› personnes · ‹budget› € · à régler : ‹souci›
@fix
> Décale tout d’une demi-heure.
< Décalé, y compris le train du retour.
""",
    ),
    story(
        "fr-client",
        "fr",
        "Customer Success, Support, Sales",
        _return,
        """
@title
‹commande› : ‹objet› ‹defaut›
Réclamation ‹commande›
@topic
Réclamations
Service client
@open
> Commande ‹commande› : ‹objet› ‹defaut›, le client attend depuis ‹jours› jours. Je réponds quoi ?
< D’abord la date du remplacement, ensuite l’avoir de ‹avoir› %, et seulement après les regrets. Dans \
cet ordre on te croit.
@open email_search
> Qu’est-ce qu’on a déjà dit au client de la ‹commande› ?
< ‹hits› messages en ‹jours› jours, tous automatiques. Personne ne lui a parlé, sauf ‹peer› le ‹past›.
? commande ‹commande›
@more
> ‹avoir› %, c’est assez ?
< Pour ‹jours› jours, oui. S’il est fâché, c’est le silence, pas l’argent.
@more
> On reprend ‹objet› ?
< Non, le retour coûte plus cher. Qu’il le garde ou le donne.
@more document_search
> C’est arrivé à d’autres ?
< ‹hits› réclamations depuis ‹last_month›, même dépôt. ‹other› prévient le transporteur.
? réclamations ‹objet›
@more email
> Écris-lui.
< Voilà, chaleureux et précis.
= Votre commande ‹commande›
~
Bonjour,

‹objet› ‹defaut› : je viens de vérifier, et vous avez raison.

- **le remplacement part ‹weekday›**, avec un numéro de suivi
- vous recevez un avoir de ‹avoir› %
- vous n’avez rien à renvoyer

Si quelque chose cloche encore, écrivez-moi directement.

‹me›
@thanks
Le client a mis cinq étoiles ⭐ merci !
""",
    ),
)
