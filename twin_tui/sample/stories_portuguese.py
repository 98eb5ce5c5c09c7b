"""Portuguese: what people say whatever the matter is, and their stories."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _nothing(_pick: Pick, _facts: Facts) -> None:
    """Phrases have no facts of their own."""


def _training(pick: Pick, facts: Facts) -> None:
    facts |= {
        "pessoas": str(pick.num(6, 45)), "horas": str(pick.one((2, 3, 4, 6))),
        "nota": f"{pick.num(31, 49) / 10:.1f}".replace(".", ","),
        "tema": pick.one(("atendimento difícil", "planilhas sem medo", "segurança no armazém",
            "escrever para o cliente")),
        "queixa": pick.one(("a sala estava quente", "faltou tempo para perguntas",
            "os exemplos eram de outra área")),
    }  # fmt: skip
    facts["subject"] = f"treinamento «{facts['tema']}»"


def _stock(pick: Pick, facts: Facts) -> None:
    counted = pick.num(120, 900)
    facts |= {
        "contado": str(counted), "sistema": str(counted + pick.num(4, 38)),
        "nota_fiscal": str(pick.num(10_200, 98_400)),
        "item": pick.one(("caixas de café", "luminárias", "rolos de tecido", "baterias")),
        "razao": pick.one(("duas devoluções sem registro", "uma troca de etiqueta",
            "a entrega de sexta ainda no caminhão")),
    }  # fmt: skip
    facts["falta"] = str(int(facts["sistema"]) - counted)
    facts["subject"] = f"estoque de {facts['item']}"


PHRASES = (
    story(
        "phrases",
        "pt",
        "",
        _nothing,
        """
@greeting
Bom dia!
Oi, ‹twin›!
Olá de novo!
@aside
(Curtinho, por favor, estou no ônibus.)
‹peer› precisa entender também.
Sem pressa, até ‹weekday› está bom.
@extra
Ah, e ‹other› deixou um comentário em ‹past› que ninguém respondeu.
Só para completar: a data certa é ‹date›.
@thanks
Obrigado! ‹Era isso mesmo.¦Salvou minha tarde.›
Perfeito, ‹já mandei para ‹peer›¦vou usar assim› 🙏🏾
Combinado, falamos ‹weekday› com ‹other›.
@lead
Certo.
‹Entendi.¦Beleza.¦Ok.›
Hum.
E mais uma coisa:
@done
«‹title›» está pronto, ‹words› palavras.
Feito: «‹title›». Confere os nomes, por favor.
@bye
De nada! Fico de olho em «‹subject›».
Imagina, ‹me›. Se ‹other› responder, aviso aqui.
Anotado: está com ‹peer› até ‹date›.
@none
Não achei nada sobre «‹query›», ‹nem no e-mail nem nas pastas¦nem no arquivo›. Será que tem outro nome?
Nenhum resultado para «‹query›». O mais perto é uma nota de ‹other› de ‹past›, mas é sobre outra coisa.
@retry
Tenta na pasta de ‹peer›.
Desculpa, digitei errado. De novo?
Foi antes de ‹last_month›, olha no arquivo.
@giveup
Tudo bem, pergunto para ‹other›.
Estranho. Procuro na mão então.
@later
Voltei da reunião.
Desculpa, o telefone.
@overnight
Bom dia, continuando:
Pensei melhor durante a noite.
@switch
Mudando de assunto:
Outra coisa:
@emoji
😄
🙏🏾
☕
👨🏿‍🔧
@more
> Quem mais sabe disso?
< ‹peer› e ‹other›. A última nota é de ‹peer›, de ‹past›.
@more
> Até quando?
< ‹date›, segundo a ficha; ‹other› marcou ‹weekday›. Eu iria pela primeira.
@more
> Resume numa frase?
< «‹subject›: números conferidos, falta a resposta de ‹other›, decisão ‹weekday›.»
@more
> Tem certeza?
< Quase: duas fontes batem. Não conferi o que mudou depois de ‹past›.
@fix
> Mais curto, por favor.
< Cortei pela metade; o pedido está na primeira linha.
@fix
> Está formal demais.
< Agora começa com «Oi» e termina com «abraço».
""",
    ),
)

STORIES = (
    story(
        "pt-treinamento",
        "pt",
        "People, Support, Operations, Marketing, Sales",
        _training,
        """
