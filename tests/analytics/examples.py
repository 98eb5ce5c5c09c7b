"""How many examples an oracle is asked, the same ones in every run."""

from hypothesis import HealthCheck, settings


def examples(count: int) -> settings:
    """Draw so many, always the same, however long each takes."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
