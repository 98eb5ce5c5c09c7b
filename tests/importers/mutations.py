"""Damage for exports of any format: what a seed makes of a valid one, and what no import may ever do."""

import copy
import json
import random
import re
import signal
import zipfile
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.importers.exports import Export, rows_as_bytes
from twin_tui.data.database import open_database
from twin_tui.data.models import MODELS, Document, Message, Query, Session, Twin, User
from twin_tui.importers import IMPORTERS, ImportFailedError, ImportOptions, ImportReport, Tally

SECONDS = 20
"""No import of a tiny export may take longer: it hangs."""
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 1e308, 2**63, 10**30, -(10**400), [], [""], [None], {}, {"a": []}, [[]]),
    *(
        "",
        " ",
        "x",
        "<@U9>",
        "\0",
        "a\0b",
        "\ud800",
        "\udfff\ud800",
        "\x1b[2J",
        "\u202e",
        "é" * 40,
        "x" * 70_000,
    ),
    *("2026-13-45", "9" * 400, "1790000000.000100", "0", "-1", "nan", "../../x"),
    "https://files.slack.com/x?t=xoxe-1",
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]")


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value in a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, inner in items for deeper in places(inner, (*path, key)))]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """Return what a way leads to."""
    for step in path:
        value = value[step]
    return value


