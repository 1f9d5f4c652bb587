"""The `outcomes` command: data on standard output, progress and messages on standard error.

Exit status: 0 done, 1 a file was refused or a check failed, 2 bad usage.
"""

# In the order of the help: figures come first.
# isort: off
from pipelines.cli.app import app, main
from pipelines.cli import figures, claims, data_in, explained, printed, reexports, releases
from pipelines.cli import upkeep, vocabulary

# isort: on

__all__ = [
    "app",
    "claims",
    "data_in",
    "explained",
    "figures",
    "main",
    "printed",
    "reexports",
    "releases",
    "upkeep",
    "vocabulary",
]
