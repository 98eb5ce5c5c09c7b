"""The PostgreSQL driver, handed to a Peewee that was imported without it."""

from typing import Any

import peewee
import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.json import Json, Jsonb


def hand_over(library: Any = peewee) -> None:
    """Give Peewee what it would have taken had it seen the driver when it was imported."""
    if library.psycopg is None:
        library.psycopg, library.TransactionStatus = psycopg, TransactionStatus
        library.Json_pg3, library.Jsonb_pg3 = Json, Jsonb
        adapter = library.Psycopg3Adapter
        adapter.txn_idle = TransactionStatus.IDLE
        adapter.txn_inerror = TransactionStatus.INERROR
        adapter.txn_unknown = TransactionStatus.UNKNOWN
