"""Entry point of ``twin-tui`` and ``python -m twin_tui``."""

import sys


def main() -> None:
    """Run the command line and leave with its documented exit code."""
    from twin_tui.cli import run  # noqa: PLC0415 - keeps `python -m twin_tui` importable for tools

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
