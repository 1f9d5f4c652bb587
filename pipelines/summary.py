"""Every figure of a selection as one plain object: the contract of `outcomes summary --json`."""

from pipelines.selection import Clinic
from pipelines.settings import Settings


def summarise(clinic: Clinic, settings: Settings, filters: dict | None = None) -> dict:
    """Every figure in plain Python types; missing is None."""
    raise NotImplementedError


def summary_rows(summary: dict) -> list[dict]:
    """The same as flat rows: measure, group, figure, n, of, value, low, high."""
    raise NotImplementedError
