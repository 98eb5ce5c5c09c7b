"""The file that rules are written in: TOML, one ``[[rule]]`` each."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from twin_tui.analytics.asked import Asked
from twin_tui.rules.errors import RulesError
from twin_tui.rules.limits import Limit, limit
from twin_tui.rules.readings import BY_KEY, Known
from twin_tui.rules.rule import STATES, Rule, State

LARGEST = 1_000_000
"""Bytes of a file."""
_ASKED = tuple(each.name for each in fields(Asked))
_KEYS = ("figure", "name", "warn", "alert", "change", "no_data", "min_n", *_ASKED)


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Return the rules of a file; raises `RulesError`."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise RulesError(f"{path} is too large for rules: at most {LARGEST:,} bytes are read.")
        return rules_of(tomllib.loads(raw.decode("utf-8")))
    except FileNotFoundError as error:
        raise RulesError(f"There is no file {path}.") from error
    except OSError as error:
        raise RulesError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise RulesError(f"{path} is not UTF-8 text.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RulesError(f"{path} is not valid TOML: {error}.") from error
    except RulesError as error:
        sentence = str(error)
        raise RulesError(sentence if sentence.startswith(str(path)) else f"{path}: {sentence}.") from error


def rules_of(stored: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Return the rules of a parsed file; raises `RulesError`."""
    if unknown := sorted(set(stored) - {"rule", *_ASKED}):
        raise RulesError(f"{unknown[0]!r} is not known here: rules are written as [[rule]]")
    written = stored.get("rule", [])
    if not isinstance(written, list) or not written:
        raise RulesError("it holds no rule: each is written as [[rule]] with a figure and its limits")
    common = {key: stored[key] for key in _ASKED if key in stored}
    rules: list[Rule] = []
    for number, each in enumerate(written, 1):
        try:
            if not isinstance(each, dict):
                raise RulesError("a table is wanted")
            rules.append(_rule({**common, **each}))
        except RulesError as error:
            raise RulesError(f"rule {number}: {error}") from error
    return tuple(rules)


def _rule(stored: Mapping[str, Any]) -> Rule:
    if unknown := sorted(set(stored) - set(_KEYS)):
        raise RulesError(f"{unknown[0]!r} is not known (known are {', '.join(_KEYS)})")
    figure = _figure(stored.get("figure"))
    change = stored.get("change", {})
    if not isinstance(change, dict) or set(change) - {"warn", "alert"}:
        raise RulesError("change takes change.warn and change.alert")
    if change and not figure.has_change:
        raise RulesError(f"{figure.key} is not compared with an earlier period, so its change has no limits")
    of_change = "points" if figure.unit == "ratio" else "change"
    rule = Rule(
        name=_text(stored, "name") or figure.label,
        figure=figure,
        asked=_asked(stored),
        alert=_limits(stored.get("alert"), figure.unit),
        warn=_limits(stored.get("warn"), figure.unit),
        change_alert=_limits(change.get("alert"), of_change),
        change_warn=_limits(change.get("warn"), of_change),
        no_data=_state(stored.get("no_data", "no_data")),
        min_n=_count(stored.get("min_n", 0)),
    )
    if not (rule.alert or rule.warn or rule.change_alert or rule.change_warn or "no_data" in stored):
        raise RulesError("it has no limit: warn, alert, change.warn, change.alert, or no_data")
    return rule


def _figure(key: Any) -> Known:
    if not isinstance(key, str):
        raise RulesError("it names no figure")
    if key in BY_KEY:
        return BY_KEY[key]
    close = get_close_matches(key, BY_KEY, 1)
    meant = f"did you mean {close[0]}" if close else "twin-tui check --figures lists them"
    raise RulesError(f"there is no figure {key!r}; {meant}")


def _limits(written: Any, unit: str) -> tuple[Limit, ...]:
    if written is None:
        return ()
    return tuple(limit(each, unit) for each in (written if isinstance(written, list) else [written]))


def _text(stored: Mapping[str, Any], key: str) -> str | None:
    found = stored.get(key)
    if found is not None and not isinstance(found, str):
        raise RulesError(f"{key} wants a text")
    return found


def _asked(stored: Mapping[str, Any]) -> Asked:
    shared = stored.get("shared")
    if shared is not None and not isinstance(shared, bool):
        raise RulesError("shared wants true or false")
    texts = {key: _text(stored, key) for key in _ASKED if key != "shared"}
    return Asked(**texts, shared=shared)


def _state(written: Any) -> State:
    if written not in STATES:
        raise RulesError(f"no_data is one of {', '.join(STATES)}")
    return cast("State", written)


def _count(written: Any) -> int:
    if not isinstance(written, int) or isinstance(written, bool) or written < 0:
        raise RulesError("min_n wants a whole number from 0")
    return written
