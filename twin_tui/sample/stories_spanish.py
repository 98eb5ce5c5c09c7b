"""Stories told in Spanish: sales figures, a guarantee, a fair."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _n(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _sales(pick: Pick, facts: Facts) -> None:
    last, growth = pick.num(40, 320) * 100, pick.num(-18, 31)
    facts |= {
        "ventas": _n(last * (100 + growth) // 100), "antes": _n(last), "cambio": f"{growth:+d}",
        "producto": pick.one(("lámparas de pie", "tiras led", "apliques de exterior",
            "bombillas inteligentes")),
        "motivo": pick.one(("la campaña de otoño", "la huelga de transporte", "dos pedidos grandes",
            "la nueva tienda")),
    }  # fmt: skip
    facts["subject"] = f"ventas de {facts['producto']}"


def _guarantee(pick: Pick, facts: Facts) -> None:
    facts |= {
        "pedido": f"{pick.num(300, 999)}/{pick.num(10, 99)}", "meses": str(pick.num(3, 22)),
        "dias": str(pick.num(2, 9)),
        "falla": pick.one(("parpadea", "no enciende con frío", "hace un zumbido", "cambia de color sola")),
        "pieza": pick.one(("el transformador", "el regulador", "la batería", "el cable")),
    }  # fmt: skip
    facts["subject"] = f"garantía {facts['pedido']}"


def _fair(pick: Pick, facts: Facts) -> None:
    facts |= {
        "metros": str(pick.num(12, 48, 6)), "coste": _n(pick.num(38, 190) * 100),
        "contactos": str(pick.num(24, 160)),
        "duda": pick.one(("quién lleva el montaje", "si vamos con socios", "cuántos catálogos imprimir",
            "dónde duerme el equipo")),
    }  # fmt: skip
    facts["subject"] = f"feria de {facts['city']}"


STORIES = (
    story(
        "es-ventas",
        "es",
        "Sales, Finance, Data, Marketing",
        _sales,
        """
@title
‹producto›: ‹cambio› %
Ventas de ‹last_month›
@topic
Ventas
Informes
@open
> Vendimos ‹ventas› ‹producto› en ‹last_month›; el año pasado, ‹antes›. ¿Qué digo en la reunión?
< Un ‹cambio› %. Y la causa: ‹motivo›. Si la dices tú antes de que pregunten, la reunión dura la mitad.
@open document_search
> ¿Por qué cambiaron tanto las ventas de ‹producto›?
< En ‹hits› informes aparece lo mismo: ‹motivo›. De ‹antes› a ‹ventas›, o sea, ‹cambio› %.
? informe ventas ‹producto› ‹last_month›
? ‹producto› variación anual
@open report
> Hazme el informe de ‹producto›: ‹ventas› contra ‹antes›.
< Media página, con la tabla que le gusta a ‹other›.
= ‹producto›: ‹last_month›
~
# ‹producto›

| | unidades |
|---|---:|
| año pasado | ‹antes› |
| este año | **‹ventas›** |
| cambio | ‹cambio› % |

**Causa principal:** ‹motivo›.

## ¿Y ahora?
- revisar existencias en ‹city› antes del ‹date›
- preguntar a ‹customer› si repite pedido (‹peer›)
@open document_search summary
> Busca los informes de ‹producto› y resúmelos.
< ‹hits› informes, cinco líneas.
? informes ‹producto›
= ‹producto› en cinco líneas
~
1. este año ‹ventas›, el pasado ‹antes› (‹cambio› %)
2. causa: ‹motivo›
3. mejor plaza: ‹city›
4. mejor cliente: ‹customer›
5. pendiente: precios de ‹next_month›
@more
> ¿Y sin ‹motivo›?
< Casi plano, entre −2 y +2 %. No lo pondría en la portada, pero sí en la respuesta.
@more
> ¿Qué tienda va mejor?
< ‹city›, con diferencia. ‹peer› dice que es por el escaparate; los datos no lo desmienten.
@more email_search
> ¿‹contact› confirmó el pedido de ‹customer›?
< Sí, el ‹past›, en uno de ‹hits› correos: «lo mismo que la última vez».
? de:‹contact› pedido ‹producto›
@more email
> Escribe a ‹contact› para cerrar el pedido.
< Listo: una pregunta y una fecha.
= Pedido de ‹producto›
~
Hola, ‹contact›:

