from twin_tui.data.columns import COLUMNS, is_required
from twin_tui.tui.filling import LOSSES


def test_every_column_that_may_be_missing_has_words_for_its_loss():
    assert set(LOSSES) == {f"{table}.{column}" for table, column in COLUMNS if not is_required(table, column)}
