"""The sample world: believable people, twins and conversations from a seed."""

from twin_tui.sample.options import BadOptionError, SampleError, SampleOptions
from twin_tui.sample.world import COLUMNS, Batch, generate
from twin_tui.sample.writing import (
    ForeignDatabaseError,
    NotASampleError,
    NotEmptyError,
    Progress,
    top_up,
    write_sample,
)

__all__ = [
    "COLUMNS",
    "BadOptionError",
    "Batch",
    "ForeignDatabaseError",
    "NotASampleError",
    "NotEmptyError",
    "Progress",
    "SampleError",
    "SampleOptions",
    "generate",
    "top_up",
    "write_sample",
]