@title
Treinamento: ‹tema›
‹tema›, nota ‹nota›
@topic
Treinamento
Equipe
@open
> O treinamento «‹tema›» teve nota ‹nota› de 5, mas dizem que ‹queixa›. Repito?
< Repete, com menos gente. Com ‹pessoas› pessoas em ‹horas› horas ninguém pergunta nada. A queixa \
(«‹queixa›») some sozinha.
@open document_search
> O que o pessoal achou do treinamento «‹tema›»?
< ‹hits› respostas, média ‹nota›. A crítica que mais aparece: ‹queixa›. O elogio: ‹peer› explica com \
histórias.
? avaliação treinamento ‹tema›
? pesquisa "‹tema›"
@open email
> Escreve o convite: «‹tema›», ‹horas› horas, ‹weekday› às ‹hour›.
< Pronto, com o que levar e o que não precisa.
= Convite: ‹tema›
~
Oi, pessoal!

**‹weekday›, ‹hour›**, sala do segundo andar: «‹tema›», ‹horas› horas com ‹peer›.

- traga um caso seu, de verdade
- não precisa de computador
- tem café e pão de queijo ☕

Da última vez ‹queixa›; desta vez cuidamos disso.

Abraço
‹me›
@open document_search summary
> Junta as avaliações de «‹tema›» num resumo.
< ‹hits› avaliações, meia página.
? avaliações ‹tema› todas
= ‹tema›: o que disseram
~
- ‹pessoas› pessoas, nota **‹nota›** de 5
- gostaram: exemplos, o jeito de ‹peer›
- não gostaram: ‹queixa›
- pedem: uma segunda parte em ‹next_month›
@more
> Divido em duas turmas?
< Sim: manhã e tarde, metade das ‹pessoas› em cada. ‹peer› topa as duas se tiver almoço no meio.
@more
> E para quem está em ‹city›?
< Por vídeo, ‹horas› horas é demais. Melhor ‹other› ir até lá em ‹next_month›.
@more email_search
> ‹other› já respondeu se dá a aula?
< Respondeu em ‹past›: «sim, mas não na segunda». Está em um de ‹hits› e-mails.
? de:‹other› treinamento ‹tema›
@more email
> Agradece ‹peer› por mim.
< Três frases, sem exagero.
= Obrigado!
~
Oi, ‹peer›,

nota ‹nota› e gente pedindo a segunda parte: é mérito seu. A única reclamação foi que ‹queixa›, e isso \
é comigo.

Almoço ‹weekday›?

‹me›
""",
    ),
    story(
        "pt-estoque",
        "pt",
        "Operations, Finance, Data, Engineering, Legal, Customer Success, Product",
        _stock,
        """
@title
Estoque: faltam ‹falta› ‹item›
‹contado› ou ‹sistema›?
@topic
Estoque
Inventário
@open
> Contamos ‹contado› ‹item›, o sistema diz ‹sistema›. Onde foram parar ‹falta›?
< Aposto em ‹razao›. Confere a nota ‹nota_fiscal› antes de ajustar; ajuste sem causa volta no mês seguinte.
@open document_search
> Por que o estoque de ‹item› não bate? Faltam ‹falta›.
< ‹hits› movimentos. O que explica quase tudo: ‹razao› (nota ‹nota_fiscal›, registrada por ‹peer› em \
‹past›).
? movimentos ‹item› ‹last_month›
? nota fiscal ‹nota_fiscal›
@more
> Posso ajustar para ‹contado›?
< Pode, com a causa escrita: «‹razao›». Acima de 50 unidades, ‹other› assina.
@more
> Já aconteceu antes?
< Em ‹last_month›, com ‹item› também, só que menos. O padrão é sexta à tarde.
@more email_search
> A transportadora avisou alguma coisa?
< ‹hits› e-mails; um diz «entrega parcial», sem número. É provavelmente a nossa.
? transportadora entrega parcial ‹item›
@more report
> Faz o relatório da diferença.
< Curto, com tabela e causa.
= Diferença de estoque: ‹item›
~
# ‹item›

| | unidades |
|---|---:|
| sistema | ‹sistema› |
| contado | ‹contado› |
| **diferença** | **‹falta›** |

**Causa provável:** ‹razao›
**Prova:** nota fiscal ‹nota_fiscal›
**Próximo passo:** nova contagem em ‹date› (‹peer›)
""",
    ),
)
