"""A case file as JSON: times UTC, unknown as null."""

from twin_tui.reports.about import About
from twin_tui.reports.case_file import CaseFile, Step, outcome_words
from twin_tui.reports.json_form import Json, conversation_json, instant


def case_json(case: CaseFile, about: About) -> Json:
    """Return a case file: the session as in ``report conversation``, links and timings beside."""
    told = conversation_json(case.conversation, (step.entry for step in case.steps), about)
    entries = [entry | _timing(step) for entry, step in zip(told["entries"], case.steps, strict=True)]
    outcome = case.outcome
    return {
        "case": {
            "link": case.link,
            "summary": outcome_words(outcome),
            "database": case.database,
            "timezone": case.timezone,
            "as_of": instant(case.as_of),
            "version": case.version,
            "masked": case.is_masked,
            "ticket": case.ticket,
        },
        "outcome": {
            "length_s": outcome.length_s,
            "turns": outcome.turns,
            "documents": outcome.documents,
            "queries": outcome.queries,
            "empty_queries": outcome.empty_queries,
            "unanswered": outcome.is_unanswered,
        },
        "session": told["session"],
        "entries": entries,
        "notes": list(case.notes),
    }


def _timing(step: Step) -> Json:
    return {"number": step.number, "link": step.link, "after_s": step.after_s, "waited_s": step.waited_s}
