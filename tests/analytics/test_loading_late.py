"""Answers and the modules that give them are there by their names, and not before somebody asks for one."""

import ast
import inspect
import subprocess
import sys

import pytest

from twin_tui.analytics import answers, questions

LOOK = "import sys; import twin_tui.analytics.service; print(*sys.modules)"


def named_for_types() -> dict[str, str]:
    """Return the modules as type checkers see them: their full names by those they go by."""
    imports = [
        node for node in ast.walk(ast.parse(inspect.getsource(questions))) if isinstance(node, ast.ImportFrom)
    ]
    return {
        each.asname or each.name: f"{node.module}.{each.name}"
        for node in imports
        for each in node.names
        if node.module and node.module.startswith("twin_tui.")
    }


@pytest.mark.parametrize("name", answers.__all__)
def test_every_answer_is_found_where_it_is_said_to_be(name: str) -> None:
    assert getattr(answers, name) is not None


@pytest.mark.parametrize("name", questions.__all__)
def test_every_question_is_the_module_that_types_are_checked_against(name: str) -> None:
    assert getattr(questions, name).__name__ == named_for_types()[name]


@pytest.mark.parametrize("module", [answers, questions])
def test_another_name_is_not_found(module: object) -> None:
    with pytest.raises(AttributeError, match="nothing_of_this_name"):
        _ = module.nothing_of_this_name  # type: ignore[attr-defined]


def test_the_service_loads_no_question_before_it_is_asked() -> None:
    shown = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    loaded = shown.stdout.split()
    assert "twin_tui.analytics.service" in loaded
    late = set(named_for_types().values())
    assert len(late) == len(questions.__all__)
    assert not late & set(loaded)
