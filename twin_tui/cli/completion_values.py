"""What Tab offers from the database: companies, departments, users, twins, platforms."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

import click

from twin_tui.cli.completion_words import Complete, Completion, beginning
from twin_tui.cli.opening import configuration, open_service
from twin_tui.settings import Settings
from twin_tui.text.safe_text import safe_line

if TYPE_CHECKING:
    from twin_tui.analytics.answers import Choice, Choices

Kind = Literal["company", "department", "user", "twin", "platform"]
PATIENCE_S = 1.0
"""How long somebody waits for Tab; a database that has not answered by then offers nothing."""
MOST = 200
"""Values offered at most, the most used first."""


def values_of(kind: Kind) -> Complete:
    """Return a completion that offers a filter's values; it is silent when the database is not to be had."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> Completion:  # noqa: ARG001
        import twin_tui.analytics.service  # noqa: F401, PLC0415 - patience begins with the database

        known: list[Choices] = []

        def ask() -> None:
            with suppress(Exception):
                known.append(_choices(configuration(context).settings))

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(PATIENCE_S)
        return _offered(known[0], kind, incomplete) if known else []

    return complete


def _choices(settings: Settings) -> "Choices":
    with open_service(settings) as service:
        return service.choices()


def _offered(choices: "Choices", kind: Kind, incomplete: str) -> Completion:
    for spelled in _SPELLINGS[kind]:
        words = [(word, told) for word, told in spelled(choices) if word and safe_line(word) == word]
        if found := beginning(incomplete, words):
            return found[:MOST]
    return []


def _people(choices: "Choices") -> Iterator[tuple[str, str | None]]:
    return ((each.detail, safe_line(each.label)) for each in choices.users)


def _names(choices: "Choices") -> Iterator[tuple[str, str | None]]:
    return ((each.label, safe_line(each.detail)) for each in choices.users)


def _twins(choices: "Choices") -> Iterator[tuple[str, str | None]]:
    return ((each.label, safe_line(each.detail) or None) for each in choices.twins)


def _plain(pick: "Callable[[Choices], tuple[Choice, ...]]") -> "Spelling":
    return lambda choices: ((each.value, None) for each in pick(choices))


Spelling = Callable[["Choices"], Iterator[tuple[str, str | None]]]
_SPELLINGS: dict[Kind, tuple[Spelling, ...]] = {
    "company": (_plain(lambda choices: choices.companies),),
    "department": (_plain(lambda choices: choices.departments),),
    "user": (_people, _names),
    "twin": (_twins,),
    "platform": (_plain(lambda choices: choices.platforms),),
}
"""What is offered for each filter, with its help; the next way only when nothing begins as typed."""
