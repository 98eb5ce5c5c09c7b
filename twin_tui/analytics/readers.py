"""Two reader threads, and the interruption of what runs on them."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from twin_tui.analytics.errors import CancelledError

if TYPE_CHECKING:
    from twin_tui.data.source import Source

Answer = TypeVar("Answer")

_PURSUIT_S = 0.05
"""Seconds between interruptions: one that falls between two statements has no effect."""


def _cancelled() -> CancelledError:
    return CancelledError("The load was cancelled.")


class _Load:
    """One submitted question: its future, and the connection it is reading from at this moment."""

    def __init__(self) -> None:
        self.future: Future[Any] = Future()
        self.lock = threading.Lock()
        self.finished = threading.Event()
        self.is_started = False
        self.is_cancelled = False
        self.source: Source | None = None
        self.connection: Any = None

    def check(self) -> None:
        if self.is_cancelled or self.future.cancelled():
            raise _cancelled()


class Readers:
    """Runs questions beside the caller's thread and stops them on request."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=2, thread_name_prefix="twin-tui-reader")
        self._lock = threading.Lock()
        self._loads: dict[object, list[_Load]] = {}
        self._here = threading.local()

    def submit(self, token: object, question: Callable[[], Answer]) -> "Future[Answer]":
        """Run ``question`` on a reader thread; its future raises what it raises."""
        load = _Load()
        with self._lock:
            self._loads.setdefault(token, []).append(load)
        try:
            self._executor.submit(self._run, token, load, question)
        except RuntimeError:
            self._finish(token, load)
            load.future.set_exception(CancelledError("The service is closed."))
        return load.future

    def cancel(self, token: object) -> None:
        """Drop what waits and interrupt what runs under ``token``; returns at once."""
        with self._lock:
            loads = tuple(self._loads.get(token, ()))
        for load in loads:
            with load.lock:
                load.is_cancelled = True
                waits = not load.is_started
                if waits and load.future.set_running_or_notify_cancel():
                    load.future.set_exception(_cancelled())
            if waits:
                self._finish(token, load)
            else:
                threading.Thread(target=self._pursue, args=(load,), daemon=True).start()

    def check(self) -> None:
        """Raise `CancelledError` when this thread's load was cancelled."""
        load = self._load
        if load is not None:
            load.check()

    @property
    def is_cancelled(self) -> bool:
        """Whether this thread's load was cancelled."""
        load = self._load
        return load is not None and load.is_cancelled

    def read(self, source: "Source", work: Callable[[], Answer]) -> Answer:
        """Return what ``work`` returns inside one read transaction of this thread on ``source``.

        It runs again when the connection was lost. Meanwhile `cancel` can interrupt its statements.
        """
        return source.run_read(lambda: self._interruptible(source, work))

    def _interruptible(self, source: "Source", work: Callable[[], Answer]) -> Answer:
        load = self._load
        if load is None or load.connection is not None:
            return work()
        load.check()
        with load.lock:
            load.source, load.connection = source, source.running_connection()
        try:
            return work()
        finally:
            with load.lock:
                load.connection = None

    def close(self) -> None:
        """Interrupt everything and wait until both threads rest."""
        with self._lock:
            tokens = tuple(self._loads)
        for token in tokens:
            self.cancel(token)
        self._executor.shutdown(wait=True)

    @property
    def _load(self) -> _Load | None:
        return getattr(self._here, "load", None)

    def _run(self, token: object, load: _Load, question: Callable[[], Any]) -> None:
        with load.lock:
            load.is_started = True
        if load.future.done():
            return
        self._here.load = load
        answer, failure = None, None
        try:
            load.check()
            answer = question()
            load.check()
        except BaseException as error:
            failure = error
        self._here.load = None
        self._finish(token, load)
        if not load.future.set_running_or_notify_cancel():
            return
        if failure is None:
            load.future.set_result(answer)
        else:
            load.future.set_exception(failure)

    def _finish(self, token: object, load: _Load) -> None:
        load.finished.set()
        with self._lock:
            left = [other for other in self._loads.get(token, ()) if other is not load]
            if left:
                self._loads[token] = left
            else:
                self._loads.pop(token, None)

    def _pursue(self, load: _Load) -> None:
        while not load.finished.is_set():
            with load.lock:
                if load.source is not None and load.connection is not None:
                    load.source.interrupt(load.connection)
            load.finished.wait(_PURSUIT_S)
