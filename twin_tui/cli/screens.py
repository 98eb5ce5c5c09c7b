"""Runs the screens, or says plainly why that cannot be; the database is opened behind the first picture."""

import gc
import os
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from twin_tui.analytics.errors import TicketNeededError
from twin_tui.analytics.filters import Filters, Period
from twin_tui.cli import exits
from twin_tui.cli.one_heap import share_one_heap
from twin_tui.cli.opening import late_service, no_database
from twin_tui.cli.output import is_terminal
from twin_tui.cli.refresher import Refresher, refreshing
from twin_tui.cli.without_openssl import import_without_openssl
from twin_tui.settings import Settings, find_database, sample_database, with_usual_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from twin_tui.analytics.service import AnalyticsService
    from twin_tui.cli.filter_options import Asked
    from twin_tui.tui.beginning import Beginning
    from twin_tui.tui.live import Watching
    from twin_tui.views.view import View


def open_dashboard(
    settings: Settings, asked: "Asked | None" = None, link: str | None = None, view: "View | None" = None
) -> int:
    """Run the screens and return their exit code; without any database they begin with ways to one.

    ``link`` names a conversation to open at once: a permalink or an id. ``view`` says how to look at what
    was asked for.

    Raises `CommandError`: without a terminal, and, where the database is missing too, with how to get one;
    `AnalyticsError` where the database cannot be opened.
    """
    place, _ = find_database(settings)
    try:
        require_terminal()
    except exits.CommandError as error:
        raise error if place is not None else no_database() from error
    share_one_heap()
    import_without_openssl()
    code = exits.DONE
    while True:
        place, code = _start(settings) if place is None else _look_at(place, settings, asked, link, view)
        asked = link = view = None
        if place is None:
            return code


def _start(settings: Settings) -> tuple[str | None, int]:
    """Show the start screen; return the database chosen there, and the exit code."""
    from twin_tui.cli.jobs import jobs_for  # noqa: PLC0415 - Textual is not needed for anything else
    from twin_tui.tui.lifecycle import run  # noqa: PLC0415
    from twin_tui.tui.start_app import StartApp  # noqa: PLC0415

    app = StartApp(settings, jobs_for(settings))
    code = run(app)
    return app.chosen, code


def _look_at(
    place: str, settings: Settings, asked: "Asked | None", link: str | None, view: "View | None"
) -> tuple[str | None, int]:
    """Show the dashboard of a database; return the one chosen next, if any, and the exit code."""
    settings = with_usual_rules(replace(settings, database=place))
    # Nothing that a start makes is garbage: looking for some takes a tenth of it. The first figures end that.
    gc.disable()
    with refreshing(place, settings) as refresher, late_service(settings) as late:
        service = cast("AnalyticsService", late)
        if asked is not None and asked.period is not None:
            Period.parse(asked.period, service.today())
        if link is not None:
            linked = replace(_beginning(service, settings, asked, refresher), **_linked(service, link))
            return _show(service, settings, lambda: linked)
        if asked is not None and asked.is_narrowed:
            # What is wrong with a name is said before there is a picture to say it over.
            begun = replace(_beginning(service, settings, asked, refresher), view=view)
            return _show(service, settings, lambda: begun)

        def begin() -> "Beginning":
            return replace(_beginning(service, settings, asked, refresher), view=view)

        return _show(service, settings, begin)


def _linked(service: "AnalyticsService", link: str) -> dict[str, Any]:
    """Return what the dashboard opens over its tabs: a conversation, or what finds it with a ticket."""
    try:
        return {"conversation": named_conversation(service, link)}
    except TicketNeededError:
        return {"find": lambda: named_conversation(service, link)}


def named_conversation(service: "AnalyticsService", link: str) -> tuple[str, str | None]:
    """Return session and entry that a permalink or an id names; raises `AnalyticsError`."""
    from twin_tui.text.permalinks import read_link  # noqa: PLC0415

    session, entry = read_link(link) or (link, None)
    session_id, event_id = service.find_session(session)
    return session_id, entry or event_id


def _beginning(
    service: "AnalyticsService", settings: Settings, asked: "Asked | None", refresher: Refresher
) -> "Beginning":
    """Return what the dashboard opens with; raises `AnalyticsError`."""
    from twin_tui.cli.jobs import jobs_for  # noqa: PLC0415
    from twin_tui.tui.beginning import Beginning  # noqa: PLC0415

    place = str(settings.database)
    status = service.status()

    def afterwards() -> None:
        from twin_tui.analytics.questions import import_those_on_tabs  # noqa: PLC0415
        from twin_tui.cli.recent import remember  # noqa: PLC0415

        if place != str(sample_database()):
            remember(place)
        if status.is_ours and settings.live:
            refresher.start()
        import_those_on_tabs()

    period = opening_period(settings, asked, service.today(), status.last_day)
    if asked is None:
        filters = Filters(Period.parse(period, service.today()))
    else:
        from twin_tui.cli.filter_options import chosen_filters  # noqa: PLC0415

        filters = chosen_filters(service, asked, period)
    return Beginning(
        status, filters, jobs_for(settings, place, is_ours=status.is_ours), afterwards=afterwards
    )


def opening_period(settings: Settings, asked: "Asked | None", today: date, last: date | None) -> str:
    """Return the period to open with, as typed: all time where nobody chose one and its days are empty.

    ``last`` is the last day with data: who has just imported last year's export sees it, not an empty screen.
    """
    if (asked is not None and asked.period is not None) or settings.period != Settings().period:
        return settings.period
    first = Period.parse(settings.period, today).start
    return "all" if first is not None and last is not None and last < first else settings.period


def _show(
    service: "AnalyticsService", settings: Settings, begin: "Callable[[], Beginning]"
) -> tuple[str | None, int]:
    from twin_tui.tui.app import TwinApp  # noqa: PLC0415 - Textual is not needed for anything else
    from twin_tui.tui.lifecycle import run  # noqa: PLC0415

    watching: Watching | None = service.watch if settings.live else None
    app = TwinApp(service, settings, begin=begin, watching=watching)
    code = run(app)
    if app.failure is not None:
        raise app.failure
    return app.chosen, code


def require_terminal() -> None:
    """Raise `CommandError` where the screens cannot be drawn: no terminal, a dumb one, or not UTF-8."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        why = "This is not a terminal"
    elif os.environ.get("TERM", "") == "dumb":
        why = "This terminal is a dumb one (TERM=dumb)"
    elif (sys.stdout.encoding or "").lower().replace("_", "-") not in ("utf-8", "utf8"):
        why = f"This terminal's encoding is {sys.stdout.encoding}, not UTF-8"
    else:
        return
    raise exits.CommandError(f"{why}: for the same answers as plain text use twin-tui report overview.")
