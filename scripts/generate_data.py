"""Makes a sample database, ``ai_twin_analytics.db`` by default: the same as ``twin-tui generate``."""

import sys

from twin_tui.cli import run

sys.exit(run(["generate", *sys.argv[1:]]))
