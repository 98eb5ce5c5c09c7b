"""Keeps what was read beside memory, in a file that has no name and vanishes with the process."""

from tempfile import SpooledTemporaryFile

from twin_tui.importers.base import ImportFailedError

IN_MEMORY = 16 * 2**20
"""Bytes kept in memory before a file is made."""
_PENDING = 2**20
"""Bytes gathered before they are written."""


class Spool:
    """Bytes written one after the other and read at any place."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by close()
        self._pending: list[bytes] = []
        self._waiting = 0
        self.end = 0
        """Where the next bytes will stand."""

    def append(self, data: bytes) -> int:
        """Write bytes and return where they stand; raises :class:`ImportFailedError` without room."""
        offset = self.end
        self._pending.append(data)
        self.end += len(data)
        self._waiting += len(data)
        if self._waiting >= _PENDING:
            self._flush()
        return offset

    def read(self, offset: int, size: int) -> bytes:
        """Return bytes written before."""
        if self._pending:
            self._flush()
        self._file.seek(offset)
        return self._file.read(size)

    def close(self) -> None:
        """Forget everything."""
        self._file.close()

    def _flush(self) -> None:
        data = b"".join(self._pending)
        self._pending.clear()
        self._waiting = 0
        try:
            self._file.seek(0, 2)
            self._file.write(data)
        except OSError as error:
            reason = error.strerror or "it failed"
            raise ImportFailedError(
                f"a temporary file of the size of the texts cannot be written: {reason}"
                " (the environment variable TMPDIR says where it is made)"
            ) from error
