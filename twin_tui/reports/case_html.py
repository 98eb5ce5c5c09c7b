"""A case file as one HTML page: nothing is loaded from anywhere, and stored text is text and no more."""

from collections.abc import Iterator
from html import escape

from twin_tui.reports.case_file import CaseFile, Step, outcome_words
from twin_tui.reports.case_words import facts, step_title
from twin_tui.text.safe_text import safe_line, safe_text

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem;
  color: #1c2333 }
h1 { font-size: 1.5rem; margin-bottom: .25rem } .outcome { font-weight: 600; margin-top: 0 }
table { border-collapse: collapse; margin: 1rem 0 }
th { text-align: left; vertical-align: top; padding-right: 1rem }
article { border-left: .25rem solid #b0b8c8; padding: .1rem 0 .1rem 1rem; margin: 1rem 0 }
article.user { border-color: #2f6fed } article.twin { border-color: #c2620a }
article.document, article.query { margin-left: 1.5rem; border-left-style: double }
h2 { font-size: 1rem; margin: 0 } .link { color: #5a6376; font-size: .8rem; word-break: break-all }
pre { white-space: pre-wrap; word-break: break-word; font: inherit; margin: .25rem 0 }
@media print { article { break-inside: avoid } }
"""


def case_html(case: CaseFile) -> str:
    """Return the case file as a page that needs nothing else."""
    header = case.conversation.header
    title = escape(safe_line(header.title or header.topic or "Conversation"))
    lines = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f'<h1>{title}</h1><p class="outcome">{escape(outcome_words(case.outcome))}</p>',
        "<table>",
        *(f"<tr><th>{name}</th><td>{escape(safe_line(fact))}</td></tr>" for name, fact in facts(case)),
        "</table>",
        *(f"<p><strong>Note</strong></p><pre>{escape(safe_text(note))}</pre>" for note in case.notes),
    ]
    for step in case.steps:
        lines += _step(step, case)
    return "\n".join([*lines, "</body></html>"]) + "\n"


def _step(step: Step, case: CaseFile) -> Iterator[str]:
    kind = step.entry.sender if step.entry.kind == "message" else step.entry.kind
    yield f'<article class="{kind}" id="step-{step.number}">'
    yield f"<h2>{step.number}. {escape(safe_line(step_title(step, case)))}</h2>"
    yield f'<div class="link">{escape(safe_line(step.link))}</div>'
    yield f"<pre>{escape(safe_text(step.entry.text) or '(no text stored)')}</pre></article>"
