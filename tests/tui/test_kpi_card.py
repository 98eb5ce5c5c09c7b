"""What a card says beside its figure."""

from dataclasses import replace

from tests.tui.fake_answers import figures
from twin_tui.tui.widgets.parts.kpi_card import detail


def test_what_stands_beside_a_figure_is_never_cut():
    users = next(figure for figure in figures() if figure.key == "active_users")
    parts = (("Started a conversation", 11, "users"), ("Wrote", 9, "users"))
    users = replace(users, previous=8, change=0.375, parts=parts)
    assert detail(users, 40) == "started a conversation 11 · wrote 9"
    assert detail(users, 30) == "started a conversation 11"
    assert detail(users, 19) == "before 8"
    assert detail(users, 7) == ""
    assert detail(replace(users, previous=None, change=None), 19) == ""
