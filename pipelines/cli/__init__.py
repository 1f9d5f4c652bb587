"""The `outcomes` command: data on standard output, progress and messages on standard error.

Exit status: 0 done, 1 a file was refused or a check failed, 2 bad usage.
"""

from pipelines.cli import again, data_in, figures, upkeep, vocabulary
from pipelines.cli.app import app, main

__all__ = ["again", "app", "data_in", "figures", "main", "upkeep", "vocabulary"]