class Damage:
    """One mutation of an export, decided by its seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self.told: list[str] = []
        """What was done, for whom a test failed."""

    def write(self, export: Export, folder: Path) -> Path:
        """Write the export damaged, as a folder or a ZIP, and return it."""
        dice = self._dice
        files = copy.deepcopy(export.files)
        in_json = (
            self._odd,
            self._missing,
            self._swapped,
            self._twice,
            self._deep,
            self._cycle,
            self._renamed,
        )
        for _ in range(dice.randint(0, 3)):
            dice.choice(in_json)(files)
        raw = {name: rows_as_bytes(name, value) for name, value in files.items()}
        if dice.random() < 0.4:
            for _ in range(dice.randint(1, 3)):
                dice.choice((self._cut, self._overwritten, self._undecodable, self._marked))(raw)
        damaged = Export(dict(raw))
        if dice.random() < 0.5:
            return damaged.folder(folder / "export")
        path = damaged.zip(folder / "export.zip")
        if dice.random() < 0.6:
            dice.choice((self._tricks, self._bomb, self._flipped, self._short, self._header))(path)
        return path

    def _place(self, files: dict[str, Any], *, of: type | tuple[type, ...] = object) -> Any:
        """Return a file's name and the way to a value of some type in it, None where there is none."""
        name = self._dice.choice(sorted(files))
        found = [path for path in places(files[name]) if path and isinstance(at(files[name], path), of)]
        return (name, self._dice.choice(found)) if found else None

    def _set(self, files: dict[str, Any], place: Any, value: Any, what: str) -> None:
        if place is not None:
            name, path = place
            at(files[name], path[:-1])[path[-1]] = value
            self.told.append(f"{name} {path}: {what}")

    def _odd(self, files: dict[str, Any]) -> None:
        value = copy.deepcopy(self._dice.choice(ODD))
        self._set(files, self._place(files), value, f"{value!r:.40}")

    def _missing(self, files: dict[str, Any]) -> None:
        place = self._place(files)
        if place is not None:
            name, path = place
            del at(files[name], path[:-1])[path[-1]]
            self.told.append(f"{name} {path}: missing")

    def _swapped(self, files: dict[str, Any]) -> None:
        one, other = self._place(files), self._place(files)
        if one and other:
            self._set(files, one, copy.deepcopy(at(files[other[0]], other[1])), f"that of {other}")

    def _twice(self, files: dict[str, Any]) -> None:
        place = self._place(files, of=list)
        if place is not None:
            items = at(files[place[0]], place[1])
            self._set(files, place, [*items, *copy.deepcopy(items)], "everything twice")

    def _deep(self, files: dict[str, Any]) -> None:
        value: Any = "deep"
        for _ in range(self._dice.choice((20, 200))):
            value = [value]
        self._set(files, self._place(files), value, "nested")

    def _cycle(self, files: dict[str, Any]) -> None:
        """Let one text be another's: parents and children of messages become rings that way."""
        one, other = self._place(files, of=str), self._place(files, of=str)
        if one and other:
            self._set(files, one, at(files[other[0]], other[1]), "another's text")

    def _renamed(self, files: dict[str, Any]) -> None:
        name = self._dice.choice(sorted(files))
        files[
            self._dice.choice(("general/2026-13-99.json", "x.json", "a/b/c/d.json", "D9/2026-09-21.json"))
        ] = files.pop(name)
        self.told.append(f"{name} renamed")

    def _bytes(self, raw: dict[str, bytes], change: Callable[[bytes, int], bytes], what: str) -> None:
        name = self._dice.choice(sorted(raw))
        raw[name] = change(raw[name], self._dice.randint(0, len(raw[name])))
        self.told.append(f"{name}: {what}")

    def _cut(self, raw: dict[str, bytes]) -> None:
        self._bytes(raw, lambda data, place: data[:place], "cut off")

    def _overwritten(self, raw: dict[str, bytes]) -> None:
        noise = self._dice.choice(
            (b"[[[[", b"}}", b'"', b"\\", b"\0\0", b"9" * 5000, b"NaN", b"[" * 100_000, b"\\ud800")
        )
        self._bytes(
            raw, lambda data, place: data[:place] + noise + data[place + len(noise) % 7 :], f"{noise[:8]!r}"
        )

    def _undecodable(self, raw: dict[str, bytes]) -> None:
        noise = self._dice.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xfe\xff"))
        self._bytes(raw, lambda data, place: data[:place] + noise + data[place:], f"{noise!r}")

    def _marked(self, raw: dict[str, bytes]) -> None:
        mark = self._dice.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\n\n  ", b"// hi\n"))
        self._bytes(raw, lambda data, _: mark + data, f"begins with {mark!r}")

    def _tricks(self, path: Path) -> None:
        names = (
            "../evil.json",
            "/abs.json",
            "C:\\x.json",
            "a\x1b[2J.json",
            "general/../../x.json",
            "x" * 300,
            "users.json",
        )
        with zipfile.ZipFile(path, "a") as archive:
            for name in self._dice.sample(names, 3):
                with _quietly():
                    archive.writestr(name, b"[]")
                self.told.append(f"member {name!r:.30}")

    def _bomb(self, path: Path) -> None:
        name = self._dice.choice(("general/2026-09-30.json", "users.json", "conversations.json", "bomb.json"))
        with _quietly(), zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, b"[" + b" " * 12_000_000 + b"]")
        self.told.append(f"bomb {name}")

    def _flipped(self, path: Path) -> None:
        data = bytearray(path.read_bytes())
        for _ in range(self._dice.randint(1, 12)):
            data[self._dice.randrange(len(data))] = self._dice.randrange(256)
        path.write_bytes(data)
        self.told.append("bytes of the ZIP flipped")

    def _short(self, path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: self._dice.randrange(len(data))])
        self.told.append("ZIP cut off")

    def _header(self, path: Path) -> None:
        """Let the ZIP's directory lie: encrypted, packed in an unknown way, of another size or checksum."""
        data = bytearray(path.read_bytes())
        found = [match.start() for match in re.finditer(rb"PK\x01\x02", bytes(data))]
        start = self._dice.choice(found)
        field, size = self._dice.choice(((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (42, 4)))
        data[start + field : start + field + size] = self._dice.randbytes(size)
        path.write_bytes(data)
        self.told.append(f"ZIP directory, field {field}")


@contextmanager
def _quietly() -> Generator[None]:
    """Let a name stand twice in a ZIP."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield


@contextmanager
def in_time(seconds: int) -> Generator[None]:
    """Raise `TimeoutError` inside where it takes longer; main thread only."""

    def late(*_: Any) -> None:
        raise TimeoutError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def hold(kind: str, path: Path, database: str) -> ImportReport | None:
    """Import, and hold what holds for any export; None where it was refused with a sentence."""
    rejections: list[Any] = []
    options = ImportOptions(all_users=True, user="ann@example.com", on_reject=rejections.append)
    with open_database(database, "write") as source, in_time(SECONDS):
        report, refusal = None, ""
        try:
            report = IMPORTERS[kind].run(path, source, options)
        except ImportFailedError as error:
            refusal = str(error)
        if report is None:
            assert not _CONTROL.search(refusal), "an error steers the terminal"
            assert source.rows(Message.select(Message.id)) == [], "refused, and yet something is in"
            return None
        lost = sum(report.left_out.values()) + report.rejected_messages
        assert report.read == report.kept + lost, "read = kept + left out + rejected"
        assert len(rejections) == report.rejected == report.problem_count, "each rejection is one object"
        assert all(json.loads(each.as_json())["file"] == each.file for each in rejections)
        assert not any(map(_CONTROL.search, report.lines())), "a line steers the terminal"
        if kind == "tables":
            counts = {model._meta.table_name: len(source.rows(model.select(model.id))) for model in MODELS}
            assert counts == {name: report.rows.get(name, Tally()).new for name in counts}, (
                "what was kept is in"
            )
            assert sum(counts.values()) <= report.kept
        else:
            sizes = Counter(ref for (ref,) in source.rows(Message.select(Message.session)))
            assert sum(sizes.values()) == report.kept, "what was kept is in"
            sessions = len(source.rows(Session.select(Session.id)))
            assert sessions == report.session_count == len(sizes), "whole sessions"
        messages = {ref for (ref,) in source.rows(Message.select(Message.id))}
        for model in (Document, Query):
            assert {ref for (ref,) in source.rows(model.select(model.message))} <= {*messages, None}
        assert not source.db.execute_sql("PRAGMA foreign_key_check").fetchall()
        texts = [Message.content, Session.title, User.full_name, User.email, Twin.name]
        for field in texts if kind == "slack" else ():
            assert not [1 for (text,) in source.rows(field.model.select(field)) if "xoxe-" in (text or "")]
        again = IMPORTERS[kind].run(path, source, options)
        assert sum(each.new + each.changed for each in again.rows.values()) == 0, (
            "once more changes something"
        )
    return report
