"""The command line: the one place that puts settings, database, service, reports and screens together."""

from twin_tui.cli.running import run

__all__ = ["run"]
