"""Answers and the modules that give them are there by their names, and not before somebody asks for one."""

import subprocess
import sys

import pytest

from twin_tui.analytics import answers, questions

LOOK = "import sys; import twin_tui.analytics.service; print(*sys.modules)"


@pytest.mark.parametrize("name", answers.__all__)
def test_every_answer_is_found_where_it_is_said_to_be(name: str) -> None:
    assert getattr(answers, name) is not None


@pytest.mark.parametrize("name", questions.__all__)
def test_every_question_is_a_module_of_its_name(name: str) -> None:
    assert getattr(questions, name).__name__ == f"twin_tui.analytics.{name}"


@pytest.mark.parametrize("module", [answers, questions])
def test_another_name_is_not_found(module: object) -> None:
    with pytest.raises(AttributeError, match="nothing_of_this_name"):
        _ = module.nothing_of_this_name  # type: ignore[attr-defined]


def test_the_service_loads_no_question_before_it_is_asked() -> None:
    shown = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    loaded = shown.stdout.split()
    assert "twin_tui.analytics.service" in loaded
    early = {"activity", "conversation", "engagement", "masked", "overview", "people", "retention", "search"}
    assert early <= set(questions.__all__)
    assert not [name for name in sorted(early) if f"twin_tui.analytics.{name}" in loaded]
