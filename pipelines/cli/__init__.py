"""The `outcomes` command: data on standard output, progress and messages on standard error.

Exit status: 0 done, 1 a file was refused or a check failed, 2 bad usage.
"""

from pipelines.cli import (
    claims,
    data_in,
    explained,
    figures,
    printed,
    reexports,
    releases,
    upkeep,
    vocabulary,
)
from pipelines.cli.app import app, main

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