preparamos su pedido de ‹producto› para el **‹date›**. ¿Mantenemos la cantidad de la última vez?

Con un «sí» me basta.

Un saludo
‹me›
""",
    ),
    story(
        "es-garantia",
        "es",
        "Support, Customer Success, Operations, Legal",
        _guarantee,
        """
@title
Garantía ‹pedido›: la lámpara ‹falla›
‹pedido› – ¿‹pieza›?
@topic
Garantías
Atención al cliente
@open
> Cliente del pedido ‹pedido›: la lámpara ‹falla› a los ‹meses› meses. ¿Entra en garantía?
< Sí, hasta los 36. Suele ser ‹pieza›. Mándale la pieza, tarda ‹dias› días; cambiar la lámpara entera \
cuesta el triple.
@open document_search
> ¿Hay más casos de lámparas que «‹falla›»?
< ‹hits› casos. En casi todos era ‹pieza›; en dos, la instalación de casa.
? avería "‹falla›"
? garantía ‹pieza›
@more
> Dice que quiere el dinero.
< Primero nos toca reparar. Si a los ‹dias› días no está, puede pedirlo. Yo lo diría así, sin citar la ley.
@more
> ¿Quién paga el envío?
< Nosotros, ida y vuelta. ‹peer› tiene las etiquetas.
@more email_search
> ¿Ya le escribimos algo?
< ‹hits› correos, el último del ‹past›: «lo estamos mirando». Ya no cuela.
? pedido ‹pedido›
@more email
> Redáctame la respuesta.
< Aquí va, con los pasos numerados.
= Su lámpara (pedido ‹pedido›)
~
Buenos días:

nos escribió que su lámpara ‹falla›. Lo lamento. Casi siempre es ‹pieza›, y se cambia sin herramientas:

1. le enviamos la pieza hoy; llega en ‹dias› días
2. desenchufe, cambie, enchufe
3. si sigue igual, la recogemos en su casa

Todo corre de nuestra cuenta. ¡Gracias por avisar! 💡

‹me›
@fix
> Quita la bombilla del final.
< Quitada.
""",
    ),
    story(
        "es-feria",
        "es",
        "Marketing, Sales, People, Operations",
        _fair,
        """
@title
Feria de ‹city›: ‹metros› m²
¿Vamos a ‹city›?
@topic
Ferias
Eventos
@open
> Feria en ‹city›, ‹metros› m² por ‹coste› €. La última vez sacamos ‹contactos› contactos. ¿Vale la pena?
< Si uno de cada diez compra, sí. Lo que falta por aclarar es ‹duda›. Eso mueve el coste más que los metros.
@open document_search
> ¿Cómo nos fue en la feria de ‹city› la última vez?
< ‹hits› documentos: ‹contactos› contactos, ‹coste› €, y una queja repetida: nadie sabía ‹duda›.
? informe feria ‹city›
@more
> ¿Y con ‹metros› metros cabe todo?
< Justo. ‹peer› propone dejar fuera el almacén y reponer cada noche.
@more
> ¿Quién va?
< ‹peer› y ‹other› seguro. Tú, el primer día, dice tu calendario.
@more email_search
> ¿Contestó la organización?
< ‹hits› correos: el plano llega el ‹date›, el precio no se mueve.
? organización feria ‹city› plano
@more proposal
> Prepárame la propuesta para dirección.
< Una página: coste, resultado esperado y qué pasa si no vamos.
= Propuesta: feria de ‹city›
~
# ¿Vamos a ‹city›?

| | |
|---|---|
| superficie | ‹metros› m² |
| coste | ‹coste› € |
| contactos esperados | ‹contactos› |

**A favor:** ‹customer› y ‹rival› estarán allí.
**En contra:** tres días sin equipo en ‹next_month›.
**Por decidir:** ‹duda›.

Recomendación: ir, con la mitad de catálogos.
""",
    ),
)
