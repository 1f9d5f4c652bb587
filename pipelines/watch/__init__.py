"""What a scheduled export drops into a folder, imported once it is whole."""

from pipelines.watch.last_run import Handled, LastRun, last_run, last_runs

__all__ = ["Handled", "LastRun", "last_run", "last_runs"]
