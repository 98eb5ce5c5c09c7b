"""A case file as Markdown: stored text is escaped, so that it shows as it is and nothing more."""

from collections.abc import Iterator

from twin_tui.reports.case_file import CaseFile, Step, outcome_words
from twin_tui.reports.case_words import facts, step_title
from twin_tui.reports.markdown_form import escaped, quoted
from twin_tui.text.safe_text import safe_line, safe_text


def case_markdown(case: CaseFile) -> str:
    """Return the case file as a page: summary, facts, every step with its words quoted."""
    header = case.conversation.header
    lines = [f"# {escaped(safe_line(header.title or header.topic or 'Conversation'))}", ""]
    lines += [f"**{escaped(outcome_words(case.outcome))}**", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {escaped(safe_line(fact))} |" for name, fact in facts(case)]
    for note in case.notes:
        lines += ["", "**Note**", "", *quoted(note)]
    for step in case.steps:
        lines += ["", *_step(step, case)]
    return "\n".join(lines) + "\n"


def _step(step: Step, case: CaseFile) -> Iterator[str]:
    yield f"### {step.number}. {escaped(safe_line(step_title(step, case)))}"
    yield ""
    yield f"`{safe_line(step.link).replace('`', '')}`"
    yield ""
    yield from quoted(safe_text(step.entry.text) or "(no text stored)")
