"""What the app may set going, put together: demo, imports, opening, recent databases."""

import os
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from twin_tui.analytics.errors import AnalyticsError
from twin_tui.cli import exits, recent
from twin_tui.settings import DATABASE_NAME, Settings, is_path, sample_database
from twin_tui.text.safe_text import safe_line
from twin_tui.tui.jobs import Format, Imported, ImportWish, JobError, Jobs, StoppedError, Tell

if TYPE_CHECKING:
    from twin_tui.data.source import Source
    from twin_tui.importers.base import Importer
    from twin_tui.importers.report import ImportReport


FORMATS = (
    Format("slack", "Slack export or slackdump (ZIP, folder)"),
    Format("chatgpt", "ChatGPT export (ZIP, folder or file)", (".json",)),
    Format("claude", "claude.ai export (ZIP, folder or file)", (".json",)),
    Format("tables", "tables of .csv, .jsonl (ZIP, folder, file)", (".csv", ".jsonl", ".ndjson")),
)
"""What the importers say of themselves: to load them takes longer than any screen that offers them."""


def jobs_for(settings: Settings, opened: str | None = None, *, is_ours: bool = True) -> Jobs:
    """Return the jobs of an app; imports go into the ``opened`` database if it is ours and not the sample."""
    demo = str(sample_database())
    here = None if opened is None else recent.remembered(opened)
    is_sample = here == os.path.abspath(demo)
    target = os.path.abspath(DATABASE_NAME) if opened is None or is_sample or not is_ours else opened

    def make_demo(tell: Tell) -> str:
        from twin_tui.cli.demo import bring_up_to_date  # noqa: PLC0415 - only where somebody goes this way

        with _sentences():
            bring_up_to_date(demo, settings, tell)
        return demo

    return Jobs(
        demo=make_demo,
        preview=lambda wish, tell: _preview(settings, wish, tell),
        bring_in=lambda wish, tell: _bring_in(settings, wish, tell),
        check=lambda typed: _check(typed, settings),
        recent=lambda: tuple(each for each in recent.recent() if each not in (here, os.path.abspath(demo))),
        formats=lambda: FORMATS,
        recognise=_recognise,
        demo_place=demo,
        target=target,
    )


def _format(importer: "Importer") -> Format:
    return Format(importer.name, importer.label, importer.suffixes)


def _recognise(path: str) -> Format | None:
    from twin_tui.importers import recognise  # noqa: PLC0415
    from twin_tui.importers.base import ImportFailedError  # noqa: PLC0415

    try:
        return _format(recognise(Path(path).expanduser()))
    except ImportFailedError:
        return None


def _check(typed: str, settings: Settings) -> str:
    from twin_tui.analytics.service import AnalyticsService  # noqa: PLC0415

    place = os.path.expanduser(typed.strip()) if is_path(typed) else typed.strip()
    if not place:
        raise JobError("Say which database: a path, or postgresql://USER@HOST/NAME.")
    with (
        _sentences(),
        AnalyticsService(place, timezone=settings.timezone, clock=settings.clock) as service,
    ):
        service.status()
    return os.path.abspath(place) if is_path(place) else place


def _preview(settings: Settings, wish: ImportWish, tell: Tell) -> Imported:
    from twin_tui.cli.trial import trial_source  # noqa: PLC0415

    with _sentences(), trial_source(_target(wish)) as source:
        return _imported(_run(settings, wish, source, tell, dry_run=True))


def _bring_in(settings: Settings, wish: ImportWish, tell: Tell) -> Imported:
    from twin_tui.cli.derived import leave_current  # noqa: PLC0415
    from twin_tui.cli.guarding import note_act  # noqa: PLC0415
    from twin_tui.data.database import open_database  # noqa: PLC0415
    from twin_tui.importers import IMPORTERS  # noqa: PLC0415

    with _sentences():
        place = _target(wish)
        IMPORTERS[wish.format].require(Path(wish.path).expanduser())
        if is_path(place):
            Path(place).parent.mkdir(parents=True, exist_ok=True)
        note_act(settings, place, "import", format=wish.format)
        with closing(open_database(place, "create")) as source:
            report = _run(settings, wish, source, tell, dry_run=False)
            leave_current(source, settings.timezone, tell)
            return _imported(report)


def _target(wish: ImportWish) -> str:
    into = wish.into.strip()
    if not into:
        raise JobError("Say which database to import into: a path (it is made if missing), or a URL.")
    return recent.remembered(into) if is_path(into) or into.lower().startswith("sqlite:") else into


def _run(
    settings: Settings, wish: ImportWish, source: "Source | None", tell: Tell, *, dry_run: bool
) -> "ImportReport":
    from twin_tui.cli.import_memory import memory_of  # noqa: PLC0415
    from twin_tui.importers import IMPORTERS  # noqa: PLC0415
    from twin_tui.importers.base import ImportOptions  # noqa: PLC0415

    options = ImportOptions(
        company=wish.company,
        owner=wish.owner,
        user=wish.user,
        agents=wish.agents,
        dry_run=dry_run,
        memory=memory_of(settings, _target(wish)),
    )
    return IMPORTERS[wish.format].run(Path(wish.path).expanduser(), source, options, tell)


def _imported(report: "ImportReport") -> Imported:
    """Return a report in the screen's form; its first lines and its rows are told apart from the rest."""
    from twin_tui.importers.report import TABLES, Tally  # noqa: PLC0415

    tallies = ((table, report.rows.get(table, Tally())) for table in TABLES)
    told = [line for line in report.lines() if not line.startswith("Dry run")]
    start = next((at for at, line in enumerate(told) if line.startswith("Rows")), len(told))
    return Imported(
        is_dry_run=report.dry_run,
        rows=tuple((table, (each.new, each.changed, each.equal, each.kept)) for table, each in tallies),
        conversations=report.session_count,
        remarks=(*told[:start], *told[start + 1 + len(TABLES) :]),
        rejected=report.rejected,
    )


@contextmanager
def _sentences() -> Generator[None]:
    """Turn every expected failure inside into a `JobError`; an unexpected one says where it is noted."""
    from twin_tui import crash_log  # noqa: PLC0415
    from twin_tui.data.errors import DatabaseError  # noqa: PLC0415
    from twin_tui.importers.base import ImportFailedError  # noqa: PLC0415

    try:
        yield
    except (JobError, StoppedError):
        raise
    except (AnalyticsError, DatabaseError, ImportFailedError, exits.CommandError) as error:
        sentence = str(error)
        raise JobError(sentence[:1].upper() + sentence[1:]) from error
    except OSError as error:
        where = safe_line(str(error.filename or "the file").encode("utf-8", "replace").decode())
        raise JobError(f"{where} cannot be used: {error.strerror}.") from error
    except Exception as error:
        log = crash_log.record(error)
        noted = f"; where is noted in {log}" if log else ""
        raise JobError(f"That failed, by a fault of twin-tui ({type(error).__name__}){noted}.") from error
