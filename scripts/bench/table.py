"""The results in one table for people, or as JSON for programs."""

import json
from typing import Any

from bench.questions import DUCK, PLAIN, PRODUCT, Measured

_HEADS = ("question", PRODUCT, PLAIN, DUCK, "plain ÷ product", "DuckDB ÷ product", "rounds")


def show(results: dict[str, Any]) -> str:
    """Return the results as text: a table of the questions, then a line for everything else."""
    parts = []
    for size in results["sizes"]:
        parts.append(f"{size['messages']:,} messages · CPU medians · {results['machine']}")
        rows = [_HEADS, *(_row(each) for each in size["questions"])]
        widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADS))]
        parts += [
            "  ".join(cell.ljust(width) if at == 0 else cell.rjust(width)
                      for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
            for row in rows
        ]  # fmt: skip
        for each in size["questions"]:
            parts += [f"  {each.label}: answers differ: {text}" for text in each.differences[:5]]
        parts += [f"{name:34} {_told(value)}" for name, value in size["others"].items()]
        parts.append("")
    parts += [f"{name:34} {_told(value)}" for name, value in results["growth"].items()]
    return "\n".join(parts)


def as_json(results: dict[str, Any]) -> str:
    """Return the results under stable keys; processor times are seconds."""
    return json.dumps(results, indent=2, default=lambda value: value.__dict__)


def _row(measured: Measured) -> tuple[str, ...]:
    cpu = measured.cpu
    ours = cpu.get(PRODUCT)
    times = [_milliseconds(cpu.get(name)) for name in (PRODUCT, PLAIN, DUCK)]
    ratios = [f"{cpu[name] / ours:,.1f}" if ours and name in cpu else "–" for name in (PLAIN, DUCK)]
    counts = "/".join(str(measured.rounds.get(name, 0)) for name in (PRODUCT, PLAIN, DUCK))
    return (measured.label, *times, *ratios, counts)


def _milliseconds(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds * 1000:,.{2 if seconds < 0.1 else 0}f} ms"


def _told(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.3g}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
