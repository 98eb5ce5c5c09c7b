"""What the screens load without OpenSSL works, and OpenSSL is there for who asks later."""

import subprocess
import sys

PROGRAM = """
import sys
from twin_tui.cli.without_openssl import OPENSSL, import_without_openssl
import_without_openssl()
assert {"asyncio", "hashlib", "hmac"} <= set(sys.modules)
assert not set(OPENSSL) & set(sys.modules), "OpenSSL is loaded"
import hashlib, hmac
print(hmac.new(b"key", b"text", hashlib.sha256).hexdigest())
import asyncio
print(asyncio.run(asyncio.sleep(0, "slept")))
import ssl
print(ssl.create_default_context().verify_mode.name)
"""


def test_hashes_and_loops_work_and_tls_is_there_for_who_asks_later() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == [
        "6afa9046a9579cad143a384c1b564b9a250d27d6f6a63f9f20bf3a7594c9e2c6",
        "slept",
        "CERT_REQUIRED",
    ]


def test_what_somebody_loaded_already_is_left_alone() -> None:
    program = (
        "import ssl, sys; "
        + PROGRAM.split("\n")[2]
        + "; import_without_openssl(); print('ssl' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"]
