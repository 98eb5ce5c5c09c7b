"""What the screens load of the standard library, without OpenSSL: nothing here talks over TLS."""

import sys
from importlib.util import find_spec

OPENSSL = ("ssl", "_ssl", "_hashlib")
HASHES = ("_md5", "_sha1", "_sha3", "_blake2")
"""Python's own; with those of the SHA-2 family, whose module has another name in later versions."""


def import_without_openssl() -> None:
    """Import asyncio and hashlib, if nobody did yet, as in a Python that was built without OpenSSL.

    It takes 5 MiB, of which an event loop uses nothing and a signature of a few bytes next to nothing. Who
    imports `ssl` later gets it. Where Python has no hashes of its own nothing is left out. For programs
    that own their process.
    """
    if any(name in sys.modules for name in ("asyncio", "hashlib", *OPENSSL)) or not _has_own_hashes():
        return
    hidden: dict[str, object] = dict.fromkeys(OPENSSL)
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        import asyncio  # noqa: F401, PLC0415
        import hashlib  # noqa: F401, PLC0415
        import hmac  # noqa: F401, PLC0415
    finally:
        for name in OPENSSL:
            del sys.modules[name]


def _has_own_hashes() -> bool:
    is_known = {name: find_spec(name) is not None for name in (*HASHES, "_sha2", "_sha256", "_sha512")}
    return all(is_known[name] for name in HASHES) and (
        is_known["_sha2"] or (is_known["_sha256"] and is_known["_sha512"])
    )
