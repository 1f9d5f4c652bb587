"""The machine and the versions that a figure was measured with."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.support.hygiene import PROJECT

PACKAGES = ("pandas", "numpy", "pyarrow", "deltalake", "pandera", "streamlit", "altair")


def description() -> dict[str, str]:
    """Each fact by its name, in the order to print."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "commit": commit(),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "packages": ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    }


def commit() -> str:
    """The short name of the commit that is checked out, marked where files differ from it."""
    command = ["git", "describe", "--always", "--dirty=, with changes"]
    named = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return named.stdout.strip() or "unknown"


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


def _memory() -> str:
    if not hasattr(os, "sysconf"):
        return "unknown"
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
