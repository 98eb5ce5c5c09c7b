"""What people and twins say in Spanish whatever the matter is."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _nothing(_pick: Pick, _facts: Facts) -> None:
    """Phrases have no facts of their own."""


PHRASES = (
    story(
        "phrases",
        "es",
        "",
        _nothing,
        """
@greeting
¡Buenos días!
Hola, ‹twin›:
¡Hola de nuevo!
@aside
(Breve, por favor, voy en el metro.)
Que lo entienda también ‹peer›, sin siglas.
Sin prisa, con el ‹weekday› basta.
@extra
Por cierto, ‹other› dejó un comentario el ‹past› y nadie contestó.
Añado: la fecha buena es el ‹date›.
Si quieres, te lo recuerdo el ‹weekday› a las ‹hour›.
@thanks
¡Gracias! ‹Justo lo que necesitaba.¦Me has salvado la mañana.›
Perfecto, ‹se lo paso a ‹peer›¦ya está enviado› 👏
Vale, lo vemos el ‹weekday› con ‹other›.
Genial, una cosa menos.
@lead
Vale.
‹Bien.¦Ya veo.¦De acuerdo.›
Hm.
Y otra cosa:
@done
«‹title›» está listo, ‹words› palabras.
Hecho: «‹title›». Revisa los nombres, por favor.
@bye
De nada. Sigo pendiente de «‹subject›».
¡A ti, ‹me›! ‹Si ‹other› contesta, lo pongo aquí.¦Suerte a las ‹hour›.›
Anotado: lo lleva ‹peer› hasta el ‹date›.
@none
No encuentro nada sobre «‹query›», ‹ni en el correo ni en las carpetas¦tampoco en el archivo›. ¿Tendrá \
otro nombre?
Cero resultados para «‹query›». Lo más parecido es una nota de ‹other› del ‹past›, pero habla de otra cosa.
@retry
Prueba en la carpeta de ‹peer›.
Perdón, lo escribí mal. ¿Otra vez?
Fue antes de ‹last_month›, mira en el archivo.
@giveup
Bueno, le pregunto a ‹other›.
Qué raro. Ya lo busco yo a mano.
@later
Ya estoy de vuelta.
Perdona, una llamada.
@overnight
Buenos días, sigo con esto:
Lo he consultado con la almohada.
@switch
Otra cosa:
Cambiando de tema:
@emoji
😊
🙌
☀️
💃🏽
🤷‍♂️
@more
> ¿Quién más lo sabe?
< ‹peer› y ‹other›. La última nota es de ‹peer›, del ‹past›.
@more
> ¿Para cuándo es?
< El ‹date›, según la ficha; ‹other› apuntó el ‹weekday›. Yo iría con la primera.
@more
> ¿Me lo resumes en una frase?
< «‹subject›: cifras revisadas, falta una respuesta de ‹other›, se decide el ‹weekday›».
@more
> ¿Estás seguro?
< Bastante: coinciden dos fuentes. No he comprobado lo posterior al ‹past›.
@fix
> Más corto, porfa.
< La mitad, y la petición va en la primera línea.
@fix
> Trátale de usted.
< Cambiado en todo el texto, también en la despedida.
""",
    ),
)
